"""What the carrier questionnaire accepts and refuses, judged by dajian.forms."""

from copy import deepcopy
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from dajian.forms import xlsform
from dajian.forms.evaluate import validate
from tests.provinces.carrier_fields import fields

ON = date(2019, 5, 20)
VEHICLE = {
    "vehicle_kind": "hydraulic",
    "quantity": 2,
    "registration": "none",
    "is_hydraulic": "yes",
    "axle_lines": 20,
    "axle_files": 2,
}
ROUTE = {
    "origin_area": "350102",
    "origin_text": "江阴港区",
    "dest_province": "36",
    "dest_text": "示例变电站",
    "via_text": "G15–G70",
}
REQUIRED_ALONE = {
    "unit_name": "示例大件运输有限公司",
    "unit_credit_code": "91350100M000100Y43",
    "unit_area": "350102",
    "eligible": "yes",
    "vehicle": [VEHICLE],
    "revenue_10k": 800.0,
    "expense_10k": 700.5,
    "cargo_kinds": ["transformer"],
    "route": [ROUTE],
    "in_association": "yes",
    "association_name": "示例物流协会",
    "problem_kinds": ["none"],
    "suggestions": "无",
    "policy_known": ["none"],
    "survey_mode": ["visit"],
    "truth_confirmed": "yes",
}  # fmt: skip
NOT_ELIGIBLE = {
    "unit_name": "示例大件运输有限公司",
    "unit_credit_code": "91350100M000100Y43",
    "unit_area": "350102",
    "survey_mode": ["visit"],
    "truth_confirmed": "yes",
    "eligible": "no",
    "ineligible_reason": "已停业",
}  # fmt: skip


@pytest.fixture(scope="module")
def form():
    return xlsform.load(Path(str(files("dajian.provinces.fujian"))) / "questionnaires" / "carrier.xlsx")


def changed(record, **changes):
    """A copy with other answers; None takes one away. A list of dicts replaces a repeat's rows."""
    answers = deepcopy(record) | changes
    return {key: value for key, value in answers.items() if value is not None}


def faults(form, record):
    return {(problem.key, problem.code) for problem in validate(form, record, on=ON, strict=True).problems}


def warned(form, record):
    return {problem.key for problem in validate(form, record, on=ON, strict=True).warnings}


def test_the_required_ones_alone_are_accepted_and_they_are_25(form):
    answered = {key for key in REQUIRED_ALONE if key not in ("vehicle", "route")} | set(VEHICLE) | set(ROUTE)
    assert len(answered) == 25
    assert answered == {name for name, (_, required, _) in fields().items() if required == "yes"}
    assert not faults(form, REQUIRED_ALONE)


@pytest.mark.parametrize("name", [key for key in REQUIRED_ALONE if key not in ("vehicle", "route")])
def test_without_any_one_of_them_it_is_refused_there(form, name):
    assert (name, "required") in faults(form, changed(REQUIRED_ALONE, **{name: None}))


@pytest.mark.parametrize(("repeat", "row"), [("vehicle", VEHICLE), ("route", ROUTE)])
def test_every_required_answer_of_a_row_and_one_row_at_least_are_asked_for(form, repeat, row):
    for name in row:
        assert (name, "required") in faults(form, changed(REQUIRED_ALONE, **{repeat: [changed(row, **{name: None})]}))
    assert {code for _, code in faults(form, changed(REQUIRED_ALONE, **{repeat: None}))} == {"count"}


def test_who_is_not_eligible_gives_a_reason_and_nothing_more(form):
    assert not faults(form, NOT_ELIGIBLE)
    assert faults(form, changed(NOT_ELIGIBLE, ineligible_reason=None)) == {("ineligible_reason", "required")}
    assert faults(form, changed(NOT_ELIGIBLE, suggestions="无")) == {("suggestions", "irrelevant")}


def test_figures_that_cannot_be_given_need_a_reason_and_are_not_zero(form):
    without = changed(REQUIRED_ALONE, revenue_10k=None, expense_10k=None)
    assert faults(form, without) == {("revenue_10k", "required"), ("expense_10k", "required")}
    ticked = changed(without, revenue_unknown=["unknown"])
    assert faults(form, ticked) == {("revenue_unknown_reason", "required")}
    explained = changed(ticked, revenue_unknown_reason="合并核算")
    assert not faults(form, explained)
    assert not faults(form, changed(explained, revenue_10k=0.0))
    assert faults(form, changed(explained, revenue_10k=0.0, expense_10k=0.0)) == {("revenue_unknown", "constraint")}


def test_totals_classes_and_the_balance_are_computed(form):
    rows = [
        VEHICLE,
        {"vehicle_kind": "tractor", "quantity": 3, "registration": "registered", "is_hydraulic": "no"},
        {
            "vehicle_kind": "lowbed",
            "quantity": 1,
            "registration": "temporary",
            "is_hydraulic": "no",
            "plate": "闽A1234超",
        },
        {"vehicle_kind": "escort", "quantity": 4, "registration": "unknown", "is_hydraulic": "no"},
    ]
    record = validate(form, changed(REQUIRED_ALONE, vehicle=rows, exp_fuel_10k=300.1, exp_toll_10k=200.2), on=ON).record
    computed = {name: record[name] for name, (kind, _, _) in fields().items() if kind == "calculate"}
    assert computed == {
        "vehicles_total": 10,
        "registered_total": 3,
        "unregistered_total": 3,
        "hydraulic_lines_total": 20,
        "tractors_total": 3,
        "balance_10k": 99.5,
    }
    assert record["exp_parts_10k"] == 500.3


