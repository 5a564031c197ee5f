"""One cell, one answer: properties of reading single cells, and that no workbook, however odd, breaks the reader."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell

from dajian.forms.model import ROOT, Choice, Question
from dajian.forms.workbook import CODES, read
from dajian.forms.workbook.answer import Bad, code_text
from dajian.forms.workbook.cells import reader
from dajian.forms.workbook.choices import choice_text
from dajian.forms.workbook.layout import plain
from dajian.tables.faults import Unreadable
from tests.forms.small_form import CHOICES, FORM, MAIN, ON, VEHICLE, YEARS, Filled, record

WIDE = str.maketrans(
    "0123456789-/.,:()%ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "０１２３４５６７８９－／．，：（）％ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
)


def question(kind: str, name: str = "q", label: str = "题", choices: tuple[Choice, ...] = ()) -> Question:
    return Question(name, name, f"/f/{name}", ROOT, kind, label, choices=choices)


spaces = st.text(" \t\u3000\u00a0\n", max_size=3)


@given(st.integers(-(10**14), 10**14), spaces, st.booleans(), st.booleans())
def test_a_whole_number_is_read_from_number_and_text_of_any_width(number, space, wide, grouped):
    text = f"{number:,}" if grouped else str(number)
    text = space + (text.translate(WIDE) if wide else text) + space
    assert reader(question("integer"))(text) == number
    assert reader(question("integer"))(float(number)) == number
    assert reader(question("decimal"))(text) == float(number)


@given(st.integers(-(10**9), 10**9))
def test_hundredths_survive_as_text(hundredths):
    assert reader(question("decimal"))(f"{hundredths / 100:.2f}") == hundredths / 100


@pytest.mark.parametrize(
    "text", ["1,23", "12,34,567", "1 2", "1e3", "0x10", "约3", "3辆", "3-5", "--1", "¥3", "三", "1.2.3", "∞", "٣"]
)
def test_a_number_with_two_meanings_or_none_is_a_fault(text):
    assert reader(question("decimal"))(text) == Bad("type", text)


@given(st.dates(date(1900, 3, 1), date(2099, 12, 31)), st.booleans())
def test_a_day_is_read_from_every_usual_form(day, wide):
    read_cell = reader(question("date"))
    y, m, d = day.year, day.month, day.day
    texts = [
        f"{y}-{m}-{d}",
        f"{day}",
        f"{y}/{m:02}/{d:02}",
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        f"{y}年{m}月{d}号",
        f"{y}{m:02}{d:02}",
    ]
    for text in texts:
        assert read_cell(f" {text.translate(WIDE) if wide else text} ") == str(day)
    assert read_cell(day) == str(day)
    assert read_cell(float(f"{y}{m:02}{d:02}")) == str(day)
    serial = (day - date(1899, 12, 30)).days
    assert read_cell(float(serial)) == str(day)
    assert reader(question("date"), from_1904=True)(float(serial - 1462)) in (str(day), Bad("type", str(serial - 1462)))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_in_chinese_numerals_is_read(day):
    digits = "〇一二三四五六七八九"

    def tens(n: int) -> str:
        return (digits[n // 10] if n > 19 else "") + ("十" if n > 9 else "") + (digits[n % 10] if n % 10 else "")

    text = "".join(digits[int(c)] for c in str(day.year)) + f"年{tens(day.month)}月{tens(day.day)}日"
    assert reader(question("date"))(text) == str(day)


@pytest.mark.parametrize(
    "value",
    [
        "2019-2-29",
        "19-5-1",
        "5/1/2019",
        "2019-5",
        "2019年",
        "2019-05/01",
        "昨天",
        "2019-13-01",
        12.5,
        -3.0,
        1.0,
        10.0**12,
        True,
    ],
)
def test_what_is_no_day_or_two_days_is_a_fault(value):
    assert isinstance(reader(question("date"))(value), Bad)


@given(st.floats(1e15, 1e20))
def test_a_text_stored_as_a_number_of_more_than_fifteen_digits_has_lost_some(number):
    assert isinstance(reader(question("text"))(number), Bad)
    assert code_text(number) == ""


@given(st.integers(0, 10**15 - 1))
def test_a_shorter_one_has_not(number):
    assert reader(question("text", "plate"))(float(number)) == str(number)


@given(st.text(max_size=30))
def test_a_free_text_keeps_all_that_can_be_seen(text):
    found = reader(question("text"))(text)
    assert found is None or (
        isinstance(found, str) and found == found.strip() and plain(found) == plain(_printable(text))
    )


def _printable(text: str) -> str:
    return "".join(c for c in text if c in "\n\r\t" or not (ord(c) < 32 or c in "\x7f\ufeff\u200b"))


LISTS = {name: tuple(Choice(*item) for item in items) for name, items in CHOICES.items()}


@given(st.sampled_from(sorted(LISTS)), st.data())
def test_whatever_stands_for_a_choice_in_a_template_is_read_as_that_choice(name, data):
    choices = LISTS[name]
    chosen = data.draw(st.lists(st.sampled_from(choices), min_size=1, unique=True))
    mark = data.draw(st.sampled_from(["、", "，", ",", "；", ";", " ； ", "/", "\n", " "]))
    one = reader(question("select_one", choices=choices))
    assert one(choice_text(choices, chosen[0].name)) == chosen[0].name
    assert one(chosen[0].name) == chosen[0].name
    text = mark.join(choice_text(choices, c.name) for c in chosen)
    expected = [c.name for c in choices if c in chosen]
    assert reader(question("select_multiple", choices=choices))(text) == expected


def test_one_list_read_twice_is_not_one_list():
    read_cell = reader(question("select_multiple", choices=LISTS["cargo"]))
    first = read_cell("预制梁")
    first.append("x")
    assert read_cell("预制梁") == ["beam"]


values = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=8),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.sampled_from(
        ["#REF!", "=1+1", "合计", "注：无", "是", "91350100MA0000001A", "预制梁", "单位全称", " ", "企业调查", "１２"]
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([MAIN, VEHICLE]), st.integers(1, 9), st.integers(1, 18), values), max_size=12),
    st.lists(st.tuples(st.integers(3, 8), st.integers(1, 6), st.integers(0, 2), st.integers(0, 2)), max_size=2),
)
def test_no_cell_whatever_it_holds_breaks_the_reader(tmp_path_factory, cells, areas):
    filled = Filled(tmp_path_factory.mktemp("w") / "填报.xlsx", record(0), record(1))
    for sheet, row, column, value in cells:
        cell = filled[sheet].cell(row, column)
        if not isinstance(cell, MergedCell):
            cell.value = value
    for top, left, down, right in areas:
        if top > 3 and down + right:
            filled[MAIN].merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + right)
    content = BytesIO()
    filled.book.save(content)
    try:
        reading = read(FORM, content, on=ON, years=YEARS, name="填报.xlsx")
    except Unreadable:  # a header was overwritten
        return
    places = [(p.sheet, p.cell) for p in reading.problems]
    assert len(places) == len(set(places))
    assert {p.code for p in reading.problems} <= set(CODES)
    assert reading.accepted + reading.rejected == len(reading.entries)
    told = set(places)
    assert all({(f.sheet, f.cell) for f in entry.faults} <= told for entry in reading.entries)
    assert openpyxl.load_workbook(BytesIO(content.getvalue())).sheetnames[1] == MAIN
