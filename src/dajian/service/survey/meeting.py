"""Which unit of an item a row means, and what the row would change in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Stale
from dajian.service.campaign.models import Item
from dajian.service.history.record import record
from dajian.service.organisations.models import Area
from dajian.service.registry.models import Subject
from dajian.service.registry.subjects import kept, kind_of, known_as, learn, outdone
from dajian.service.survey.models import Submission, SurveyUnit
from dajian.service.workflow.move import last_deed

Known = dict[str, SurveyUnit]  # by code, and by "name@code of its area"
Changes = dict[str, dict[str, str]]  # name, code, area: from what, to what


def known_units(item: Item, codes: Sequence[str], names: Sequence[str]) -> Known:
    """The item's units among these, each by its code and by its name and area; of two alike, the one without a code."""
    found: Known = {}
    for start in range(0, len(codes), 400):
        part = slice(start, start + 400)
        told = [code for code in codes[part] if code]
        same = Q(subject__code__in=told) | Q(subject__organisation__credit_code__in=told)
        same |= Q(subject__name__in=names[part])
        rows = SurveyUnit.unscoped.filter(same, item=item, subject__merged_into=None).order_by("subject__code", "pk")
        for unit in rows.select_related("item__campaign", "subject__organisation", "area", "submission__current"):
            found.setdefault(f"{unit.subject.name}@{unit.area.code}", unit)
            body = unit.subject.organisation
            found |= {code: unit for code in (unit.subject.code, body and body.credit_code) if code}
        _add_known_by_others(found, item, codes[part], names[part])
    return found


def _add_known_by_others(found: Known, item: Item, codes: Sequence[str], names: Sequence[str]) -> None:
    """The units of those that were met under a code or name that proved to be another's."""
    wanted = Q(code__in=[c for c in codes if c]) | Q(name__in=names)
    by_kept: dict[int, list[Subject]] = {}
    for subject in Subject.unscoped.filter(wanted).exclude(merged_into=None).select_related("area"):
        by_kept.setdefault(kept(subject).pk, []).append(subject)
    units = SurveyUnit.unscoped.filter(item=item, subject__in=list(by_kept)) if by_kept else ()
    for unit in units:
        for subject in by_kept[unit.subject_id]:
            found.setdefault(f"{subject.name}@{subject.area.code}", unit)
            if subject.code:
                found.setdefault(subject.code, unit)


def met(known: Known, code: str, name: str, area_code: str) -> SurveyUnit | None:
    """The unit of a row: by code; by name and area where the row or the unit has none."""
    alike = known.get(f"{name}@{area_code}")
    return (known.get(code) if code else None) or (alike if alike and not (code and alike.subject.code) else None)


def hold_lists(areas: Iterable[Area]) -> None:
    """One writer of an area's lists at a time, so that a firm that two meet at once is one (SQLite has one anyway)."""
    rows = Area.unscoped.select_for_update(no_key=True).filter(pk__in={area.pk for area in areas})
    list(rows.order_by("pk").values_list("pk"))


def hold_units(units: Iterable[SurveyUnit]) -> None:
    """Nobody moves these units or their questionnaires before the caller's transaction ends."""
    keys = {unit.pk for unit in units}
    list(SurveyUnit.unscoped.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    list(Submission.unscoped.select_for_update().filter(unit__in=keys).order_by("pk").values_list("pk"))


def changes(unit: SurveyUnit, *, name: str = "", code: str = "", area: Area | None = None) -> Changes:
    """What would be new. Not news: what an old list still calls it; and a body's name and code are its own affair."""
    subject = unit.subject
    told = [("area", unit.area.name, area.name if area else "")]
    if kind_of(unit.item.subject_role).organisation != "body":
        told = [("name", subject.name, name), ("code", subject.code, code), *told]
    old = {"name": known_as, "code": outdone}
    return {
        what: {"from": was, "to": now}
        for what, was, now in told
        if now and now != was and not (what in old and old[what](subject, now))
    }


def renew(
    unit: SurveyUnit,
    actor: Actor,
    *,
    name: str = "",
    code: str = "",
    area: Area | None = None,
    at: datetime,
    action: str = "relist",
    reason: str = "",
) -> None:
    """The unit as it is called, known and placed from now on; what changed stands in its history.

    Refused: another is known by the code. Stale: the unit was changed meanwhile.
    """
    changed: dict[str, Any] = changes(unit, name=name, code=code, area=area)
    if not changed:
        return
    learn(unit.subject, name if "name" in changed else "", code, at=at)
    same = SurveyUnit.unscoped.filter(pk=unit.pk, version=unit.version)
    if not same.update(area=area or unit.area, version=F("version") + 1):
        raise Stale(last_deed(unit))
    unit.area, unit.version = area or unit.area, unit.version + 1
    record(unit, action, actor, at=at, reason=reason, details=changed)
