"""A record as its form has it: headings, rows of repeats and differences stand where the form asks for them."""

from __future__ import annotations

from dajian.forms.model import Form
from dajian.forms.present import Change, Reader, changes, sections
from tests.forms.small_form import make_form

READER = Reader(2018, 2019)
ROWS = (
    ("text", "name", "名称"),
    ("begin_group", "firm", "二、企业情况"),
    ("integer", "staff", "人数"),
    ("begin_group", "more", "选填：主要客户"),
    ("begin_repeat", "client", "客户"),
    ("text", "client_name", "名称"),
    ("begin_repeat", "order", "订单"),
    ("text", "goods", "货物"),
    ("end_repeat",),
    ("end_repeat",),
    ("end_group",),
    ("integer", "drivers", "驾驶员"),
    ("end_group",),
    ("begin_group", "last", "三、承诺"),
    ("text", "signed", "承诺人"),
    ("end_group",),
    ("begin_repeat", "visit", "走访"),
    ("begin_repeat", "met", "会见"),
    ("text", "met_name", "姓名"),
    ("end_repeat",),
    ("text", "place", "地点"),
    ("end_repeat",),
)
FORM: Form = make_form(ROWS, {"unused": (("a", "甲"),)})
BEFORE = {
    "name": "甲", "staff": 1, "drivers": 1, "signed": "林",
    "client": [{"client_name": "某厂"}], "visit": [{"place": "榕"}],
}  # fmt: skip
AFTER = {
    "name": "乙", "staff": 2, "drivers": 2, "signed": "陈",
    "client": [{"client_name": "某站"}], "visit": [{"place": "厦"}],
}  # fmt: skip


def test_a_heading_over_nothing_but_a_repeat_stands_with_its_section() -> None:
    assert [section.title for section in sections(FORM, BEFORE, READER)] == [
        "",
        "二、企业情况",
        "二、企业情况 · 选填：主要客户",
        "三、承诺",
    ]


def test_what_is_asked_after_a_part_of_a_section_stays_under_the_sections_own_heading() -> None:
    own = sections(FORM, BEFORE, READER)[1]
    assert [line.label for line in own.lines] == ["人数", "驾驶员"]


def test_unanswered_parts_have_no_heading() -> None:
    assert [section.title for section in sections(FORM, {"signed": "林"}, READER)] == ["三、承诺"]


def test_differences_come_in_the_order_of_the_form() -> None:
    assert changes(FORM, BEFORE, AFTER, READER) == [
        Change("", "名称", "甲", "乙"),
        Change("", "人数", "1", "2"),
        Change("客户 第1行", "名称", "某厂", "某站"),
        Change("", "驾驶员", "1", "2"),
        Change("", "承诺人", "林", "陈"),
        Change("走访 第1行", "地点", "榕", "厦"),
    ]


def test_a_row_that_one_of_both_lacks_is_told_whole() -> None:
    more = {**BEFORE, "client": [{"client_name": "某厂"}, {"client_name": "某站"}]}
    assert changes(FORM, BEFORE, more, READER) == [Change("客户 第2行", "整行", "", "名称：某站")]
    assert changes(FORM, more, BEFORE, READER) == [Change("客户 第2行", "整行", "名称：某站", "")]
