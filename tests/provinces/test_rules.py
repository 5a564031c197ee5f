"""What the five questionnaires besides the carriers' compute, accept and refuse, on both sides of each limit."""

import pytest

from tests.provinces.answers import (
    DEMAND,
    MODEL,
    PERMITS,
    PRODUCT,
    REQUIRED_ALONE,
    ROUTE,
    SALES,
    changed,
    computed,
    faults,
    warned,
    with_rows,
)


def product(**sizes):
    record = computed("manufacturer", with_rows(REQUIRED_ALONE["manufacturer"], "product", **sizes))
    return record["product"][0]


@pytest.mark.parametrize(
    ("mass_t", "band"),
    [
        (19.99, "20吨以下"),
        (20.0, "20–60吨"),
        (60.0, "20–60吨"),
        (60.01, "60–100吨"),
        (100.0, "60–100吨"),
        (100.01, "100–200吨"),
        (200.01, "200–300吨"),
        (300.0, "200–300吨"),
        (300.01, "300吨以上"),
    ],
)
def test_a_product_is_classed_by_its_mass(mass_t, band):
    assert product(mass_t=mass_t)["mass_band"] == band


@pytest.mark.parametrize(
    ("width_m", "length_m", "band"),
    [
        (3.0, 20.0, "宽3米以内，长20米以内"),
        (3.01, 20.01, "宽3–3.75米，长20–28米"),
        (3.75, 28.0, "宽3–3.75米，长20–28米"),
        (3.76, 28.01, "宽3.75–5米，长28米以上"),
        (5.0, 10.0, "宽3.75–5米，长20米以内"),
        (5.01, 10.0, "宽5米以上，长20米以内"),
    ],
)
def test_a_product_is_classed_by_its_width_and_length(width_m, length_m, band):
    assert product(width_m=width_m, length_m=length_m)["size_band"] == band


@pytest.mark.parametrize(
    ("size", "least"),
    [
        ({"width_m": 3.0, "length_m": 20.0, "mass_t": 100.0}, "待定"),
        ({"width_m": 3.01, "length_m": 20.0, "mass_t": 100.0}, "二类"),
        ({"width_m": 3.0, "length_m": 20.01, "mass_t": 100.0}, "二类"),
        ({"width_m": 3.75, "length_m": 28.0, "mass_t": 100.0}, "二类"),
        ({"width_m": 3.76, "length_m": 20.0, "mass_t": 10.0}, "三类"),
        ({"width_m": 2.0, "length_m": 28.01, "mass_t": 10.0}, "三类"),
        ({"width_m": 2.0, "length_m": 10.0, "mass_t": 100.01}, "三类"),
    ],
)
def test_a_product_is_at_least_of_the_class_that_its_own_size_and_mass_say(size, least):
    assert product(**size)["least_class"] == least


def test_a_maker_is_shown_the_sum_of_its_plan_and_its_greatest_pieces():
    smaller = PRODUCT | {"planned_this_year": 5, "mass_t": 40.0, "length_m": 30.0, "width_m": 2.0, "height_m": 2.0}
    record = computed("manufacturer", changed(REQUIRED_ALONE["manufacturer"], product=[PRODUCT, smaller]))
    expected = {
        "planned_total": 17,
        "max_mass_t": 185.5,
        "max_width_m": 4.1,
        "max_height_m": 4.6,
        "max_length_m": 30.0,
    }
    assert {name: record[name] for name in expected} == expected


def test_a_project_is_shown_the_pieces_and_the_mass_of_all_its_equipment():
    other = DEMAND | {"pieces": 10, "mass_t": 20.25, "length_m": 50.0}
    record = computed("project", changed(REQUIRED_ALONE["project"], demand=[DEMAND, other]))
    expected = {"pieces_total": 13, "mass_total_t": 759.0, "max_mass_t": 185.5, "max_length_m": 50.0}
    assert {name: record[name] for name in expected} == expected


