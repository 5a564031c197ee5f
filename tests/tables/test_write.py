"""Lists out: what a spreadsheet would change or run stays as it was given."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from dajian.tables.read import read_workbook
from dajian.tables.write import Sheet, replacing, write_csv, write_xlsx

DANGEROUS = ["=1+1", "+86 591", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "\t=1"]


def test_texts_stay_texts_and_codes_keep_their_digits(tmp_path):
    path = tmp_path / "名册.xlsx"
    rows = [["913501000000000045", "007", *DANGEROUS]]
    write_xlsx(path, [Sheet("名册", [str(i) for i in range(9)], rows)])
    sheet = openpyxl.load_workbook(path)["名册"]
    assert [c.value for c in sheet[2]] == rows[0]
    assert {c.data_type for c in sheet[2]} == {"s"}
    assert sheet["A2"].number_format == "@"


def test_numbers_dates_and_blanks_keep_their_kind():
    content = BytesIO()
    row = [1, 2.5, date(2019, 5, 1), datetime(2019, 5, 1, 8, 30, tzinfo=UTC), None, True]
    write_xlsx(content, [Sheet("甲", list("abcdef"), [row], widths=[5, 6]), Sheet("乙", ["a"], [])])
    first, second = read_workbook(content, "名册.xlsx").sheets
    assert first.rows[1] == [1.0, 2.5, date(2019, 5, 1), datetime(2019, 5, 1, 8, 30), "", True]  # noqa: DTZ001
    assert second.rows == [["a"]]


def test_rows_are_taken_one_by_one_and_not_held(tmp_path):
    taken = []

    def rows():
        for number in range(2_000):
            taken.append(number)
            yield [number]

    path = tmp_path / "名册.xlsx"
    write_xlsx(path, [Sheet("名册", ["n"], rows())])
    assert taken == list(range(2_000))
    assert len(read_workbook(path).sheets[0].rows) == 2_001


def test_a_csv_runs_no_formula_and_tells_codes_from_numbers():
    out = StringIO(newline="")
    write_csv(
        out, ["代码", "数"], [["913501000000000045", 1.5], ["=1+1", None], ["-甲\n乙", date(2019, 5, 1)], ["@x", -3]]
    )
    text = out.getvalue()
    assert text.startswith('"代码","数"\r\n"913501000000000045",1.5\r\n')
    cells = [row[0] for row in csv.reader(StringIO(text, newline=""))]
    assert cells == ["代码", "913501000000000045", "'=1+1", "'-甲\n乙", "'@x"]


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_text("早先的")

    def broken():
        yield ["一"]
        raise RuntimeError("断了")

    with pytest.raises(RuntimeError, match="断了"):
        write_xlsx(path, [Sheet("名册", ["a"], broken())])
    assert path.read_text() == "早先的"
    assert list(tmp_path.iterdir()) == [path]


def test_what_replaces_a_file_has_the_usual_rights(tmp_path):
    (tmp_path / "b").touch()
    with replacing(tmp_path / "a") as temporary:
        temporary.write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
