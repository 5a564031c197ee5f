"""Effects against the tables of the field, against a stiffness method of our own, and their properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dajian.engine.bridge.beams import MOST_SPANS, beams_of, canonical
from dajian.engine.bridge.design_load import load_effects, screening_policy
from dajian.engine.bridge.effects import BACKWARD, COLUMNS, EFFECTS, FORWARD, V, extremes, span_extremes, train_effects
from dajian.engine.bridge.trains import moving
from dajian.engine.units import STANDARD_GRAVITY
from dajian.engine.vehicle.axle_train import AxleTrain
from tests.engine.bridge import stiffness

# simple spans, one lane, no impact: M+ in kN·m (JTG D60-2015 and -2004, JTJ 021-89)
LOADS = ("highway-I-2015", "highway-I-2004", "car-20", "car-super20", "trailer-100", "trailer-120")
MOMENTS = {
    10: (831.2, 631.2, 546.4, 605.4, 1300, 1560),
    20: (2025, 1725, 1296.2, 1647.4, 3750, 4500),
    30: (3581.2, 3281.2, 2180.4, 2992.2, 6233.3, 7480),
    50: (7781.2, 7781.2, 5109, 7052.2, 11220, 13464),
}
TABLE = {span: dict(zip(LOADS, row, strict=True)) for span, row in MOMENTS.items()}
READINGS = [  # policy, load, {span: M+}
    ({"heavy_gap": "behind"}, "car-20", {10: 546.4, 20: 1296.2, 30: 2312.5, 50: 5119.1}),
    ({"heavy_gap": "behind"}, "car-super20", {10: 605.4, 20: 1647.4, 30: 3063.4, 50: 7196.4}),
    ({"super20_main": 200}, "car-super20", {10: 605.4, 20: 1647.4, 30: 2992.2, 50: 6623.7}),
]


def of_load(load: str, *spans: float, **reading):
    return extremes(load_effects(load, beams_of([spans]), {**screening_policy(), **reading})[0])


@pytest.mark.parametrize(("span", "load"), [(span, load) for span, row in TABLE.items() for load in row])
def test_moment_of_each_design_load_is_the_tables(span, load):
    assert abs(of_load(load, float(span)).m_pos_knm - TABLE[span][load]) <= 0.051


@pytest.mark.parametrize(("reading", "load", "moments"), READINGS)
def test_the_convoys_other_readings_are_the_tables(reading, load, moments):
    for span, moment in moments.items():
        assert abs(of_load(load, float(span), **reading).m_pos_knm - moment) <= 0.051


@pytest.mark.parametrize("span", [8.0, 10.0, 20.0, 33.3])
def test_track_on_a_simple_span_is_its_formula(span):
    found = of_load("track-50", span)
    assert found.m_pos_knm == pytest.approx(504 * (span / 4 - 4.5 / 8), rel=1e-12)
    assert found.v_kn == pytest.approx(504 * (1 - 2.25 / span), rel=1e-12)


def test_lane_load_on_three_spans_of_30_m():
    found = of_load("highway-I-2015", 30.0, 30.0, 30.0)
    expected = (2922.4, -2087.8, 578.2, 699.8)
    assert (found.m_pos_knm, found.m_neg_knm, found.v_kn, found.r_max_kn) == pytest.approx(expected, abs=0.051)


@pytest.mark.parametrize(("spans", "up", "down"), [(2, 0.2074, -0.0962), (3, 0.2049, -0.1026)])
def test_unit_load_on_equal_spans_has_the_known_coefficients(spans, up, down):
    found = extremes(train_effects(beams_of([(30.0,) * spans]), moving([1.0], []))[0])
    assert found.m_pos_knm / 30 == pytest.approx(up, abs=5e-5)
    assert found.m_neg_knm / 30 == pytest.approx(down, abs=5e-5)


LAYOUTS, SEED = 300, 20231201
ROOM = 2e-4  # M+ of continuous spans to 0.02 % of the reference, and the others as well


def random_layouts(count: int, most_spans: int, seed: int) -> list[tuple[float, ...]]:
    rng = np.random.default_rng(seed)
    made = (np.round(rng.uniform(5, 60, rng.integers(1, most_spans + 1)), 2).tolist() for _ in range(count))
    return [canonical(tuple(spans)) for spans in made]


def by_section(row: np.ndarray, spans: int) -> dict[str, np.ndarray]:
    """A row of effects in the reference's order."""
    half = V.start + MOST_SPANS
    ends = np.concatenate([row[V.start : V.start + spans], row[half : half + spans]])
    first = {name: columns.start for name, columns in zip(EFFECTS, COLUMNS, strict=True)}
    sizes = {"m_pos": spans, "m_neg": spans + 1, "r_max": spans + 1, "r_min": spans + 1}
    return {"v": ends, **{name: row[first[name] : first[name] + size] for name, size in sizes.items()}}


