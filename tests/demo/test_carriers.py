"""The invented carriers: distinct, of their area, the same each time."""

from datetime import date

import pytest
from stdnum.cn import uscc

from dajian.demo import carriers
from dajian.demo.drawing import cities
from dajian.demo.numbers import credit_code, digits_only_code
from dajian.demo.questionnaire import questionnaire

ON = date(2026, 11, 25)
FIRST = next(iter(cities()))


@pytest.mark.parametrize("area", [*cities(), "350583"])
def test_carriers_are_told_apart_by_name_and_code_and_stand_in_their_area(area):
    made = carriers.make(7, 60, area, on=ON)
    assert len({r["unit_name"] for r in made}) == len({r["unit_credit_code"] for r in made}) == 60
    counties = questionnaire("carrier").counties.get(cities().get(area, ""), (area,))
    assert {r["unit_area"] for r in made} == set(counties[:60])
    assert all(r["unit_name"].startswith("示例") and r["unit_name"].endswith("有限公司") for r in made)
    assert all(uscc.is_valid(r["unit_credit_code"]) for r in made)


def test_the_same_seed_makes_the_same_carriers_and_a_longer_list_begins_alike():
    assert carriers.make(1, 50, FIRST, on=ON) == carriers.make(1, 80, FIRST, on=ON)[:50]
    assert carriers.make(1, 50, FIRST, on=ON) != carriers.make(2, 50, FIRST, on=ON)


def test_cities_share_no_name_and_no_code():
    made = [r for city in cities() for r in carriers.make(3, 200, city, on=ON)]
    assert len({r["unit_name"] for r in made}) == len({r["unit_credit_code"] for r in made}) == len(made)


def test_there_are_twice_as_many_rows_of_vehicles_as_carriers_and_some_that_are_not_eligible():
    made = carriers.make(4, 1500, FIRST, on=ON)
    assert 2700 < sum(len(r.get("vehicle", ())) for r in made) < 3300
    closed = [r for r in made if r["eligible"] == "no"]
    assert 20 < len(closed) < 90
    assert all("vehicle" not in r and "revenue_10k" not in r and r["ineligible_reason"] for r in closed)


def test_figures_keep_the_rules_that_bind_them_together():
    for r in carriers.make(5, 400, FIRST, on=ON):
        parts = sum(value for name, value in r.items() if name.startswith("exp_"))
        assert round(parts, 2) <= r.get("expense_10k", 0)
        assert r.get("oversize_revenue_10k", 0) <= r.get("revenue_10k", 0)
        assert r.get("max_piece_t", 0) <= r.get("max_gross_t", 0)
        assert r["filled_on"] < ON.isoformat()
        for share, rows in (
            ("share_pct", "route"),
            ("share_of_trips_pct", "cargo_share"),
            ("client_share_pct", "client"),
        ):
            assert sum(row.get(share, 0) for row in r.get(rows, ())) <= 100
        for row in r.get("vehicle", ()):
            assert ("axle_lines" in row) == (row["is_hydraulic"] == "yes")
            assert row["quantity"] == 1 or "plate" not in row


def test_credit_codes_of_two_serials_or_counties_differ_and_digits_only_ones_have_no_letter():
    codes = {credit_code(county, serial) for county in ("350102", "350582") for serial in range(500)}
    assert len(codes) == 1000
    from random import Random

    digits = [digits_only_code("350102", Random(seed)) for seed in range(50)]
    assert all(code.isdigit() and uscc.is_valid(code) for code in digits)


def test_an_area_that_the_province_does_not_have_is_a_key_error():
    with pytest.raises(KeyError):
        carriers.make(1, 1, "440100", on=ON)
