"""A filled workbook read back into records, every fault at its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dajian.forms.model import Form
from dajian.forms.workbook.faults import CellFault
from dajian.forms.workbook.judge import Judge
from dajian.forms.workbook.layout import Years, tables, years_of
from dajian.forms.workbook.lines import Lines, gather
from dajian.forms.workbook.locate import locate
from dajian.forms.workbook.units import Assembly, assemble, record
from dajian.tables.gate import Source
from dajian.tables.read import read_workbook


@dataclass(frozen=True)
class Entry:
    """One unit of the workbook with where it stands.

    record: the judged record with its computed values; of a rejected one, what could be read.
    """

    record: dict[str, object]
    key: str  # the unit's code or number as it stands there, "" for none
    sheet: str
    row: int  # as Excel counts, from 1
    faults: tuple[CellFault, ...]
    warnings: tuple[CellFault, ...] = ()  # soft checks: an accepted answer that a person should confirm

    @property
    def accepted(self) -> bool:
        """A record with a fault is rejected whole, with its repeat rows."""
        return not self.faults


@dataclass(frozen=True)
class Reading:
    entries: tuple[Entry, ...]
    problems: tuple[CellFault, ...]  # one for each faulty cell, by sheet and place
    ignored: tuple[str, ...]  # sheets with content that belong to no part of the form

    @property
    def records(self) -> list[dict[str, object]]:
        """The accepted records, in the order of their rows."""
        return [e.record for e in self.entries if e.accepted]

    @property
    def accepted(self) -> int:
        """Number of accepted records."""
        return sum(e.accepted for e in self.entries)

    @property
    def rejected(self) -> int:
        """Number of records with a fault."""
        return len(self.entries) - self.accepted


@dataclass
class Filled:
    """A workbook whose cells are read and whose records are not judged yet: `entry(i)` judges one.

    The order of entries depends on the file alone, so that an import can go on where it stopped.
    """

    ignored: tuple[str, ...]  # sheets with content that belong to no part of the form
    _found: tuple[Lines, ...] = field(repr=False)
    _assembly: Assembly = field(repr=False)
    _judge: Judge = field(repr=False)

    def __len__(self) -> int:
        return len(self._assembly.units)

    def entry(self, index: int) -> Entry:
        """Judge the record number `index`, from 0."""
        unit = self._assembly.units[index]
        verdict = self._judge.judge(unit)
        line = unit.line
        token = line.keys.get("unit", "")
        key = token if isinstance(token, str) else f"{token:.0f}"
        faults = self.ordered(unit.faults())
        answers = record(self._judge.form, unit, stand_ins=False) if faults else verdict.record
        return Entry(answers, key, line.located.sheet.name, line.row + 1, faults, self._judge.warnings(unit, verdict))

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Judge one record after the other, from number `start` on."""
        return (self.entry(i) for i in range(start, len(self)))

    def outside(self) -> tuple[CellFault, ...]:
        """Faults that belong to no record: headers, text beside and under the tables, repeat rows without a unit."""
        found = [f for lines in self._found for f in (*lines.located.found.faults, *lines.strays)]
        strangers = (line for lines in self._assembly.strangers.values() for line in lines)
        return self.ordered([*found, *(f for line in strangers for f in (*line.faults.values(), *line.blame))])

    def ordered(self, faults: list[CellFault]) -> tuple[CellFault, ...]:
        """Each once, by sheet, row and column."""
        places = {lines.located.sheet.name: i for i, lines in enumerate(self._found)}
        return tuple(sorted(dict.fromkeys(faults), key=lambda f: (places[f.sheet], _row_and_column(f.cell))))


def open_filled(form: Form, source: Source, *, on: date, years: Years | None = None, name: str | None = None) -> Filled:
    """Read the cells of a filled workbook of `form`.

    on: today to the form's rules; years: {Y} and {Y1} of its labels, by default the year before `on` and its own;
    name: the file's name when `source` is a stream.
    Raises Unreadable when the file cannot be used, is not this form's, or lacks a column that the form requires.
    """
    years = years or years_of(on)
    workbook = read_workbook(source, name)
    located, ignored = locate(workbook, tables(form, years), name or str(source))
    found = tuple(gather(one, workbook.from_1904) for one in located)
    assembly = assemble(form, found)
    return Filled(ignored, found, assembly, Judge(form, assembly, on, years))


def read(form: Form, source: Source, *, on: date, years: Years | None = None, name: str | None = None) -> Reading:
    """Read and judge a whole filled workbook; arguments and errors as `open_filled`."""
    filled = open_filled(form, source, on=on, years=years, name=name)
    entries = tuple(filled.entries())
    faults = [*filled.outside(), *(f for entry in entries for f in entry.faults)]
    return Reading(entries, filled.ordered(faults), filled.ignored)


def _row_and_column(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters
