"""Worked values of the facts on vehicle statics, written as formulas that name their source."""

from __future__ import annotations

from math import asin, atan, cos, degrees, radians, sin, sqrt, tan

import pytest

from dajian.engine.loading.hydraulic_deck import side_arm
from dajian.engine.loading.lashing import direct_lashings, top_over_lashings
from dajian.engine.loading.stability import tipping
from dajian.engine.loading.statics import (
    Spread,
    four_point,
    front_group_share,
    front_support,
    largest_moment,
    three_point,
)
from dajian.engine.loading.traction import altitude_factor, d_value_kn, gradeability, resistance_kn
from dajian.engine.loading.vertical_curves import (
    crest_clearance_m,
    headroom_lost_m,
    lowbed_crest_radius_m,
    modular_radius_m,
)
from dajian.engine.passability.space import off_tracking

G = 9.80665
# 2 files × 16 lines at 1.5 m, 3.8 t a line, 250 t of cargo .6 m ahead of the middle and .05 m to the left, pitch 1.8 m
LINES, PITCH, HALF = 16, 1.5, 0.9
MASS = 16 * 3.8 + 250
AHEAD, LEFT = 250 * 0.6 / MASS, 250 * 0.05 / MASS
SHARE = front_group_share(LINES, 8, PITCH, 15 * PITCH / 2 - AHEAD)


def test_semi_trailer_kingpin_and_four_rear_lines():
    kingpin = front_support([(16, 6.5), (60, 5.8)], 10)
    assert kingpin == pytest.approx((16 * (10 - 6.5) + 60 * (10 - 5.8)) / 10)
    assert kingpin == pytest.approx(30.80, abs=0.005)
    assert 16 + 60 - kingpin == pytest.approx(45.20, abs=0.005)
    assert (76 - kingpin) / 4 == pytest.approx(11.30, abs=0.005)


def test_front_group_carries_by_the_lever_between_the_group_centres():
    span = LINES * PITCH / 2
    assert pytest.approx(0.5 + AHEAD / span) == SHARE


def test_four_points_share_by_the_product_rule():
    bogies = [load / 8 for load in four_point(MASS, SHARE, -LEFT, HALF)]
    assert bogies == pytest.approx([10.963, 10.025, 9.330, 8.532], abs=0.0005)
    assert sum(bogies) * 8 == pytest.approx(MASS)


def test_three_points_put_the_side_moment_on_the_unlinked_end():
    linked, left, right = three_point(MASS, SHARE, -LEFT, HALF)
    assert [linked / 16, left / 8, right / 8] == pytest.approx([10.494, 9.799, 8.063], abs=0.0005)
    assert (left - right) * HALF == pytest.approx(250 * 0.05)


def test_tipping_over_the_rectangle_and_over_the_triangle():
    height, reach = 2.044, LINES * PITCH / 4
    rectangle = [(-reach, -HALF), (-reach, HALF), (reach, HALF), (reach, -HALF)]
    assert tipping(rectangle, -AHEAD, LEFT, height).angle_deg == pytest.approx(degrees(atan((HALF - LEFT) / height)))
    assert tipping(rectangle, -AHEAD, LEFT, height).angle_deg == pytest.approx(22.81, abs=0.005)
    triangle = [(-reach, 0.0), (reach, HALF), (reach, -HALF)]
    assert tipping(triangle, -AHEAD, LEFT, height).angle_deg == pytest.approx(10.33, abs=0.005)
    assert set(tipping(triangle, -AHEAD, LEFT, height).edge) == {(-reach, 0.0), (reach, HALF)}


def test_a_centre_outside_the_support_has_a_negative_angle():
    assert tipping([(0, 0), (4, 1), (4, -1)], 4.5, 0, 2).angle_deg < 0


def test_traction_on_six_per_cent():
    theta = atan(0.06)
    assert resistance_kn(340, 0.06, 0.02) == pytest.approx(340 * G * (sin(theta) + 0.02 * cos(theta)))
    assert resistance_kn(340, 0.06, 0.02) == pytest.approx(266.3, abs=0.05)


@pytest.mark.parametrize("grade", [0.0, 0.03, 0.06, 0.12])
def test_gradeability_is_the_inverse_of_resistance(grade):
    assert gradeability(340, resistance_kn(340, grade, 0.02), 0.02) == pytest.approx(grade, abs=1e-9)