def test_a_vehicle_maker_is_shown_its_output_its_sales_and_what_is_in_the_catalogue():
    others = [
        MODEL | {"in_catalogue": answer, "catalogue_batch": None, "catalogue_no": None, "sales_10k": sales}
        for answer, sales in (("no", 100.25), ("applying", None))
    ]
    rows = [MODEL, *(changed(row) for row in others)]
    record = computed("vehicle_maker", changed(REQUIRED_ALONE["vehicle_maker"], model=rows))
    expected = {"made_total": 60, "sales_total_10k": 1900.75, "catalogue_share_pct": 33.3}
    assert {name: record[name] for name in expected} == expected


def test_an_association_is_shown_its_coverage_when_the_number_of_carriers_is_known():
    whole = REQUIRED_ALONE["association"]
    assert computed("association", whole | {"area_carriers": 60})["coverage_pct"] == 66.7
    assert "coverage_pct" not in computed("association", whole | {"area_carriers": 0})
    assert "coverage_pct" not in computed("association", whole)


def test_an_office_is_shown_the_sums_of_what_it_handled():
    rows = [PERMITS, PERMITS | {"class": "III", "received": 8, "granted": 4}]
    record = computed("permit_office", changed(REQUIRED_ALONE["permit_office"], permits=rows))
    assert (record["received_total"], record["granted_total"]) == (58, 44)


LIMITS = [  # form, repeat, question, at its limit, beyond it
    ("manufacturer", "", "oversize_output_10k", 9000.0, 9000.01),
    ("manufacturer", "", "cost_share_pct", 100.0, 100.1),
    ("manufacturer", "", "crane_t", 5000.0, 5000.1),
    ("manufacturer", "product", "length_m", 120.0, 120.1),
    ("manufacturer", "product", "width_m", 15.0, 15.1),
    ("manufacturer", "product", "height_m", 12.0, 12.1),
    ("manufacturer", "product", "mass_t", 3000.0, 3000.1),
    ("manufacturer", "product", "mass_t", 0.1, 0.05),
    ("manufacturer", "sales", "sales_share_pct", 100.0, 100.01),
    ("project", "", "list_year", 2000, 1999),
    ("project", "demand", "pieces", 5000, 5001),
    ("project", "demand", "pieces", 1, 0),
    ("project", "demand", "mass_t", 3000.0, 3000.1),
    ("project", "demand", "ship_to", "2019-08-01", "2019-07-31"),
    ("project", "demand", "latest_arrival", "2019-08-01", "2019-07-31"),
    ("vehicle_maker", "model", "axle_lines", 80, 81),
    ("vehicle_maker", "model", "axle_files", 4, 5),
    ("vehicle_maker", "model", "line_capacity_t", 60.0, 60.1),
    ("association", "", "founded_on", "2019-05-20", "2019-05-21"),
    ("association", "", "plan_to", 2019, 2018),
    ("association", "", "members", 100, 99),
    ("association", "", "management_mode", ["none"], ["none", "pact"]),
    ("association", "", "can_do", ["survey", "agency"], ["none", "agency"]),
    ("permit_office", "", "promise_1_own", 2.0, 2.5),
    ("permit_office", "", "promise_1_cross", 5.0, 5.5),
    ("permit_office", "", "promise_2_own", 5.0, 5.5),
    ("permit_office", "", "promise_2_cross", 10.0, 10.5),
    ("permit_office", "", "promise_3_own", 15.0, 15.5),
    ("permit_office", "", "promise_3_cross", 20.0, 20.5),
    ("permit_office", "", "staff_total", 12, 13),
    ("permit_office", "", "staff_degree_other", 3, 4),
    ("permit_office", "", "staff_over50", 3, 2),
    ("permit_office", "", "staff_certified", 12, 13),
    ("permit_office", "", "overdue", 45, 46),
    ("permit_office", "permits", "accepted", 45, 44),
    ("permit_office", "permits", "six_month", 40, 41),
    ("permit_office", "", "enquiry_phone", "0591-87078376", "8707837"),
]


