"""The event log: one chain an object, whole or broken at a place; nothing in it can be changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dajian.service.history.check import broken_chains, kept_by_triggers
from dajian.service.history.models import Event
from dajian.service.history.record import broken_link, first_break, link, of, record, record_many
from dajian.service.organisations.models import Person
from tests.service.actors import NOON, someone
from tests.service.history import guard

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.none() | st.booleans() | NUMBERS | TEXT
DETAILS = st.dictionaries(
    TEXT | st.integers(0, 99), st.recursive(PLAIN, lambda s: st.lists(s, max_size=3), max_leaves=6), max_size=4
)


@pytest.fixture
def person(db: None) -> Person:
    return Person.unscoped.create(name="林晓东")


@pytest.fixture
def guarded(db: None) -> None:
    guard.put_up()


def three(person: Person) -> list[Event]:
    return [record(person, a, someone(), at=NOON, reason="原因", details={"旧": 1}) for a in ("enter", "send", "check")]


def test_events_of_one_object_are_numbered_and_linked(person: Person) -> None:
    events = three(person)
    assert [e.n for e in of(person)] == [1, 2, 3]
    assert events[2].hash == link(events[1].hash, events[2])
    assert broken_link(person) is None


def test_chains_of_many_objects_grow_in_two_statements(person: Person, django_assert_num_queries) -> None:
    people = [person, *(Person.unscoped.create(name=str(n)) for n in range(30))]
    record(person, "enter", None, at=NOON)
    with django_assert_num_queries(3):
        record_many([(p, {"n": p.pk}) for p in people], "send", someone(), at=NOON)
    assert [e.n for e in of(person)] == [1, 2]
    assert [e.n for e in of(people[1])] == [1]
    assert all(broken_link(p) is None for p in people)


def test_two_writers_of_one_chain_cannot_take_the_same_place(person: Person) -> None:
    event = three(person)[-1]
    event.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(details=DETAILS, reason=TEXT, us=st.integers(0, 10**15))
@example(details={"a": -0.0, "b": 1e16, "c": 1.0, "d": 5e-324, "e": [1e300]}, reason="", us=1)
@example(details={10: "", 9: ""}, reason="", us=1)
def test_whatever_is_recorded_reads_back_whole(db: None, details: dict[Any, Any], reason: str, us: int) -> None:
    person = Person.unscoped.create(name="林晓东")
    at = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
    record(person, "send", someone(), at=at, reason=reason, details=details)
    assert broken_link(person) is None


CHANGES = {
    "action": "approve", "from_state": "sent", "to_state": "approved", "person_id": 9, "person_name": "他人",
    "membership_id": 9, "organisation_id": 9, "organisation_name": "他处", "at": NOON + timedelta(seconds=1),
    "reason": "", "details": {"旧": 2}, "n": 7, "object_id": 12345, "object_type": "x.y", "hash": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_to_any_field_breaks_the_chain_there(person: Person, field: str) -> None:
    events = three(person)
    setattr(events[1], field, CHANGES[field])
    assert first_break(events) == 2


def test_every_column_is_under_the_hash_or_is_the_key() -> None:
    assert {f.name for f in Event._meta.concrete_fields} == {*CHANGES, "id"}


@pytest.mark.parametrize(("kept", "place"), [([0, 2], 2), ([1, 2], 1), ([1, 0, 2], 1)])
def test_a_removed_or_moved_event_breaks_the_chain(person: Person, kept: list[int], place: int) -> None:
    events = three(person)
    assert first_break([events[i] for i in kept]) == place


def test_tampering_in_the_database_is_found(person: Person) -> None:
    three(person)
    assert list(broken_chains()) == []
    guard.take_down()
    Event.unscoped.filter(object_id=person.pk, n=2).update(person_name="他人")
    assert broken_link(person) == 2
    assert list(broken_chains()) == [("organisations.person", person.pk, 2)]


def test_the_database_refuses_to_change_or_delete_an_event(person: Person, guarded: None) -> None:
    three(person)
    for deed in (lambda q: q.update(reason=""), lambda q: q.delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            deed(of(person))
    assert [e.reason for e in of(person)] == ["原因"] * 3
    assert kept_by_triggers()


def test_a_missing_guard_is_noticed(db: None, guarded: None) -> None:
    guard.take_down()
    assert not kept_by_triggers()
