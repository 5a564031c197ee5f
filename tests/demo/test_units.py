"""Invented units of all six kinds: accepted as they are, told apart, of their area, the same each time."""

from datetime import date
from pathlib import Path

import pytest
from stdnum.cn import uscc

from dajian.demo import associations, carriers, manufacturers, permit_offices, projects, vehicle_makers
from dajian.demo.drawing import cities
from dajian.demo.questionnaire import PROVINCE, questionnaire, words
from dajian.forms import xlsform
from dajian.forms.evaluate import validate

ON = date(2026, 11, 25)
KINDS = (manufacturers, projects, vehicle_makers, carriers, associations, permit_offices)
FIRST, *OTHERS = cities()
of_each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.TOPIC)


def name(record):
    return record.get("project_name", record["unit_name"])


@pytest.fixture(scope="module")
def form_of():
    keys = {kind.TOPIC: words(kind.TOPIC)["questionnaire"] for kind in KINDS}
    forms = {topic: xlsform.load(Path(PROVINCE) / "questionnaires" / f"{key}.xlsx") for topic, key in keys.items()}
    return lambda kind: forms[kind.TOPIC]


def test_each_item_of_the_plan_has_its_kind():
    assert [words(kind.TOPIC)["item"] for kind in KINDS] == [1, 2, 3, 4, 5, 6]


@of_each_kind
@pytest.mark.parametrize("area", cities())
def test_every_record_is_accepted_without_a_fault_or_a_doubt(form_of, kind, area):
    for record in kind.make(11, 40, area, on=ON):
        verdict = validate(form_of(kind), record, on=ON, strict=True)
        assert not verdict.problems
        assert not verdict.warnings


@of_each_kind
def test_all_that_a_form_offers_is_answered_somewhere_but_for_a_few_texts_and_places(form_of, kind):
    answered = set()
    for record in kind.make(12, 400, FIRST, on=ON):
        answered |= set(record)
        answered |= {key for rows in record.values() if isinstance(rows, list) for row in rows for key in row}
    asked = {q.key for q in form_of(kind).questions if q.shown and q.type not in ("note", "calculate", "image")}
    assert not {key for key in asked - answered if not key.endswith(("_text", "_location", "_place", "_station"))} - {
        "check_body",
        "budget_10k",
    }


@of_each_kind
@pytest.mark.parametrize("area", [FIRST, OTHERS[-1], "350583"])
def test_units_are_told_apart_by_name_and_code_and_stand_in_their_area(kind, area):
    made = kind.make(7, 120, area, on=ON)
    assert len({name(r) for r in made}) == len({r["unit_credit_code"] for r in made}) == 120
    assert all(name(r).startswith("示例") for r in made)
    assert all(uscc.is_valid(r["unit_credit_code"]) for r in made)
    known = questionnaire(words(kind.TOPIC)["questionnaire"])
    assert {r["unit_area"] for r in made} == set(known.counties.get(cities().get(area, ""), (area,)))


@of_each_kind
def test_the_same_seed_makes_the_same_units_and_a_longer_list_begins_alike(kind):
    assert kind.make(1, 30, FIRST, on=ON) == kind.make(1, 50, FIRST, on=ON)[:30]
    assert kind.make(1, 30, FIRST, on=ON) != kind.make(2, 30, FIRST, on=ON)


@of_each_kind
def test_one_in_thirty_is_not_eligible_and_says_why(kind):
    made = kind.make(4, 900, FIRST, on=ON)
    closed = [r for r in made if r["eligible"] == "no"]
    assert 12 < len(closed) < 60
    assert all(r["ineligible_reason"] and "suggestions" not in r and "advice_text" not in r for r in closed)


def test_no_two_units_of_any_kinds_and_cities_share_a_code():
    made = [r for kind in KINDS for city in cities() for r in kind.make("demo", 60, city, on=ON)]
    assert len({r["unit_credit_code"] for r in made}) == len(made)
    codes = [r["project_code"] for r in made if "project_code" in r]
    assert len(set(codes)) == len(codes)


def test_what_cannot_be_given_is_told_by_a_tick_and_a_reason_in_some_records_of_each_form_that_has_one():
    for kind in (manufacturers, projects, vehicle_makers, carriers, permit_offices):
        records = kind.make(3, 300, FIRST, on=ON)
        rows = [*records, *(row for r in records for v in r.values() if isinstance(v, list) for row in v if row)]
        ticked = [row for row in rows if isinstance(row, dict) and any(key.endswith("_unknown") for key in row)]
        assert ticked
        assert all(any(key.endswith("_unknown_reason") for key in row) for row in ticked)


@of_each_kind
def test_an_area_that_the_province_does_not_have_is_a_key_error(kind):
    with pytest.raises(KeyError):
        kind.make(1, 1, "440100", on=ON)
