"""Each questionnaire as a workbook: written blank, filled in, read back as what was answered."""

from datetime import date

import pytest
from openpyxl import load_workbook

from dajian.demo import associations, carriers, manufacturers, permit_offices, projects, vehicle_makers
from dajian.forms.evaluate import validate
from dajian.forms.workbook import read, template
from tests.provinces.answers import form_of
from tests.provinces.books import KEYS
from tests.provinces.fields import fields, marked

ON = date(2019, 5, 20)
KINDS = dict(zip(KEYS, (manufacturers, projects, vehicle_makers, carriers, associations, permit_offices), strict=True))


def workbook(form, path, rows=()):
    template(form_of(form), path, years=(2018, 2019), rows=list(rows))
    return path


def headers(path):
    """{sheet: texts of its header row}, the instructions and the hidden choices left out."""
    book = load_workbook(path)
    return {
        sheet.title: [str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value]
        for sheet in book
        if sheet.sheet_state == "visible" and sheet.title != "填写说明"
    }


@pytest.mark.parametrize("form", KEYS)
def test_what_was_filled_in_is_read_back_and_computed_anew(form, tmp_path):
    records = KINDS[form].make(21, 60, "350500", on=ON)
    reading = read(form_of(form), workbook(form, tmp_path / "filled.xlsx", records), on=ON)
    assert not reading.problems
    assert [dict(record) for record in reading.records] == [
        validate(form_of(form), record, on=ON, strict=True).record for record in records
    ]
    assert (reading.accepted, reading.rejected) == (60, 0)


@pytest.mark.parametrize("form", KEYS)
def test_a_blank_one_holds_nothing_and_asks_for_nothing_that_is_computed_or_a_picture(form, tmp_path):
    path = workbook(form, tmp_path / "blank.xlsx")
    reading = read(form_of(form), path, on=ON)
    assert (reading.accepted, reading.rejected, reading.problems) == (0, 0, ())
    asked = {q.name: q for q in form_of(form).questions}
    texts = {text for row in headers(path).values() for text in row}
    silent = marked(form, "=") | {name for name, (kind, _, _) in fields(form).items() if kind == "image"}
    labels = {asked[name].label.replace("{Y1}", "2019").replace("{Y}", "2018") for name in silent}
    assert not {text.rstrip(" *＊") for text in texts} & labels
    assert not any("{Y" in text for text in texts)


@pytest.mark.parametrize("form", KEYS)
def test_rows_of_a_repeat_name_their_unit_by_its_code_and_a_project_by_its_own(form, tmp_path):
    key = "投资项目统一代码" if form == "project" else "统一社会信用代码"
    for sheet, texts in headers(workbook(form, tmp_path / "blank.xlsx")).items():
        assert any(text.startswith(key) for text in texts), sheet
