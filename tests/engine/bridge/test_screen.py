"""The judgement: ratios by hand, verdicts by rule, what a missing or broken cell does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.effects import span_extremes
from dajian.engine.bridge.judge import CENTRE, CLOSE, CRAWL
from dajian.engine.bridge.measures import ladder
from dajian.engine.bridge.screen import VERDICTS, Screening, screen
from dajian.engine.findings import Unusable
from dajian.tables.columns import Coded
from tests.engine.bridge.inventories import ON, bridge, inventory, legal_truck, permit_vehicle

POLICY = screening_policy()


def screened(*rows: dict[str, str], vehicle=None, **options) -> Screening:
    policy = {**POLICY, **options.pop("policy", {})}
    return screen(vehicle or permit_vehicle(), inventory(rows), policy, ON, **options)


def verdicts(*rows: dict[str, str], **options) -> list[str]:
    return [VERDICTS[code] for code in screened(*rows, **options).verdict]


def test_a_ratio_by_hand_for_a_closed_box_at_crawl():
    found = screened(bridge(frequency_hz=4.0), given=CRAWL | CLOSE)
    train = span_extremes(permit_vehicle().train, (30.0,))
    mu = 0.1767 * np.log(4.0) - 0.0157
    lanes = 2 * 1.0  # two lanes without reduction against one train
    for column, design, effect in ((0, 3581.25, train.m_pos_knm), (2, 541.5, train.v_kn), (3, 477.5, train.r_max_kn)):
        plain = (1 + mu) * lanes * design / effect
        assert found.by_effect[0, column] == pytest.approx(1.4 / 1.1 * plain, abs=1e-6)
    assert found.ratio[0] == np.nanmin(found.by_effect[0])
    assert found.plain[0] == pytest.approx(found.ratio[0] / (1.4 / 1.1), abs=1e-6)


def test_an_old_bridge_is_held_by_its_trailer_and_by_todays_code():
    row = bridge(design_load="汽车-20级/挂车-100", year=1995, spans_m=20, section="", frequency_hz=5.0)
    train = span_extremes(permit_vehicle().train, (20.0,))
    own = screened(row, given=CRAWL, policy={"today_code_decides": False})
    held = max(1.4 * 1.1875 * 1296.216, 1.1 * 3750.0) / 1.1
    assert own.by_effect[0, 0] == pytest.approx(held / train.m_pos_knm, abs=1e-6)
    both = screened(row, given=CRAWL)
    today = 1.4 / 1.1 * (1 + 0.1767 * np.log(5.0) - 0.0157) * 0.75 * 2025.0
    assert both.by_effect[0, 0] == pytest.approx(min(held, today) / train.m_pos_knm, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "conditional"),
        ({"condition": 3}, "verify"),
        ({"condition": 4}, "barred"),
        ({"condition": "五类"}, "barred"),
        ({"condition": ""}, "manual"),
        ({"spans_m": ""}, "manual"),
        ({"structure": ""}, "manual"),
        ({"design_load": ""}, "manual"),
        ({"structure": "other"}, "manual"),
        ({"piers": "独柱墩"}, "manual"),
        ({"piers": "", "kind": "ramp"}, "manual"),
        ({"piers": "", "name": "A匝道2号桥"}, "manual"),
        ({"piers": "", "kind": "main"}, "conditional"),
        ({"kind": "culvert"}, "manual"),
        ({"spans_m": "4.9"}, "manual"),
        ({"spans_m": "13x30", "structure": "continuous"}, "manual"),
        ({"posted_mass_t": 100}, "barred"),
        ({"posted_mass_t": 120}, "conditional"),
        ({"posted_axle_t": 17.9}, "barred"),
        ({"clearance_m": 4.1}, "barred"),
        ({"section": "", "spans_m": "20", "design_load": "highway-II-2004"}, "verify"),
    ],
)
def test_the_verdict_follows_the_rule(change, verdict):
    found = screened(bridge(**change))
    assert VERDICTS[found.verdict[0]] == verdict
    if verdict in ("verify", "barred", "manual"):
        assert found.reasons.text(0)
    else:
        assert (found.measures.text(0) != "") == (verdict == "conditional")


def test_a_legal_truck_passes_a_sound_bridge_of_which_little_is_known():
    few = {name: bridge()[name] for name in ("id", "spans_m", "structure", "design_load", "condition", "year")}
    assert verdicts(few, vehicle=legal_truck()) == ["pass"]


def test_equal_effects_do_not_pass():
    """S_b < S_d strictly: a train whose effect is the design's, with the factors taken out."""
    found = screened(bridge(section="", frequency_hz=5.0))
    even = permit_vehicle(factor=float(found.ratio[0]))
    assert screened(bridge(section="", frequency_hz=5.0), vehicle=even).ratio[0] == pytest.approx(1.0, abs=1e-5)
    assert "pass" not in verdicts(bridge(section=""), vehicle=permit_vehicle(factor=float(found.ratio[0]) * 1.000002))