OUTSIDE = [
    ("unit_name", "厂", "constraint"),
    ("unit_credit_code", "91350100M000100Y44", "constraint"),
    ("unit_area", "350527", "choice"),
    ("contact_mobile", "1380013800", "constraint"),
    ("filled_on", "2019-05-21", "constraint"),
    ("revenue_10k", 1_000_000.5, "constraint"),
    ("revenue_10k", -1.0, "constraint"),
    ("oversize_revenue_10k", 800.5, "constraint"),
    ("exp_fuel_10k", 700.6, None),
    ("filers_full", 201, "constraint"),
    ("problem_kinds", ["none", "returns"], "constraint"),
    ("policy_known", ["term", "none"], "constraint"),
    ("truth_confirmed", "no", "constraint"),
]
INSIDE = [
    ("unit_name", "某厂"),
    ("contact_mobile", "0591-87078376"),
    ("filled_on", "2019-05-20"),
    ("oversize_revenue_10k", 800.0),
    ("exp_fuel_10k", 700.5),
    ("filers_full", 200),
    ("problem_kinds", ["returns", "toll"]),
]


@pytest.mark.parametrize(("name", "value", "code"), OUTSIDE)
def test_an_answer_outside_its_limit_is_refused(form, name, value, code):
    where = (name, code) if code else ("expense_10k", "constraint")  # the parts are told at their total
    assert where in faults(form, changed(REQUIRED_ALONE, **{name: value}))


@pytest.mark.parametrize(("name", "value"), INSIDE)
def test_an_answer_at_its_limit_is_accepted(form, name, value):
    assert not faults(form, changed(REQUIRED_ALONE, **{name: value}))


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("quantity", 1, 0),
        ("quantity", 2000, 2001),
        ("axle_files", 4, 5),
        ("plate", "闽A1234挂", "闽A 1234挂"),
        ("vin", "LZZ5CLSB8NA123456", "LZZ5CLSB8NA12345O"),
        ("bought_year", 2019, 2020),
        ("max_length_m", 0.1, 0.05),
    ],
)
def test_a_vehicle_keeps_its_bounds(form, name, good, bad):
    one = changed(VEHICLE, quantity=1)
    assert not faults(form, changed(REQUIRED_ALONE, vehicle=[one | {name: good}]))
    assert (name, "constraint") in faults(form, changed(REQUIRED_ALONE, vehicle=[one | {name: bad}]))


def test_a_plate_belongs_to_one_vehicle(form):
    assert faults(form, changed(REQUIRED_ALONE, vehicle=[VEHICLE | {"plate": "闽A12345"}])) == {
        ("quantity", "constraint")
    }


def test_shares_of_one_hundred_pass_and_more_is_told_at_each_share(form):
    half = [ROUTE | {"share_pct": 50.0}, ROUTE | {"share_pct": 50.0}]
    assert not faults(form, changed(REQUIRED_ALONE, route=half))
    more = validate(form, changed(REQUIRED_ALONE, route=[half[0], ROUTE | {"share_pct": 50.01}]), on=ON).problems
    assert [(p.key, p.row, p.code) for p in more] == [("share_pct", 0, "constraint"), ("share_pct", 1, "constraint")]


def test_a_kind_that_was_not_ticked_is_no_choice_further_down(form):
    ticked = changed(REQUIRED_ALONE, problem_kinds=["toll"], problem=[{"problem_kind": "toll"}])
    assert not faults(form, ticked)
    assert faults(form, changed(ticked, problem=[{"problem_kind": "wires"}])) == {("problem_kind", "choice")}
    shares = [{"share_kind": "rotor", "share_of_trips_pct": 10.0}]
    assert faults(form, changed(REQUIRED_ALONE, cargo_share=shares)) == {("share_kind", "choice")}


def test_six_photos_are_accepted_and_the_seventh_is_refused(form):
    photos = [{"visit_photo": f"{n}.jpg"} for n in range(7)]
    assert not faults(form, changed(REQUIRED_ALONE, photo=photos[:6]))
    problems = validate(form, changed(REQUIRED_ALONE, photo=photos), on=ON).problems
    assert [(p.key, p.row, p.code) for p in problems] == [("visit_photo", 6, "constraint")]


@pytest.mark.parametrize(
    ("name", "quiet", "doubtful"),
    [
        ("expense_10k", {"expense_10k": 2399.99}, {"expense_10k": 2400.0}),
        ("unit_location", {"unit_location": "26.08 119.3 0 0"}, {"unit_location": "39.9 116.4 0 0"}),
        (
            "permits_inside",
            {"permits_1": 3, "permits_2": 2, "permits_3": 1, "permits_cross": 4, "permits_inside": 2},
            {"permits_1": 3, "permits_2": 2, "permits_3": 1, "permits_cross": 4, "permits_inside": 3},
        ),
    ],
)
def test_what_is_only_doubtful_is_a_warning_and_no_fault(form, name, quiet, doubtful):
    assert not warned(form, changed(REQUIRED_ALONE, **quiet))
    assert warned(form, changed(REQUIRED_ALONE, **doubtful)) == {name}
    assert not faults(form, changed(REQUIRED_ALONE, **doubtful))