def agree(
    row: np.ndarray, spans: tuple[float, ...], expected: stiffness.Columns, load_kn: float, **less: float
) -> None:
    """Every section of every effect: not below the reference by more than rounding, not above it by more than ROOM.

    less: by which share an effect may stay below the reference.
    """
    for name, found in by_section(row, len(spans)).items():
        small = load_kn * (max(spans) if name[0] == "m" else 1.0) * 1e-6
        told = (name, spans, found, expected[name])
        assert (found >= expected[name] * (1 - less.get(name, 1e-9)) - small).all(), told
        assert (found <= expected[name] * (1 + ROOM) + small).all(), told


@pytest.mark.parametrize("part", range(10))
def test_every_section_of_300_random_layouts_agrees_with_the_stiffness_method(part, record_property):
    """Seed 20231201 + part; 1 to 12 spans of 5 to 60 m, 1 to 9 axles."""
    record_property("seed", SEED + part)
    print(f"seed {SEED + part}")
    rng = np.random.default_rng(SEED + part)
    for spans in random_layouts(LAYOUTS // 10, 12 if part % 2 else 5, SEED + part):
        axles = int(rng.integers(1, 10))
        loads = rng.uniform(30, 200, axles).tolist()
        spacings = np.round(rng.uniform(1.2, 9, axles - 1), 2).tolist()
        row = train_effects(beams_of([spans]), moving(loads, spacings))[0]
        agree(row, spans, stiffness.columns(spans, loads, spacings), sum(loads))


# JTJ 021-89, again from the tables of the field: main truck, heavy truck; 15 m between trucks, 10 m ahead of the heavy
CONVOYS: dict[str, tuple[stiffness.Truck, stiffness.Truck]] = {
    "car-10": (([30, 70], [4]), ([50, 100], [4])),
    "car-15": (([50, 100], [4]), ([70, 130], [4])),
    "car-20": (([70, 130], [4]), ([60, 120, 120], [4, 1.4])),
    "car-super20": (([60, 120, 120], [4, 1.4]), ([30, 120, 120, 140, 140], [3, 1.4, 7, 1.4])),
}


@pytest.mark.parametrize("load", CONVOYS)
def test_convoys_on_random_continuous_beams_agree_with_every_run_of_trucks(load, record_property):
    seed = SEED + 100 + list(CONVOYS).index(load)
    record_property("seed", seed)
    print(f"seed {seed}")
    main, heavy = CONVOYS[load]
    for spans in random_layouts(6, 5, seed):
        row = load_effects(load, beams_of([spans]), screening_policy())[0]
        agree(row, spans, stiffness.convoy_columns(spans, heavy, main, 15.0, 10.0, 0.5), 1000.0)


TRAILERS = {"trailer-80": 200.0, "trailer-100": 250.0, "trailer-120": 300.0}


@pytest.mark.parametrize("load", TRAILERS)
def test_trailers_on_random_continuous_beams_agree_with_the_stiffness_method(load):
    for spans in random_layouts(10, 8, SEED + 200):
        row = load_effects(load, beams_of([spans]), screening_policy())[0]
        agree(row, spans, stiffness.columns(spans, [TRAILERS[load]] * 4, [1.2, 4.0, 1.2]), 4 * TRAILERS[load])


def test_the_track_on_random_continuous_beams_is_never_above_its_integral():
    """112 kN/m over 4.5 m; a design load may be too small by its last strip, 1/72, never too large."""
    for spans in random_layouts(12, 6, SEED + 300):
        row = load_effects("track-50", beams_of([spans]), screening_policy())[0]
        forces = {} if len(spans) == 1 else dict.fromkeys(("v", "r_max", "r_min"), 2 / 72)
        agree(row, spans, stiffness.load_columns(spans, 112.0, 4.5), 504.0, m_pos=1e-3, m_neg=1e-3, **forces)


SPANS = st.lists(st.floats(4, 80), min_size=1, max_size=12).map(tuple)
TRAINS = st.lists(st.tuples(st.floats(10, 300), st.floats(1, 12)), min_size=1, max_size=16).map(
    lambda pairs: ([load for load, _ in pairs], [gap for _, gap in pairs[1:]])
)


@settings(deadline=None, max_examples=60)
@given(SPANS, TRAINS)
def test_train_reversed_on_the_mirrored_bridge_gives_the_same_bits(spans, train):
    loads, gaps = train
    one = train_effects(beams_of([spans]), moving(loads, gaps))
    other = train_effects(beams_of([spans[::-1]]), moving(loads[::-1], gaps[::-1]))
    assert (one == other).all()


@settings(deadline=None, max_examples=60)
@given(SPANS, TRAINS, st.floats(0.1, 10))
def test_effects_are_linear_in_the_loads(spans, train, factor):
    loads, gaps = train
    one = train_effects(beams_of([spans]), moving(loads, gaps))
    other = train_effects(beams_of([spans]), moving([factor * load for load in loads], gaps))
    assert other == pytest.approx(factor * one, rel=1e-9, abs=1e-6)


def test_threads_do_not_change_a_bit(monkeypatch):
    rng = np.random.default_rng(5)
    beams = beams_of([tuple(rng.uniform(6, 60, rng.integers(1, 13))) for _ in range(700)])
    load = moving([80.0, 90.0, *[170.0] * 6], [3.2, 5.0, *[1.5] * 5])
    monkeypatch.setenv("DAJIAN_THREADS", "1")
    alone = train_effects(beams, load), load_effects("highway-I-2015", beams, screening_policy())
    monkeypatch.setenv("DAJIAN_THREADS", "2")
    both = train_effects(beams, load), load_effects("highway-I-2015", beams, screening_policy())
    assert all((one == two).all() for one, two in zip(alone, both, strict=True))


def test_an_axle_exactly_on_a_support_gives_both_one_sided_shears():
    found = train_effects(beams_of([(20.0, 20.0)]), moving([100.0], []))[0]
    assert found[25:27] == pytest.approx([100.0, 100.0])  # left ends: the axle just inside counts whole
    assert found[37:39] == pytest.approx([100.0, 100.0])  # right ends
    pair = train_effects(beams_of([(20.0, 20.0)]), moving([100.0, 100.0], [20.0]))[0]
    assert pair[26] == pytest.approx(100.0)  # the second axle on the first support adds nothing, and takes nothing


def test_both_directions_are_looked_at():
    beams = beams_of([(12.0, 40.0)])
    load = moving([200.0, 50.0, 20.0], [2.0, 9.0])
    both = train_effects(beams, load)
    one, other = train_effects(beams, load, FORWARD), train_effects(beams, load, BACKWARD)
    assert (both == np.maximum(one, other)).all()
    assert (one != other).any()


def test_a_simple_span_has_no_hogging_no_uplift_and_equal_ends():
    train = AxleTrain(tuple(kn / STANDARD_GRAVITY for kn in (200.0,) * 4), (1.2, 4.0, 1.2))
    found = span_extremes(train, (20.0,))
    assert (found.m_neg_knm, found.r_min_kn) == (0.0, 0.0)
    assert found.v_kn == found.r_max_kn == pytest.approx(672.0)
