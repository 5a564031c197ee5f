"""Transverse shares against the textbook and against statics."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dajian.engine.bridge import deck
from dajian.engine.bridge.cases import deck_rules
from dajian.engine.bridge.deck import CENTRED, CLOSED, COLUMNS, MOMENT, OPEN, Deck, shares
from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.distribution import hinged, hinged_slabs, lever
from tests.engine.bridge.inventories import permit_vehicle

RULES = deck_rules(screening_policy())


@pytest.mark.parametrize(("lanes", "factor"), [(2, 2.0), (3, 2.34), (4, 2.68)])
def test_a_box_is_built_for_all_its_lanes(lanes, factor):
    one = shares(Deck("box", lanes), 4, RULES)
    assert one.whole[CLOSED, COLUMNS["2015"], MOMENT] == pytest.approx(factor)
    assert one.whole[OPEN].max() == 1.0
    assert one.weight == 1.0
    assert not one.girders.any()


def test_nothing_known_is_one_design_lane():
    one = shares(Deck(), 2, RULES)
    assert one.whole[CLOSED, :, MOMENT].tolist() == [1.2, 1.0, 1.0, 1.0]  # 2015, 2004, 1989 trucks, check load


def test_hinged_slabs_share_the_whole_load_and_mirror():
    table = hinged(9, 0.0214)
    assert table.sum(axis=0) == pytest.approx(np.ones(9))
    assert table == pytest.approx(table.T)
    assert table == pytest.approx(table[::-1, ::-1])
    assert table[0, 0] > table[0, 1] > table[0, 8] > 0


def test_nine_hinged_slabs_give_the_textbooks_design_and_centred_shares():
    """Roadway 7 m between kerbs, γ = 0.0214: two design lanes .247, a centred train of four wheel lines .135."""
    girders = (np.arange(9) - 4) * 1.0
    points = np.concatenate([[-4.5], girders, [4.5]])
    tables = hinged_slabs(girders, 0.0214, points)[None]
    wheels = np.array([-2.45, -0.65, 0.65, 2.45])
    play = 3.5 - 0.5 - 2.45
    design = 2 * deck._worst(points, tables, wheels, -play, play)[0]
    exact = replace(RULES, centre_play_m=0.0)
    train = deck._train(points, tables, Deck("hollow_slab", 2, 9, 1.0, 9.0, 12.6), 4, exact, centred=True)
    assert design[2:7].max() == pytest.approx(0.247, abs=0.004)
    assert train.max() == pytest.approx(0.135, abs=5e-4)


def test_the_centre_line_leaves_some_play_so_that_no_wheel_just_misses_a_slab():
    one = shares(Deck("hollow_slab", 2, 12, 1.0, 12.0, 10.0), 4, RULES)
    assert one.girders[CENTRED] == pytest.approx(one.girders[CLOSED])
    assert one.girders[CENTRED, COLUMNS["2015"]] == pytest.approx(1.2)


def test_a_wheel_on_the_overhang_presses_more_than_its_load_on_the_outer_girder():
    """Three girders 3 m apart, the roadway 2 m beyond the outer ones: the outer wheel 1.5 m beyond gives 1.5 of it."""
    girders = np.array([-3.0, 0.0, 3.0])
    points = np.array([-5.0, *girders, 5.0])
    share = deck._worst(points, lever(girders, points)[None], np.array([-0.9, 0.9]), 0.0, 3.6)[0]
    assert share[2] == pytest.approx(0.5 * (1 + 1.5 / 3) + 0.5 * (2.7 / 3))


@pytest.mark.parametrize("section", ["hollow_slab", "small_box", "t_girder", "box"])
def test_the_centre_line_and_closing_never_take_away(section):
    one = shares(Deck(section, 2, 6, 2.0, 12.5, 30.0), 4, RULES)
    assert (one.whole[CLOSED] >= one.whole[OPEN]).all()
    assert (one.whole[CENTRED] >= one.whole[CLOSED]).all()
    assert (one.girders[CENTRED] >= one.girders[CLOSED]).all()
    assert not one.girders[OPEN].any()
    assert 0.5 <= one.weight <= 1


def test_a_wide_deck_of_t_girders_is_shared_by_guyon_and_massonnet():
    """Within the estimated stiffness nothing in between is worse than what was looked at by more than 1 %."""
    wide = Deck("t_girder", 3, 7, 2.2, 16.0, 20.0)
    found, unknown = shares(wide, 4, RULES), shares(Deck(), 4, RULES)
    moment = found.whole[CENTRED, :, MOMENT]
    assert (moment[:3] > unknown.whole[CENTRED, :3, MOMENT]).all()
    fine = replace(RULES, stiffness=tuple(np.linspace(1.5, 4, 40)), twist=tuple(np.linspace(0.02, 0.2, 10)))
    assert (shares(wide, 4, fine).whole >= 0.99 * found.whole).all()
    assert (shares(wide, 4, fine).whole <= found.whole).all()


def test_light_axles_are_those_of_many_wheel_lines():
    assert deck.light_axles(permit_vehicle()).tolist() == [False] * 3 + [True] * 5
    assert deck.light_axles(permit_vehicle(tyres_per_axle=None)).tolist() == [False] * 3 + [True] * 5
    assert deck.wheel_lines(permit_vehicle()) == 4
