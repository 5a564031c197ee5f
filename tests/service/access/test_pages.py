"""What a visitor gets: the log-in page, the row, or one of the answers of workflow.web."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from dajian.service.access.errors import Forbidden, NotFound, Refused, Stale
from dajian.service.access.pages import DECLARED, act, both, page
from dajian.service.notices.models import OutboxMessage
from dajian.service.workflow.web import answers
from tests.service.actors import NOON, browser, officer, someone


@page(OutboxMessage)
def show(request: HttpRequest, notice: OutboxMessage) -> HttpResponse:
    return HttpResponse(notice.text)


@act(OutboxMessage, "read")
def burn(request: HttpRequest, pk: int) -> HttpResponse:
    OutboxMessage.unscoped.filter(pk=pk).delete()
    return HttpResponse("burnt")


@page(open=True)
def shown_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def asked(method: str, actor, path: str = "/x") -> HttpRequest:
    request = RequestFactory().generic(method, path)
    request.actor = actor  # type: ignore[attr-defined]
    return request


@pytest.fixture
def notice(db: None) -> OutboxMessage:
    return OutboxMessage.unscoped.create(account_id=1, kind="sent", text="待核查", at=NOON)


def test_a_page_hands_its_view_the_row_itself(notice: OutboxMessage) -> None:
    assert show(asked("GET", someone(1)), pk=notice.pk).content.decode() == "待核查"


def test_who_is_not_logged_in_goes_to_the_log_in_page_and_an_api_call_gets_401(notice: OutboxMessage) -> None:
    answer = show(asked("GET", None, "/x?a=1"), pk=notice.pk)
    assert (answer.status_code, answer["Location"]) == (302, "/login?next=/x%3Fa%3D1")
    assert show(asked("GET", None, "/api/x"), pk=notice.pk).status_code == 401
    assert shown_to_all(asked("GET", None)).status_code == 200


def test_a_page_only_reads_and_a_deed_is_only_posted(notice: OutboxMessage) -> None:
    assert show(asked("POST", someone(1)), pk=notice.pk).status_code == 405
    assert burn(asked("GET", someone(1)), pk=notice.pk).status_code == 405
    assert OutboxMessage.unscoped.filter(pk=notice.pk).exists()


def test_a_foreign_row_is_not_found_by_reading_or_writing_and_nothing_is_done(notice: OutboxMessage) -> None:
    for view, method in ((show, "GET"), (burn, "POST")):
        with pytest.raises(NotFound):
            view(asked(method, someone(2)), pk=notice.pk)
    assert OutboxMessage.unscoped.filter(pk=notice.pk).exists()


def test_every_view_stands_in_the_list_with_what_it_needs() -> None:
    assert (DECLARED[show].method, DECLARED[show].model, DECLARED[show].right) == ("GET", OutboxMessage, "read")
    assert (DECLARED[burn].method, DECLARED[burn].right) == ("POST", "read")
    assert DECLARED[shown_to_all].open


def test_one_address_may_hold_a_page_and_a_deed(notice: OutboxMessage) -> None:
    view = both(shown_to_all, burn)
    assert view(asked("GET", None)).content == b"open"
    assert view(asked("POST", someone(1)), pk=notice.pk).content == b"burnt"


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (NotFound("x"), 404, ""),
        (Forbidden("decide"), 403, ""),
        (Stale("李某已于 10:32 作出决定。"), 409, "李某已于 10:32 作出决定。"),
        (Refused("缺附件", "超高"), 422, "缺附件"),
    ],
)
def test_each_failure_has_one_answer(db: None, error: Exception, status: int, told: str) -> None:
    request = asked("GET", None)
    request.user, request.session = SimpleNamespace(is_authenticated=False), {}  # type: ignore[assignment]
    answer = answers(lambda r: HttpResponse()).process_exception(request, error)  # type: ignore[attr-defined]
    assert answer.status_code == status
    assert told in answer.content.decode()


def test_any_other_error_is_left_to_django(db: None) -> None:
    assert answers(lambda r: HttpResponse()).process_exception(asked("GET", None), KeyError("x")) is None  # type: ignore[attr-defined]


def test_absent_and_foreign_are_the_same_bytes_to_a_browser(db: None) -> None:
    mine, other = officer("mine"), officer("other")
    foreign = OutboxMessage.unscoped.create(account_id=other.account_id, kind="sent", text="待核查", at=NOON)
    client = browser(mine)
    answers_seen = [client.post(f"/inbox/{pk}") for pk in (foreign.pk, foreign.pk + 100)]
    assert [a.status_code for a in answers_seen] == [404, 404]
    assert answers_seen[0].content == answers_seen[1].content
    assert dict(answers_seen[0].headers) == dict(answers_seen[1].headers)
    assert json.dumps(answers_seen[0].content.decode()).find("csrf") == -1