@pytest.mark.parametrize(("form", "repeat", "name", "good", "bad"), LIMITS)
def test_an_answer_at_its_limit_is_accepted_and_beyond_it_refused(form, repeat, name, good, bad):
    def of(value):
        whole = REQUIRED_ALONE[form]
        return with_rows(whole, repeat, **{name: value}) if repeat else changed(whole, **{name: value})

    assert not faults(form, of(good))
    assert (name, "constraint") in faults(form, of(bad))


def test_parts_of_a_cost_beyond_its_total_are_told_at_the_total():
    parts = {"cost_freight_10k": 300.0, "cost_toll_10k": 0.25}
    whole = REQUIRED_ALONE["manufacturer"]
    assert not faults("manufacturer", whole | parts)
    assert faults("manufacturer", whole | parts | {"cost_toll_10k": 0.26}) == {("transport_cost_10k", "constraint")}


def test_shares_of_regions_sum_up_to_100_at_most():
    rows = [SALES | {"sales_share_pct": 60.0}, {"sales_province": "35", "sales_share_pct": 40.0}]
    whole = REQUIRED_ALONE["manufacturer"]
    assert not faults("manufacturer", changed(whole, sales=rows))
    rows[1]["sales_share_pct"] = 40.01
    assert faults("manufacturer", changed(whole, sales=rows)) == {("sales_share_pct", "constraint")}


def test_a_country_is_asked_of_an_export_alone():
    rows = [SALES | {"sales_province": "35"}]
    assert faults("manufacturer", changed(REQUIRED_ALONE["manufacturer"], sales=rows)) == {
        ("sales_country", "irrelevant")
    }


def test_a_quay_is_asked_for_when_a_route_has_water_in_it():
    by_water = [ROUTE | {"mode": "water_road"}]
    whole = REQUIRED_ALONE["project"]
    assert faults("project", changed(whole, route=by_water)) == {("quay_text", "required")}
    assert not faults("project", changed(whole, route=by_water, demand=[DEMAND | {"quay_text": "江阴港"}]))
    assert faults("project", changed(whole, demand=[DEMAND | {"quay_text": "江阴港"}])) == {("quay_text", "irrelevant")}


def test_a_project_may_end_on_the_day_it_begins_but_not_before():
    whole = REQUIRED_ALONE["project"]
    assert not faults("project", whole | {"start_on": "2018-01-01", "finish_on": "2018-01-01"})
    assert faults("project", whole | {"start_on": "2018-01-02", "finish_on": "2018-01-01"}) == {
        ("finish_on", "constraint")
    }


def test_axle_lines_are_asked_of_hydraulic_vehicles_alone():
    whole = REQUIRED_ALONE["vehicle_maker"]
    assert not faults("vehicle_maker", with_rows(whole, "model", axle_lines=20))
    lowbed = with_rows(whole, "model", vehicle_kind="lowbed", axle_lines=20)
    assert faults("vehicle_maker", lowbed) == {("axle_lines", "irrelevant")}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [("yes", {"catalogue_batch", "catalogue_no"}), ("no", set()), ("not_required", set()), ("unknown", set())],
)
def test_batch_and_number_are_asked_of_what_stands_in_the_catalogue(answer, wanted):
    whole = REQUIRED_ALONE["vehicle_maker"]
    bare = with_rows(whole, "model", in_catalogue=answer, catalogue_batch=None, catalogue_no=None)
    assert faults("vehicle_maker", bare) == {(name, "required") for name in wanted}
    reason = with_rows(bare, "model", not_in_reason="用途特殊")
    refused = answer in ("yes", "unknown")
    assert (("not_in_reason", "irrelevant") in faults("vehicle_maker", reason)) == refused