def test_each_simple_span_is_judged_by_itself():
    spans = ["16", "40", "16+40"]
    found = screened(*(bridge(id=f"B{n}", spans_m=text) for n, text in enumerate(spans)))
    assert found.ratio[2] == min(found.ratio[0], found.ratio[1])


def test_an_old_rating_is_said_and_a_missing_one_stands_under_assumptions():
    found = screened(bridge(rated_on="2025-11-01"), bridge(id="B2", rated_on=""), bridge(id="B3"))
    assert "超过一年" in found.reasons.text(0)
    assert "评定时间未知" in found.assumptions.text(1)
    assert "超过一年" not in found.reasons.text(2)


def test_year_tells_the_edition_of_a_highway_load():
    found = screened(*(bridge(id=str(n), design_load="公路-I级", year=year) for n, year in enumerate((2018, 2010, ""))))
    assert found.ratio[0] > found.ratio[1] == found.ratio[2]
    assert "2004" in found.assumptions.text(2)


def test_rows_out_are_rows_in_and_faults_are_named_by_row_and_column():
    rows = [
        bridge(id="1"),
        bridge(id="2", spans_m="20++30"),
        bridge(id="3", spans_m="2000"),
        bridge(id="4", design_load="公路-III级"),
        bridge(id="5", lanes="两车道"),
        bridge(id="6"),
        bridge(id="6"),
        bridge(id=""),
        bridge(id="9", spans_m="３×３０＋２０", structure="连续", design_load="公路－Ⅰ级"),
    ]
    found = screened(*rows)
    assert len(found.verdict) == len(rows)
    told = [VERDICTS[code] for code in found.verdict]
    assert told == ["conditional", *["manual"] * 7, "conditional"]
    assert [found.reasons.text(n).startswith(f"第 {n + 2} 行") for n in range(1, 5)] == [True] * 4
    assert "spans_m" in found.reasons.text(1)
    assert "重复" in found.reasons.text(5)
    assert "重复" in found.reasons.text(6)


def test_a_list_without_spans_cannot_be_used():
    import pyarrow as pa

    from dajian.engine.bridge.inventory import read_inventory
    from dajian.tables.columns import Columns

    with pytest.raises(Unusable):
        read_inventory(Columns(pa.table({"id": ["B1"]})), POLICY)


def test_before_the_standard_was_in_force_nothing_is_screened():
    from datetime import date

    with pytest.raises(Unusable):
        screen(permit_vehicle(), inventory([bridge()]), POLICY, date(2023, 11, 30))


def test_a_stricter_policy_moves_verdicts_and_is_named():
    row = bridge(section="", design_load="highway-I-2015", spans_m="30")
    usual = screened(row, given=CRAWL | CLOSE, vehicle=permit_vehicle(0.7))
    strict = screened(
        row,
        given=CRAWL | CLOSE,
        vehicle=permit_vehicle(0.7),
        policy={"least_ratio": float(usual.ratio[0]) + 0.01, "name": "某省取值", "dated": "2026-10-01"},
    )
    assert VERDICTS[usual.verdict[0]] == "pass"
    assert VERDICTS[strict.verdict[0]] == "verify"
    assert strict.policy["name"] == "某省取值"
    named = strict.columns()["policy"]
    assert isinstance(named, Coded)
    assert named.values == ["某省取值 2026-10-01"]


