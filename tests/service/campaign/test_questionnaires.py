"""Editions of a questionnaire: checked whole, kept for good."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from dajian.service.access.errors import Forbidden
from dajian.service.campaign.actions import questionnaires
from dajian.service.campaign.models import Item, QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of, newest_version
from tests.service.world import World

CARRIER = (settings.PROVINCE / "questionnaires" / "carrier.xlsx").read_bytes()


def workbook(relevant: str = "") -> bytes:
    """A questionnaire of two questions."""
    book = Workbook()
    survey = book.create_sheet("survey", 0)
    survey.append(["type", "name", "label", "relevant"])
    survey.append(["text", "unit_name", "单位全称", ""])
    survey.append(["integer", "makers", "产品种类", relevant])
    settings_sheet = book.create_sheet("settings")
    settings_sheet.append(["form_title", "form_id"])
    settings_sheet.append(["装备制造企业调查表", "maker"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def retitled() -> bytes:
    book = load_workbook(BytesIO(CARRIER))
    survey = book["survey"]
    header = [str(cell.value) for cell in survey[1]]
    column = next(n for n, name in enumerate(header, start=1) if name.startswith("hint"))
    survey.cell(4, column).value = "与营业执照一致"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def newest(world: World, number: int) -> QuestionnaireVersion:
    found = newest_version(world.item(number))
    assert found is not None
    return found


def without_one(world: World, number: int) -> Item:
    """An item that the campaign names no questionnaire for."""
    Item.unscoped.filter(pk=world.item(number).pk).update(questionnaire=None)
    return world.item(number)


FILES = ("manufacturer", "project", "vehicle_maker", "carrier", "association", "permit_office")


@pytest.mark.parametrize(("number", "file"), list(enumerate(FILES, start=1)))
def test_a_questionnaire_for_each_item_comes_with_the_province(world: World, number: int, file: str) -> None:
    for item in Item.unscoped.filter(campaign=world.item(number).campaign, number=number):
        version = newest_version(item)
        assert version is not None
        assert version.n == 1
        assert bytes(version.xlsx) == (settings.PROVINCE / "questionnaires" / f"{file}.xlsx").read_bytes()


@pytest.mark.parametrize("number", range(1, 7))
def test_what_the_campaign_says_of_a_questionnaire_is_in_it(world: World, number: int) -> None:
    keys = world.item(number).keys
    form = form_of(newest(world, number))
    asked = {f"{q.scope}/{q.key}".lstrip("/"): q for q in form.questions}
    always = {"name", "code", "area", "eligible", "ineligible_reason", "filters", "figures", "fresh", "phones"}
    own = {"source", "source_questions", "owner_name", "owner_code"} if number == 2 else {"address"}
    assert always | own == set(keys) - {"search"}
    assert set(keys.get("search", "").split()) <= set(asked)
    assert {
        key for what in ("address", "phones", "owner_name", "owner_code") for key in keys.get(what, "").split()
    } <= set(asked)
    assert set(keys["fresh"].split()) <= set(asked) | {repeat.key for repeat in form.repeats}
    assert all(asked[key].required for what, key in keys.items() if what in ("name", "area", "eligible"))
    assert asked[keys["area"]].choices
    assert all(asked[key].choices for key in keys["filters"].split())
    assert all(asked[key].datatype in ("integer", "decimal") for key in keys["figures"].split())
    assert keys["code"] == ("project_code" if number == 2 else "unit_credit_code")


def test_a_new_edition_counts_on_and_the_old_one_stays(world: World) -> None:
    owner, item = world.actor("zhengfa1"), world.item(4)
    old = newest(world, 4)
    new = questionnaires.upload_questionnaire(owner, item.pk, xlsx=retitled(), at=world.now)
    assert (new.n, newest_version(item)) == (2, new)
    assert QuestionnaireVersion.unscoped.filter(pk=old.pk, hash=old.hash).exists()
    again = questionnaires.upload_questionnaire(owner, item.pk, xlsx=CARRIER, at=world.now)
    assert again == old  # the same workbook is the same edition


def test_an_edition_never_changes(world: World) -> None:
    version = newest(world, 4)
    version.xform = b"<other/>"
    with pytest.raises(TypeError, match="never changes"):
        version.save()


def test_an_item_without_one_gets_its_questionnaire(world: World) -> None:
    item = without_one(world, 1)
    made = questionnaires.upload_questionnaire(world.actor("zhengfa1"), item.pk, xlsx=workbook(), at=world.now)
    assert newest_version(world.item(1)) == made
    assert newest(world, 2) != made


def test_a_faulty_workbook_is_refused_by_sheet_and_cell(world: World) -> None:
    item = without_one(world, 1)
    with pytest.raises(questionnaires.FaultyForm) as caught:
        questionnaires.upload_questionnaire(
            world.actor("zhengfa1"), item.pk, xlsx=workbook("${unit_nme} = 'x'"), at=world.now
        )
    assert [(p.sheet, p.cell) for p in caught.value.problems] == [("survey", "D3")]
    assert newest_version(world.item(1)) is None


def test_only_the_owner_uploads(world: World) -> None:
    for login in ("fz1", "yunguan1"):
        with pytest.raises(Forbidden):
            questionnaires.upload_questionnaire(world.actor(login), world.item(4).pk, xlsx=CARRIER, at=world.now)


def test_on_the_page(world: World) -> None:
    owner, item = world.client("zhengfa1"), without_one(world, 1)
    page = f"/items/{item.pk}/questionnaire"
    assert "还没有问卷" in owner.get(page).content.decode()

    def post(data: bytes, name: str = "maker.xlsx"):
        return owner.post(page, {"file": SimpleUploadedFile(name, data)})

    faulty = post(workbook("${unit_nme} = 'x'"))
    assert faulty.status_code == 422
    assert "D3" in faulty.content.decode()
    assert post(b"not a workbook").status_code == 422
    old = post(workbook(), "maker.xls")
    assert old.status_code == 422
    assert "另存为" in old.content.decode()
    assert owner.post(page, {}).status_code == 422
    assert post(workbook()).status_code == 302
    assert "第 1 版" in owner.get(page).content.decode()
    edition = newest(world, 1)
    download = f"/questionnaires/{edition.pk}/form.xlsx"
    assert owner.get(download).content == bytes(edition.xlsx)
    assert world.client("fz1").get(download).status_code == 200  # 福州 leads item 1
    assert world.client("gaosu1").get(download).status_code == 200  # it takes part in the campaign
    assert world.client("security1").get(download).status_code == 404
