"""Which row of a sheet is the header of a table, and which column of it stands for which question."""

from __future__ import annotations

from dataclasses import dataclass, field

from dajian.forms.workbook.answer import shown
from dajian.forms.workbook.faults import CellFault, fault
from dajian.forms.workbook.layout import Column, Table, plain
from dajian.tables.read import Area, Sheet, address

SEARCHED_ROWS = 100  # a header further down is none


@dataclass(frozen=True)
class Header:
    """The row that names the columns, the first row of data below it, and how many columns were recognised."""

    row: int
    first_row: int
    matched: int


@dataclass
class Columns:
    """What the header says. `unread`: places whose header stands for no question.

    doubles: (column read, column not read, fault of its header); overhangs: header cells merged into the data.
    """

    known: dict[int, Column] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)
    doubles: list[tuple[int, int, CellFault]] = field(default_factory=list)
    overhangs: list[tuple[Area, CellFault]] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def find_header(sheet: Sheet, table: Table) -> Header | None:
    """The row that holds most of the table's headers; at least two of them, and a third of those required."""
    best: Header | None = None
    least = max(min(2, len(table.columns)), sum(c.required for c in table.columns) // 3)
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        matched = {n.header for v in sheet.rows[row] if isinstance(v, str) and v and (n := table.names.get(plain(v)))}
        if len(matched) >= least and (best is None or len(matched) > best.matched):
            best = Header(row, _last_row(sheet, table, row) + 1, len(matched))
            if len(matched) == len(table.columns):
                break
    return best


def _last_row(sheet: Sheet, table: Table, row: int) -> int:
    """The last row of a header of several rows, held together by cells merged downwards: below, only headers stand."""
    last = row
    while any(a.top <= row and a.bottom > last for a in sheet.merged):
        below = [v for v in sheet.rows[last + 1] if v != ""] if last + 1 < len(sheet.rows) else []
        if not all(plain(str(v)) in table.names for v in below):
            break
        last += 1
    return last


def read_header(table: Table, sheet: Sheet, header: Header) -> Columns:
    """Settle every column; each header that stands for none, or for one again, is a fault."""
    columns = Columns()
    place: dict[str, int] = {}
    for at in range(len(sheet.rows[0])):
        texts = _texts(sheet, header, at)
        if not texts:
            continue
        column = next((c for t in texts if (c := table.names.get(plain(t)))), None)
        if column and column.header not in place:
            columns.known[at], place[column.header] = column, at
            continue
        columns.unread.add(at)
        if column is None:
            columns.faults.append(fault(sheet.name, header.row, at, "header_unknown", there=texts[0]))
        else:
            first = place[column.header]
            words = {"there": texts[0], "first": address(header.row, first), "question": _key(column)}
            columns.faults.append(fault(sheet.name, header.row, at, "header_double", **words))
            columns.doubles.append((first, at, columns.faults[-1]))
    for area in sheet.merged:
        if area.top <= header.row <= area.bottom:
            _merged(columns, sheet, header, area)
    return columns


def _texts(sheet: Sheet, header: Header, at: int) -> tuple[str, ...]:
    """What stands over a column, the most telling first: in the header's row, below, above, all of it together."""
    tops = [a.top for a in sheet.merged if a.left == at and a.top < header.row <= a.bottom]
    stack = [t for row in range(min([header.row, *tops]), header.first_row) if (t := shown(sheet.rows[row][at]))]
    own = shown(sheet.rows[header.row][at])
    return tuple(dict.fromkeys(t for t in (own, *reversed(stack), "：".join(stack)) if t))


def _merged(columns: Columns, sheet: Sheet, header: Header, area: Area) -> None:
    """A header cell merged over columns that have no other header, or into the data, leaves open what stands there."""
    bare = [at for at in range(area.left + 1, area.right + 1) if at not in columns.known and at not in columns.unread]
    columns.unread.update(bare)
    column = columns.known.get(area.left)
    if column is None or not (bare or area.bottom >= header.first_row):
        return
    mark = fault(sheet.name, area.top, area.left, "merged", area=area, question=_key(column))
    columns.faults.append(mark)
    columns.doubles += [(area.left, at, mark) for at in bare]
    if area.bottom >= header.first_row:
        columns.overhangs.append((area, mark))


def _key(column: Column) -> str:
    return column.question.key if column.question else ""
