"""The key of a planted workbook laid beside what the reader finds: two programs that share no rule."""

from datetime import date
from pathlib import Path
from random import SystemRandom

import pytest

from dajian.demo import carriers, messy
from dajian.demo.drawing import cities
from dajian.demo.questionnaire import PROVINCE
from dajian.forms import xlsform
from dajian.forms.evaluate import validate
from dajian.forms.workbook import read

ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def form():
    return xlsform.load(Path(PROVINCE) / "questionnaires" / "carrier.xlsx")


@pytest.mark.parametrize("area", cities())
def test_every_invented_carrier_is_accepted_without_a_fault_or_a_doubt(form, area):
    for record in carriers.make(11, 100, area, on=ON):
        verdict = validate(form, record, on=ON, strict=True)
        assert not verdict.problems
        assert not verdict.warnings


def compare(form, path, rows, seed, area):
    key = {tuple(fault.values()) for fault in messy.workbook(rows, seed, area, ON, path)}
    reading = read(form, path, on=ON)
    found = {(fault.sheet, fault.cell, fault.code) for fault in reading.problems}
    assert (sorted(key - found), sorted(found - key)) == ([], [])
    return reading


@pytest.mark.parametrize("nth", range(20))
def test_the_reader_finds_exactly_the_planted_cells_and_codes(form, tmp_path, nth):
    seed = SystemRandom().randrange(10**9)
    print(f"seed {seed}")  # told when it fails
    areas = list(cities())
    compare(form, tmp_path / "messy.xlsx", 40 + seed % 160, seed, areas[seed % len(areas)])


def test_what_it_accepts_is_what_was_invented(form, tmp_path):
    reading = compare(form, tmp_path / "messy.xlsx", 400, 20190403, next(iter(cities())))
    invented = {r["unit_credit_code"]: r for r in carriers.make(20190403, 400, next(iter(cities())), on=ON)}
    assert reading.accepted > 250
    for record in reading.records:
        original = invented[record["unit_credit_code"]]
        answers = {key: value for key, value in record.items() if key in original}
        assert {
            key: value for key, value in original.items() if key not in ("contact_post", *touched(answers, original))
        } == {key: value for key, value in answers.items() if key not in touched(answers, original)}


def touched(answers, original):
    """Repeats of which a row was given to somebody else."""
    return [key for key, rows in original.items() if isinstance(rows, list) and len(answers.get(key, ())) < len(rows)]
