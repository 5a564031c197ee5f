"""Contradictions inside a declaration, each with the two places that disagree."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.engine.findings import say
from dajian.engine.regulation import readings, rulebook
from dajian.engine.regulation.agreement import disagreements
from dajian.engine.vehicle.reading import read_declaration
from tests.engine.trains import TRAINS, loads

BASE = {
    **TRAINS["六轴低平板"],
    "height_m": 4.3,
    "width_m": 3.0,
    "length_m": 20.0,
    "axle_loads_t": loads("6.5+2*8+3*8.5"),  # 48 t
    "cargo": {"length_m": 9.0, "width_m": 3.0, "height_m": 3.3, "mass_t": 26},
    "parts": [
        {"name": "牵引车", "mass_t": 8.8, "axles": 3, "vin": "LZZ5ELND8FN123456", "plate": "闽A12345"},
        {"name": "挂车", "mass_t": 13.2, "axles": 3, "plate": "闽A1234挂"},
    ],
    "axle_groups_t": "6.5+2*8+3*8.5",
    "trip": {"from": "350181", "to": "350404", "cross_province": False, "start": "2026-12-01", "end": "2026-12-05"},
    "plates": {
        "tractor": "闽A12345",
        "trailer": "闽A1234挂",
        "temporary_from": "2026-11-01",
        "temporary_until": "2026-12-20",
        "insurance_until": "2027-03-01",
    },
    "carrier": {"licence_until": "2030-01-01"},
}
LAW = rulebook().on(date(2026, 12, 1))


def _found(**changes):
    return disagreements(read_declaration(BASE | changes), LAW, readings())


def _with(section, **changes):
    return {section: BASE[section] | changes}


def _parts(index, **changes):
    return {"parts": [part | (changes if number == index else {}) for number, part in enumerate(BASE["parts"])]}


def test_a_declaration_that_agrees_has_none():
    assert _found() == ()


CASES = [  # change -> code, the two places
    (_parts(1, mass_t=13.3), "parts_to_gross", "parts + cargo.mass_t", "axle_loads"),
    ({"axle_groups_t": "6.5+2*8+26"}, "groups_to_gross", "axle_groups_t", "axle_loads"),
    ({"axle_groups_t": [6.5, 16, 26.5]}, "groups_to_gross", "axle_groups_t", "axle_loads"),
    (_with("cargo", mass_t=48) | {"parts": []}, "cargo_to_gross", "cargo.mass_t", "axle_loads"),
    (_parts(1, axles=4), "parts_to_axles", "parts", "axle_loads"),
    (_with("cargo", length_m=20.5), "cargo_in_outline", "cargo.length_m", "length_m"),
    (_with("cargo", width_m=3.01), "cargo_in_outline", "cargo.width_m", "width_m"),
    (_with("cargo", height_m=4.4), "cargo_in_outline", "cargo.height_m", "height_m"),
    ({"length_m": 13.0}, "axles_in_length", "axle_spacings_m", "length_m"),
    (_parts(0, vin="LZZ5ELND8FN12345O"), "vin_form", "parts[1].vin", "GB 16735"),
    (_parts(0, vin="LZZ5"), "vin_form", "parts[1].vin", "GB 16735"),
    (_parts(0, plate="闽B12345"), "plate_parts", "parts[1].plate", "plates"),
    (_with("plates", tractor="A12345") | {"parts": []}, "plate_form", "plates.tractor", "号牌格式"),
    (_with("plates", trailer="闽A12345") | {"parts": []}, "plate_trailer", "plates.trailer", "挂"),
    (_with("plates", tractor="闽A1234挂") | {"parts": []}, "plate_tractor", "plates.tractor", "挂"),
    (_with("trip", end="2026-11-30"), "dates_in_order", "trip.end", "trip.start"),
    (_with("plates", temporary_until="2026-12-03"), "dates_in_order", "plates.temporary_until", "trip.end"),
    (_with("plates", insurance_until="2026-12-10"), "dates_in_order", "plates.insurance_until", "temporary_until"),
    (_with("carrier", licence_until="2026-12-04"), "dates_in_order", "carrier.licence_until", "trip.end"),
    (_with("plates", temporary_from="2026-09-01"), "plate_days", "temporary", "登记规定"),
    (_with("trip", to="360781"), "cross_province", "trip.cross_province", "trip.from"),
    (_with("trip", cross_province=True, via=["350200"]), "cross_province", "trip.cross_province", "trip.from"),
]


@pytest.mark.parametrize(("changes", "code", "place_a", "place_b"), CASES, ids=[case[1] + case[2] for case in CASES])
def test_each_contradiction_names_both_places(changes, code, place_a, place_b):
    found = {finding.code: finding for finding in _found(**changes)}
    assert code in found
    sentence = say(found[code])
    assert place_a in sentence
    assert place_b in sentence


def test_the_sheet_of_a_real_permit_disagrees_by_its_rounding():
    """Groups 10+20+5*18 sum to 120 t while the gross mass printed beside them is 119 t."""
    sheet = {
        "axle_loads_t": [9.9, 9.9, 9.9, *[17.86] * 5],
        "axle_spacings_m": [3.3, 1.4, 7.0, 1.45, 1.45, 1.45, 1.45],
        "axle_groups_t": "10+20+5*18",
        "trailer": "hydraulic",
        "height_m": 4.5,
        "width_m": 3.2,
        "length_m": 25.0,
    }
    (finding,) = disagreements(read_declaration(sheet), LAW, readings())
    assert (finding.code, finding.value, finding.limit) == ("groups_to_gross", 120.0, 119.0)


def test_a_way_through_a_neighbour_that_is_not_listed_is_no_contradiction():
    assert _found(**_with("trip", cross_province=True)) == ()


@pytest.mark.parametrize("plate", ["闽A12345", "闽AD12345", "闽AF1234超", "闽A1234超", "沪A12345", "赣C123456"])
def test_genuine_plates_pass(plate):
    changes = _with("plates", tractor=plate) | {"parts": []}
    assert [finding.code for finding in _found(**changes)] == []
