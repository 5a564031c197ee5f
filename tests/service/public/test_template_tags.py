"""How dates, numbers, phones and states read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context

from dajian.service.public.templatetags import dajian as tags


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13805951234", "138****1234"),
        ("138 0595 1234", "138****1234"),
        ("0591-87078376", "0591-****8376"),
        ("059187078376", "0591-****8376"),
        ("010-6529283", "010-****9283"),
        ("87078376", "****"),
        ("0591-87078376-801", "****"),
        ("微信 wx_lin", "****"),
        ("", "—"),
        (None, "—"),
    ],
)
def test_a_masked_phone_keeps_its_area_and_its_last_four_digits_and_nothing_of_what_is_no_phone(phone, shown):
    assert tags.masked(phone) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (0, "0"),
        (1284, "1,284"),
        (12000.0, "12,000"),
        (1234.5, "1,234.5"),
        (Decimal("3.20"), "3.2"),
        (-7, "-7"),
        (None, "—"),
    ],
)
def test_numbers_are_grouped_by_thousands_without_trailing_zeros(given, shown):
    assert tags.number(given) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 10, "0%"), (1, 1000, "1%"), (1, 2, "50%"), (999, 1000, "99%"), (10, 10, "100%"), (0, 0, "—")],
)
def test_a_share_is_never_all_while_something_is_missing_and_never_nothing_while_something_is_there(part, whole, shown):
    assert tags.percent(part, whole) == shown


def test_an_instant_before_midnight_in_utc_is_the_next_day_in_shanghai():
    late = datetime(2019, 5, 30, 17, 0, tzinfo=UTC)
    assert tags.day(late) == "2019年5月31日"
    assert tags.instant(late) == "2019-05-31 01:00"
    assert tags.weekday(late) == "星期五"


@pytest.mark.parametrize(
    ("given", "shown"), [(date(2019, 4, 3), "2019年4月3日"), ("2009-03-12", "2009年3月12日"), (None, "—"), ("", "—")]
)
def test_days_read_in_chinese(given, shown):
    assert tags.day(given) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (None, "—"),
        ("", "—"),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        (12000, "12,000"),
        ("厦门", "厦门"),
        (["四类", "三类"], "四类、三类"),
        (date(2019, 4, 3), "2019年4月3日"),
    ],
)
def test_a_stored_value_reads_as_people_write_it(given, shown):
    assert tags.value(given) == shown


@pytest.mark.parametrize(("size", "shown"), [(640, "640 字节"), (1025, "2 KB"), (52_428_800, "50.0 MB")])
def test_file_sizes_are_readable(size, shown):
    assert tags.size(size) == shown


def test_a_badge_says_the_state_in_the_words_of_its_table():
    assert tags.badge("returned", "submission") == '<span class="badge tone-bad">已退回</span>'


def test_a_badge_escapes_what_it_is_given():
    assert "<b>" not in tags.badge("draft", label="<b>草稿</b>")


def test_turning_the_page_keeps_search_and_filters():
    context = Context({"request": SimpleNamespace(GET=QueryDict("q=顺通&area=350500&page=3"))})
    assert QueryDict(tags.query(context, page=4)[1:]).dict() == {
        "q": "顺通",
        "area": "350500",
        "page": "4",
    }
    assert QueryDict(tags.query(context, page=None, area=None)[1:]).dict() == {"q": "顺通"}


def test_far_pages_are_left_out_of_the_page_numbers():
    page = Paginator(range(1284), 50).page(6)
    assert [str(n) for n in tags.shown_pages(page)] == ["1", "…", "4", "5", "6", "7", "8", "…", "26"]


def test_the_built_front_end_is_named_by_its_hashed_files():
    html = tags.frontend()
    assert '<link rel="stylesheet" href="/static/build/assets/main-' in html
    assert '<script type="module" src="/static/build/assets/main-' in html