@pytest.mark.parametrize(
    ("service", "wanted"),
    [
        ("training", {"service_trainings", "service_trained_persons"}),
        ("rights", {"service_rights_cases"}),
        ("agency", {"service_filing_cases"}),
        ("exchange", {"service_exchanges"}),
        ("insurance", set()),
        ("none", set()),
    ],
)
def test_how_often_is_asked_of_the_services_that_were_given(service, wanted):
    counts = [name for name in REQUIRED_ALONE["association"] if name.startswith("service_")]
    bare = changed(REQUIRED_ALONE["association"], services=[service], **dict.fromkeys(counts))
    assert faults("association", bare) == {(name, "required") for name in wanted}


def test_one_scope_and_class_of_permits_stands_in_one_row():
    whole = REQUIRED_ALONE["permit_office"]
    assert not faults("permit_office", changed(whole, permits=[PERMITS, PERMITS | {"class": "III"}]))
    assert not faults("permit_office", changed(whole, permits=[PERMITS, PERMITS | {"scope": "county"}]))
    assert faults("permit_office", changed(whole, permits=[PERMITS, PERMITS])) == {("class", "constraint")}


def test_permits_by_mass_sum_up_to_those_granted():
    bands = {"mass_le_100": 20, "mass_100_200": 15, "mass_200_300": 4, "mass_over_300": 1}
    whole = REQUIRED_ALONE["permit_office"]
    assert not faults("permit_office", whole | bands)
    assert faults("permit_office", whole | bands | {"mass_over_300": 2}) == {("mass_over_300", "constraint")}


@pytest.mark.parametrize("roles", [["escort"], ["site_check", "supervise"]])
def test_an_office_that_decides_nothing_need_not_say_whom_it_asks_and_what_it_granted(roles):
    bare = changed(REQUIRED_ALONE["permit_office"], roles=roles, consultation=None, permits=None)
    assert not faults("permit_office", bare)
    assert faults("permit_office", bare | {"roles": ["decide"]}) == {("consultation", "count"), ("permits", "count")}
    assert faults("permit_office", bare | {"roles": ["accept"]}) == {("permits", "count")}


def test_the_length_of_each_kind_of_road_is_asked_where_it_is_in_its_charge():
    whole = REQUIRED_ALONE["permit_office"]
    lengths = [name for name in whole if name.endswith("_length_km")]
    bare = changed(whole, road_kinds=["rural"], **dict.fromkeys(lengths))
    assert faults("permit_office", bare) == {("rural_length_km", "required")}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("yes", {"one_window_scope"}),
        ("partly", {"one_window_scope", "one_window_gap", "one_window_by"}),
        ("no", {"one_window_gap", "one_window_by"}),
    ],
)
def test_what_is_asked_of_the_one_window_follows_from_whether_there_is_one(answer, wanted):
    names = ("one_window_scope", "one_window_gap", "one_window_by")
    bare = changed(REQUIRED_ALONE["permit_office"], one_window=answer, **dict.fromkeys(names))
    assert faults("permit_office", bare) == {(name, "required") for name in wanted}


@pytest.mark.parametrize(
    ("form", "repeat", "quiet", "doubtful", "name"),
    [
        ("manufacturer", "product", {"divisible": "no"}, {"divisible": "yes"}, "divisible"),
        ("manufacturer", "product", {"ship_q4": 4}, {"ship_q4": 5}, "ship_q4"),
        ("project", "", {"project_code": "2018-350100-44-02-000001"}, {"project_code": "ZD-1"}, "project_code"),
        ("project", "", {"site_location": "26.08 119.3 0 0"}, {"site_location": "39.9 116.4 0 0"}, "site_location"),
        ("permit_office", "", {"liaison_a": 2, "liaison_b": 2}, {"liaison_a": 2, "liaison_b": 1}, "liaison_b"),
    ],
)
def test_what_is_only_doubtful_is_a_warning_and_no_fault(form, repeat, quiet, doubtful, name):
    whole = REQUIRED_ALONE[form]
    for answers, expected in ((quiet, set()), (doubtful, {name})):
        record = with_rows(whole, repeat, **answers) if repeat else changed(whole, **answers)
        assert warned(form, record) == expected
        assert not faults(form, record)
