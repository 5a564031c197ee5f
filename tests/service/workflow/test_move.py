"""The only writer of state: one move, one event, and the second of two officers is told."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.campaign.models import Campaign
from dajian.service.history.models import Event
from dajian.service.history.record import of
from dajian.service.organisations.models import FunctionKind
from dajian.service.workflow.move import move, move_many
from dajian.service.workflow.tables import Machine, Move, table
from tests.service.actors import NOON, someone


def _signed(obj: Any, actor: Actor) -> list[str]:
    return [] if actor.role == "manager" else ["须由管理员签字。"]


PARCEL = Machine(
    "parcel",
    "包裹",
    {"draft": "草稿", "sent": "已寄出", "lost": "遗失"},
    (
        Move("send", ("draft", "lost"), "sent", "send"),
        Move("lose", ("sent",), "lost", "send"),
        Move("sign", ("sent",), "draft", "send", needs=(_signed,)),
    ),
)


def parcels(number: int, state: str = "draft") -> list[Campaign]:
    owner, _ = FunctionKind.unscoped.get_or_create(code="department", name="主管部门")
    days = {"starts": date(2019, 5, 1), "ends": date(2019, 12, 31), "reference_year": 2018, "plan_year": 2019}
    return [Campaign.unscoped.create(title=f"{n}", owner=owner, state=state, **days) for n in range(number)]


def test_a_move_writes_state_version_and_event_together(db: None) -> None:
    (parcel,) = parcels(1)
    move(PARCEL, parcel, "send", someone(), at=NOON, reason="今天寄", details={"n": 1}, fields={"theme": "急件"})
    stored = Campaign.unscoped.get(pk=parcel.pk)
    assert (
        (stored.state, stored.version, stored.theme)
        == ("sent", 2, "急件")
        == (parcel.state, parcel.version, parcel.theme)
    )
    event = of(parcel).get()
    assert (event.action, event.from_state, event.to_state, event.reason) == ("send", "draft", "sent", "今天寄")
    assert (event.person_name, event.organisation_name, event.details) == ("林晓东", "福州市交通运输局", {"n": 1})


def test_a_move_that_is_not_listed_is_refused_and_nothing_changes(db: None) -> None:
    (parcel,) = parcels(1)
    for action in ("lose", "sign", "burn"):
        with pytest.raises(Refused, match="草稿"):
            move(PARCEL, parcel, action, someone(), at=NOON)
    assert Campaign.unscoped.get(pk=parcel.pk).state == "draft"
    assert not of(parcel).exists()


def test_an_unmet_need_refuses_with_its_reason(db: None) -> None:
    (parcel,) = parcels(1, "sent")
    with pytest.raises(Refused, match="须由管理员签字"):
        move(PARCEL, parcel, "sign", someone(), at=NOON)
    move(PARCEL, parcel, "sign", someone(role="manager"), at=NOON)
    assert Campaign.unscoped.get(pk=parcel.pk).state == "draft"


def test_who_comes_second_is_told_who_was_first_and_when(db: None) -> None:
    (first,) = parcels(1)
    second = Campaign.unscoped.get(pk=first.pk)
    move(PARCEL, first, "send", someone(1, "李梅"), at=NOON)
    with pytest.raises(Stale) as caught, transaction.atomic():
        move(PARCEL, second, "send", someone(2, "王强"), at=NOON)
    assert caught.value.told.startswith("福州市交通运输局李梅已于 05-20 12:00")
    assert [e.person_name for e in of(first)] == ["李梅"]


def test_many_rows_of_two_states_move_together_or_not_at_all(db: None) -> None:
    rows = parcels(3) + parcels(2, "lost")
    ours = Campaign.unscoped.filter(pk__in=[row.pk for row in rows])
    events = Event.unscoped.filter(object_type="campaign.campaign", object_id__in=[row.pk for row in rows])
    move_many(PARCEL, rows, "send", someone(), at=NOON)
    assert {(row.state, row.version) for row in ours} == {("sent", 2)}
    assert sorted(events.values_list("from_state", flat=True)) == ["draft"] * 3 + ["lost"] * 2

    ours.filter(pk=rows[-1].pk).update(version=9)  # another was here
    with pytest.raises(Stale), transaction.atomic():
        move_many(PARCEL, rows, "lose", someone(), at=NOON)
    assert set(ours.values_list("state", flat=True)) == {"sent"}
    assert events.count() == 5


def test_of_two_officers_at_once_one_decides_and_history_holds_one_event(transactional_db: None) -> None:
    for parcel in parcels(12):
        outcomes: list[str] = []
        start = threading.Barrier(2)

        def decide(number: int, pk: int = parcel.pk, start=start, outcomes=outcomes) -> None:
            mine = Campaign.unscoped.get(pk=pk)
            start.wait()
            try:
                with transaction.atomic():
                    move(PARCEL, mine, "send", someone(number), at=NOON)
                outcomes.append("done")
            except Stale:
                outcomes.append("stale")
            finally:
                connection.close()

        officers = [threading.Thread(target=decide, args=(n,)) for n in (1, 2)]
        for thread in officers:
            thread.start()
        for thread in officers:
            thread.join()
        assert sorted(outcomes) == ["done", "stale"]
        assert [e.n for e in of(parcel)] == [1]


def test_a_table_that_names_an_unknown_state_is_an_error() -> None:
    with pytest.raises(ValueError, match="gone"):
        table("wrong", "错", {"here": "在"}, ("go", "here", "gone", "go", ""))
