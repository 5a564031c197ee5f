"""Shares between girders: Guyon–Massonnet against the plate's equation, its limits and statics; the rigid beam."""

from __future__ import annotations

import numpy as np
import pytest

from dajian.engine.bridge.distribution import guyon_massonnet, isotropic, lever, rigid, torsionless
from tests.engine.bridge import plate

NINE = np.linspace(-1.0, 1.0, 9)  # the places of the published tables: −b, −3b/4 … b
GIRDERS = (np.arange(7) - 3) * 2.2


@pytest.mark.parametrize("theta", [0.05, 0.2, 0.324, 0.6, 1.0, 2.0])
@pytest.mark.parametrize(("alpha", "found"), [(0, torsionless), (1, isotropic)])
def test_the_coefficients_solve_the_plates_equation(theta, alpha, found):
    expected = [[plate.coefficient(theta, alpha, y, e) for e in NINE] for y in NINE]
    assert found(theta, NINE, NINE) == pytest.approx(np.array(expected), abs=1e-9)


@pytest.mark.parametrize("found", [torsionless, isotropic])
@pytest.mark.parametrize("theta", [0.2, 0.5, 1.0])
def test_the_mean_over_the_width_is_one_and_places_are_exchangeable(found, theta):
    """The check that the tables' users make: K at nine places, the outer ones half, adds up to 8."""
    fine = np.linspace(-1, 1, 2001)
    table = found(theta, NINE, fine)
    assert np.trapezoid(table, fine, axis=1) / 2 == pytest.approx(np.ones(9), abs=1e-5)
    assert found(theta, NINE, NINE) == pytest.approx(found(theta, NINE, NINE).T)


def test_a_stiff_cross_section_is_the_rigid_beam():
    places = np.linspace(-7.0, 7.0, 29)
    plate_of_bars = guyon_massonnet(GIRDERS, 0.02, 0.0, places)
    half, n = 7.7, 7
    assert plate_of_bars == pytest.approx((1 + 3 * np.outer(GIRDERS, places) / half**2) / n, abs=1e-4)
    assert plate_of_bars == pytest.approx(rigid(GIRDERS, places), abs=0.01)  # n bars against a plate


def test_shares_of_all_girders_are_the_load_and_torsion_evens_them_out():
    places = np.linspace(-7.0, 7.0, 29)
    for alpha in (0.02, 0.2):
        assert guyon_massonnet(GIRDERS, 0.8, alpha, places).sum(axis=0) == pytest.approx(np.ones(29), abs=0.03)
    at_edge = np.array([6.6])
    assert guyon_massonnet(GIRDERS, 0.6, 0.2, at_edge)[-1] < guyon_massonnet(GIRDERS, 0.6, 0.02, at_edge)[-1]
    assert guyon_massonnet(GIRDERS, 1.2, 0.1, at_edge)[-1] > guyon_massonnet(GIRDERS, 0.4, 0.1, at_edge)[-1]


def test_a_rigid_cross_beam_shares_by_the_lever_of_each_girder():
    girders = np.array([-4.4, -2.2, 0.0, 2.2, 4.4])
    table = rigid(girders, np.array([-5.0, -4.4, 0.0]))
    assert table[0, 1] == pytest.approx(1 / 5 + 4.4**2 / (2 * (2.2**2 + 4.4**2)))
    assert table[0, 0] > table[0, 1]
    assert table.sum(axis=0) == pytest.approx(np.ones(3))


def test_the_lever_rule_is_statics_of_two_girders_and_of_the_overhang():
    table = lever(np.array([-2.0, 0.0, 2.0]), np.array([-3.0, -2.0, -0.5, 2.0, 3.0]))
    assert pytest.approx(np.array([[1.5, -0.5, 0], [1, 0, 0], [0.25, 0.75, 0], [0, 0, 1], [0, -0.5, 1.5]])) == table.T
