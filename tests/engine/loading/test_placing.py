"""Where a cargo is put on a semi-trailer or truck: the axles used as evenly as straight lines allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dajian.engine.loading.arrangement import Option, Place
from dajian.engine.loading.candidates import arrange
from dajian.engine.loading.propose import loading_policy
from dajian.engine.loading.semi import best_place
from dajian.engine.vehicle.catalogue import catalogue
from tests.engine.loading.cargoes import cargo

LINES = st.lists(st.tuples(st.floats(-2, 2), st.floats(-1, 1)), min_size=1, max_size=5)


@given(LINES, st.floats(-5, 5), st.floats(0, 10))
def test_no_other_place_uses_the_axles_more_evenly(lines, low, length):
    def shares(place):
        return [start + slope * place for start, slope in lines]

    best = best_place(shares, low, low + length)
    grid = [low + length * step / 50 for step in range(51)]
    assert max(shares(best)) <= min(max(shares(place)) for place in grid) + 0.002


def _on(key, lines, tractor, **given_cargo):
    entry, tractors = catalogue().entries[key], catalogue().tractors
    option = Option(entry, lines, None, tractors[tractor] if tractor else None, 1 if tractor else 0)
    return arrange(option, cargo(**given_cargo), Place(), loading_policy())


@pytest.mark.parametrize(("key", "lines", "tractor"), [("flatbed", 3, "tractor_6x4"), ("truck_3", 3, None)])
def test_a_cargo_that_fits_stays_on_its_deck(key, lines, tractor):
    found = _on(key, lines, tractor, length_m=6, width_m=2.4, height_m=2.4, mass_t=9)
    assert found.deck[0] - 1e-9 <= found.cargo_front_m
    assert found.cargo_front_m + 6 <= found.deck[1] + 1e-9


def test_a_cargo_longer_than_the_deck_hangs_over_behind_within_the_catalogues_limit():
    found = _on("flatbed", 3, "tractor_6x4", length_m=14.5, width_m=2.4, height_m=2.4, mass_t=20)
    assert found.reasons == ()
    assert found.cargo_front_m + 14.5 <= found.deck[1] + 2.0 + 1e-9


def test_a_cargo_longer_than_deck_and_overhang_is_turned_down_by_the_length_that_fits():
    found = _on("flatbed", 3, "tractor_6x4", length_m=15.5, width_m=2.4, height_m=2.4, mass_t=20)
    (reason,) = [one for one in found.reasons if one.code == "deck_length"]
    assert (reason.value, reason.limit) == (15.5, 15.0)


def test_an_extendable_trailer_is_drawn_out_no_further_than_the_cargo_needs():
    short = _on("extendable", 3, "tractor_6x4", length_m=14, width_m=2.4, height_m=2.4, mass_t=15)
    long = _on("extendable", 3, "tractor_6x4", length_m=40, width_m=2.4, height_m=2.4, mass_t=15)
    plain = short.deck[1] - short.deck[0]
    assert plain == pytest.approx(13.5)
    assert long.deck[1] - long.deck[0] == pytest.approx(40 - 0.28 * 40 - 0.5)
