"""Envelopes of a family, and one train for another on every bridge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.envelope import BOUNDS, corridor, envelope, read_family
from dajian.engine.bridge.influence import governing, ordinates
from dajian.engine.bridge.judge import CENTRE, CLOSE, CRAWL
from dajian.engine.bridge.no_worse import no_worse, worst
from dajian.engine.bridge.screen import VERDICTS, screen
from dajian.engine.bridge.trains import moving_train
from dajian.engine.findings import Unusable
from dajian.engine.vehicle.axle_train import AxleTrain
from tests.engine.bridge.inventories import ON, bridge, inventory, permit_vehicle

POLICY = screening_policy()
FAMILY = {
    "name": "两纵列液压轴线车",
    "tractor_loads_t": [7.0, 7.0, 12.5, 12.5],
    "tractor_spacings_m": [1.9, 2.6, 1.4, 5.0],
    "lines": [6, 10, 14],
    "line_spacing_m": 1.5,
    "line_loads_t": [4.0, 40.0],
    "measures": ["crawl", "closed", "centre_line"],
}
ROWS = [
    bridge(id="E1", spans_m="20", section=""),
    bridge(id="E2", spans_m="3x30", structure="continuous"),
    bridge(id="E3", spans_m="40+70+40", structure="continuous", design_load="car-super20/trailer-120"),
    bridge(id="E4", spans_m="13+16", section="hollow_slab", girders=9, girder_spacing_m=1, deck_width_m=9.5),
    bridge(id="E5", condition=4),
]


@pytest.mark.parametrize("files", [2, 4])
def test_an_envelopes_train_passes_and_one_per_cent_more_does_not(files):
    """Slabs in a continuous run as well: there the better of two proofs changes within a step of a tonne."""
    run = bridge(id="E6", spans_m="3x30", structure="continuous", design_load="car-20/trailer-100", year=2010,
                 section="hollow_slab", girders=12, girder_spacing_m=1, deck_width_m=12)  # fmt: skip
    wide = bridge(id="E7", spans_m="20", section="t_girder", girders=7, girder_spacing_m=2.2, deck_width_m=16, lanes=3)
    bridges = [*ROWS[:4], run, wide, ROWS[4]]
    family, rows = read_family({**FAMILY, "axle_files": files}), inventory(bridges)
    found = envelope(family, rows, POLICY, ON)
    assert found.lines[:6].min() > 0
    assert found.lines[6] == 0
    for row in range(6):
        for at, lines in enumerate(family.lines):
            load = float(found.by_lines[row, at])
            for factor, expected in ((1.0, True), (1.01, False)):
                vehicle = family.train(lines, load * factor)
                judged = screen(vehicle, inventory([bridges[row]]), POLICY, ON, given=CRAWL | CLOSE | CENTRE)
                assert (VERDICTS[judged.verdict[0]] == "pass") is expected, (row, lines, factor, judged.ratio)


def test_the_corridors_train_passes_every_bridge():
    family, rows = read_family(FAMILY), inventory(ROWS[:4])
    found = envelope(family, rows, POLICY, ON)
    whole = corridor(family, found)
    assert whole is not None
    vehicle = family.train(whole["lines"], whole["line_t"])
    judged = screen(vehicle, rows, POLICY, ON, given=CRAWL | CLOSE | CENTRE)
    assert [VERDICTS[code] for code in judged.verdict] == ["pass"] * 4
    assert corridor(family, envelope(family, inventory(ROWS), POLICY, ON)) is None


def test_a_posted_limit_bounds_the_envelope():
    rows = inventory([bridge(id="P", spans_m="3x30", structure="continuous", posted_mass_t=99)])
    found = envelope(read_family(FAMILY), rows, POLICY, ON)
    assert BOUNDS[found.bound[0]] == "posted"
    assert found.gross_t[0] <= 99


@pytest.mark.parametrize(
    "change", [{"lines": [0]}, {"line_loads_t": [10, 5]}, {"tractor_spacings_m": [1.9]}, {"colour": "red"}]
)
def test_a_family_that_cannot_be_is_refused(change):
    with pytest.raises(Unusable):
        read_family({**FAMILY, **change})


def test_a_lighter_train_is_no_worse_and_a_heavier_one_is_named():
    rows = inventory(ROWS)
    heavy, light = permit_vehicle(), permit_vehicle(0.95)
    assert no_worse(heavy, light, rows, POLICY).proved.all()
    assert no_worse(heavy, heavy, rows, POLICY).proved.all()
    found = no_worse(light, heavy, rows, POLICY)
    assert not found.proved.any()
    assert worst(found, rows) is not None
    assert np.allclose(found.ratio, 1 / 0.95)


def test_a_longer_train_of_the_same_mass_is_not_proved_where_it_hogs_more():
    short = AxleTrain((20.0, 20.0), (12.0,))
    long = AxleTrain((20.0, 20.0), (24.0,))  # one axle on each span at once
    a, b = (replace(permit_vehicle(), train=one, tyres_per_axle=None, first_trailer_axle=None) for one in (short, long))
    rows = inventory([bridge(spans_m="25+25", structure="continuous"), bridge(id="B2", spans_m="25")])
    found = no_worse(a, b, rows, POLICY)
    assert found.proved.tolist() == [False, True]


def test_fewer_wheel_lines_and_unknown_spans_are_never_proved():
    rows = inventory([bridge(), bridge(id="B2", spans_m="")])
    two = permit_vehicle(0.5, tyres_per_axle=(2, 4, 4, 4, 4, 4, 4, 4))
    assert not no_worse(permit_vehicle(), two, rows, POLICY).proved.any()
    assert no_worse(permit_vehicle(), permit_vehicle(0.5), rows, POLICY).proved.tolist() == [True, False]


@pytest.mark.parametrize("column", [0, 1, 13, 25, 26, 37, 49, 50, 62])
def test_the_governing_position_gives_the_effect_on_its_influence_line(column):
    spans = (20.0, 28.0, 17.0)
    found = governing(spans, moving_train(permit_vehicle().train), column)
    axles, at = np.array(found.axles_m), np.array([0.0, 20.0, 48.0, 65.0])
    near = np.abs(axles[:, None] - at).min(axis=1) < 1e-9
    sums = [
        abs(float(np.array(found.loads_kn) @ ordinates(spans, found.section, np.where(near, axles + side, axles))))
        for side in (1e-9, -1e-9)
    ]
    assert max(sums) == pytest.approx(found.value, rel=1e-6)
    reactions = sum(value for name, value in found.with_it.items() if name[0] == "R")
    on = (axles > -1e-6) & (axles < 65 + 1e-6)
    assert reactions == pytest.approx(float(np.array(found.loads_kn)[on].sum()), rel=1e-6)
