"""Lane loads on continuous beams against influence lines from the stiffness method, integrated numerically."""

from __future__ import annotations

import numpy as np
import pytest

from dajian.engine.bridge.beams import beams_of
from dajian.engine.bridge.effects import extremes, lane_effects
from tests.engine.bridge.stiffness import Beam

Q, PK = 10.5, 330.0


def lane(values: np.ndarray, places: np.ndarray, factor: float = 1.0) -> tuple[float, float]:
    """q on the positive (negative) areas and one Pk at the peak."""
    return tuple(  # type: ignore[return-value]
        Q * float(np.trapezoid(np.maximum(sign * values, 0.0), places))
        + factor * PK * max(float((sign * values).max()), 0)
        for sign in (1, -1)
    )


def reference(spans: list[float]) -> dict[str, float]:
    beam = Beam(spans)
    inner = [np.linspace(a + 1e-9, b - 1e-9, 1201) for a, b in zip(beam.at[:-1], beam.at[1:], strict=True)]
    places = np.concatenate(inner)
    moments, left, right = beam.unit(places)
    reactions = np.concatenate([left, np.zeros_like(left[:, :1])], axis=1)
    reactions[:, 1:] -= right
    supports = [lane(moments[:, b], places) for b in range(1, len(spans))] or [(0.0, 0.0)]
    sections = [up for up, _ in supports]
    for j, span in enumerate(spans):
        for x in beam.at[j] + span * np.linspace(0.01, 0.99, 99):
            inside = (places >= beam.at[j]) & (places < x)
            line = moments[:, j] + left[:, j] * (x - beam.at[j]) - np.where(inside, x - places, 0.0)
            sections.append(lane(line, places)[0])
    ends = [lane(side[:, j], places, 1.2) for side in (left, right) for j in range(len(spans))]
    carried = [lane(reactions[:, b], places) for b in range(len(spans) + 1)]
    return {
        "m_pos_knm": max(sections),
        "m_neg_knm": -max(down for _, down in supports),
        "v_kn": max(map(max, ends)),
        "r_max_kn": max(up for up, _ in carried),
        "r_min_kn": -max(down for _, down in carried),
    }


@pytest.mark.parametrize("seed", range(6))
def test_lane_loads_agree_with_numerical_integration_on_five_random_layouts(seed):
    rng = np.random.default_rng(100 + seed)
    for _ in range(5):
        spans = np.round(rng.uniform(5, 70, rng.integers(1, 7)), 1).tolist()
        beams = beams_of([tuple(spans)])
        found = extremes(lane_effects(beams, np.array([Q]), np.array([PK]))[0])
        for name, value in reference(spans).items():
            assert getattr(found, name) == pytest.approx(value, rel=5e-4, abs=0.05), (name, spans)


def test_a_short_end_span_is_lifted_by_the_spans_beyond():
    """5 + 40 + 40: M+ of the first span stands at its inner support, from load on the third."""
    found = lane_effects(beams_of([(5.0, 40.0, 40.0)]), np.array([Q]), np.array([PK]))[0]
    beam = Beam([5.0, 40.0, 40.0])
    places = np.linspace(0.001, 84.999, 8001)
    assert found[0] == pytest.approx(lane(beam.unit(places)[0][:, 1], places)[0], rel=1e-3)
