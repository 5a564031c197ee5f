"""Workbooks in: previewed before anything is written, written once, whatever happens in between."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dajian.demo.carriers import make
from dajian.forms.workbook import template
from dajian.service.access.errors import NotFound, Refused
from dajian.service.campaign.questionnaires import form_of, newest_version
from dajian.service.files.actions import receive
from dajian.service.jobs.kinds import KINDS
from dajian.service.jobs.worker import run_pending
from dajian.service.survey.actions import imports, submissions
from dajian.service.survey.models import ImportBatch, ListEntry, Submission, SubmissionVersion, SurveyUnit
from dajian.service.survey.unit_list import template_bytes
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.django_db


def workbook(world: World, records: list[dict]) -> bytes:
    """The questionnaire's own template, filled in."""
    out = BytesIO()
    template(form_of(newest_version(world.item())), out, years=(2018, 2019), rows=records)
    return out.getvalue()


def upload(
    world: World, who: str, data: bytes, kind: str = "submissions", name: str = "调查表.xlsx", **more
) -> ImportBatch:
    file = receive(SimpleUploadedFile(name, data), actor=world.actor(who), allow=("xlsx",), at=world.now)
    batch = imports.start(world.actor(who), world.item().pk, kind=kind, file=file, at=world.now, **more)
    run_pending(lambda: world.now)
    return ImportBatch.unscoped.get(pk=batch.pk)


def confirm(world: World, who: str, batch: ImportBatch) -> ImportBatch:
    imports.confirm(world.actor(who), batch.pk, version=batch.version, at=world.now)
    run_pending(lambda: world.now)
    return ImportBatch.unscoped.get(pk=batch.pk)


def carriers(world: World, n: int, area: str = "350122") -> list[dict]:
    return make(11, n, area, on=world.now.date())


def test_the_preview_writes_nothing_and_tells_what_will_be_new(world: World) -> None:
    batch = upload(world, "lianjiang1", workbook(world, carriers(world, 5)))
    assert (batch.state, batch.told) == ("ready", "")
    assert [(row.effect, row.unlisted) for row in batch.rows.order_by("n")] == [("new", True)] * 5
    assert SurveyUnit.unscoped.count() == 0


def test_a_confirmed_workbook_is_sent_by_whoever_may_send(world: World) -> None:
    batch = confirm(world, "lianjiang1", upload(world, "lianjiang1", workbook(world, carriers(world, 120))))
    assert batch.state == "done"
    assert Submission.unscoped.filter(state="sent").count() == 120
    assert {v.mode for v in SubmissionVersion.unscoped.all()} == {"workbook"}


def test_the_same_workbook_again_brings_nothing_new(world: World) -> None:
    data = workbook(world, carriers(world, 8))
    confirm(world, "lianjiang1", upload(world, "lianjiang1", data))
    again = upload(world, "lianjiang1", data)
    assert again.state == "nothing"
    assert set(again.rows.values_list("effect", flat=True)) == {"unchanged"}
    assert SubmissionVersion.unscoped.count() == 8


def test_a_changed_row_becomes_a_new_version_and_the_others_stay(world: World) -> None:
    records = carriers(world, 4)
    confirm(world, "lianjiang1", upload(world, "lianjiang1", workbook(world, records)))
    records[2] = {**records[2], "unit_address": "连江县新址88号"}
    batch = upload(world, "lianjiang1", workbook(world, records))
    assert sorted(batch.rows.values_list("effect", flat=True)) == ["changed", "unchanged", "unchanged", "unchanged"]
    confirm(world, "lianjiang1", batch)
    assert sorted(Submission.unscoped.values_list("current__n", flat=True)) == [1, 1, 1, 2]


def test_what_the_city_has_checked_is_not_overwritten(world: World, chain: Chain) -> None:
    records = carriers(world, 2)
    confirm(world, "lianjiang1", upload(world, "lianjiang1", workbook(world, records)))
    sent = Submission.unscoped.get(unit__subject__code=records[0]["unit_credit_code"])
    submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    changed = [{**r, "unit_address": "改动"} for r in records]
    batch = upload(world, "lianjiang1", workbook(world, changed))
    refused = batch.rows.get(effect="refused")
    assert refused.code == records[0]["unit_credit_code"]
    assert "已核查" in refused.told


