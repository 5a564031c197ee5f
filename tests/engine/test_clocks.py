"""Due dates worked out by hand, and years that nobody has published."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dajian.engine.findings import Unusable
from dajian.engine.regulation.clocks import Clock, Suspension, changed_dues, due
from dajian.engine.workdays.calendar import Calendar, Year, read_calendar

PUBLISHED = read_calendar()
ROWS = list(csv.DictReader((Path(__file__).parent / "due_dates.csv").open(encoding="utf-8")))
NOTICE_2027 = """
[2027]
notice = "关于2027年部分节假日安排的通知（试验）"
off = [2027-01-01, "2027-02-05..2027-02-11"]
worked = [2027-01-31, 2027-02-13]
"""


def _clock(accepted, days, *pauses):
    suspensions = tuple(Suspension(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pauses)
    return Clock(date.fromisoformat(accepted), days, suspensions)


def _filled(tmp_path, text=NOTICE_2027):
    table = tmp_path / "workdays.toml"
    table.write_text(text, encoding="utf-8")
    return read_calendar(table)


def test_at_least_thirty_due_dates_are_worked_by_hand():
    assert len(ROWS) >= 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['编号']} {row['说明']}")
def test_due_date_is_the_one_worked_by_hand(row):
    pauses = [pause.split("..") for pause in row["不计入"].split()]
    found = due(_clock(row["受理日"], int(row["工作日数"]), *pauses), PUBLISHED)
    assert found.due == date.fromisoformat(row["到期日"])
    assert len(found.counted) == int(row["工作日数"])
    assert found.counted[-1] == found.due


def test_the_counted_days_of_case_k04_are_listed():
    counted = due(_clock("2019-04-26", 5), PUBLISHED).counted
    assert [day.isoformat()[5:] for day in counted] == ["04-28", "04-29", "04-30", "05-05", "05-06"]


@pytest.mark.parametrize(("accepted", "days"), [("2026-12-29", 2), ("2026-12-24", 6), ("2026-12-17", 20)])
def test_a_clock_into_an_unpublished_year_names_the_year_and_the_table(accepted, days):
    with pytest.raises(Unusable) as raised:
        due(_clock(accepted, days), PUBLISHED)
    (fault,) = raised.value.faults
    assert "2027" in fault.found
    assert "overrides.toml" in fault.expected
    assert "[2027]" in fault.expected


def test_with_the_table_filled_the_same_clock_has_a_date(tmp_path):
    calendar = _filled(tmp_path)
    assert due(_clock("2026-12-29", 2), calendar).due == date(2026, 12, 31)
    assert due(_clock("2026-12-31", 1), calendar).due == date(2027, 1, 4)
    assert due(_clock("2027-02-04", 2), calendar).due == date(2027, 2, 13)


def test_the_last_day_of_december_follows_the_next_years_notice(tmp_path):
    moved = NOTICE_2027.replace("off = [2027-01-01,", "off = [2026-12-31, 2027-01-01,")
    assert due(_clock("2026-12-29", 2), _filled(tmp_path, moved)).due == date(2027, 1, 4)


def test_years_before_the_calendar_are_an_error_too():
    with pytest.raises(Unusable, match="2003"):
        due(_clock("2003-05-05", 1), PUBLISHED)


def test_publishing_a_year_moves_open_dates_and_shows_old_and_new(tmp_path):
    open_clocks = [_clock("2026-12-29", 2), _clock("2026-03-02", 5)]
    assert changed_dues(open_clocks, PUBLISHED, _filled(tmp_path)) == [(open_clocks[0], None, date(2026, 12, 31))]


def test_a_change_of_a_published_year_moves_open_dates():
    changed = Calendar({2026: Year("更正通知（试验）", frozenset({date(2026, 3, 4)}), frozenset())})
    clock = _clock("2026-03-02", 2)
    assert changed_dues([clock], PUBLISHED, changed) == [(clock, date(2026, 3, 4), date(2026, 3, 5))]


def test_a_clock_that_rests_has_no_due_date_but_its_days_so_far():
    clock = Clock(date(2026, 3, 2), 10, (Suspension(date(2026, 3, 5), None, "correction"),))
    found = due(clock, PUBLISHED)
    assert (found.due, found.counted) == (None, (date(2026, 3, 3), date(2026, 3, 4)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[2027]\noff = []", "notice"),
        ('[2027]\nnotice = "n"\nofff = []', "offf"),
        ('[2027]\nnotice = "n"\noff = ["2027-02-30"]', "off"),
        ('[2027]\nnotice = "n"\noff = [2027-01-01]\nworked = [2027-01-01]', "既放假又上班"),
        ("[next]\n", "不是年份"),
        ("[2027", "TOML"),
    ],
)
def test_a_faulty_table_is_refused_by_its_key(tmp_path, text, expected):
    with pytest.raises(Unusable, match=expected):
        _filled(tmp_path, text)


@given(
    st.dates(date(2010, 1, 1), date(2026, 10, 1)),
    st.integers(1, 30),
    st.dates(date(2010, 1, 1), date(2026, 10, 1)),
    st.integers(0, 20),
)
def test_a_suspension_never_brings_a_due_date_forward(accepted, days, start, length):
    from datetime import timedelta

    pause = Suspension(start, start + timedelta(days=length))
    plain, paused = due(Clock(accepted, days), PUBLISHED), due(Clock(accepted, days, (pause,)), PUBLISHED)
    assert plain.due is not None
    assert paused.due is not None
    assert paused.due >= plain.due
    assert not any(pause.first <= day <= pause.until for day in paused.counted if pause.until)
