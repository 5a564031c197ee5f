"""What always holds of a loaded combination, whatever the cargo and its place."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dajian.engine.loading.arrangement import Option, Place
from dajian.engine.loading.candidates import arrange
from dajian.engine.loading.propose import loading_policy, propose_like
from dajian.engine.vehicle.catalogue import Lifter, Pair, Platform, Rigid, Semi, catalogue
from tests.engine.loading.cargoes import LAW, cargo

POLICY, STOCK = loading_policy(), catalogue()
SEVERAL = settings(max_examples=200, deadline=None)


@st.composite
def loaded(draw):
    """An option of the catalogue with a cargo that it more or less carries."""
    entry = draw(st.sampled_from([e for e in STOCK.entries.values() if not isinstance(e, Lifter)]))
    tractor, count, files = None, 0, None
    if getattr(entry, "tractors", ()):
        tractor = STOCK.tractors[draw(st.sampled_from(entry.tractors))]
        count = 1 if isinstance(entry, Semi) else draw(st.integers(1, 3))
    if isinstance(entry, Rigid):
        lines = len(entry.tyres)
    elif isinstance(entry, Semi):
        lines = draw(st.sampled_from(entry.axle_lines))
    else:
        files = draw(st.sampled_from(entry.axle_files))
        lines = 2 * draw(st.integers(*entry.lines_each)) if isinstance(entry, Pair) else draw(st.integers(4, 30))
    length = draw(st.floats(4, 16))
    mass = draw(st.floats(5, 15) if isinstance(entry, Rigid | Semi) else st.floats(20, 20 * lines))
    centre = [length * draw(st.floats(0.35, 0.65)), 1.5 + draw(st.floats(-0.2, 0.2)), 1.2]
    load = cargo(length_m=length, width_m=3.0, height_m=2.5, mass_t=mass, centre_of_gravity_m=centre, held_by_ends=True)
    return Option(entry, lines, files, tractor, count), load


@SEVERAL
@given(loaded())
def test_axle_loads_sum_to_all_masses_and_balance_them(made):
    option, load = made
    found = arrange(option, load, Place(), POLICY)
    train = found.vehicle.train
    assume(not any(reason.code.endswith("_lifts") for reason in found.reasons))
    assert train.mass_t == pytest.approx(sum(weight.mass_t for weight in found.weights), rel=2e-4)
    turning = sum(load * at for load, at in zip(train.loads_t, train.positions_m, strict=True))
    assert turning == pytest.approx(sum(w.mass_t * w.at_m for w in found.weights), rel=2e-3, abs=0.05)


@SEVERAL
@given(loaded(), st.floats(0.3, 1.0))
def test_moving_the_cargo_forward_moves_load_forward(made, metres):
    option, load = made
    there = arrange(option, load, Place(), POLICY)
    front = there.cargo_front_m
    split = there.suspension.front_lines if isinstance(option.entry, Platform) else None
    place = [Place(x, there.span_m, split) for x in (front, front - metres)]
    before, after = (arrange(option, load, one, POLICY) for one in place)
    lifted = [r for found in (before, after) for r in found.reasons if r.code.endswith("_lifts")]
    assume(not lifted and before.spreader_m == after.spreader_m)
    first = (before.vehicle.first_trailer_axle or len(before.vehicle.train.loads_t)) - 1
    own, moved = before.vehicle.train, after.vehicle.train
    assert moved.loads_t[-1] < own.loads_t[-1]
    heavier = 0 if isinstance(option.entry, Rigid) else first - 1 if isinstance(option.entry, Semi) else first
    assert moved.loads_t[heavier] > own.loads_t[heavier]
    assert moved.mass_t == pytest.approx(own.mass_t, abs=0.05)


@SEVERAL
@given(loaded())
def test_the_same_combination_and_place_give_the_same_vehicle(made):
    option, load = made
    there = arrange(option, load, Place(), POLICY)
    split = there.suspension.front_lines if isinstance(option.entry, Platform) else None
    again = arrange(option, load, Place(there.cargo_front_m, there.span_m, split), POLICY)
    assert again.vehicle.train.loads_t == pytest.approx(there.vehicle.train.loads_t, abs=0.011)


def test_like_shows_an_overloaded_combination_with_what_it_breaks():
    option = Option(STOCK.entries["lowbed"], 3, None, STOCK.tractors["tractor_6x4"], 1)
    load = cargo(length_m=8, width_m=3, height_m=3, mass_t=80)
    (proposal,) = propose_like(option, Place(8.0), load, LAW).proposals
    assert proposal.ranked.refused
    assert {reason.code for reason in proposal.ranked.arrangement.reasons} >= {"axle_capacity"}


def test_like_rejects_a_place_that_lifts_the_tractor():
    option = Option(STOCK.entries["lowbed"], 3, None, STOCK.tractors["tractor_6x4"], 1)
    load = cargo(length_m=8, width_m=3, height_m=3, mass_t=30)
    answer = propose_like(option, Place(25.0), load, LAW)
    assert answer.proposals == ()
    assert {reason.code for reason in answer.rejected[0].reasons} & {"kingpin_lifts", "axle_lifts"}
