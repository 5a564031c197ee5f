"""What the carrier questionnaire accepts and refuses, judged by dajian.forms."""

import pytest

from dajian.forms.evaluate import validate
from tests.provinces.answers import ON, REQUIRED_ALONE, ROUTE, VEHICLE, changed, computed, form_of
from tests.provinces.answers import faults as faults_of
from tests.provinces.answers import warned as warned_of

CARRIER = REQUIRED_ALONE["carrier"]


def faults(record):
    return faults_of("carrier", record)


def warned(record):
    return warned_of("carrier", record)


def test_totals_classes_and_the_balance_are_computed():
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
    record = computed("carrier", changed(CARRIER, vehicle=rows, exp_fuel_10k=300.1, exp_toll_10k=200.2))
    expected = {
        "vehicles_total": 10,
        "registered_total": 3,
        "unregistered_total": 3,
        "hydraulic_lines_total": 20,
        "tractors_total": 3,
        "balance_10k": 99.5,
        "exp_parts_10k": 500.3,
    }
    assert {name: record[name] for name in expected} == expected


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
def test_an_answer_outside_its_limit_is_refused(name, value, code):
    where = (name, code) if code else ("expense_10k", "constraint")  # the parts are told at their total
    assert where in faults(changed(CARRIER, **{name: value}))


@pytest.mark.parametrize(("name", "value"), INSIDE)
def test_an_answer_at_its_limit_is_accepted(name, value):
    assert not faults(changed(CARRIER, **{name: value}))


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
def test_a_vehicle_keeps_its_bounds(name, good, bad):
    one = changed(VEHICLE, quantity=1)
    assert not faults(changed(CARRIER, vehicle=[one | {name: good}]))
    assert (name, "constraint") in faults(changed(CARRIER, vehicle=[one | {name: bad}]))


def test_a_plate_belongs_to_one_vehicle():
    assert faults(changed(CARRIER, vehicle=[VEHICLE | {"plate": "闽A12345"}])) == {("quantity", "constraint")}


def test_shares_of_one_hundred_pass_and_more_is_told_at_each_share():
    half = [ROUTE | {"share_pct": 50.0}, ROUTE | {"share_pct": 50.0}]
    assert not faults(changed(CARRIER, route=half))
    more = validate(form_of("carrier"), changed(CARRIER, route=[half[0], ROUTE | {"share_pct": 50.01}]), on=ON).problems
    assert [(p.key, p.row, p.code) for p in more] == [("share_pct", 0, "constraint"), ("share_pct", 1, "constraint")]


def test_a_kind_that_was_not_ticked_is_no_choice_further_down():
    ticked = changed(CARRIER, problem_kinds=["toll"], problem=[{"problem_kind": "toll"}])
    assert not faults(ticked)
    assert faults(changed(ticked, problem=[{"problem_kind": "wires"}])) == {("problem_kind", "choice")}
    shares = [{"share_kind": "rotor", "share_of_trips_pct": 10.0}]
    assert faults(changed(CARRIER, cargo_share=shares)) == {("share_kind", "choice")}


def test_six_photos_are_accepted_and_the_seventh_is_refused():
    photos = [{"visit_photo": f"{n}.jpg"} for n in range(7)]
    assert not faults(changed(CARRIER, photo=photos[:6]))
    problems = validate(form_of("carrier"), changed(CARRIER, photo=photos), on=ON).problems
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
def test_what_is_only_doubtful_is_a_warning_and_no_fault(name, quiet, doubtful):
    assert not warned(changed(CARRIER, **quiet))
    assert warned(changed(CARRIER, **doubtful)) == {name}
    assert not faults(changed(CARRIER, **doubtful))
