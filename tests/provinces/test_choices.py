"""The questionnaires' choice lists: alike in all six, complete, and the province's areas as they are."""

import csv
import tomllib

import pytest

from tests.provinces.books import KEYS, PROVINCE, choices, questions

SIZES = {  # list: choices that its description names
    "problem": 26,  # 25 kinds and 没有困难
    "cargo_kind": 24,
    "vehicle_kind": 14,
    "sector": 12,
    "industry": 10,
    "unit_status": 5,
    "survey_mode": 5,
    "policy": 6,
    "satisfaction": 6,
    "training": 6,
    "licence_scope": 5,
    "in_catalogue": 5,
    "maker_kind": 4,
    "registrable": 3,
    "list_issuer": 2,
    "level": 4,
    "firm_level": 3,
    "local_level": 3,
    "office_level": 4,
    "office_kind": 4,
    "power_basis": 3,
    "road_kind": 5,
    "permit_role": 8,
    "consult_case": 6,
    "permit_system": 4,
    "check_mode": 3,
    "check_payer": 3,
    "permit_scope": 5,
    "permit_class": 3,
    "yes_partly_no": 3,
    "permit_matter": 5,
    "office_problem": 12,  # 11 kinds and 没有问题
    "service": 11,  # ten and 没有
    "management_mode": 5,
    "association_kind": 3,
    "transport_mode": 4,
    "transport_party": 4,
    "permit_state": 3,
    "route_mode": 3,
    "province": 34,
    "province_or_abroad": 35,
    "area": 83,
    "origin": 83 + 33,
}


def test_a_list_is_the_same_in_every_questionnaire_that_uses_it():
    known: dict[str, list[tuple[str, ...]]] = {}
    for form in KEYS:
        for name, rows in choices(form).items():
            assert known.setdefault(name, rows) == rows, (form, name)
    assert {name: len(known[name]) for name in SIZES} == SIZES


@pytest.mark.parametrize("form", KEYS)
def test_every_list_is_used_and_every_used_list_is_there_without_twins(form):
    used = {row["type"].split()[1] for row, _, _ in questions(form).values() if row["type"].startswith("select")}
    assert used == set(choices(form))
    for name, rows in choices(form).items():
        codes, labels, _ = zip(*rows, strict=True)
        assert len(set(codes)) == len(set(labels)) == len(rows), name


@pytest.mark.parametrize("form", KEYS)
def test_the_areas_are_the_counties_that_take_part_each_below_its_city(form):
    with (PROVINCE / "areas.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cities = {row["code"]: row["name"] for row in rows if row["level"] == "city"}
    left_out = tomllib.loads((PROVINCE / "campaign_2019.toml").read_text(encoding="utf-8"))["left_out"]
    counties = {
        (row["code"], cities[row["parent"]] + row["name"], cities[row["parent"]])
        for row in rows
        if row["level"] == "county" and row["code"] not in left_out
    }
    assert set(choices(form)["area"]) == counties
    assert len({city for _, _, city in counties}) == 10
    assert "350527" not in {code for code, _, _ in counties}


def test_the_provinces_are_those_of_the_country_and_an_origin_is_a_county_here_or_another_province():
    lists = choices("project")
    assert lists["province"][0][:2] == ("35", "福建省")
    assert all(code.isdigit() and len(code) == 2 for code, _, _ in lists["province"])
    assert lists["province_or_abroad"] == [*lists["province"], ("abroad", "境外", "")]
    others = [row for row in lists["province"] if row[0] != "35"]
    assert lists["origin"] == [*lists["area"], *others]
