"""Dates are days since 1970 in Shanghai, whatever the machine's clock and zone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dajian.forms.evaluate import validate
from dajian.forms.values import ZONE, moment
from dajian.forms.xform import load_xml
from tests.forms.asking import value, xform_around

MIDNIGHT = 8 / 24  # Shanghai's day begins eight hours before UTC's


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("today()", "2026-11-25"),
        ("string(today())", "2026-11-25"),
        ("'2026-01-01' < '2026-02-01'", "true"),
        ("'2026-02-01' <= '2026-01-01'", "false"),
        ("/data/day < today()", "true"),
        ("/data/day = '2026-03-15'", "true"),
        ("today() - /data/day", 255),
        ("date(today() + 1)", "2026-11-26"),
        ("date(20000)", "2024-10-04"),
        ("date('2026-03-05T23:30:00+08:00')", "2026-03-05"),
        ("date('2026-03-05T23:30:00Z')", "2026-03-06"),
        ("date('nonsense')", None),
        ("date('2026-02-30')", None),
        ("date-time('2026-03-05')", "2026-03-05T00:00:00.000+08:00"),
        ("format-date('2026-03-05', '%Y/%m/%d %e %n %b %a')", "2026/03/05 5 3 Mar Thu"),
        ("format-date(today(), '%y%%')", "26%%"),
        ("format-date('', '%Y')", None),
        ("format-date-time('2026-03-05T08:09:10.123+08:00', '%H:%M:%S %h %3')", "08:09:10 8 123"),
        ("number(format-date(today(), '%Y'))", 2026),
        ("decimal-time('12:00:00')", 0.5),
        ("decimal-time('25:00')", None),
        ("now()", "2026-11-25T00:00:00.000+08:00"),
        ("int((today() - date('1990-05-01')) div 365.25)", 36),
    ],
)
def test_dates_compare_add_and_print(expression: str, expected: Any) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "days"),
    [
        ("'2021-11-30' + 1", 18962 - MIDNIGHT),
        ("number('2026-01-01')", 20454 - MIDNIGHT),
        ("decimal-date-time('2021-11-30')", 18961 - MIDNIGHT),
        ("decimal-date-time('1970-01-01T08:00:00.000+08:00') + 0", 0),
    ],
)
def test_a_date_as_a_number_carries_the_fraction_of_shanghai(expression: str, days: float) -> None:
    assert value(expression) == pytest.approx(days)


def test_today_is_the_day_given_and_not_the_machines() -> None:
    assert value("today()", on=date(2019, 4, 26)) == "2019-04-26"


def test_now_is_the_instant_given() -> None:
    form = load_xml(xform_around("format-date-time(now(), '%H:%M')"))
    at = moment("2026-11-25T01:30:00Z")
    assert validate(form, {}, on=date(2026, 11, 25), at=at).record["x"] == "09:30"


def test_a_summer_of_1988_had_summer_time() -> None:
    assert moment("1988-07-01").utcoffset() != moment("1988-01-01").utcoffset()  # type: ignore[union-attr]
    assert str(ZONE) == "Asia/Shanghai"
