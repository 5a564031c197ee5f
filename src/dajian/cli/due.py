"""`dajian due`: the due date of a statutory clock and the days that it counts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dajian.cli.answer import add_common, answer, day_of
from dajian.cli.input_file import unusable
from dajian.engine import findings
from dajian.engine.regulation.clocks import Clock, Suspension, due
from dajian.engine.workdays.calendar import TABLE, read_calendar

WEEKDAYS = "一二三四五六日"


def register(subparsers: Any) -> None:
    parser = add_common(subparsers.add_parser("due", help="期限到哪一天"), on=True)  # calendars have one version
    parser.add_argument("accepted", type=day_of, metavar="ACCEPTED", help="受理日（YYYY-MM-DD），次一工作日起算")
    parser.add_argument("--days", type=int, required=True, metavar="N", help="工作日数")
    parser.add_argument("--suspend", type=_period, action="append", default=[], metavar="FROM..TO", help="不计入的时间")
    parser.add_argument("--workdays", type=Path, default=TABLE, metavar="FILE", help="工作日补充表（TOML）")
    parser.set_defaults(run=count)


def count(args: argparse.Namespace) -> int:
    """The due date. A year that is not published is exit 2 and names the table to fill."""
    clock = Clock(args.accepted, args.days, tuple(args.suspend))
    try:
        found = due(clock, read_calendar(args.workdays))
    except findings.Unusable as error:
        raise unusable("due", error) from error
    told = [f"到期日：{found.due}", "计入的工作日："]
    told += [f"  {n}. {day}（星期{WEEKDAYS[day.weekday()]}）" for n, day in enumerate(found.counted, start=1)]
    counted = [day.isoformat() for day in found.counted]
    return answer(args, {"due": found.due and found.due.isoformat(), "counted": counted}, told)


def _period(text: str) -> Suspension:
    first, dots, last = text.partition("..")
    if not dots:
        raise argparse.ArgumentTypeError(f"「{text}」应写成 FROM..TO，例如 2026-03-02..2026-03-06")
    return Suspension(day_of(first), day_of(last))
