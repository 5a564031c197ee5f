"""Long lists by column: CSV, Parquet and XLSX in and out through Arrow, a million rows in a second.

Every cell is text as it was written; an empty one is "". Rows out are rows in, ragged CSV lines too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from dajian.tables.faults import Unreadable
from dajian.tables.read import read_workbook
from dajian.tables.write import Sheet, replacing, write_xlsx

MOST_XLSX_ROWS = 1_048_575
_FORMULA = "^[=+\\-@\t\r]"


@dataclass(frozen=True)
class Coded:
    """A column by its distinct values: codes (rows,) into `values`."""

    codes: np.ndarray
    values: list[str]

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, row: int) -> str:
        return self.values[self.codes[row]]


@dataclass(frozen=True)
class Columns:
    """A list with a header; `ragged`: rows (from 0) whose number of cells was not the header's."""

    table: pa.Table
    ragged: tuple[int, ...] = ()

    def __len__(self) -> int:
        return self.table.num_rows

    @property
    def names(self) -> list[str]:
        return self.table.column_names

    def coded(self, name: str) -> Coded | None:
        """The distinct values of a column, trimmed; None where there is no such column."""
        if name not in self.names:
            return None
        column = pc.utf8_trim_whitespace(self.table.column(name)).combine_chunks().dictionary_encode()
        return Coded(column.indices.to_numpy(zero_copy_only=False), column.dictionary.to_pylist())

    def texts(self, name: str) -> pa.Array:
        """A column whole."""
        return self.table.column(name).combine_chunks()


def read_columns(path: str | Path) -> Columns:
    """A list from .csv, .xlsx or .parquet. Raises Unreadable, OSError."""
    file = Path(path)
    if file.is_dir():
        raise Unreadable(file, "是文件夹，应为 CSV、XLSX 或 Parquet 文件")
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx, ".parquet": _read_parquet}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise Unreadable(file, f"文件名以 {file.suffix or '无后缀'} 结尾，应为 .csv、.xlsx 或 .parquet")
    return reader(file)


def write_columns(path: str | Path, source: Columns, added: Mapping[str, Coded | np.ndarray]) -> None:
    """The rows of `source` with further columns, by the ending of the name. Replaces the file at the end."""
    table = source.table
    for name, column in added.items():
        array = _arrow(column)
        at = table.schema.get_field_index(name)
        table = table.append_column(name, array) if at < 0 else table.set_column(at, name, array)
    suffix = Path(path).suffix.lower()
    if suffix == ".xlsx":
        if table.num_rows > MOST_XLSX_ROWS:
            raise Unreadable(path, f"{table.num_rows} 行超过一张工作表的 {MOST_XLSX_ROWS} 行，请写成 .csv 或 .parquet")
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        write_xlsx(path, [Sheet("桥梁", table.column_names, rows)])
        return
    if suffix not in (".csv", ".parquet"):
        raise Unreadable(path, f"文件名以 {suffix or '无后缀'} 结尾，应为 .csv、.xlsx 或 .parquet")
    with replacing(path) as temporary:
        if suffix == ".parquet":
            pyarrow.parquet.write_table(table, temporary)
            return
        safe = [_unformula(column) for column in table.columns]
        with temporary.open("wb") as stream:
            stream.write(b"\xef\xbb\xbf")  # Excel
            pyarrow.csv.write_csv(pa.table(safe, names=table.column_names), stream)


def _arrow(column: Coded | np.ndarray) -> pa.Array:
    if isinstance(column, Coded):
        return pa.DictionaryArray.from_arrays(
            pa.array(column.codes.astype(np.int32)), pa.array(column.values, pa.string())
        )
    return pa.array(column, from_pandas=True)  # NaN is empty


def _unformula(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text that a spreadsheet would run gets an apostrophe; numbers stay."""
    if pa.types.is_dictionary(column.type):
        return pa.chunked_array([_coded_unformula(chunk) for chunk in column.chunks], pa.string())
    if not pa.types.is_string(column.type):
        return column
    number = pc.match_substring_regex(column, r"^[+\-]?\d+(\.\d+)?$")
    risky = pc.and_(pc.match_substring_regex(column, _FORMULA), pc.invert(number))
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)


def _coded_unformula(chunk: pa.DictionaryArray) -> pa.Array:
    return _unformula(pa.chunked_array([chunk.dictionary])).combine_chunks().take(chunk.indices)


def _read_csv(file: Path) -> Columns:
    content = file.read_bytes()
    try:
        content.decode("utf-8")
        head = "utf-8"
    except UnicodeDecodeError:
        head = "gb18030"  # what Excel writes in China
    first = next(csv.reader(io.StringIO(content[:1_000_000].decode(head, "replace").lstrip("\ufeff"))), [])
    names = _header(first, file)
    ragged: list[object] = []

    def note(row: object) -> str:
        ragged.append(row)
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(encoding=head, column_names=names, skip_rows=1),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=note),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return Columns(pa.table({name: pa.array([], pa.string()) for name in names}))
        raise Unreadable(file, f"不是可读的 CSV：{str(error).splitlines()[0]}") from error
    return Columns(table) if not ragged else _read_ragged(content.decode(head, "replace"), names)


def _read_ragged(text: str, names: list[str]) -> Columns:
    """Line by line: short lines are filled up, what is too long is cut, and both are named."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[1:]
    rows = [row for row in rows if row]
    wide = len(names)
    odd = tuple(number for number, row in enumerate(rows) if len(row) != wide)
    cells = [(row + [""] * wide)[:wide] for row in rows]
    columns = [pa.array([row[at] for row in cells], pa.string()) for at in range(wide)]
    return Columns(pa.table(columns, names=names), odd)


def _read_xlsx(file: Path) -> Columns:
    sheets = [
        sheet for sheet in read_workbook(file).sheets if any(any(cell != "" for cell in row) for row in sheet.rows)
    ]
    if not sheets:
        raise Unreadable(file, "工作簿是空的，应有一行表头和各桥的行")
    rows = [row for row in sheets[0].rows if any(cell != "" for cell in row)]
    wide = max((at + 1 for at, cell in enumerate(rows[0]) if cell != ""), default=0)
    names = _header([_cell(cell) for cell in rows[0][:wide]], file)
    columns = [pa.array([_cell(row[at]) for row in rows[1:]], pa.string()) for at in range(wide)]
    return Columns(pa.table(columns, names=names))


def _cell(value: object) -> str:
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _read_parquet(file: Path) -> Columns:
    try:
        table = pyarrow.parquet.read_table(file)
    except pa.ArrowInvalid as error:
        raise Unreadable(file, f"不是可读的 Parquet：{str(error).splitlines()[0]}") from error
    names = _header(table.column_names, file)
    columns = [pc.fill_null(column.cast(pa.string()), "") for column in table.columns]
    return Columns(pa.table(columns, names=names))


def _header(cells: list[str], file: Path) -> list[str]:
    names = [str(cell).strip() for cell in cells]
    if not any(names):
        raise Unreadable(file, "是空的，应有一行表头和各行数据")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise Unreadable(file, f"表头有重复的列：{'、'.join(doubled) or '（空）'}，每列应只有一个名称")
    return names
