"""The one place of rights: what it gives, and the four ways in which it says no."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db.models import Q

from dajian.service.access.errors import Forbidden, NotFound, Stale
from dajian.service.access.models import UnscopedQuery
from dajian.service.access.rules import NOBODY, OWN, RULES, Rule, may, rule, scope, take
from dajian.service.campaign.models import Campaign
from dajian.service.history.models import Event
from dajian.service.history.record import record
from dajian.service.notices.models import OutboxMessage
from dajian.service.organisations.models import FunctionKind, Person
from tests.service.actors import NOON, someone

OURS = [model for model in apps.get_models() if model.__module__.startswith("dajian.")]


@pytest.fixture
def notice(db: None) -> OutboxMessage:
    return OutboxMessage.unscoped.create(account_id=1, kind="sent", text="待核查", at=NOON)


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_a_plain_query_is_an_error_on_every_table(model: type) -> None:
    for ask in ("all", "count", "first"):
        with pytest.raises(UnscopedQuery, match="access.scope"):
            getattr(model.objects, ask)()  # type: ignore[attr-defined]
    with pytest.raises(UnscopedQuery):
        model.objects.filter(pk=1)  # type: ignore[attr-defined]


def test_a_list_without_a_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        scope(OutboxMessage, someone(), "burn")


def test_a_right_has_one_rule() -> None:
    with pytest.raises(ValueError, match="two rules"):
        rule(OutboxMessage, "read", {}, lambda actor, holders: Q())


def test_nobody_sees_nothing_even_where_the_rule_would_let_all(notice: OutboxMessage, monkeypatch) -> None:
    monkeypatch.setitem(RULES, (OutboxMessage, "burn"), Rule(OutboxMessage, "burn", {}, lambda actor, holders: Q()))
    assert list(scope(OutboxMessage, someone(), "burn")) == [notice]
    assert list(scope(OutboxMessage, None, "burn")) == []


def test_the_owner_takes_his_row(notice: OutboxMessage) -> None:
    assert take(OutboxMessage, notice.pk, someone(1)) == notice
    assert may(notice, someone(1), "read")


def test_a_foreign_row_and_an_absent_row_are_told_alike(notice: OutboxMessage) -> None:
    told = []
    for pk, actor in ((notice.pk, someone(2)), (notice.pk + 1, someone(1)), (notice.pk, None)):
        with pytest.raises(NotFound) as caught:
            take(OutboxMessage, pk, actor)
        told.append(str(caught.value))
    assert len(set(told)) == 1
    assert not may(notice, someone(2), "read")


def test_a_readable_row_without_the_right_is_forbidden_and_a_foreign_one_stays_hidden(notice, monkeypatch) -> None:
    nobody = Rule(OutboxMessage, "burn", {}, lambda actor, holders: NOBODY)
    monkeypatch.setitem(RULES, (OutboxMessage, "burn"), nobody)
    with pytest.raises(Forbidden):
        take(OutboxMessage, notice.pk, someone(1), "burn")
    with pytest.raises(NotFound):
        take(OutboxMessage, notice.pk, someone(2), "burn")


def test_a_row_that_changed_since_it_was_shown_is_stale(db: None, monkeypatch) -> None:
    everyone = Rule(Campaign, "read", {"all": OWN}, lambda actor, holders: Q())
    monkeypatch.setitem(RULES, (Campaign, "read"), everyone)
    owner = FunctionKind.unscoped.create(code="department", name="主管部门")
    days = {"starts": date(2019, 5, 1), "ends": date(2019, 12, 31), "reference_year": 2018, "plan_year": 2019}
    campaign = Campaign.unscoped.create(title="大走访", owner=owner, state="open", version=3, **days)
    assert take(Campaign, campaign.pk, someone(), version=3) == campaign
    with pytest.raises(Stale):
        take(Campaign, campaign.pk, someone(), version=2)


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_table_says_who_may_read_it(model: type) -> None:
    assert (model, "read") in RULES


@pytest.mark.parametrize(("role", "seen"), [("audit_admin", 1), ("officer", 0), ("manager", 0), ("system_admin", 0)])
def test_the_event_log_as_a_whole_is_the_audit_administrators_alone(db: None, role: str, seen: int) -> None:
    event = record(Person.unscoped.create(name="林晓东"), "enter", None, at=NOON)
    assert scope(Event, someone(role=role)).filter(pk=event.pk).count() == seen
