"""Grades of JTG/T 2213—2023 on both sides of every bound, and standing in for another train."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.engine.passability.grades import grades
from dajian.engine.passability.stand_in import compare, heaviest_runs
from dajian.engine.regulation import readings, rulebook
from dajian.engine.vehicle.axle_train import AxleTrain
from tests.engine.trains import declared

LAW = rulebook().on(date(2026, 12, 1))


def _grades(train="六轴低平板", height=4.0, width=2.55, length=18.1, axle_loads="6*8", on=LAW):
    found = grades(declared(train, height, width, length, axle_loads).vehicle, on, readings())
    return found.outline, found.axle


@pytest.mark.parametrize(
    ("width", "grade"),
    [(2.55, None), (2.5501, "B"), (3.0, "B"), (3.5, "B"), (3.5001, "C"), (3.75, "C"), (3.7501, "D"), (4.5, "D"),
     (4.5001, "E")],
)  # fmt: skip
def test_outline_grade_turns_just_above_each_width(width, grade):
    assert _grades(width=width)[0] == grade  # 18.1 m with a low-bed is B by its length


@pytest.mark.parametrize(
    ("length", "grade"),
    [
        (17.0, "A"),
        (17.0001, "B"),
        (22.0, "B"),
        (22.0001, "C"),
        (30.0, "C"),
        (30.0001, "D"),
        (35.0, "D"),
        (35.0001, "E"),
    ],
)
def test_outline_grade_turns_just_above_each_length_with_a_low_bed(length, grade):
    assert _grades(width=2.8, length=length)[0] == grade


@pytest.mark.parametrize(
    ("length", "grade"),
    [
        (22.0, "A"),
        (22.0001, "B"),
        (31.0, "B"),
        (31.0001, "C"),
        (41.0, "C"),
        (41.0001, "D"),
        (45.0, "D"),
        (45.0001, "E"),
    ],
)
def test_outline_grade_turns_just_above_each_length_with_a_modular_trailer(length, grade):
    assert _grades("两纵列液压车", width=2.8, length=length, axle_loads="8*8")[0] == grade


@pytest.mark.parametrize(("height", "grade"), [(4.5, "A"), (4.5001, "D"), (5.0, "D"), (5.0001, "E")])
def test_outline_grade_turns_just_above_each_height(height, grade):
    assert _grades(width=2.8, length=17.0, height=height)[0] == grade


@pytest.mark.parametrize(
    ("load", "grade"),
    [("8", "A"), ("8.001", "B"), ("10", "B"), ("10.001", "C"), ("14", "C"), ("14.001", "D"), ("18", "D"),
     ("18.001", "E"), ("20", "E"), ("20.001", ">E")],
)  # fmt: skip
def test_axle_grade_turns_just_above_each_load(load, grade):
    assert _grades(axle_loads=f"5*6+{load}")[1] == grade


def test_a_line_of_four_files_is_graded_as_article_17_counts_it():
    assert _grades("四纵列液压车", axle_loads="4*8+4*36")[1] == "D"


def test_girder_trains_have_no_outline_grade_and_say_so():
    vehicle = declared("桥式", 5, 5, 60, "4*8+4*17").vehicle
    found = grades(vehicle, LAW, readings())
    assert found.outline is None
    assert "no_outline_grade" in {note.code for note in found.notes}


def test_before_the_standard_there_are_no_grades():
    before = rulebook().on(date(2023, 11, 30))
    assert _grades(width=3.2, on=before) == (None, None)
    assert _grades(width=3.2, on=rulebook().on(date(2023, 12, 1)))[0] == "B"


def _vehicle(axle_loads="6.5+2*8+3*8.5", height=4.3, width=3.0, length=20.0, train="六轴低平板"):
    return declared(train, height, width, length, axle_loads).vehicle


@pytest.mark.parametrize(
    ("worse", "limit"),
    [
        ({"height": 4.3001}, "height"),
        ({"width": 3.0001}, "width"),
        ({"length": 20.0001}, "length"),
        ({"axle_loads": "6.5+2*8+2*8.5+8.501"}, "axle"),
        ({"axle_loads": "6.5+8.1+8+3*8.5"}, "axle_group"),
        ({"axle_loads": "7+2*8+3*8.5"}, "gross_mass"),
    ],
)
def test_each_limit_alone_makes_a_train_worse(worse, limit):
    found = compare(_vehicle(), _vehicle(**worse), LAW)
    assert limit in {one.limit for one in found}


def test_a_lighter_lower_shorter_train_may_stand_in():
    assert compare(_vehicle(), _vehicle("6+2*7.5+3*8", 4.2, 2.9, 19.5), LAW) == ()


def test_a_longer_train_of_more_lighter_axles_may_stand_in_where_its_length_allows():
    a = _vehicle("6*13", length=30.0)
    b = declared("十轴低平板", 4.3, 3.0, 30.0, "10*7.8").vehicle
    assert {one.limit for one in compare(a, b, LAW)} <= {"axle_group"}
    assert compare(b, a, LAW) != ()


def test_another_class_or_refusal_is_worse():
    a, b = _vehicle("6*10", height=4.0), _vehicle("6*10.1", height=4.0)
    assert "flatbed_axle_mean" in {one.limit for one in compare(a, b, LAW)}


def test_undeclared_tyres_are_never_the_better_ones():
    from dataclasses import replace

    a = _vehicle()
    assert "tyre_load" in {one.limit for one in compare(a, replace(a, tyres_per_axle=None), LAW)}


def test_heaviest_runs_of_three_axles():
    runs = heaviest_runs(AxleTrain((10.0, 12.0, 5.0), (1.5, 3.0)))
    assert [(run.length_m, run.load_t, run.first, run.last) for run in runs] == [
        (0.0, 12.0, 2, 2),
        (1.5, 22.0, 1, 2),
        (4.5, 27.0, 1, 3),
    ]
