"""The six questionnaires as they lie in the repository: fields, groups, bounds, messages, texts."""

import re

import pytest
from lxml import etree
from pyxform.xls2xform import convert

from dajian.cli import main
from dajian.forms import rendering
from tests.provinces.answers import form_of
from tests.provinces.books import KEYS, path, questions, repeats, sheet
from tests.provinces.fields import fields, marked

NUMBERS = ("integer", "decimal")
SOFT = {  # ~ in the questionnaires' description
    "manufacturer": {"unit_location", "divisible", "ship_q4"},
    "project": {"unit_location", "site_location", "project_code"},
    "vehicle_maker": {"unit_location"},
    "carrier": {"unit_location", "expense_10k", "permits_inside"},
    "association": {"unit_location"},
    "permit_office": {"unit_location", "liaison_b"},
}
ASKED_OF_ALL = {
    "unit_name", "unit_credit_code", "unit_area", "eligible", "ineligible_reason", "survey_mode", "truth_confirmed"
}  # fmt: skip
OF_A_PROJECT = {"project_name", "list_issuer", "list_level", "list_year", "list_number", "list_unknown_reason"}


@pytest.mark.parametrize("form", KEYS)
def test_every_field_stands_under_its_name_with_its_type_in_its_repeat_and_no_other_is_asked(form):
    table = {name: (kind, repeat) for name, (kind, _, repeat) in fields(form).items()}
    book = {name: (asked.row["type"].split()[0], asked.repeat) for name, asked in questions(form).items()}
    assert {name: book.get(name) for name in table} == table
    others = {name for name, (kind, _) in book.items() if kind not in ("note", "calculate")} - set(table)
    assert not others


@pytest.mark.parametrize("form", KEYS)
def test_what_is_not_required_is_folded_under_选填_and_what_is_required_is_not(form):
    wrong = {}
    for name, (_, mark, _) in fields(form).items():
        row, labels, _ = questions(form)[name]
        folded = any(label.startswith("选填") for label in labels)
        expected = {"yes": (True, False), "if": (True, False), "tick": (False, False), "": (False, True)}
        if mark != "=" and (bool(row.get("required")), folded) != expected[mark]:
            wrong[name] = (row.get("required"), labels)
    assert not wrong


@pytest.mark.parametrize("form", KEYS)
def test_what_is_computed_is_shown_back_under_its_label_in_its_group_and_helpers_are_not(form):
    asked = {question.name: question for question in form_of(form).questions}
    for name in marked(form, "="):
        row, labels, _ = questions(form)[name]
        question = asked[name]
        assert row["calculation"], name
        assert row["readonly"] == "yes", name
        assert (question.type, question.readonly, question.shown, question.label) == (
            "calculate", True, True, row["label"]
        )  # fmt: skip
        assert question.groups == tuple(labels[len(labels) - len(question.groups) :]), name
        assert question.groups or question.scope, name
    helpers = [name for name, (row, _, _) in questions(form).items() if row["type"] == "calculate"]
    assert not [name for name in helpers if asked[name].shown]


@pytest.mark.parametrize("form", KEYS)
def test_eligibility_is_asked_right_after_identity_and_no_leaves_only_a_reason_and_the_oath(form):
    names = list(questions(form))
    eligible = names.index("eligible")
    before = ["project_name"] if form == "project" else []
    assert names[:eligible] == [*before, "unit_name", "unit_credit_code", "unit_area"]
    groups = {row["name"]: row for row in sheet(form, "survey") if row["type"] == "begin_group"}
    assert groups["main"]["relevant"] == "${eligible} = 'yes'"
    outside = {question.name for question in form_of(form).questions if "/main/" not in question.path}
    required = {name for name, (row, _, _) in questions(form).items() if row.get("required")}
    assert required & outside == ASKED_OF_ALL | (OF_A_PROJECT if form == "project" else set())


@pytest.mark.parametrize("form", KEYS)
def test_every_number_has_two_bounds_and_says_them(form):
    for name, (row, _, _) in questions(form).items():
        if row["type"] in NUMBERS and "calculation" not in row:
            bounds = row["constraint"].split(" and ")
            said = re.findall(r"[\d.]+", row["constraint_message"])
            assert bounds[0].startswith(". >= "), name
            assert bounds[1].startswith(". <= "), name
            assert bounds[0][5:] in said, name
            assert name == "bought_year" or bounds[1][5:] in said, name


@pytest.mark.parametrize("form", KEYS)
def test_every_date_has_two_bounds_and_says_them(form):
    for name, (row, _, _) in questions(form).items():
        if row["type"] == "date":
            first, last = row["constraint"].split(" and ")[:2]
            for bound in (first, last):
                day = "今天" if "today()" in bound else re.findall(r"[\d-]{10}", bound)[0]
                assert day in row["constraint_message"], name


@pytest.mark.parametrize("form", KEYS)
def test_every_constraint_and_every_soft_check_has_its_message(form):
    for name, (row, _, _) in questions(form).items():
        assert ("constraint" in row) == ("constraint_message" in row), name
        assert ("warning" in row) == ("warning_message" in row), name
    assert {name for name, (row, _, _) in questions(form).items() if "warning" in row} == SOFT[form]


@pytest.mark.parametrize("form", KEYS)
def test_a_name_is_used_once_also_across_repeats_and_a_label_once_in_its_sheet(form):
    names = [row["name"] for row in sheet(form, "survey") if "name" in row]
    assert len(names) == len(set(names))
    labels = [
        (a.repeat, a.row["label"]) for a in questions(form).values() if a.row["type"] not in ("note", "calculate")
    ]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("form", KEYS)
def test_the_braces_of_the_years_survive_the_conversion(form):
    xform = etree.fromstring(convert(xlsform=str(path(form)), validate=False).xform.encode())
    texts = [t.text or "" for t in (*xform.iterfind(".//{*}label"), *xform.iterfind(".//{*}hint"))]
    for years in ("{Y}", "{Y1}"):
        cells = [row.get(key, "") for row in sheet(form, "survey") for key in ("label", "hint")]
        assert sum(years in text for text in texts) == sum(years in cell for cell in cells)
    assert any("{Y}" in text or "{Y1}" in text for text in texts)


@pytest.mark.parametrize("form", KEYS)
def test_the_text_beside_the_workbook_is_fresh(form):
    fresh = rendering.text(path(form))
    assert path(form).with_suffix(".txt").read_text(encoding="utf-8") == fresh, (
        f"{form}.xlsx changed: run `python -m dajian.forms.rendering` with its path"
    )


@pytest.mark.parametrize("form", KEYS)
def test_the_command_line_finds_no_fault_in_it(form, capsys):
    assert main(["form", "check", str(path(form))]) == 0
    assert "问题" not in capsys.readouterr().err


@pytest.mark.parametrize("form", KEYS)
def test_instructions_travel_with_it_and_name_the_parts_that_every_one_has(form):
    lines = rendering.text(path(form)).split("# survey")[0]
    title = sheet(form, "settings")[0]["form_title"]
    assert f"{title} 填写说明" in lines
    for head in ("由谁填写", "怎样填写", "什么时候交", "年份和单位", "「无法提供」与零", "怎样使用", "不明白时找谁"):
        assert head in lines
    assert re.search(r"大约需要[一二三四五十]+分钟", lines)


@pytest.mark.parametrize("form", KEYS)
def test_a_repeat_that_must_have_a_row_holds_required_answers(form):
    for name, row in repeats(form).items():
        required = [n for n, asked in questions(form).items() if asked.repeat == name and asked.row.get("required")]
        assert bool(row.get("required")) == bool(required), name
