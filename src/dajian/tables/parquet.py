"""Parquet out: typed columns, written in row groups, so that long tables need little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from dajian.tables.write import Cell

GROUP = 5_000  # rows held in memory at a time
TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.float64(),
    "date": pa.date32(),
}


@dataclass(frozen=True)
class Field:
    """A column. kind: one of TYPES; about: what stands in the file beside its name, such as its label and unit."""

    name: str
    kind: str = "text"
    about: Mapping[str, str] = field(default_factory=dict)


def write_parquet(
    target: BinaryIO, fields: Sequence[Field], rows: Iterable[Sequence[Cell]], about: Mapping[str, str]
) -> None:
    """Write a table to an open binary stream; `about` stands in the file's own metadata.

    A cell that its column's kind cannot hold raises ValueError: nothing is written as something else.
    """
    schema = pa.schema(
        [pa.field(one.name, TYPES[one.kind], metadata=dict(one.about)) for one in fields], metadata=dict(about)
    )
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for group in _groups(iter(rows)):
            columns = zip(*group, strict=True)
            arrays = [
                pa.array([_fitted(one.kind, cell) for cell in column], type=TYPES[one.kind])
                for one, column in zip(fields, columns, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _groups(rows: Iterator[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    while group := list(islice(rows, GROUP)):
        yield group


def _fitted(kind: str, cell: Cell) -> Any:
    """The cell as its column's kind has it; no answer is null."""
    if cell is None or cell == "":
        return None
    fits = {
        "text": lambda: cell if isinstance(cell, str) else str(cell),
        "integer": lambda: int(cell) if isinstance(cell, int | float) and cell == int(cell) else None,
        "decimal": lambda: float(cell) if isinstance(cell, int | float) else None,
        "date": lambda: cell if isinstance(cell, date) else date.fromisoformat(str(cell)),
    }[kind]()
    if fits is None:
        raise ValueError(f"{cell!r} is no {kind}")
    return fits
