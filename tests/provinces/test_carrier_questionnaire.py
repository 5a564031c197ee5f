"""The carrier questionnaire as it lies in the repository: read with openpyxl, converted by pyxform."""

import csv
import random
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from pyxform.xls2xform import convert
from stdnum.cn import uscc

from dajian.forms import rendering
from tests.provinces.carrier_fields import fields

CARRIER = Path(str(files("dajian.provinces.fujian"))) / "questionnaires" / "carrier.xlsx"
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NUMBERS = ("integer", "decimal")


def sheet(name):
    rows = load_workbook(CARRIER)[name].iter_rows(values_only=True)
    header = next(rows)
    return [{key: cell for key, cell in zip(header, row, strict=True) if cell is not None} for row in rows]


def walk():
    """(question, labels of its groups and repeats, name of its innermost repeat)."""
    labels, repeats = [], []
    for row in sheet("survey"):
        if row["type"].startswith("begin"):
            labels.append(row["label"])
            repeats.append(row["name"] if row["type"] == "begin_repeat" else (repeats[-1] if repeats else ""))
        elif row["type"].startswith("end"):
            labels.pop(), repeats.pop()
        else:
            yield row, tuple(labels), repeats[-1]


QUESTIONS = {row["name"]: (row, labels, repeat) for row, labels, repeat in walk()}
REPEATS = {row["name"]: row for row in sheet("survey") if row["type"] == "begin_repeat"}


@pytest.fixture(scope="module")
def xform():
    return etree.fromstring(convert(xlsform=str(CARRIER), validate=False).xform.encode())


def test_every_field_stands_under_its_name_with_its_type_in_its_repeat():
    wrong = {}
    for name, (kind, _, repeat) in fields().items():
        row, _, inside = QUESTIONS.get(name, ({"type": "missing"}, (), ""))
        if (found := (row["type"].split()[0], inside)) != (kind, repeat):
            wrong[name] = found
    assert not wrong


def test_what_is_not_required_is_folded_under_选填_and_what_is_required_is_not():
    wrong = {}
    for name, (_, required, _) in fields().items():
        row, labels, _ = QUESTIONS[name]
        folded = any(label.startswith("选填") for label in labels)
        if required != "=" and (bool(row.get("required")), folded) != {
            "yes": (True, False), "if": (True, False), "tick": (False, False), "": (False, True)
        }[required]:  # fmt: skip
            wrong[name] = (row.get("required"), labels)
    assert not wrong


def test_a_carrier_answers_at_most_25_required_questions_and_two_repeats():
    required = [name for name, (row, _, _) in QUESTIONS.items() if row.get("required")]
    only_in_place_of_another = {"ineligible_reason", "revenue_unknown_reason"}
    assert len(set(required) - only_in_place_of_another) <= 25
    assert [name for name, row in REPEATS.items() if row.get("required")] == ["vehicle", "route"]
    assert {QUESTIONS[name][2] for name in required} == {"", "vehicle", "route"}


def test_eligibility_is_asked_right_after_identity_and_no_leaves_only_a_reason_and_the_oath(xform):
    names = list(QUESTIONS)
    assert names[:5] == ["unit_name", "unit_credit_code", "unit_area", "eligible", "ineligible_reason"]
    hidden = {
        row["name"]: row["relevant"] for row in sheet("survey") if row["type"] == "begin_group" and "relevant" in row
    }
    assert hidden["main"] == "${eligible} = 'yes'"
    still_asked = {n for n, (row, _, _) in QUESTIONS.items() if row.get("required") and not under_main(xform, n)}
    assert still_asked == {
        "unit_name", "unit_credit_code", "unit_area", "eligible", "ineligible_reason", "survey_mode", "truth_confirmed"
    }  # fmt: skip


def under_main(xform, name):
    (path,) = [b.get("nodeset") for b in xform.iterfind(".//{*}bind") if b.get("nodeset").endswith(f"/{name}")]
    return path.startswith("/carrier/main/")


def test_every_number_has_two_bounds_and_says_them():
    for name, (row, _, _) in QUESTIONS.items():
        if row["type"] in NUMBERS:
            bounds = row["constraint"].split(" and ")[:2]
            assert bounds[0].startswith(". >= "), name
            assert bounds[1].startswith(". <= "), name
            assert bounds[0][5:] in row["constraint_message"], name
            assert name == "bought_year" or bounds[1][5:] in row["constraint_message"], name


