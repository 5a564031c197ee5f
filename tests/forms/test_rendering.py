"""The text beside a workbook."""

from openpyxl import Workbook

from dajian.forms import rendering

RENDERED = """\
# 填写说明
企业填写 | 2018

# survey
begin_repeat vehicle 车辆
    required: yes
  integer quantity 数量
      constraint: . > 0
end_repeat

# choices
yes_no
  yes 是 order=1
  no 否
colour
  red 红

# settings
form_id: f
"""


def workbook(path, sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


SHEETS = {
    "填写说明": [["企业填写", None, 2018], [None]],
    "survey": [
        ["type", "name", "label", "required", None, "constraint"],
        ["begin_repeat", "vehicle", "车辆", "yes"],
        [None],
        ["integer", "quantity", "数量", None, None, ". > 0"],
        ["end_repeat"],
    ],
    "choices": [
        ["list_name", "name", "label", "order"],
        ["yes_no", "yes", "是", 1],
        ["yes_no", "no", "否"],
        ["colour", "red", "红"],
    ],
    "settings": [["form_id"], ["f"]],
}


def test_every_filled_cell_stands_in_the_text_and_questions_are_indented_by_their_repeats(tmp_path):
    assert rendering.text(workbook(tmp_path / "f.xlsx", SHEETS)) == RENDERED


def test_one_changed_cell_changes_one_line(tmp_path):
    changed = {**SHEETS, "settings": [["form_id"], ["g"]]}
    before = rendering.text(workbook(tmp_path / "f.xlsx", SHEETS)).splitlines()
    after = rendering.text(workbook(tmp_path / "g.xlsx", changed)).splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [("form_id: f", "form_id: g")]