def test_gradeability_without_rolling_resistance_is_the_arcsine():
    assert gradeability(100, 100 * G * 0.1, 0.0) == pytest.approx(tan(asin(0.1)))


def test_altitude_takes_power_by_the_standards_formula():
    assert altitude_factor(0) == 1
    assert altitude_factor(3000) == pytest.approx((1 - 2.26e-5 * 3000) ** 5.3)


def test_coupling_rating_is_harmonic():
    assert d_value_kn(40, 300) == pytest.approx(G * 40 * 300 / 340)


def test_top_over_lashing_by_en_12195_1():
    count = top_over_lashings(10, 0.8, 0.3, 90, 5.0, forward=True)
    assert count == pytest.approx((0.8 - 0.3) * 10 * G * 1.25 / (2 * 0.3 * 1 * 5.0))
    count = top_over_lashings(10, 0.5, 0.3, 45, 5.0, forward=False)
    assert count == pytest.approx((0.5 - 0.3) * 10 * G * 1.1 / (2 * 0.3 * sin(radians(45)) * 5.0))
    assert top_over_lashings(10, 0.5, 0.6, 90, 5.0, forward=False) == 0


def test_direct_lashing_by_en_12195_1():
    held = 0.3 * 0.75
    each = 100 * (held * sin(radians(45)) + cos(radians(45)) ** 2)
    needed = 140 * G * (0.8 - held) / each
    assert direct_lashings(140, 0.8, 0.3, 45, 45, 100) == int(needed) + 1


@pytest.mark.parametrize(("radius", "wheelbases", "expected"), [(165, (12, 40), 5.37), (45, (20,), 4.69)])
def test_off_tracking_by_the_western_highway_institute(radius, wheelbases, expected):
    assert off_tracking(radius, wheelbases) == pytest.approx(radius - sqrt(radius**2 - sum(w**2 for w in wheelbases)))
    assert off_tracking(radius, wheelbases) == pytest.approx(expected, abs=0.005)


def test_no_bend_is_tighter_than_its_wheelbases():
    with pytest.raises(ValueError, match="转弯半径"):
        off_tracking(10, [8, 8])


def test_crest_radius_and_clearance_of_a_low_bed_agree():
    radius = lowbed_crest_radius_m(12.0, 0.6, 0.2)
    assert radius == pytest.approx(12.0**2 / (8 * 0.4) + 0.4 / 2)
    assert crest_clearance_m(radius, 12.0, 0.6) == pytest.approx(0.2, abs=1e-9)
    assert lowbed_crest_radius_m(12.0, 0.2, 0.2) == float("inf")


def test_modular_crest_radius_is_the_sagitta_of_the_stroke():
    radius = modular_radius_m(30.0, 0.5)
    assert radius == pytest.approx((30**2 + 4 * 0.5**2) / (8 * 0.5))
    assert headroom_lost_m(radius, 30.0) == pytest.approx(0.5)


@pytest.mark.parametrize(("files", "pitch", "expected"), [(2, 1.8, 0.9), (3, 1.5, 1.0), (4, 1.5, 1.5)])
def test_side_of_several_files_stands_at_its_bogies_centre(files, pitch, expected):
    assert side_arm(files, pitch) == pytest.approx(expected)


def test_moment_of_a_load_in_the_middle_of_two_supports():
    up = [Spread(5, 0, 0), Spread(5, 10, 10)]
    assert largest_moment(up, [Spread(10, 5, 5)]) == pytest.approx(10 * G * 10 / 4)
    assert largest_moment(up, [Spread(10, 0, 10)]) == pytest.approx(10 * G * 10 / 8)


def test_moment_of_a_short_load_on_evenly_pushing_lines():
    assert largest_moment([Spread(250, 0, 24)], [Spread(250, 8, 16)]) == pytest.approx(250 * G / 8 * (24 - 8))


def test_moment_of_a_cantilever_counts_by_amount():
    up = [Spread(15, 4, 4), Spread(-5, 10, 10)]
    assert largest_moment(up, [Spread(10, 1, 1)]) == pytest.approx(10 * G * 3)
