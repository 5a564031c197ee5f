"""GB 1589 either side of every step, sums of axle limits, and contradictions of dates: what no row of cases touches."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.engine.regulation import readings, rulebook
from dajian.engine.regulation.assess import assess
from dajian.engine.regulation.axle_limits import gross_limit
from dajian.engine.vehicle.reading import read_declaration, read_vehicle

LAW = rulebook().on(date(2026, 12, 1))


def axle_sum(trailer: str, tyres: list[int], spacings: list[float], drives: list[int], first: int | None) -> float:
    given = {"trailer": trailer, "height_m": 4.0, "width_m": 2.5, "length_m": 17.0, "axle_spacings_m": spacings,
             "axle_loads_t": [5.0] * len(tyres), "tyres_per_axle": tyres, "drive_axles": drives}  # fmt: skip
    found = gross_limit(read_vehicle(given | ({"first_trailer_axle": first} if first else {})), LAW, readings())
    assert found.axle_sum_t is not None
    return found.axle_sum_t


@pytest.mark.parametrize(
    ("gap", "limit"), [(0.99, 11.5), (1.0, 16.0), (1.29, 16.0), (1.3, 18.0), (1.79, 18.0), (1.8, 21.5)]
)
def test_a_trucks_two_close_axles_carry_by_their_distance(gap, limit):
    # beyond 1.8 m they are two single axles: one driven (11.5 t), one with double tyres (10 t)
    assert axle_sum("truck", [2, 4, 4], [4.0, gap], [2], None) == 7.0 + limit


@pytest.mark.parametrize(
    ("gap", "limit"), [(0.99, 11.0), (1.0, 16.0), (1.29, 16.0), (1.3, 18.0), (1.79, 18.0), (1.8, 20.0)]
)
def test_a_trailers_two_close_axles_carry_by_their_distance(gap, limit):
    assert axle_sum("flatbed", [2, 4, 4, 4], [3.5, 7.0, gap], [2], 3) == 7.0 + 11.5 + limit


@pytest.mark.parametrize(("gap", "limit"), [(1.3, 21.0), (1.31, 24.0), (1.4, 24.0)])
def test_three_close_axles_carry_by_their_distance(gap, limit):
    assert axle_sum("flatbed", [2, 4, 4, 4, 4], [3.5, 7.0, gap, gap], [2], 3) == 7.0 + 11.5 + limit


def test_the_days_of_each_class_are_the_orders():
    days = {name: LAW[f"decision_days_{name}"].value for name in ("I", "II", "III")}
    assert days == {
        "I": {"own": 2, "cross_province": 5},
        "II": {"own": 5, "cross_province": 10},
        "III": {"own": 15, "cross_province": 20},
    }


@pytest.mark.parametrize(
    ("plates", "trip", "places"),
    [
        ({"insurance_until": "2026-12-04"}, {"end": "2026-12-05"}, {"plates.insurance_until", "trip.end"}),
        ({"insurance_until": "2026-11-30"}, {"start": "2026-12-01"}, {"plates.insurance_until", "trip.start"}),
        ({"temporary_until": "2026-12-04"}, {"end": "2026-12-05"}, {"plates.temporary_until", "trip.end"}),
        ({"temporary_until": "2026-11-30"}, {"start": "2026-12-01"}, {"plates.temporary_until", "trip.start"}),
    ],
)
def test_what_ends_before_the_trip_is_told_with_both_places(plates, trip, places):
    given = {"trailer": "truck", "height_m": 4.5, "width_m": 2.5, "length_m": 12.0, "axle_loads_t": [6, 9],
             "axle_spacings_m": [5.0], "plates": plates, "trip": trip}  # fmt: skip
    found = assess(read_declaration(given), LAW).disagreements
    assert [{one.params["place_a"], one.params["place_b"]} for one in found] == [places]
    later = dict.fromkeys(plates, "2026-12-31")
    assert assess(read_declaration(given | {"plates": later}), LAW).disagreements == ()
