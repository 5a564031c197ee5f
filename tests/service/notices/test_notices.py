"""Telling people once, and the inbox that is its owner's alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dajian.service.access.errors import NotFound
from dajian.service.notices.actions import LONGEST, open_notice, read_all, tell
from dajian.service.notices.models import OutboxMessage
from dajian.service.notices.queries import PER_PAGE, inbox, inbox_page, unread
from tests.service.actors import NOON, browser, officer, someone

pytestmark = pytest.mark.django_db


def told(account: int = 1) -> list[str]:
    return [n.text for n in OutboxMessage.unscoped.filter(account_id=account).order_by("pk")]


def test_each_account_is_told_once_and_not_of_its_own_deed(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        tell([3, 1, 2, 3, 1], "sent", "待核查", "/submissions/1", at=NOON, but=someone(2))
    assert list(OutboxMessage.unscoped.order_by("account_id").values_list("account_id", flat=True)) == [1, 3]


def test_nobody_to_tell_is_no_error() -> None:
    tell([2], "sent", "待核查", at=NOON, but=someone(2))
    assert not OutboxMessage.unscoped.exists()


def test_a_long_text_is_cut_where_it_shows() -> None:
    tell([1], "returned", "长" * 400, at=NOON)
    (text,) = told()
    assert len(text) == LONGEST
    assert text.endswith("…")


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_notice_leads_to_this_site_only(url: str) -> None:
    with pytest.raises(ValueError, match="this site"):
        tell([1], "sent", "待核查", url, at=NOON)


def test_the_first_reading_counts() -> None:
    tell([1], "sent", "待核查", at=NOON)
    notice = OutboxMessage.unscoped.get()
    open_notice(someone(1), notice.pk, at=NOON)
    open_notice(someone(1), notice.pk, at=NOON + timedelta(days=1))
    assert OutboxMessage.unscoped.get().read_at == NOON
    assert unread(someone(1)) == 0


def test_anothers_notice_can_be_neither_seen_nor_marked() -> None:
    tell([1], "sent", "待核查", at=NOON)
    notice = OutboxMessage.unscoped.get()
    with pytest.raises(NotFound):
        open_notice(someone(2), notice.pk, at=NOON)
    assert read_all(someone(2), at=NOON) == 0
    assert list(inbox(someone(2))) == []
    assert unread(someone(1)) == 1


def test_marking_all_leaves_what_came_meanwhile() -> None:
    tell([1, 2], "sent", "早", at=NOON)
    tell([1], "sent", "晚", at=NOON + timedelta(minutes=1))
    assert read_all(someone(1), at=NOON) == 1
    assert [n.text for n in inbox(someone(1)).filter(read_at=None)] == ["晚"]


def test_the_inbox_shows_the_newest_first_page_by_page() -> None:
    for n in range(PER_PAGE + 1):
        tell([1], "sent", str(n), at=NOON + timedelta(minutes=n))
    assert inbox_page(someone(1), "1")[0].text == str(PER_PAGE)
    assert [n.text for n in inbox_page(someone(1), "2")] == ["0"]
    assert inbox_page(someone(1), "none").number == 1
    assert inbox_page(someone(1), "99").number == 2


def test_an_empty_inbox_says_what_will_come() -> None:
    page = browser(officer()).get("/inbox").content.decode()
    assert "还没有消息" in page
    assert "<table" not in page


def test_an_officer_reads_his_inbox_and_opens_a_notice() -> None:
    mine = officer()
    client = browser(mine)
    tell([mine.account_id, 999], "returned", "“顺通”被退回：<b>注册资本</b>", "/submissions/5", at=NOON)
    page = client.get("/inbox").content.decode()
    assert "“顺通”被退回：&lt;b&gt;注册资本" in page
    assert "1 条未读" in page
    notice = OutboxMessage.unscoped.get(account_id=mine.account_id)
    answer = client.post(f"/inbox/{notice.pk}")
    assert (answer.status_code, answer["Location"]) == (302, "/submissions/5")
    assert "没有未读消息" in client.get("/inbox?show=unread").content.decode()


def test_all_are_marked_from_the_page() -> None:
    mine = officer()
    client = browser(mine)
    for n in range(3):
        tell([mine.account_id], "sent", f"{n}", at=NOON)
    answer = client.post("/inbox/read", follow=True)
    assert "已将 3 条消息标为已读" in answer.content.decode()
    assert unread(mine) == 0


@pytest.mark.parametrize("number", [1, PER_PAGE])
def test_the_inbox_asks_the_database_as_often_for_one_notice_as_for_a_page(
    number: int, django_assert_max_num_queries
) -> None:
    mine = officer()
    client = browser(mine)
    for n in range(number):
        tell([mine.account_id], "sent", str(n), at=NOON)
    with django_assert_max_num_queries(12):
        client.get("/inbox")
