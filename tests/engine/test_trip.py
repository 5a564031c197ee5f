"""Who decides (article 8), how long a permit holds (article 19), and within how many days (article 15)."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.engine.regulation import readings, rulebook
from dajian.engine.regulation.assess import assess
from dajian.engine.regulation.trip import authority, validity
from dajian.engine.vehicle.declaration import Trip
from dajian.engine.vehicle.reading import read_declaration
from tests.engine.trains import TRAINS, declared, loads

LAW = rulebook().on(date(2026, 12, 1))
START = "2026-12-01"


def _decides(origin, destination, *via, cross=None):
    found = authority(Trip(origin, destination, via, cross), LAW, readings())
    return found and (found.level, found.area)


@pytest.mark.parametrize(
    ("origin", "destination", "via", "expected"),
    [
        ("350181", "360781", (), ("origin_province", "350000")),
        ("350181", "350404", ("360700",), ("origin_province", "350000")),
        ("350181", "350404", (), ("province", "350000")),
        ("350181", "350121", (), ("city", "350100")),
        ("350181", "350181", (), ("county", "350181")),
        ("350100", "350100", (), ("city", "350100")),
        ("350128", "350181", (), ("province", "350000")),  # 平潭 is a city-level area of its own
        ("350128", "350128", (), ("county", "350128")),
    ],
)
def test_authority_follows_what_the_trip_crosses(origin, destination, via, expected):
    assert _decides(origin, destination, *via) == expected


def test_a_stated_crossing_needs_no_codes():
    assert _decides(None, None, cross=True) == ("origin_province", None)


@pytest.mark.parametrize(("origin", "destination"), [(None, "350404"), ("350181", None), (None, None)])
def test_without_both_ends_the_authority_is_open_and_missing_says_so(origin, destination):
    assert _decides(origin, destination) is None
    found = assess(declared("六轴列车", 4.3, 3, 19, "6*8"), LAW)
    assert {"trip.from", "trip.to"} <= {finding.rule for finding in found.missing}


@pytest.mark.parametrize(
    ("height", "expected"),
    [
        (4.1, {"own": 2, "cross_province": 5}),
        (4.3, {"own": 5, "cross_province": 10}),
        (4.6, {"own": 15, "cross_province": 20}),
        (4.0, None),
    ],
)
def test_decision_days_go_by_class(height, expected):
    assert assess(declared("六轴列车", height, 2.5, 18, "6*8"), LAW).decision_days == expected


ALL_MET = dict.fromkeys(["same_vehicle", "fixed_route", "same_loading", "no_reinforcement", "transport_plan"], True)


def _valid(repeat=None, end="2026-12-05", **plates):
    trip = {"start": START, "end": end} | ({"repeat": repeat} if repeat else {})
    declaration = read_declaration(
        {
            **TRAINS["六轴列车"],
            "height_m": 4.3,
            "width_m": 3,
            "length_m": 19,
            "axle_loads_t": loads("6*8"),
            "trip": trip,
            "plates": plates,
        }
    )
    return validity(declaration, LAW)


def test_a_single_trip_holds_for_its_window():
    found = _valid()
    assert (found.kind, found.holds_from, found.until) == ("trip", date(2026, 12, 1), date(2026, 12, 5))
    assert set(found.conditions.values()) == {None}


def test_with_every_condition_met_up_to_six_months():
    assert _valid(ALL_MET, end="2027-12-31").until == date(2027, 5, 31)
    assert _valid(ALL_MET, end="2027-02-01").until == date(2027, 2, 1)


@pytest.mark.parametrize("condition", ALL_MET)
@pytest.mark.parametrize("answer", [False, None])
def test_one_condition_unmet_or_open_is_a_single_trip(condition, answer):
    repeat = {key: value for key, value in (ALL_MET | {condition: answer}).items() if value is not None}
    found = _valid(repeat, end="2027-12-31")
    assert (found.kind, found.conditions[condition]) == ("trip", answer)


def test_plate_and_insurance_cap_the_permit():
    found = _valid(ALL_MET, end="2027-12-31", temporary_until="2027-01-15", insurance_until="2027-03-01")
    assert found.until == date(2027, 1, 15)
    assert found.caps == {"temporary_plate": date(2027, 1, 15), "insurance": date(2027, 3, 1)}


def test_a_temporary_plate_caps_at_ninety_days_whatever_it_says():
    found = _valid(ALL_MET, end="2027-12-31", temporary_from="2026-12-01", temporary_until="2027-06-01")
    assert found.until == date(2027, 2, 28)  # 90 days with the first


def test_six_months_end_in_a_short_month():
    repeat = {"start": "2026-08-31", "end": "2027-12-31", "repeat": ALL_MET}
    declaration = declared("六轴列车", 4.3, 3, 19, "6*8", trip=repeat)
    assert validity(declaration, LAW).until == date(2027, 2, 27)
