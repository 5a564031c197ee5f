"""Exports: what is in the file, and who gets it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from dajian.forms.model import Form, Question, Repeat
from dajian.forms.present import Reader
from dajian.service.campaign.questionnaires import newest_form
from dajian.service.files.actions import path_of
from dajian.service.history.models import Event
from dajian.service.history.record import broken_link, of
from dajian.service.jobs.lease import claim
from dajian.service.jobs.models import Job
from dajian.service.jobs.worker import advance, run_pending
from dajian.service.organisations.models import Membership
from dajian.service.registry.exporting import tables
from dajian.service.registry.models import Export, RegistryEntry
from tests.service.world import World

ONE_DAY = "2019-04-22"


def order(client: Client, world: World, format: str = "xlsx", **asked: str) -> Export:
    """Pressed on the list, then made by the worker."""
    answer = client.post(f"/registry/items/{world.item().pk}/export", {"format": format, **asked})
    assert answer.status_code == 302
    run_pending()
    made = Export.unscoped.order_by("-pk")[0]
    assert answer["Location"] == f"/registry/exports/{made.pk}"
    return made


def fetched(client: Client, made: Export) -> bytes:
    assert made.file
    answer = client.get(made.file.get_absolute_url())
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def sheet(data: bytes, name: str) -> list[dict[str, Any]]:
    head, *rows = load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def values(entry: RegistryEntry) -> dict[str, Any]:
    return entry.versions.get(n=entry.n).values


def test_a_workbook_has_a_row_a_unit_and_a_sheet_a_repeat(world, registry) -> None:
    client = world.client("fz1")
    data = fetched(client, order(client, world))
    own = [e for e in registry if e.area.code == "350122"]
    units = sheet(data, "单位")
    assert [row["单位名称"] for row in units] == [e.name for e in own]
    vehicles = sheet(data, "大件运输车辆")
    expected = [(e.name, n) for e in own for n, _ in enumerate(values(e).get("vehicle", []), start=1)]
    assert [(row["单位名称"], int(row["行号"])) for row in vehicles] == expected


def test_codes_are_text_figures_are_numbers_and_choices_are_words(world, registry) -> None:
    client = world.client("fz1")
    data = fetched(client, order(client, world))
    entry = next(e for e in registry if e.area.code == "350122")
    row = sheet(data, "单位")[0]
    assert row["统一社会信用代码"] == entry.code
    assert isinstance(row["统一社会信用代码"], str)
    assert row["车辆合计（辆）"] == values(entry)["vehicles_total"]
    assert row["经营状态"] == "正常"
    assert (row["设区市"], row["县（市、区）"], row["基准年度"]) == ("福州市", "连江县", 2018)
    assert row["审定日期"].date().isoformat() == ONE_DAY
    assert row["审定人"] == "吴运一"


def test_the_head_names_filter_viewer_and_time(world, registry) -> None:
    client = world.client("yunguan1")
    area = world.area("350500")
    data = fetched(client, order(client, world, area=area.path, q="示例"))
    head = {row["项目"]: row["内容"] for row in sheet(data, "说明")}
    assert head["筛选条件"] == "名称、拼音或信用代码含“示例”；区域：泉州市"
    assert world.body("province_transport").name in head["导出人"]
    assert head["单位数"] == 2
    assert [row["设区市"] for row in sheet(data, "单位")] == ["泉州市"] * 2


def test_csv_is_a_zip_with_a_file_for_each_table(world, registry) -> None:
    client = world.client("fz1")
    data = fetched(client, order(client, world, "csv"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {"说明.csv", "单位.csv", "大件运输车辆.csv"} <= set(archive.namelist())
        text = archive.read("单位.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["统一社会信用代码"] for row in rows] == [e.code for e in registry if e.area.code == "350122"]


def test_phones_are_masked_in_the_file_as_on_the_screen(world, registry) -> None:
    full = {e.name: values(e).get("contact_mobile") for e in registry}
    for who, shown in {"fz1": True, "yunguan1": False}.items():
        client = world.client(who)
        made = order(client, world)
        assert made.phones is shown
        for row in sheet(fetched(client, made), "单位"):
            phone = full[row["单位名称"]]
            assert (row["联系人手机"] == phone) is (shown or phone is None)


def test_only_the_maker_gets_an_export_and_tries_of_others_are_logged(world, registry) -> None:
    """K11 (onaio/onadata#1189): an export of wide rights fetched by someone with narrow ones."""
    province, other = world.client("yunguan1"), world.client("qz1")
    made = order(province, world)
    job = Job.unscoped.get(object_id=made.pk, kind="registry.export")
    addresses = [f"/registry/exports/{made.pk}", made.file.get_absolute_url(), f"/jobs/{job.pk}"]
    never = other.get("/registry/exports/999999")
    for address in addresses:
        for headers in ({}, {"accept": "application/json"}):
            answer = other.get(address, headers=headers)
            assert (answer.status_code, answer.content) == (404, never.content)
        assert province.get(address).status_code == 200
    tries = Event.unscoped.filter(action="foreign_export", object_id=made.pk)
    assert {(e.person_name, e.organisation_name) for e in tries} == {("黄泉一", world.body("competent", "350500").name)}
    assert tries.count() == 2 * len(addresses)
    assert broken_link(made) is None
    own = fetched(other, order(other, world))
    assert {row["设区市"] for row in sheet(own, "单位")} == {"泉州市"}


def test_an_export_is_gone_for_its_maker_while_he_acts_as_another(world, registry) -> None:
    client = world.client("yunguan1")
    made = order(client, world)
    second = Membership.unscoped.create(
        person=world.account("yunguan1").person, organisation=world.body("competent", "350500"),
        role="officer", starts=world.now.date(),
    )  # fmt: skip
    client.post("/membership", {"membership": second.pk})
    assert client.get(f"/registry/exports/{made.pk}").status_code == 404
    assert client.get(made.file.get_absolute_url()).status_code == 404
    assert client.get("/registry/exports").context["rows"] == []


def test_each_export_is_recorded_with_what_it_holds(world, registry) -> None:
    made = order(world.client("fz1"), world, q="示例")
    ordered, done = of(made)
    assert (ordered.action, ordered.person_name, ordered.details["query"]["q"]) == ("export", "林福一", "示例")
    assert (done.action, done.details["rows"], done.details["sha256"]) == ("exported", 3, made.file.sha256)


def test_an_export_of_nothing_or_in_an_unknown_format_is_refused(world, registry) -> None:
    client = world.client("fz1")
    address = f"/registry/items/{world.item().pk}/export"
    assert client.post(address, {"format": "xlsx", "q": "不存在的企业"}).status_code == 422
    assert client.post(address, {"format": "pdf"}).status_code == 422
    assert client.post(address).status_code == 422
    assert not Export.unscoped.exists()


def test_another_worker_goes_on_at_the_step_at_hand(world, registry, monkeypatch) -> None:
    for place in ("actions", "background"):
        monkeypatch.setattr(f"dajian.service.registry.{place}.EXPORT_STEP", 1)
    client = world.client("fz1")
    client.post(f"/registry/items/{world.item().pk}/export", {"format": "xlsx"})
    made = Export.unscoped.get()
    job = claim("first", timezone.now())
    assert job
    assert job.total == 4  # three units and the file
    advance(job, "first", timezone.now, stopping=lambda: job.done == 2)
    assert Job.unscoped.get(pk=job.pk).done == 2
    run_pending()
    made.refresh_from_db()
    own = [e.name for e in registry if e.area.code == "350122"]
    assert [row["单位名称"] for row in sheet(path_of(made.file).read_bytes(), "单位")] == own
    assert not (settings.VAR / "work" / f"export-{made.pk}").exists()


def test_who_left_before_the_file_was_made_gets_none(world, registry) -> None:
    client = world.client("fz1")
    client.post(f"/registry/items/{world.item().pk}/export", {"format": "xlsx"})
    Membership.unscoped.filter(person=world.account("fz1").person).update(ends=world.now.date())
    run_pending()
    made = Export.unscoped.get()
    assert made.file is None
    assert Job.unscoped.get(object_id=made.pk).state == "failed"


def test_a_page_shows_progress_and_the_list_of_exports_the_file(world, registry) -> None:
    client = world.client("fz1")
    client.post(f"/registry/items/{world.item().pk}/export", {"format": "xlsx"})
    made = Export.unscoped.get()
    assert "<progress" in client.get(f"/registry/exports/{made.pk}").content.decode()
    run_pending()
    made.refresh_from_db()
    assert made.file.name in client.get(f"/registry/exports/{made.pk}").content.decode()
    assert made.file.get_absolute_url() in client.get("/registry/exports").content.decode()


def test_questions_of_several_editions_stand_side_by_side_and_none_twice(world) -> None:
    def edition(*keys: str, repeat: str = "") -> Form:
        asked = tuple(Question(k, k, f"/x/{k}", "", "text", f"{{Y}}年{k}") for k in keys)
        repeats = (Repeat(repeat, f"/x/{repeat}", "车/辆"),) if repeat else ()
        return Form("x", "1", "", b"", asked, repeats)

    found = tables([edition("a", "b", repeat="v"), edition("a", "c", repeat="w")], Reader(2018, 2019))
    assert [c.label for c in found[0].columns if not c.key.startswith("@")] == ["2018年a", "2018年b", "2018年c"]
    assert [table.name for table in found] == ["单位", "车 辆", "车 辆 2"]
    assert json.dumps([c.key for c in found[0].columns]).count('"a"') == 1


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+8613"])
def test_a_name_that_looks_like_a_formula_stays_a_text(world, registry, name) -> None:
    RegistryEntry.unscoped.filter(area__code="350122").update(name=name)
    client = world.client("fz1")
    cells = load_workbook(io.BytesIO(fetched(client, order(client, world))))["单位"]
    assert (cells["A2"].value, cells["A2"].data_type) == (name, "s")


def test_parquet_holds_what_csv_holds_with_types_and_the_question_asked(world, registry) -> None:
    client = world.client("fz1")
    files = {}
    for format in ("csv", "parquet"):
        with zipfile.ZipFile(io.BytesIO(fetched(client, order(client, world, format, q="示例")))) as archive:
            files[format] = {name: archive.read(name) for name in archive.namelist()}
    names = {name.removesuffix(".parquet") for name in files["parquet"] if name.endswith(".parquet")}
    assert names == {name.removesuffix(".csv") for name in files["csv"]} - {"说明", "字段说明"}
    for name in names:
        table = pq.read_table(io.BytesIO(files["parquet"][f"{name}.parquet"]))
        labels = [table.schema.field(c).metadata["名称".encode()].decode() for c in table.column_names]
        shown = list(csv.reader(io.StringIO(files["csv"][f"{name}.csv"].decode("utf-8-sig"))))
        assert shown[0] == labels
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        assert [[as_csv(cell) for cell in row] for row in rows] == shown[1:]
        told = {k.decode(): v.decode() for k, v in table.schema.metadata.items() if k != b"ARROW:schema"}
        assert told["筛选条件"] == "名称、拼音或信用代码含“示例”"
    units = pq.read_table(io.BytesIO(files["parquet"]["单位.parquet"])).schema
    assert {n: str(units.field(n).type) for n in ("vehicles_total", "revenue_10k", "unit_credit_code")} == {
        "vehicles_total": "int64", "revenue_10k": "double", "unit_credit_code": "string",
    }  # fmt: skip
    assert str(units.field("registry_approved_on").type) == "date32[day]"
    assert units.field("vehicles_total").metadata["单位".encode()].decode() == "辆"


def as_csv(cell: Any) -> str:
    """As CSV has it, without the apostrophe before what a spreadsheet would run."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) and isinstance(cell, str) else text


def test_the_dictionary_tells_each_column_from_the_questionnaire(world, registry) -> None:
    client = world.client("fz1")
    rows = sheet(fetched(client, order(client, world)), "字段说明")
    by_field = {(row["表"], row["字段名"]): row for row in rows}
    quantity = by_field["大件运输车辆", "quantity"]
    assert (quantity["名称"], quantity["类型"], quantity["单位"], quantity["必填"]) == (
        "数量（辆）",
        "整数",
        "辆",
        "是",
    )
    assert quantity["来源"].endswith("/vehicle/quantity")
    assert "operating=正常" in by_field["单位", "unit_status"]["选项"].split("；")
    assert "按权限" in by_field["单位", "contact_mobile"]["类型"]
    assert by_field["大件运输车辆", "axle_lines"]["单位"] == ""  # a remark in brackets is no unit
    form = newest_form(world.item())
    paths = [q.path for q in form.questions if q.shown and q.type not in ("note", "image")]
    told = [row["来源"].partition("）")[2] for row in rows]
    assert [path for path in told if path] == sorted(paths, key=told.index)  # each once, none left out


def test_a_question_asked_for_another_kind_of_answer_becomes_a_text() -> None:
    def edition(kind: str) -> Form:
        return Form("x", "1", "", b"", (Question("a", "a", "/x/a", "", kind, "甲", datatype=kind),), ())

    def kinds(*asked: str) -> str:
        found = tables([edition(kind) for kind in asked], Reader(2018, 2019))[0]
        return next(c.kind for c in found.columns if c.key == "a")

    assert (kinds("integer"), kinds("integer", "decimal"), kinds("date", "text")) == ("integer", "decimal", "text")
