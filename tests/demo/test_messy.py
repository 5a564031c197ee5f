"""The faulty workbook and its key."""

import json
from collections import Counter
from datetime import date
from random import Random

import pytest
from openpyxl import load_workbook

from dajian.cli import main
from dajian.demo import carriers, messy, oddities
from dajian.demo.drawing import cities
from dajian.demo.grid import KEY, Formula, Sheet
from dajian.demo.layout import written
from dajian.demo.questionnaire import Field, questionnaire

ON = date(2026, 11, 25)
FIRST, SECOND = list(cities())[:2]
CODES = {
    "header_unknown", "header_double", "stray", "merged", "formula", "irrelevant", "lost_digits",
    "type", "choice", "required", "constraint", "twin", "orphan", "count",
}  # fmt: skip
OF_AN_ANSWER = {"formula", "irrelevant", "lost_digits", "type", "choice", "required", "constraint"}


@pytest.mark.parametrize("rows", [40, 41, 75, 200])
@pytest.mark.parametrize("seed", range(12))
def test_every_code_of_the_contract_is_planted_each_cell_once(rows, seed):
    mess = messy.make(rows, seed, FIRST, ON)
    assert {code for _, code in mess.key} == CODES
    assert len({spot for spot, _ in mess.key}) == len(mess.key)


@pytest.mark.parametrize("seed", range(6))
def test_a_cell_at_fault_holds_something_else_than_the_right_answer(seed):
    mess = messy.make(300, seed, FIRST, ON)
    records = carriers.make(seed, 300, FIRST, on=ON)
    codes = {spot: code for spot, code in mess.key if code in OF_AN_ANSWER}
    fields = {field.name: field for field in questionnaire("carrier").fields}
    checked = 0
    for repeat, sheet in mess.book.sheets.items():
        for unit, answers in sheet.answers.items():
            for (row, question), spot in answers.items():
                if spot in codes:
                    rows = records[unit].get(repeat, []) if repeat else [records[unit]]
                    record = rows[row] if row < len(rows) else {}
                    right = (
                        written(questionnaire("carrier"), fields[question], record[question])
                        if question in record
                        else None
                    )
                    assert sheet.cells.get(spot) != right, (question, right)
                    checked += 1
    assert checked == len(codes) > 40


@pytest.mark.parametrize("seed", range(6))
def test_a_unit_without_rows_a_unit_again_and_rows_without_a_unit_are_told_at_the_cell_of_the_code(seed):
    mess = messy.make(60, seed, SECOND, ON)
    own, at = mess.book.sheets[""], dict(mess.key)
    codes = [
        oddities_undone(own.cells[spots[row, KEY]]) for spots in own.answers.values() for row, q in spots if q == KEY
    ]
    twins = [code for code, n in Counter(codes).items() if n > 1]
    assert len(twins) == Counter(at.values())["twin"]
    for unit, spots in own.answers.items():
        eligible = mess.book.value(unit, "eligible") != "否" and mess.records[unit]["eligible"] == "yes"
        bare = eligible and not all(mess.book.rows(unit, repeat) for repeat in ("vehicle", "route"))
        assert (at.get(spots[0, KEY]) == "count") == bare
    for repeat in ("vehicle", "route"):
        sheet = mess.book.sheets[repeat]
        orphans = [spot for spot, code in mess.key if code == "orphan" and spot.sheet == sheet.name]
        assert orphans
        assert not {oddities_undone(sheet.cells.get(spot)) for spot in orphans} & set(codes)


def oddities_undone(value):
    return "".join(chr(ord(c) - 0xFEE0) if ord(c) > 0xFF00 else c for c in str(value)).strip()


