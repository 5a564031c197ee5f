"""Open points of the law: each reading of the policy gives its own answer, and the answer says which was taken."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.engine.findings import say
from dajian.engine.regulation import readings, rulebook
from dajian.engine.regulation.assess import assess
from tests.engine.trains import declared

LAW = rulebook().on(date(2026, 12, 1))


def _assessed(declaration, **chosen):
    return assess(declaration, LAW, {**readings(), **chosen})


@pytest.mark.parametrize(("reading", "expected"), [("single", "II"), ("dual", None)])
def test_undeclared_tyres_by_either_reading(reading, expected):
    declaration = declared("六轴列车未填轮胎", 4, 2.55, 18.1, "7+9+9+8+8+8")
    found = _assessed(declaration, unknown_tyres=reading)
    assert found.permit_class == expected
    if reading == "single":
        (excess,) = found.excesses
        assert (excess.origin, excess.limit) == ("assumed", 40.0)
        assert "tyres_per_axle" in say(excess)


@pytest.mark.parametrize(("reading", "refused"), [("all_axles", False), ("trailer_axles", True)])
def test_both_readings_of_the_flat_bed_average_are_shown_and_one_decides(reading, refused):
    declaration = declared("六轴低平板", 4, 2.55, 18.1, "6+8+8+11+11+11")  # all axles 9.17 t, trailer 11 t
    found = _assessed(declaration, flatbed_mean_over=reading)
    assert bool(found.refusals) == refused
    (note,) = [finding for finding in found.notes if finding.code == "flatbed_two_readings"]
    assert "9.166667" in say(note)
    assert "11" in say(note)


@pytest.mark.parametrize(("reading", "refused"), [(True, False), (False, True)])
def test_a_line_of_four_files_by_either_reading(reading, refused):
    declaration = declared("四纵列液压车", 4.5, 6, 40, "7+7+12.5+12.5+4*36")
    assert bool(_assessed(declaration, line_counts_files=reading).refusals) == refused


def test_a_rigid_truck_of_five_axles_is_named_as_a_gap_of_the_text():
    found = _assessed(declared("五轴货车", 4, 2.5, 12, "5+5+7+7+8"))
    (note,) = [finding for finding in found.notes if finding.code == "gap_rigid"]
    assert "GB 1589" in say(note)
    assert "空白" in say(note)
    assert found.excesses[0].limit == 31.0


def test_no_escort_by_dimension_leaves_the_officers_ground_open():
    found = _assessed(declared("六轴列车", 4.3, 3, 19, "6*8"))
    assert not found.escort
    assert "escort_open" in {finding.code for finding in found.notes}


def test_an_unknown_first_trailer_axle_leaves_the_average_open_and_never_refuses_by_guess():
    from dataclasses import replace

    declaration = declared("两纵列液压车", 4.5, 3, 40, "7+7+12.5+12.5+4*18.5")
    vehicle = replace(declaration.vehicle, first_trailer_axle=None)
    known, unknown = _assessed(declaration), _assessed(replace(declaration, vehicle=vehicle))
    assert [finding.rule for finding in known.refusals] == ["hydraulic_line_mean"]
    assert unknown.refusals == ()
    assert "first_trailer_axle" in {finding.rule for finding in unknown.missing}


def test_every_excess_gives_amount_and_percentage():
    found = _assessed(declared("六轴列车", 4.4, 2.55, 18.1, "6*8"))
    assert "超出 0.4 m（10%）" in say(found.excesses[0])
    assert "by 0.4 m (10 %)" in say(found.excesses[0], "en")
