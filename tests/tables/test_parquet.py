"""Parquet out: kinds, metadata, row groups, and what does not fit."""

from __future__ import annotations

import io
from datetime import date

import pyarrow.parquet as pq
import pytest

from dajian.tables import parquet
from dajian.tables.parquet import Field, write_parquet

FIELDS = [Field("n", "integer", {"单位": "辆"}), Field("x", "decimal"), Field("t"), Field("d", "date")]


def written(rows: list[tuple]) -> pq.ParquetFile:
    out = io.BytesIO()
    write_parquet(out, FIELDS, rows, {"筛选条件": "无"})
    return pq.ParquetFile(io.BytesIO(out.getvalue()))


def test_cells_keep_their_kind_and_no_answer_is_null() -> None:
    table = written([(1, 2.5, "0012", date(2019, 4, 22)), (None, "", None, "2019-05-01"), (3.0, 4, 5, None)]).read()
    assert table.to_pydict() == {
        "n": [1, None, 3],
        "x": [2.5, None, 4.0],
        "t": ["0012", None, "5"],
        "d": [date(2019, 4, 22), date(2019, 5, 1), None],
    }
    assert table.schema.metadata["筛选条件".encode()].decode() == "无"
    assert table.schema.field("n").metadata == {"单位".encode(): "辆".encode()}


@pytest.mark.parametrize("row", [(1.5, 1, "", None), ("1", 1, "", None), (1, "1", "", None), (1, 1, "", "soon")])
def test_what_does_not_fit_is_refused_instead_of_changed(row: tuple) -> None:
    with pytest.raises(ValueError):
        written([row])


def test_long_tables_are_written_in_groups(monkeypatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 2)
    found = written([(n, None, None, None) for n in range(5)])
    assert [found.metadata.row_group(k).num_rows for k in range(found.num_row_groups)] == [2, 2, 1]


def test_a_table_without_rows_has_its_columns() -> None:
    assert written([]).read().column_names == ["n", "x", "t", "d"]