def test_a_unit_of_a_foreign_area_is_refused_in_the_preview(world: World) -> None:
    batch = upload(world, "lianjiang1", workbook(world, [*carriers(world, 1), *carriers(world, 1, "350500")]))
    assert sorted(batch.rows.values_list("effect", flat=True)) == ["new", "refused"]


def test_a_faulty_row_is_told_by_cell_and_the_rest_is_taken(world: World) -> None:
    records = carriers(world, 3)
    records[1] = {**records[1], "unit_credit_code": "91350100M000100Y4X"}
    batch = upload(world, "lianjiang1", workbook(world, records))
    assert batch.rows.count() == 2
    assert {p["code"] for p in batch.problems} >= {"constraint"}
    assert batch.marked is not None


def test_a_foreign_workbook_is_refused_whole_with_the_reason(world: World) -> None:
    listing = template_bytes(world.item(), [["示例公司", "", "连江县", "", ""]])
    batch = upload(world, "lianjiang1", listing)
    assert batch.state == "refused"
    assert batch.told


def test_an_officer_of_another_body_finds_neither_the_import_nor_its_file(world: World) -> None:
    batch = upload(world, "lianjiang1", workbook(world, carriers(world, 1)))
    for login in ("qz1", "minhou1", "zhengfa1"):
        client = world.client(login)
        assert client.get(f"/imports/{batch.pk}").status_code == 404
        assert client.get(f"/files/{batch.file_id}/{batch.file.name}").status_code == 404
        with pytest.raises(NotFound):
            imports.confirm(world.actor(login), batch.pk, version=batch.version, at=world.now)


def test_a_list_of_units_joins_by_code_and_never_doubles(world: World) -> None:
    rows = [[r["unit_name"], r["unit_credit_code"], "连江县", "", ""] for r in carriers(world, 6)]
    source = {"title": "全省大件运输企业名录", "issuer": "省道路运输协会", "year": 2019, "number": ""}
    first = upload(world, "lianjiang1", template_bytes(world.item(), rows), "units", source=source)
    confirm(world, "lianjiang1", first)
    rows[0][0] = "改了名的" + rows[0][0]
    second = upload(world, "lianjiang1", template_bytes(world.item(), rows), "units", source=source)
    assert sorted(second.rows.values_list("effect", flat=True)) == ["changed", *["unchanged"] * 5]
    confirm(world, "lianjiang1", second)
    assert SurveyUnit.unscoped.count() == 6
    assert ListEntry.unscoped.count() == 6
    assert SurveyUnit.unscoped.filter(subject__name__startswith="改了名的").count() == 1


def test_a_list_with_twins_and_strange_areas_tells_each_cell(world: World) -> None:
    rows = [
        ["示例甲运输有限公司", "", "连江县", "", ""],
        ["示例甲运输有限公司", "", "连江县", "", ""],
        ["示例乙运输有限公司", "", "晋江市", "", ""],
    ]
    batch = upload(world, "lianjiang1", template_bytes(world.item(), rows), "units", source={"title": "名单"})
    assert [(p["cell"], p["code"]) for p in batch.problems] == [("A3", "twin"), ("C4", "choice")]


def test_an_import_whose_officer_has_left_stops_with_the_reason(world: World) -> None:
    data = workbook(world, carriers(world, 1))
    batch = upload(world, "lianjiang1", data)
    imports.confirm(world.actor("lianjiang1"), batch.pk, version=batch.version, at=world.now)
    from dajian.service.organisations.models import Membership

    Membership.unscoped.filter(pk=world.actor("lianjiang1").membership_id).update(ends="2019-04-01")
    run_pending(lambda: world.now)
    assert SurveyUnit.unscoped.count() == 0
    batch.refresh_from_db()
    assert batch.state == "writing"


def test_the_upload_of_the_same_bytes_while_under_way_is_that_import(world: World) -> None:
    data = workbook(world, carriers(world, 1))
    assert upload(world, "lianjiang1", data).pk == upload(world, "lianjiang1", data).pk


def test_a_list_without_a_source_is_refused(world: World) -> None:
    file = receive(
        SimpleUploadedFile("名单.xlsx", template_bytes(world.item(), [])), actor=None, allow=("xlsx",), at=world.now
    )
    with pytest.raises(Refused, match="名单名称"):
        imports.start(world.actor("fz1"), world.item().pk, kind="units", file=file, at=world.now, source={"title": " "})


def test_both_jobs_of_an_import_are_known_to_the_worker() -> None:
    assert {"survey.read", "survey.write"} <= set(KINDS)
