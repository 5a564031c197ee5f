"""The rows of one located table: its records, and what merged ranges and doubled headers did to them."""

from __future__ import annotations

from dataclasses import dataclass

from dajian.forms.model import ROOT
from dajian.forms.workbook.answer import shown
from dajian.forms.workbook.faults import CellFault
from dajian.forms.workbook.layout import plain
from dajian.forms.workbook.locate import Located
from dajian.forms.workbook.rows import Line, is_record, plan, read_row, strays
from dajian.tables.read import Area


@dataclass(frozen=True)
class Lines:
    located: Located
    by_row: dict[int, Line]
    strays: tuple[CellFault, ...]  # in rows that are no record


def gather(located: Located, from_1904: bool = False) -> Lines:
    """Every record of the table, each cell read; merged ranges and formulas settled."""
    settled = plan(located, from_1904)
    by_row: dict[int, Line] = {}
    outside: list[CellFault] = []
    for row in range(located.first_row, len(located.sheet.rows)):
        cells = located.sheet.rows[row]
        if not any(cells) and row not in settled.broken and 0.0 not in cells:
            continue
        line = read_row(settled, row)
        if not is_record(settled, line):
            outside += strays(settled, line)
            continue
        by_row[row] = line
        for at in settled.beside:
            if there := shown(cells[at]):
                line.tell(at, "stray", there=there)
    lines = Lines(located, by_row, tuple(outside))
    for area in located.sheet.merged:
        _settle_merged(lines, area)
    for area, mark in located.found.overhangs:
        _settle_overhang(lines, area, mark)
    _settle_doubles(lines)
    return lines


def _settle_merged(lines: Lines, area: Area) -> None:
    """A filled merged range is a fault at its first cell, and every record under it is unusable."""
    first = lines.by_row.get(area.top)
    places = [c for c in lines.located.columns if area.left <= c <= area.right]
    if first is None or not places or not shown(first.value(area.left)):
        return
    first.tell(area.left, "merged", area=area)
    for row in range(area.top, area.bottom + 1):
        if line := lines.by_row.get(row):
            for at in places:
                _cover(line, at, first)
            if line is not first:
                line.blame.append(first.faults[area.left])


def _settle_overhang(lines: Lines, area: Area, mark: CellFault) -> None:
    """Rows into which a header cell was merged have no answer of their own there."""
    for row in range(lines.located.first_row, area.bottom + 1):
        if line := lines.by_row.get(row):
            line.blame.append(mark)
            for at in lines.located.columns:
                if area.left <= at <= area.right:
                    _cover(line, at, None)


def _cover(line: Line, at: int, first: Line | None) -> None:
    """Forget what a covered cell seems to say; one code merged over the rows of a unit still names it."""
    column = line.located.columns[at]
    if column.question:
        line.unknown.add(column.question.key)
        line.answers.pop(column.question.key, None)
    if column.role != "answer" and line is not first:
        line.keys.pop(column.role, None)
        if first and line.located.table.scope != ROOT and column.role in first.keys:
            line.keys[column.role] = first.keys[column.role]


def _settle_doubles(lines: Lines) -> None:
    """Where two columns have one header, a row in which they differ has no answer that is known."""
    for first, second, mark in lines.located.found.doubles:
        for line in lines.by_row.values():
            there = plain(shown(line.value(second)))
            if there and there != plain(shown(line.value(first))):
                line.blame.append(mark)
