"""Lists of units with their sources: key projects are known by issuer, level, year and number (rule 14), by data."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dajian.demo.carriers import make
from dajian.service.access.errors import Refused
from dajian.service.campaign.models import Item
from dajian.service.files.actions import receive
from dajian.service.history.record import of
from dajian.service.jobs.worker import run_pending
from dajian.service.survey.actions import imports, submissions, units
from dajian.service.survey.models import ImportBatch, SourceList, SurveyUnit
from dajian.service.survey.queries import board
from dajian.service.survey.unit_list import template_bytes
from tests.service.world import World

FACTS = {"issuer": "省发改委", "level": "province", "year": 2019, "number": "闽发改重综〔2019〕1号"}
ROWS = [
    ["示例抽水蓄能电站", "2019-350122-44-02-000123", "连江县", "", ""],
    ["示例海上风电场", "", "连江县", "", ""],
]


def uploaded(world: World, item: Item, source: dict, rows: list = ROWS) -> ImportBatch:
    actor = world.actor("fz1")
    data = SimpleUploadedFile("重点项目.xlsx", template_bytes(item, rows))
    file = receive(data, actor=actor, allow=("xlsx",), at=world.now)
    batch = imports.start(actor, item.pk, kind="units", file=file, source=source, at=world.now)
    run_pending(lambda: world.now)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(
    ("left_out", "word"), [("issuer", "发布单位"), ("level", "级别"), ("year", "年度"), ("number", "文号")]
)
def test_a_list_of_key_projects_says_whose_it_is(world: World, left_out: str, word: str) -> None:
    known = {k: v for k, v in FACTS.items() if k != left_out}
    with pytest.raises(Refused, match=f"须写明{word}"):
        uploaded(world, world.item(2), {"title": "省重点项目名单", **known})
    with pytest.raises(Refused, match=f"须写明{word}"):
        units.add_unit(
            world.actor("fz1"), world.item(2).pk, name="示例项目", code="", area_code="350122", source="名单",
            at=world.now, **known,
        )  # fmt: skip
    assert not SourceList.unscoped.exists()


def test_projects_of_a_list_are_counted_and_know_their_list(world: World) -> None:
    item = world.item(2)
    batch = uploaded(world, item, {"title": "2019年省重点项目名单", **FACTS})
    imports.confirm(world.actor("fz1"), batch.pk, version=batch.version, at=world.now)
    run_pending(lambda: world.now)
    assert SurveyUnit.unscoped.filter(item=item, subject__organisation=None).count() == 2
    lines = {line.area.code: line.listed for line in board(world.actor("zhengfa1"), item)}
    assert (lines["350122"], lines["350100"], lines["350000"]) == (2, 2, 2)
    unit = SurveyUnit.unscoped.get(subject__name="示例海上风电场")
    page = world.client("fz1").get(f"/units/{unit.pk}").content.decode()
    for words in ("省发改委", "省级", "2019", "闽发改重综〔2019〕1号", "投资项目代码"):
        assert words in page


def test_what_the_list_says_is_not_asked_again(world: World) -> None:
    item = world.item(2)
    unit = units.add_unit(
        world.actor("fz1"), item.pk, name="示例项目", code="", area_code="350122", source="名单", at=world.now, **FACTS
    )
    begun = submissions.begin(world.actor("fz1"), unit.pk, at=world.now)
    assert begun.draft == {
        "project_name": "示例项目",
        "unit_area": "350122",
        "list_level": "province",
        "list_year": 2019,
        "list_number": "闽发改重综〔2019〕1号",
    }


@pytest.mark.parametrize("number", [1, 3, 4, 5, 6])
def test_other_lists_need_their_name_alone(world: World, number: int) -> None:
    item = world.item(number)
    batch = uploaded(world, item, {"title": "摸底名单"}, [["示例单位一号", "", "连江县", "", ""]])
    assert (batch.state, batch.told) == ("ready", "")


def test_the_pages_ask_for_it_where_it_is_needed(world: World) -> None:
    client = world.client("fz1")
    for number, asked in ((2, True), (4, False)):
        base = f"/items/{world.item(number).pk}/units"
        assert ("文号" in client.get(f"{base}/new").content.decode()) == asked
        posted = {"title": "名单", "file": SimpleUploadedFile("名单.xlsx", template_bytes(world.item(number), ROWS))}
        assert client.post(f"{base}/import", posted).status_code == (422 if asked else 302)


def test_a_newer_list_renames_and_moves_a_unit_and_the_history_says_so(world: World) -> None:
    item, code = world.item(4), make(7, 1, "350122", on=world.now.date())[0]["unit_credit_code"]
    for name, area in [("示例甲运输有限公司", "连江县"), ("示例乙运输有限公司", "罗源县")]:
        batch = uploaded(world, item, {"title": "运管台账"}, [[name, code, area, "", ""]])
        imports.confirm(world.actor("fz1"), batch.pk, version=batch.version, at=world.now)
        run_pending(lambda: world.now)
    unit = SurveyUnit.unscoped.select_related("subject__organisation", "area").get(item=item)
    assert (unit.subject.name, unit.subject.organisation.name, unit.area.name) == (name, name, "罗源县")
    told = [event.details for event in of(unit) if event.action == "relist"]
    assert told == [{"name": {"from": "示例甲运输有限公司", "to": name}, "area": {"from": "连江县", "to": "罗源县"}}]


def test_a_unit_listed_by_name_is_met_again_when_a_list_brings_its_code(world: World) -> None:
    item, told = world.item(4), make(7, 1, "350122", on=world.now.date())[0]["unit_credit_code"]
    for code, effect in [("", "new"), (told, "changed"), ("", "unchanged")]:
        batch = uploaded(world, item, {"title": f"台账{code}"}, [["示例甲运输有限公司", code, "连江县", "", ""]])
        assert batch.rows.get().effect == effect
        if effect == "unchanged":
            continue
        imports.confirm(world.actor("fz1"), batch.pk, version=batch.version, at=world.now)
        run_pending(lambda: world.now)
    unit = SurveyUnit.unscoped.get(item=item)
    assert unit.subject.code == told
    assert [e.details for e in of(unit) if e.action == "relist"] == [{"code": {"from": "", "to": told}}]


def test_a_unit_added_by_hand_once_more_learns_its_code_and_the_history_says_so(world: World) -> None:
    told = make(7, 1, "350122", on=world.now.date())[0]["unit_credit_code"]
    for code in ("", told, told):
        unit = units.add_unit(
            world.actor("lianjiang1"), world.item().pk, name="示例甲运输有限公司", code=code, area_code="350122",
            source="走访", at=world.now,
        )  # fmt: skip
    assert SurveyUnit.unscoped.get().subject.code == told
    assert [e.details for e in of(unit)] == [{"source": "走访"}, {"code": {"from": "", "to": told}}]


def test_a_unit_of_another_county_is_not_added_once_more(world: World) -> None:
    told = make(7, 1, "350122", on=world.now.date())[0]["unit_credit_code"]
    same = {"name": "示例甲运输有限公司", "code": told, "source": "走访", "at": world.now}
    units.add_unit(world.actor("minhou1"), world.item().pk, area_code="350121", **same)
    with pytest.raises(Refused, match="已列入闽侯县名单"):
        units.add_unit(world.actor("lianjiang1"), world.item().pk, area_code="350122", **same)


def test_a_list_that_gives_a_unit_anothers_code_is_refused_at_its_row(world: World) -> None:
    item, told = world.item(4), make(7, 1, "350122", on=world.now.date())[0]["unit_credit_code"]
    maker = units.add_unit(
        world.actor("fz1"), world.item(1).pk, name="示例乙装备有限公司", code=told, area_code="350122", source="走访",
        at=world.now,
    )  # fmt: skip
    units.add_unit(
        world.actor("fz1"), item.pk, name="示例甲运输有限公司", code="", area_code="350122", source="走访", at=world.now
    )
    row = uploaded(world, item, {"title": "台账"}, [["示例甲运输有限公司", told, "连江县", "", ""]]).rows.get()
    assert (row.effect, "另一单位" in row.told) == ("refused", True)
    assert maker.subject.code == told


@pytest.mark.parametrize(
    ("number", "header", "counted"),
    [
        (2, ["项目名称", "投资项目代码", "所属区域"], "一个项目"),
        (4, ["单位全称", "统一社会信用代码", "所属区域"], "一家单位"),
    ],
)
def test_a_list_speaks_of_its_kind_of_units(world: World, number: int, header: list[str], counted: str) -> None:
    base = f"/items/{world.item(number).pk}"
    book = openpyxl.load_workbook(BytesIO(world.client("fz1").get(f"{base}/units/template.xlsx").content))
    assert [cell.value for cell in book.worksheets[0][1]][:3] == header
    assert counted in str(book.worksheets[1]["A2"].value)
    assert header[0] in world.client("fz1").get(f"{base}/units/import").content.decode()
    assert header[0] in world.client("fz1").get(f"{base}/units/new").content.decode()


def test_a_projects_code_is_not_judged_as_a_credit_code_and_its_name_may_be_long(world: World) -> None:
    rows = [["示例" + "长" * 100 + "项目", "350100440200012345", "连江县", "", ""]]
    batch = uploaded(world, world.item(2), {"title": "重点项目", **FACTS}, rows)
    assert (batch.state, batch.problems) == ("ready", [])
    batch = uploaded(world, world.item(4), {"title": "台账"}, rows)
    assert [fault["cell"][0] for fault in batch.problems] == ["A", "B"]


def test_a_list_of_bodies_may_name_a_city(world: World) -> None:
    row = [["福州市大件运输许可服务机构", "", "福州市", "", ""]]
    assert uploaded(world, world.item(6), {"title": "机构编制"}, row).rows.get().area_code == "350100"
    assert uploaded(world, world.item(4), {"title": "台账"}, row).problems[0]["code"] == "choice"