def test_every_constraint_and_every_soft_check_has_its_message():
    for name, (row, _, _) in QUESTIONS.items():
        assert ("constraint" in row) == ("constraint_message" in row), name
        assert ("warning" in row) == ("warning_message" in row), name
    assert {n for n, (row, _, _) in QUESTIONS.items() if "warning" in row} == {
        "unit_location",
        "expense_10k",
        "permits_inside",
    }


def test_a_name_is_used_once_also_across_repeats_and_a_label_once_in_its_sheet():
    names = [row["name"] for row in sheet("survey") if "name" in row]
    assert len(names) == len(set(names))
    labels = [
        (inside, row["label"]) for row, _, inside in QUESTIONS.values() if row["type"] not in ("note", "calculate")
    ]
    assert len(labels) == len(set(labels))


def test_the_braces_of_the_years_survive_the_conversion(xform):
    labels = [label.text for label in xform.iterfind(".//{*}label") if label.text]
    assert "{Y}年运输收入合计（万元）" in labels
    assert sum("{Y}" in label for label in labels) == sum("{Y}" in row.get("label", "") for row in sheet("survey"))


def test_areas_hold_every_county_below_a_city_but_kinmen_and_no_label_twice():
    areas = [row for row in sheet("choices") if row["list_name"] == "area"]
    assert len({row["name"] for row in areas}) == len({row["label"] for row in areas}) == len(areas) == 83
    assert len({row["city"] for row in areas}) == 10
    assert [row["label"] for row in areas if row["city"] == "平潭综合实验区"] == ["平潭综合实验区平潭县"]
    assert "350527" not in {row["name"] for row in areas}
    assert all(row["label"].startswith(row["city"]) for row in areas)


@pytest.fixture(scope="module")
def accepts(xform):
    """The credit code's constraint under libxml2, with only ODK's regex added."""
    (bind,) = [b for b in xform.iterfind(".//{*}bind") if b.get("nodeset").endswith("/unit_credit_code")]
    regex = {(None, "regex"): lambda _, nodes, pattern: bool(re.search(pattern, nodes[0].text or ""))}
    judge = etree.XPath(bind.get("constraint"), extensions=regex)

    def accepted(code):
        node = etree.Element("code")
        node.text = code
        return judge(node)

    return accepted


def code(draw):
    body = "".join(draw.choice(CODE_SIGNS) for _ in range(17))
    return body + uscc.calc_check_digit(body)


def test_200_credit_codes_pass_and_a_slip_in_any_one_place_is_refused(accepts):
    draw = random.Random(20190403)
    for good in (code(draw) for _ in range(200)):
        place = draw.randrange(18)
        slip = draw.choice([sign for sign in CODE_SIGNS if sign != good[place]])
        assert accepts(good), good
        assert not accepts(good[:place] + slip + good[place + 1 :]), (good, place, slip)


@pytest.mark.parametrize("bad", ["", "9135010", "91350100M000100Y4300", "91350100i000100Y43", "91350100M000100Y4３"])
def test_a_credit_code_of_another_length_or_alphabet_is_refused(accepts, bad):
    assert not accepts(bad)


def test_the_text_beside_the_workbook_is_fresh():
    fresh = rendering.text(CARRIER)
    assert CARRIER.with_suffix(".txt").read_text(encoding="utf-8") == fresh, (
        "carrier.xlsx changed: run `python -m dajian.forms.rendering` with its path"
    )


def test_the_areas_of_the_questionnaire_are_the_counties_that_take_part():
    province = Path(str(files("dajian.provinces.fujian")))
    with (province / "areas.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cities = {row["code"]: row["name"] for row in rows if row["level"] == "city"}
    left_out = tomllib.loads((province / "campaign_2019.toml").read_text(encoding="utf-8"))["left_out"]
    counties = {
        row["code"]: cities[row["parent"]] + row["name"]
        for row in rows
        if row["level"] == "county" and row["code"] not in left_out
    }
    assert {row["name"]: row["label"] for row in sheet("choices") if row["list_name"] == "area"} == counties
