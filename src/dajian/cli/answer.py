"""What all commands share: --json and --on, the printed answer, and faults of the input as lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dajian.engine.vehicle.fields import day as read_day
from dajian.tables.faults import Unreadable


class Unusable(Exception):
    """Input that a command cannot use; each line names file, place, what is there and what is expected."""

    def __init__(self, *lines: str):
        super().__init__("\n".join(lines))
        self.lines = lines


def add_common(parser: argparse.ArgumentParser, *, on: bool = False) -> argparse.ArgumentParser:
    """Give a command --json and, where law, years or "today" matter, --on."""
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")
    if on:
        parser.add_argument(
            "--on", type=day_of, default=None, metavar="日期", help="以哪一天为准（YYYY-MM-DD，默认今天）"
        )
    return parser


def day(args: argparse.Namespace) -> date:
    """The day of --on; today in Shanghai without it."""
    return args.on or datetime.now(ZoneInfo("Asia/Shanghai")).date()


def answer(args: argparse.Namespace, document: object, lines: Iterable[str]) -> int:
    """Print the answer, for people or as one JSON document."""
    text = json.dumps(document, ensure_ascii=False, indent=1) if args.json else "\n".join(lines)
    sys.stdout.write(text + "\n")
    return 0


def fault_lines(error: Exception) -> tuple[str, ...] | None:
    """The lines for stderr when an error says that the input is unusable; None for any other error."""
    if isinstance(error, Unusable):
        return error.lines
    if isinstance(error, Unreadable):
        name = str(error).split(":", 1)[0]
        return tuple(f"{name}: {f.message}" for f in error.faults) or (str(error),)
    if isinstance(error, OSError) and error.filename:
        return (f"{error.filename}: {error.strerror}",)
    return None


def day_of(text: str) -> date:
    """A date on the command line."""
    try:
        return read_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"「{text}」应为{error}") from error
