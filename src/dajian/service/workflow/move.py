"""The only writer of state: compare-and-set, then the event, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.history.models import Event
from dajian.service.history.record import of, record_many
from dajian.service.workflow.models import Stateful
from dajian.service.workflow.tables import Machine


def move(
    machine: Machine,
    obj: Stateful,
    action: str,
    actor: Actor | None,
    *,
    at: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """Moves one row along its table. Refused: no such move from its state, or a need unmet. Stale: another was first.

    `fields`: further columns written in the same statement.
    """
    move_many(machine, [obj], action, actor, at=at, reason=reason, details=details, fields=fields)


def move_many(
    machine: Machine,
    rows: Sequence[Stateful],
    action: str,
    actor: Actor | None,
    *,
    at: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """`move` for many rows; those of one state and version are written by one statement. All or nothing."""
    if len(rows) > 1:  # held in one order, so that two who move many do not wait for each other
        held = type(rows[0]).unscoped.filter(pk__in=[obj.pk for obj in rows]).order_by("pk")
        list(held.select_for_update(no_key=True).values_list("pk"))
    groups: dict[tuple[str, int], list[Stateful]] = {}
    for obj in rows:
        step = machine.move(action, obj.state)
        if step is None:
            raise Refused(
                _("%(thing)s处于“%(state)s”，不能进行这一步。请刷新页面查看最新状态。")
                % {"thing": _(machine.label), "state": machine.said(obj.state)}
            )
        if actor and (reasons := [r for need in step.needs for r in need(obj, actor)]):
            raise Refused(*reasons)
        groups.setdefault((obj.state, obj.version), []).append(obj)
    for (state, version), members in groups.items():
        _write(machine, members, state, version, action, fields or {})
        record_many(
            [(obj, details or {}) for obj in members],
            action,
            actor,
            at=at,
            reason=reason,
            states=(state, members[0].state),
        )


def _write(
    machine: Machine, members: list[Stateful], state: str, version: int, action: str, fields: Mapping[str, Any]
) -> None:
    step = machine.move(action, state)
    assert step is not None
    model = type(members[0])
    for start in range(0, len(members), 500):
        part = members[start : start + 500]
        same = model.unscoped.filter(pk__in=[o.pk for o in part], state=state, version=version)
        if same.update(state=step.to, version=F("version") + 1, **fields) != len(part):
            raise Stale(last_deed(part[0]))
    for obj in members:
        obj.state, obj.version = step.to, version + 1
        for name, value in fields.items():
            setattr(obj, name, value)


def last_deed(obj: Model) -> str:
    """Who last did what to it, and when: for the message of a collision."""
    event: Event | None = of(obj).last()
    if event is None:
        return ""
    when = timezone.localtime(event.at).strftime("%m-%d %H:%M")
    return _("%(body)s%(person)s已于 %(when)s %(deed)s。") % {
        "body": event.organisation_name,
        "person": event.person_name,
        "when": when,
        "deed": deed_name(event.action),
    }


# Past tense of the actions, for messages and history lines; each app adds its own, marked with gettext_noop.
ACTION_NAMES: dict[str, str] = {}


def deed_name(action: str) -> str:
    """An action in the words of the page's language."""
    return _(ACTION_NAMES.get(action, action))