def test_the_file_holds_each_planted_cell_and_is_the_same_for_the_same_seed(tmp_path):
    key = messy.workbook(120, 9, FIRST, ON, tmp_path / "a.xlsx")
    assert key == messy.workbook(120, 9, FIRST, ON, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert key != messy.workbook(120, 10, FIRST, ON, tmp_path / "c.xlsx")
    book, stored = load_workbook(tmp_path / "a.xlsx"), load_workbook(tmp_path / "a.xlsx", data_only=True)
    for fault in key:
        cell, result = book[fault["sheet"]][fault["cell"]], stored[fault["sheet"]][fault["cell"]]
        match fault["code"]:
            case "required":
                assert cell.value is None
            case "formula":
                assert str(cell.value).startswith("=")
                assert result.value is None or result.data_type == "e"
            case "lost_digits":
                assert isinstance(cell.value, int | float)
                assert float(cell.value) > 1e17
            case "merged":
                assert any(
                    area.coord.partition(":")[0] == cell.coordinate for area in book[fault["sheet"]].merged_cells
                )
            case _:
                assert cell.value is not None


def test_labels_carry_the_year_before_the_day(tmp_path):
    messy.workbook(40, 1, FIRST, ON, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx")[questionnaire("carrier").title]
    texts = [str(cell) for row in sheet.iter_rows(max_row=4, values_only=True) for cell in row if cell]
    assert any(f"{ON.year - 1}年运输收入合计" in text for text in texts)
    assert not any("{Y" in text for text in texts)


def test_right_answers_are_written_in_other_ways_and_hidden_and_blank_rows_are_there():
    mess = messy.make(1500, 1, FIRST, ON)
    own = mess.book.sheets[""]
    assert own.hidden
    rows = {spot.row for spots in own.answers.values() for spot in spots.values()}
    assert set(range(min(rows), max(rows))) - rows, "no blank row"
    right = {spot: value for spot, value in own.cells.items() if spot not in dict(mess.key)}
    full_width = [v for v in right.values() if isinstance(v, str) and any("０" <= c <= "９" for c in v)]
    assert full_width
    assert [v for v in right.values() if isinstance(v, Formula)]
    dates = {column for column, field in enumerate(own.columns) if field.type == "date"}
    assert [v for spot, v in right.items() if spot.column in dates and isinstance(v, str) and spot.row > own.header_row]


def test_what_is_disguised_is_never_a_planted_cell():
    sheet = Sheet("s", (Field("trips", "integer", "", "趟次", ""),))
    for n in range(50):
        sheet.add(n, {"trips": n})
    kept = {sheet.spot(row, 0) for row in range(1, 20)}
    oddities.disguise(sheet, Random(1), 1.0, kept)
    assert all(sheet.cells[spot] == spot.row - 1 for spot in kept)
    assert all(type(value) is not int for spot, value in sheet.cells.items() if spot not in kept)


def run(capsys, *words):
    code = main(["demo", "messy", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_command_writes_both_files_and_counts_the_codes(tmp_path, capsys):
    out, key = tmp_path / "out.xlsx", tmp_path / "key.json"
    code, told, _ = run(capsys, "--item", 4, "--rows", 50, "--seed", 3, "--on", ON, "--json", out, key)
    faults = json.loads(key.read_text(encoding="utf-8"))
    assert code == 0
    assert json.loads(told)["codes"] == Counter(fault["code"] for fault in faults)
    assert faults == messy.workbook(50, 3, FIRST, ON, tmp_path / "again.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.xlsx", "key.json", "out.xlsx"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--item", 3, "--rows", 50], "--item 3"),
        (["--item", 4, "--rows", 39], "--rows 39"),
        (["--item", 4, "--rows", 50, "--area", "440100"], "--area 440100"),
    ],
)
def test_what_the_command_cannot_use_is_told_and_nothing_is_written(tmp_path, capsys, words, told):
    code, out, err = run(capsys, *words, "--seed", 1, tmp_path / "out.xlsx", tmp_path / "key.json")
    assert (code, out) == (2, "")
    assert told in err
    assert not list(tmp_path.iterdir())
