"""What the pages of a firm, a project and of pairs read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.history.models import Event
from dajian.service.identity.models import Firm, Merger, Profile, Project, Twin
from dajian.service.identity.plan import stands
from dajian.service.identity.seeking import of_profile
from dajian.service.identity.words import sentences
from dajian.service.organisations.models import (
    Organisation,
    OrganisationAddress,
    OrganisationCode,
    OrganisationName,
    Succession,
)
from dajian.service.registry.models import RegistryEntry, Subject
from dajian.service.survey.models import SurveyUnit


@dataclass(frozen=True)
class Part:
    """What the firm did in one campaign and item: its unit there, how far it came, its registry entry."""

    unit: SurveyUnit
    stands: str
    submission_id: int
    entry_id: int


@dataclass(frozen=True)
class Period:
    value: str
    starts: date
    ends: date | None


def together(organisation_id: int) -> list[int]:
    """The organisation and all that was merged into it, at whatever remove."""
    found = [organisation_id]
    rows = Succession.unscoped.filter(undone_at=None).exclude(predecessor__kind="body")
    while more := set(rows.filter(successor__in=found).values_list("predecessor_id", flat=True)) - set(found):
        found += sorted(more)
    return found


def goes_on_as(organisation_id: int) -> int:
    """The organisation as which an entry goes on; itself unless it was merged into another."""
    rows = Succession.unscoped.filter(undone_at=None).exclude(predecessor__kind="body")
    while heir := rows.filter(predecessor=organisation_id).values_list("successor_id", flat=True).first():
        organisation_id = heir
    return organisation_id


def parts(actor: Actor, subjects: Q) -> list[Part]:
    """As far as the actor sees it there, newest campaign first. subjects: a condition on a unit's subject."""
    rows = scope(SurveyUnit, actor).filter(subject__in=Subject.unscoped.filter(subjects).values("pk"))
    units = list(rows.select_related("item__campaign", "subject", "area__parent", "submission", "duplicate_of"))
    seen = scope(RegistryEntry, actor).filter(subject__in={unit.subject_id for unit in units})
    entries = {(subject, item): pk for subject, item, pk in seen.values_list("subject_id", "item_id", "pk")}
    units.sort(key=lambda u: (-u.item.campaign.starts.toordinal(), u.item.number, u.item.variant, u.pk))
    found = []
    for unit in units:
        submission = getattr(unit, "submission", None)
        entry = 0 if unit.state == "duplicate" else entries.get((unit.subject_id, unit.item_id), 0)
        found.append(Part(unit, stands(unit), submission.pk if submission else 0, entry))
    return found


def periods(model: Any, column: str, organisation_id: int) -> list[Period]:
    """Dated values, what holds now first; of several spans of one value the whole."""
    rows = model.unscoped.filter(organisation=organisation_id).order_by("starts", "pk")
    found: dict[str, Period] = {}
    for value, starts, ends in rows.values_list(column, "starts", "ends"):
        before = found.get(value)
        last = (
            None
            if before and before.ends is None or ends is None
            else max(filter(None, (before and before.ends, ends)))
        )
        found[value] = Period(value, min(before.starts, starts) if before else starts, last)
    return sorted(found.values(), key=lambda p: (p.ends is not None, -p.starts.toordinal()))


def identity_of(firm: Organisation) -> dict[str, list[Period]]:
    return {
        "names": periods(OrganisationName, "name", firm.pk),
        "codes": periods(OrganisationCode, "value", firm.pk),
        "addresses": periods(OrganisationAddress, "address", firm.pk),
    }


def owned(actor: Actor, organisations: Iterable[int]) -> QuerySet[Project]:
    """The projects of a firm that the actor sees."""
    rows = scope(Project, actor).filter(owner__in=list(organisations), merged_into=None)
    return rows.select_related("area__parent").order_by("name", "pk")


def events_of(rows: Iterable[tuple[str, int]]) -> list[Event]:
    """The history of several rows (label, number) as one, oldest first; a merger is told once, by who stayed."""
    rows, either = list(rows), Q(pk__in=[])
    for label, pk in rows:
        either |= Q(object_type=label, object_id=pk)
    found = Event.unscoped.filter(either).order_by("at", "pk")
    return list(found.exclude(action="merge_away") if len(rows) > 1 else found)


def pairs(actor: Actor, *, state: str = "proposed", text: str = "") -> QuerySet[Twin]:
    """The pairs that the actor sees, the weightiest first."""
    rows = scope(Twin, actor).filter(state=state)
    if text.strip():
        named = Q(name__icontains=text.strip()) | Q(code__istartswith=text.strip())
        rows = rows.filter(of_profile(Profile.unscoped.filter(named).values_list("pk", flat=True)[:500]))
    return rows.select_related("left__area__parent", "right__area__parent").order_by("-points", "pk")


def numbers(actor: Actor) -> dict[str, int]:
    """State -> how many pairs the actor sees."""
    return dict(scope(Twin, actor).order_by().values_list("state").annotate(Count("pk")))


@dataclass(frozen=True)
class PairLine:
    twin: Twin
    reasons: list[str]


def lines(rows: Iterable[Twin]) -> list[PairLine]:
    return [PairLine(twin, sentences(twin.reasons)) for twin in rows]


def pairs_about(actor: Actor, profile: Profile | None) -> list[PairLine]:
    """Open pairs in which this firm or project stands."""
    if profile is None:
        return []
    rows = scope(Twin, actor).filter(of_profile([profile.pk]), state="proposed")
    return lines(rows.select_related("left__area", "right__area").order_by("-points", "pk"))


def profile_of(**of: int) -> Profile | None:
    return Profile.unscoped.filter(**of).first()


def mergers(twin: Twin) -> QuerySet[Merger]:
    rows = Merger.unscoped.filter(twin=twin).select_related("kept", "absorbed")
    return rows.order_by(Case(When(undone_at=None, then=0), default=1), "-at")


def of_firm(organisations: list[int]) -> Q:
    return Q(organisation__in=organisations)


def roles_of(found: Iterable[Part]) -> list[str]:
    """What it is in the trade, in the campaigns' words."""
    return list(dict.fromkeys(part.unit.item.unit_word for part in found))


def label_rows(
    model: type[Firm] | type[Project] | type[Subject] | type[Organisation], pks: Iterable[int]
) -> list[tuple[str, int]]:
    """For `events_of`: history is written on the table behind a proxy."""
    label = (model._meta.concrete_model or model)._meta.label_lower
    return [(label, pk) for pk in pks]
