"""A temporary support in the middle of a simple span: by hand with the stiffness method, and never a pass."""

from __future__ import annotations

import numpy as np
import pytest

from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.judge import CLOSE, CRAWL
from dajian.engine.bridge.measures import ladder
from dajian.engine.bridge.screen import VERDICTS, screen
from tests.engine.bridge import stiffness
from tests.engine.bridge.inventories import ON, bridge, inventory, permit_vehicle

POLICY = screening_policy()
SPAN = 20.0


def moments(places: np.ndarray) -> np.ndarray:
    """Largest moment of the train at each place of two spans of 10 m."""
    beam = stiffness.Beam([SPAN / 2, SPAN / 2])
    loads, gaps = permit_vehicle().train.loads_kn, permit_vehicle().train.spacings_m
    found = np.zeros(len(places))
    for one, offsets in (
        (np.array(loads), np.array([0.0, *np.cumsum(gaps)])),
        (np.array(loads[::-1]), np.array([0.0, *np.cumsum(gaps[::-1])])),
    ):
        front = np.arange(0.0, SPAN + offsets[-1], 0.02)
        axles = front[:, None] - offsets
        support, left, _ = beam.unit(axles)
        for number, x in enumerate(places):
            span = int(x >= SPAN / 2)
            start = beam.at[span]
            line = support[..., span] + left[..., span] * (x - start)
            line -= np.where((axles >= start) & (axles < x), x - axles, 0.0)
            found[number] = max(found[number], float((line @ one).max()))
    return found


def test_the_old_sections_are_compared_place_by_place():
    """Box of two lanes, closed, crawling, 5 Hz: 4 t (1 - t) of the design moment against the train on 10 + 10 m."""
    row = bridge(spans_m="20", frequency_hz=5)
    found = ladder(permit_vehicle(), inventory([row]), 0, POLICY, ON)
    assert found is not None
    assert found.support is not None
    t = np.concatenate([np.arange(0.02, 0.5, 0.02), 1 - np.arange(0.02, 0.5, 0.02)])
    held = 1.4 / 1.1 * (1 + 0.1767 * np.log(5.0) - 0.0157) * 2.0
    bending = (held * 4 * t * (1 - t) * 2025.0 / moments(SPAN * t)).min()
    loads, gaps = list(permit_vehicle().train.loads_kn), list(permit_vehicle().train.spacings_m)
    ends = stiffness.columns([SPAN / 2, SPAN / 2], loads, gaps)
    shear = held * 465.0 / max(ends["v"][0], ends["v"][3])
    carried = held * 405.0 / max(ends["r_max"][0], ends["r_max"][2])
    assert found.support.by_way[CRAWL | CLOSE] == pytest.approx(min(bending, shear, carried), rel=2e-3)
    assert found.support.hogging_knm == pytest.approx(ends["m_neg"][1], rel=1e-6)
    assert found.support.reaction_kn == pytest.approx(ends["r_max"][1], rel=1e-6)


def test_a_support_with_which_the_old_sections_pass_still_leaves_the_bridge_to_verification():
    row = bridge(spans_m="4x13", design_load="car-20/trailer-100", year=1998, section="")
    found = ladder(permit_vehicle(), inventory([row]), 0, POLICY, ON)
    assert found is not None
    assert found.support is not None
    assert found.support_way is not None
    assert found.support.by_way[found.support_way] > 1
    assert VERDICTS[screen(permit_vehicle(), inventory([row]), POLICY, ON).verdict[0]] == "verify"
    assert all("temporary_support" not in step.measures for step in found.every)


def test_a_continuous_beam_has_no_figure_for_a_support():
    row = bridge(spans_m="3x30", structure="continuous")
    found = ladder(permit_vehicle(), inventory([row]), 0, POLICY, ON)
    assert found is not None
    assert found.support is None
