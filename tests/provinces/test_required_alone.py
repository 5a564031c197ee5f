"""Each questionnaire is accepted with its required answers alone, and with none of them left out."""

import pytest

from tests.provinces.answers import (
    NOT_ELIGIBLE,
    REQUIRED_ALONE,
    answered,
    changed,
    computed,
    faults,
    warned,
    with_rows,
)
from tests.provinces.books import KEYS, repeats
from tests.provinces.fields import fields, marked

ONE_BY_ONE = [(form, *place) for form in KEYS for place in answered(REQUIRED_ALONE[form])]
REPEATS = [(form, name) for form in KEYS for name, row in repeats(form).items() if row.get("required")]


@pytest.mark.parametrize("form", KEYS)
def test_the_required_answers_alone_are_accepted_without_a_doubt(form):
    assert {name for _, name in answered(REQUIRED_ALONE[form])} == marked(form, "yes")
    assert not faults(form, REQUIRED_ALONE[form])
    assert not warned(form, REQUIRED_ALONE[form])


def test_of_a_carrier_they_are_25_in_two_repeats():
    assert len(marked("carrier", "yes")) == 25
    assert [name for form, name in REPEATS if form == "carrier"] == ["vehicle", "route"]


@pytest.mark.parametrize(("form", "repeat", "name"), ONE_BY_ONE)
def test_without_any_one_of_them_it_is_refused_there(form, repeat, name):
    whole = REQUIRED_ALONE[form]
    without = with_rows(whole, repeat, **{name: None}) if repeat else changed(whole, **{name: None})
    assert (name, "required") in faults(form, without)


@pytest.mark.parametrize(("form", "repeat"), REPEATS)
def test_a_repeat_of_required_answers_wants_a_row(form, repeat):
    assert (repeat, "count") in faults(form, changed(REQUIRED_ALONE[form], **{repeat: None}))


@pytest.mark.parametrize("form", KEYS)
def test_who_is_not_eligible_gives_a_reason_and_nothing_more(form):
    unit = NOT_ELIGIBLE[form]
    assert not faults(form, unit)
    assert faults(form, changed(unit, ineligible_reason=None)) == {("ineligible_reason", "required")}
    hidden = next(n for (repeat, n) in answered(REQUIRED_ALONE[form]) if not repeat and n not in unit)
    out_of_place = changed(unit, **{hidden: REQUIRED_ALONE[form][hidden]})
    assert faults(form, out_of_place) == {(hidden, "irrelevant")}


@pytest.mark.parametrize("form", KEYS)
def test_everything_that_is_computed_has_a_value_when_the_required_answers_are_there(form):
    record = computed(form, REQUIRED_ALONE[form] | ({"area_carriers": 80} if form == "association" else {}))
    missing = {
        name
        for name, (_, mark, repeat) in fields(form).items()
        if mark == "=" and name not in (record[repeat][0] if repeat else record)
    }
    assert not missing


UNKNOWN = [  # form, repeat, tick, the answers that it stands for
    ("manufacturer", "", "output", ("output_10k", "oversize_output_10k")),
    ("manufacturer", "", "cost", ("transport_cost_10k",)),
    ("manufacturer", "product", "ship", ("ship_q1", "ship_q2", "ship_q3", "ship_q4")),
    ("project", "", "list", ("list_issuer", "list_level", "list_year", "list_number")),
    ("project", "demand", "source", ("maker_name", "from_province", "from_text")),
    ("project", "demand", "schedule",
     ("ship_from", "ship_to", "milestone", "latest_arrival", "flexible", "delay_effect")),
    ("carrier", "", "revenue", ("revenue_10k", "expense_10k")),
    ("permit_office", "", "one_window", ("one_window_by",)),
]  # fmt: skip
IN_ROWS = [
    ("manufacturer", "sales", "sales_share", "sales_share_pct"),
    ("vehicle_maker", "model", "sales", "sales_10k"),
]


def test_every_tick_of_无法提供_is_tried_here():
    tried = {(form, f"{stem}_unknown") for form, _, stem, _ in UNKNOWN}
    tried |= {(form, f"{stem}_unknown") for form, _, stem, _ in IN_ROWS}
    assert tried == {(form, name) for form in KEYS for name in marked(form, "tick")}


@pytest.mark.parametrize(("form", "repeat", "stem", "names"), UNKNOWN)
def test_what_cannot_be_given_needs_a_tick_and_a_reason_and_is_not_zero(form, repeat, stem, names):
    def of(**changes):
        whole = REQUIRED_ALONE[form]
        return with_rows(whole, repeat, **changes) if repeat else changed(whole, **changes)

    tick, reason = f"{stem}_unknown", f"{stem}_unknown_reason"
    empty = dict.fromkeys(names)
    assert faults(form, of(**empty)) == {(name, "required") for name in names}
    assert faults(form, of(**empty, **{tick: ["unknown"]})) == {(reason, "required")}
    assert not faults(form, of(**empty, **{tick: ["unknown"], reason: "尚未确定"}))
    assert faults(form, of(**{tick: ["unknown"], reason: "尚未确定"})) == {(tick, "constraint")}


@pytest.mark.parametrize(("form", "repeat", "stem", "name"), IN_ROWS)
def test_a_tick_that_stands_for_the_rows_of_a_repeat_does_the_same(form, repeat, stem, name):
    tick, reason = f"{stem}_unknown", f"{stem}_unknown_reason"
    whole = REQUIRED_ALONE[form]
    empty = with_rows(whole, repeat, **{name: None})
    assert faults(form, empty) == {(name, "required")}
    assert faults(form, changed(empty, **{tick: ["unknown"]})) == {(reason, "required")}
    assert not faults(form, changed(empty, **{tick: ["unknown"], reason: "尚未确定"}))
    assert faults(form, changed(whole, **{tick: ["unknown"], reason: "尚未确定"})) == {(tick, "constraint")}
