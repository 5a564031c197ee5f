"""One workbook whose faults a person put in and wrote down; the reader must find these cells and no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from dajian.forms.workbook import mark, read
from dajian.forms.xlsform import load

FILE = Path(__file__).parent / "workbooks" / "carriers_marked_by_hand.xlsx"
FORM = Path(__file__).parents[2] / "src/dajian/provinces/fujian/questionnaires/carrier.xlsx"
ON = date(2019, 4, 20)
CARRIERS, VEHICLES = "大件运输企业基本状况调查表", "大件运输车辆"
KEY = {
    (CARRIERS, "BE4", "required"),  # 意见建议 cleared
    (CARRIERS, "D5", "choice"),  # 也许
    (CARRIERS, "S6", "type"),  # 三十来人
    (CARRIERS, "B8", "constraint"),  # last digit of the code changed
    (CARRIERS, "BS3", "header_unknown"),  # 备注
    (CARRIERS, "A13", "stray"),  # 以上由张三整理
    (VEHICLES, "A14", "orphan"),  # a vehicle of a firm that the workbook does not have
}  # row 9: the name with spaces around it is right


def test_the_reader_finds_what_a_person_marked_and_nothing_else(tmp_path: Path) -> None:
    reading = read(load(FORM), FILE, on=ON, years=(2018, 2019))
    assert {(fault.sheet, fault.cell, fault.code) for fault in reading.problems} == KEY
    assert (reading.accepted, reading.rejected) == (2, 4)
    out = tmp_path / "退回.xlsx"
    mark(FILE, reading.problems, out)
    book = openpyxl.load_workbook(out)
    commented = {(s.title, c.coordinate) for s in book.worksheets for row in s.iter_rows() for c in row if c.comment}
    assert commented == {(sheet, cell) for sheet, cell, _ in KEY}