MILD = {"pass": 2, "conditional": 1, "verify": 0, "barred": 0, "manual": 0}
LOADS = ["highway-I-2015", "公路-I级", "公路-II级", "car-super20/trailer-120", "car-20/trailer-100", "汽车-20级"]
BRIDGES = st.fixed_dictionaries(
    {
        "spans_m": st.sampled_from(["8", "20", "30", "4x25", "20+35+20", "3x30", "40+70+40", "13+16"]),
        "structure": st.sampled_from(["simple", "continuous"]),
        "design_load": st.sampled_from(LOADS),
        "condition": st.sampled_from(["1", "2", "3", "4"]),
        "year": st.sampled_from(["1995", "2008", "2015", "2016", "2020"]),
        "section": st.sampled_from(["box", "hollow_slab", "t_girder", "small_box", "solid_slab", ""]),
        "lanes": st.sampled_from(["1", "2", "3", "4", "8", ""]),
        "girders": st.sampled_from(["4", "5", "9", "12", ""]),
        "girder_spacing_m": st.sampled_from(["1", "1.25", "2.2", "3", ""]),
        "deck_width_m": st.sampled_from(["8", "11.5", "12.75", "16", ""]),
    }
)
STRENGTH = ("spans_m", "structure", "design_load", "year", "condition", "section", "girders", "girder_spacing_m",
            "deck_width_m", "lanes")  # fmt: skip


@settings(deadline=None, max_examples=120)
@given(BRIDGES, st.floats(0.2, 1.3), st.sampled_from([0, CRAWL, CLOSE, CRAWL | CLOSE | CENTRE]))
def test_leaving_out_a_field_of_strength_never_makes_a_verdict_milder(row, factor, taken):
    whole = bridge(**row)
    fewer = [{**whole, "id": name, name: ""} for name in STRENGTH]
    told = verdicts(whole, *fewer, vehicle=permit_vehicle(factor), given=taken)
    assert all(MILD[one] <= MILD[told[0]] for one in told[1:]), dict(zip(STRENGTH, told[1:], strict=True))


@pytest.mark.parametrize(
    "name", ["piers", "kind", "rated_on", "section", "frequency_hz", "posted_mass_t", "clearance_m"]
)
def test_every_default_stands_under_assumptions(name):
    full = bridge(frequency_hz=4, posted_mass_t=500, posted_axle_t=50, clearance_m=6)
    with_it, without = screened(full), screened({**full, name: ""})
    assert with_it.assumptions.text(0) == ""
    assert without.assumptions.text(0) != ""


FAILING = [
    bridge(id=f"F{n}", spans_m=spans, structure=structure, design_load=load, section=section, frequency_hz=4)
    for n, (spans, structure, load, section) in enumerate(
        [
            ("20", "simple", "highway-I-2015", ""),
            ("30", "simple", "highway-I-2004", ""),
            ("4x13", "simple", "car-20/trailer-100", ""),
            ("3x30", "continuous", "highway-I-2004", "box"),
            ("20+25+20", "continuous", "highway-II-2004", "box"),
            ("40+70+40", "continuous", "highway-I-2004", "box"),
            ("16", "simple", "highway-II-2015", ""),
            ("25", "simple", "car-super20/trailer-120", "box"),
            ("2x40", "continuous", "highway-I-2015", "box"),
            ("35", "simple", "car-15/trailer-80", ""),
        ]
    )
]


@pytest.mark.parametrize("row", FAILING, ids=lambda row: row["id"])
def test_each_measure_applied_by_hand_gives_the_ratio_reported(row):
    from dajian.engine.bridge.changes import changes

    bits = {"crawl": CRAWL, "closed": CLOSE, "centre_line": CENTRE}
    found = ladder(permit_vehicle(), inventory([row]), 0, POLICY, ON)
    assert found is not None
    assert not found.base.passes
    changed = changes(permit_vehicle(), POLICY)
    for step in (*found.each, *filter(None, [found.best])):
        ways = sum(bits.get(name, 0) for name in step.measures)
        name = "+".join(one for one in step.measures if one not in bits)
        alone = screened(row, vehicle=changed[name] if name else permit_vehicle(), given=ways)
        assert alone.ratio[0] == pytest.approx(step.ratio, abs=1e-6)
    if found.best:
        assert not any(step.passes and len(step.measures) < len(found.best.measures) for step in found.every)


def test_measures_of_a_whole_inventory_are_those_of_each_bridge():
    found = screened(*FAILING, change_train=True)
    for n, row in enumerate(FAILING):
        one = ladder(permit_vehicle(), inventory([row]), 0, POLICY, ON)
        assert one is not None
        told = found.measures.text(n).split("+") if found.measures.text(n) else []
        assert (len(told) if told else None) == (len(one.best.measures) if one.best else None)
        if one.best:
            assert found.ratio_with[n] > 1
