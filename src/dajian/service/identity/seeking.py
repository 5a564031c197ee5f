"""Looking for twins: one unit among all when it is made, all among all in the background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.history.record import record, record_many
from dajian.service.identity.models import Profile, ProfileKey, Twin
from dajian.service.identity.profiles import look_of, places, renew_firms, renew_projects
from dajian.service.identity.states import TWIN
from dajian.service.survey.models import SurveyUnit
from dajian.service.workflow.move import move_many
from dajian.twins.compare import Verdict
from dajian.twins.find import Pair, find_all, find_one
from dajian.twins.units import block_keys

MET = 1_000  # profiles that are compared with a new one, at most
OPEN = ("proposed", "lapsed")


def look_at(unit: SurveyUnit, at: datetime) -> None:
    """Told of every unit that is listed: its profile is made and its twins are proposed, in the same transaction."""
    subject = unit.subject
    if subject.organisation_id is None:
        profiles = renew_projects([subject.pk])
    else:
        profiles = renew_firms([subject.organisation_id])
    for profile in profiles:
        keep(twins_of(profile), at=at)


def twins_of(profile: Profile) -> dict[Pair, Verdict]:
    """The pairs that one profile makes with all others; by one question to the index of block keys."""
    known = places()
    own = look_of(profile, known)
    met = Profile.unscoped.filter(
        pk__in=ProfileKey.unscoped.filter(key__in=list(block_keys(own))).values("profile")[:MET]
    ).exclude(pk=profile.pk)
    found = find_one(own, [look_of(row, known) for row in met])
    return {
        ((profile.pk, pk) if profile.pk < pk else (pk, profile.pk)): verdict if profile.pk < pk else verdict.turned()
        for pk, verdict in found.items()
    }


def twins_of_all() -> dict[Pair, Verdict]:
    """The pairs among all profiles."""
    keys: dict[int, list[int]] = {}
    for profile, key in ProfileKey.unscoped.values_list("profile_id", "key").iterator(chunk_size=20_000):
        keys.setdefault(profile, []).append(key)
    known = places()
    rows = Profile.unscoped.iterator(chunk_size=5_000)
    return find_all((look_of(row, known) for row in rows if row.pk in keys), keys)


def keep(found: Mapping[Pair, Verdict], *, at: datetime) -> int:
    """Proposes these pairs; answers how many are new. What was judged before stays as it was judged."""
    known = {(twin.left_id, twin.right_id): twin for twin in _known(found)}
    made = [
        Twin(left_id=a, right_id=b, points=verdict.points, reasons=told(verdict), state="proposed", at=at)
        for (a, b), verdict in found.items()
        if (a, b) not in known
    ]
    Twin.unscoped.bulk_create(made, batch_size=200)
    record_many([(twin, {}) for twin in made], "find_twin", None, at=at, states=("", "proposed"))
    again = [(twin, found[pair]) for pair, twin in known.items() if twin.state in OPEN]
    for twin, verdict in again:
        twin.points, twin.reasons = verdict.points, told(verdict)
    Twin.unscoped.bulk_update([twin for twin, _ in again], ["points", "reasons"], batch_size=200)
    move_many(TWIN, [twin for twin, _ in again if twin.state == "lapsed"], "find_again", None, at=at)
    return len(made)


def _known(found: Iterable[Pair]) -> list[Twin]:
    pairs = list(found)
    rows: list[Twin] = []
    for start in range(0, len(pairs), 400):
        part = pairs[start : start + 400]
        rows += Twin.unscoped.filter(left__in=[a for a, _ in part], right__in=[b for _, b in part])
    return rows


def told(verdict: Verdict) -> list[list[str]]:
    return [[reason.code, *reason.told] for reason in verdict.reasons]


def lapse(found: Mapping[Pair, Verdict], *, at: datetime) -> int:
    """Takes back what was proposed by a search and is found no more, because something was put right since."""
    rows = Twin.unscoped.filter(state="proposed", by="search")
    gone = [twin for twin in rows if (twin.left_id, twin.right_id) not in found]
    move_many(TWIN, gone, "lapse", None, at=at)
    return len(gone)


def propose(actor: Actor, a: Profile, b: Profile, reasons: list[list[Any]], *, at: datetime, why: str = "") -> Twin:
    """A pair that somebody names; the one that exists when it was found before."""
    left, right = sorted((a, b), key=lambda row: row.pk)
    twin, created = Twin.unscoped.get_or_create(
        left=left, right=right, defaults={"points": 0, "reasons": reasons, "state": "proposed", "by": "hand", "at": at}
    )
    if created:
        record(twin, "propose_twin", actor, at=at, reason=why, states=("", "proposed"))
    return twin


def of_profile(pks: Iterable[int]) -> Q:
    """Pairs in which one of these profiles stands."""
    known = list(pks)
    return Q(left__in=known) | Q(right__in=known)
