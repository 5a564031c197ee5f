"""Profiles: how firms and projects are looked at, kept in tables so that one new unit meets all others by an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from dajian.service.identity.models import Profile, ProfileKey
from dajian.service.organisations.actions.firms import merged_away
from dajian.service.organisations.models import Area, Organisation, OrganisationName
from dajian.service.registry.models import EntryVersion, Subject
from dajian.service.survey.models import ListEntry, Submission
from dajian.twins.names import Places
from dajian.twins.units import Look, Unit, block_keys, look

ADDRESS, PHONE = ("地址",), ("电话", "手机")  # words in the head of a list's column
DERIVED = ("name", "code", "area_id", "area_path", "address", "phones", "old_names")


def firms() -> QuerySet[Organisation]:
    """The organisations that are compared: those of the trade, each for itself. Bodies are reformed instead."""
    return Organisation.unscoped.exclude(kind="body").exclude(area=None).exclude(merged_away())


def projects() -> QuerySet[Subject]:
    return Subject.unscoped.filter(organisation=None, merged_into=None)


def renew_firms(pks: Sequence[int]) -> list[Profile]:
    """The profiles of these organisations as they are known now, with their block keys; of those alone that count."""
    rows = list(firms().filter(pk__in=pks).select_related("area"))
    names: dict[int, list[str]] = {}
    for pk, name in OrganisationName.unscoped.filter(organisation__in=rows).values_list("organisation_id", "name"):
        names.setdefault(pk, []).append(name)
    subjects = dict(Subject.unscoped.filter(organisation__in=rows).values_list("pk", "organisation_id"))
    reached = _reached(subjects)
    made = []
    for row in rows:
        assert row.area is not None
        address, phones = reached.get(row.pk, ("", []))
        old = [name for name in dict.fromkeys(names.get(row.pk, [])) if name != row.name]
        made.append(
            Profile(
                organisation=row, name=row.name, code=row.credit_code or "", area=row.area, area_path=row.area.path,
                address=row.address or address, phones=phones, old_names=old,
            )
        )  # fmt: skip
    return _keep(made, "organisation_id", pks)


def renew_projects(pks: Sequence[int]) -> list[Profile]:
    """`renew_firms` for projects."""
    rows = list(projects().filter(pk__in=pks).select_related("area"))
    absorbed: dict[int, list[str]] = {}
    for pk, name in Subject.unscoped.filter(merged_into__in=rows).values_list("merged_into_id", "name"):
        absorbed.setdefault(pk, []).append(name)
    reached = _reached({row.pk: row.pk for row in rows})
    made = [
        Profile(
            project=row, name=row.name, code=row.code, area=row.area, area_path=row.area.path,
            phones=reached.get(row.pk, ("", []))[1],
            old_names=[name for name in dict.fromkeys(absorbed.get(row.pk, [])) if name != row.name],
        )
        for row in rows
    ]  # fmt: skip
    return _keep(made, "project_id", pks)


def _reached(subjects: dict[int, int]) -> dict[int, tuple[str, list[str]]]:
    """Owner of each subject -> (address, phones): from what was approved, else from what was sent, else from a list."""
    found: dict[int, tuple[str, list[str]]] = {}

    def note(subject: int, address: str, phones: Iterable[str]) -> None:
        before, known = found.get(subjects[subject], ("", []))
        fresh = [phone for phone in phones if phone and phone not in known]
        found[subjects[subject]] = (before or address, known + fresh)

    current = EntryVersion.unscoped.filter(entry__subject__in=subjects, n=F("entry__n")).order_by("-approved_at")
    for subject, values, item in current.values_list("entry__subject_id", "values", "entry__item__keys"):
        note(subject, *_told(values, item))
    sent = (
        Submission.unscoped.filter(unit__subject__in=subjects)
        .exclude(current=None)
        .exclude(state="approved")
        .order_by("pk")
    )
    for subject, values, item in sent.values_list("unit__subject_id", "current__record", "unit__item__keys"):
        note(subject, *_told(values, item))
    listed = ListEntry.unscoped.filter(unit__subject__in=subjects).values_list("unit__subject_id", "raw").order_by("pk")
    for subject, raw in listed:
        note(subject, next(_under(raw, ADDRESS), ""), _under(raw, PHONE))
    return found


def _told(values: dict[str, Any], keys: dict[str, Any]) -> tuple[str, list[str]]:
    phones = [str(values.get(key) or "") for key in str(keys.get("phones", "")).split()]
    return str(values.get(keys.get("address", ""), "") or ""), phones


def _under(raw: dict[str, Any], words: tuple[str, ...]) -> Any:
    return (str(value) for head, value in raw.items() if any(word in head for word in words))


def _keep(made: list[Profile], of: str, pks: Sequence[int]) -> list[Profile]:
    """Writes what changed; a unit that counts no more loses its keys, and so is met by nobody."""
    known = {getattr(row, of): row for row in Profile.unscoped.filter(**{f"{of}__in": pks})}
    wanted = {getattr(row, of): row for row in made}
    with_keys = set(ProfileKey.unscoped.filter(profile__in=known.values()).values_list("profile__" + of, flat=True))
    changed = []
    for pk, row in wanted.items():
        before = known.get(pk)
        if before is None or pk not in with_keys or any(getattr(before, c) != getattr(row, c) for c in DERIVED):
            row.pk = before.pk if before else None
            changed.append(row)
    gone = [known[pk].pk for pk in with_keys - set(wanted)]
    ProfileKey.unscoped.filter(profile__in=[*gone, *(row.pk for row in changed if row.pk)]).delete()
    old = [row for row in changed if row.pk]
    if old:
        Profile.unscoped.bulk_update(old, DERIVED, batch_size=200)
    Profile.unscoped.bulk_create([row for row in changed if row.pk is None], batch_size=500)
    _write_keys(changed)
    return [row if (row := wanted[pk]).pk else known[pk] for pk in wanted]


def _write_keys(rows: Iterable[Profile]) -> None:
    """By the cursor: half a million short rows are no work for an ORM."""
    known = places()
    pairs = [(row.pk, key) for row in rows for key in block_keys(look_of(row, known))]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO identity_profilekey (profile_id, key) VALUES (%s, %s)", pairs)


@lru_cache(maxsize=1)
def _places(count: int) -> Places:
    return Places(Area.unscoped.values_list("name", flat=True))


def places() -> Places:
    """The areas' words; asked anew when there are more or fewer areas."""
    return _places(Area.unscoped.count())


def look_of(row: Profile, known: Places) -> Look:
    unit = Unit(
        row.pk or 0, row.kind, row.name, row.code, row.area_path, row.address, tuple(row.phones), tuple(row.old_names)
    )
    return look(unit, known)
