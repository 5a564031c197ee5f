"""机构改革: bodies that merge, are split or are set up anew under another name.

From the day on the successor holds the functions, and so sees and does what its predecessors did; what they entered and
what is returned to them is its own (`heirs`). Nothing is rewritten: history keeps the names of then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.history.record import record
from dajian.service.organisations.actions.bodies import create_body, transfer_function
from dajian.service.organisations.actions.people import follow
from dajian.service.organisations.models import Function, Membership, Organisation, Succession

KINDS = dict(Succession.KINDS)


@dataclass(frozen=True)
class Heir:
    """A body that comes after: one that there is, or a new one of this name."""

    organisation_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Reform:
    """kind: merge, split, rename. functions, people: which heir (0, 1 …) takes over the function or the membership of
    this number; those that are not named go to the first one."""

    kind: str
    heirs: tuple[Heir, ...]
    starts: date
    reason: str
    functions: Mapping[int, int] = field(default_factory=dict)
    people: Mapping[int, int] = field(default_factory=dict)


@transaction.atomic
def reform(actor: Actor, predecessor_ids: Sequence[int], *, reform: Reform, at: datetime) -> list[Organisation]:
    """Carries out a reform; answers the bodies that go on. Refused: with every reason.

    Functions and people change on the day; open work follows of itself.
    """
    olds = [take(Organisation, pk, actor, "define") for pk in dict.fromkeys(predecessor_ids)]
    if reasons := _unfit(olds, reform):
        raise Refused(*reasons)
    area = olds[0].area_id or 0
    heirs = [
        take(Organisation, heir.organisation_id, actor, "define")
        if heir.organisation_id
        else create_body(actor, name=heir.name, area_id=area, since=reform.starts, at=at)
        for heir in reform.heirs
    ]
    if reasons := _impossible(olds, heirs):
        raise Refused(*reasons)
    for old in olds:
        _hand_over(actor, old, heirs, reform, at)
    return heirs


def _unfit(olds: list[Organisation], reform: Reform) -> list[str]:
    reasons = [] if len(reform.reason.strip()) >= 4 else ["请写明依据（文件名称、文号）。"]
    if reform.kind not in KINDS:
        return [*reasons, "请选择改革方式。"]
    if not reform.heirs:
        reasons.append("请选择承继单位，或填写新单位的名称。")
    if reform.kind == "split" and len(reform.heirs) < 2:
        reasons.append("分立须有至少两家承继单位。")
    if reform.kind != "split" and len(reform.heirs) > 1:
        reasons.append("合并、更名只有一家承继单位；分给几家的请选“分立”。")
    if reform.kind != "merge" and len(olds) > 1:
        reasons.append("几家单位一起办理的请选“合并”。")
    planned = Function.unscoped.filter(organisation__in=olds, ends__gte=reform.starts).select_related("kind")
    reasons += [f"“{one.kind.name}”已定于 {one.ends} 结束，晚于改革日期，请先调整。" for one in planned]
    late = Function.unscoped.filter(organisation__in=olds, ends=None, starts__gte=reform.starts).select_related("kind")
    return reasons + [f"“{one.kind.name}”自 {one.starts} 起才由原单位承担，改革日期须晚于这一天。" for one in late]


def _impossible(olds: list[Organisation], heirs: list[Organisation]) -> list[str]:
    reasons = []
    if len({heir.pk for heir in heirs}) < len(heirs):
        reasons.append("承继单位不能重复。")
    if {old.pk for old in olds} & {heir.pk for heir in heirs}:
        reasons.append("承继单位不能是原单位自己。单位只改名称、其余不变的，请用“更改名称”。")
    gone = Succession.unscoped.filter(undone_at=None, predecessor__in=[*olds, *heirs]).select_related("predecessor")
    return reasons + [f"{one.predecessor.name}自 {one.starts} 起已由其他单位承继。" for one in gone]


def _hand_over(actor: Actor, old: Organisation, heirs: list[Organisation], reform: Reform, at: datetime) -> None:
    told = {"kind": KINDS[reform.kind], "starts": reform.starts.isoformat()}
    for heir in heirs:
        Succession.unscoped.create(
            predecessor=old, successor=heir, kind=reform.kind, starts=reform.starts, reason=reform.reason.strip(), at=at
        )
        record(heir, "succeed_to", actor, at=at, reason=reform.reason.strip(), details=told | {"from": old.name})
    to = "、".join(heir.name for heir in heirs)
    record(old, "succeed", actor, at=at, reason=reform.reason.strip(), details=told | {"to": to})
    for function in Function.unscoped.filter(organisation=old, ends=None):
        heir = heirs[reform.functions.get(function.pk, 0)]
        transfer_function(
            actor, function.pk, organisation_id=heir.pk, starts=reform.starts, reason=reform.reason, at=at
        )
    staying = Membership.unscoped.filter(Q(ends=None) | Q(ends__gte=reform.starts), organisation=old)
    for membership in staying.select_related("person", "organisation"):
        follow(actor, membership, heirs[reform.people.get(membership.pk, 0)], starts=reform.starts, at=at)
