"""Whom a row of a list means: one identity for each firm, association or institution."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dajian.service.access.paths import prefixes
from dajian.service.organisations.models import (
    Area,
    Dated,
    Organisation,
    OrganisationAddress,
    OrganisationCode,
    OrganisationName,
    Succession,
)
from dajian.twins.names import plain


def hold(*areas: Area) -> None:
    """Until the caller's transaction ends nobody else makes something anew in these areas; then he finds it made."""
    rows = Area.unscoped.filter(pk__in=[area.pk for area in areas]).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


@transaction.atomic
def identify(*, name: str, code: str, area: Area, at: datetime, kind: str = "firm") -> Organisation:
    """The organisation of this credit code; without one that of this name and area; created when new.

    One that was known by name and area alone takes the code as soon as it is told: joined, never doubled.
    """
    found = _of_code(code) if code else None
    if found:
        return found
    hold(area)
    alike = Organisation.unscoped.filter(_alike(name, area, kind)).exclude(merged_away())
    if found := (alike.filter(credit_code=None) if code else alike).order_by("pk").first():
        if code:
            give_code(found, code, at)
        return found
    facts = {"kind": kind, "name": name, "area": area}
    if code:  # by which another may list it in another area at this moment
        made, created = Organisation.unscoped.get_or_create(credit_code=code, defaults=facts)
    else:
        made, created = Organisation.unscoped.create(**facts), True
    if not created:
        return made
    OrganisationName.unscoped.create(organisation=made, name=name, starts=timezone.localdate(at))
    if code:
        _note_code(made, code, at)
    return made


@transaction.atomic
def learn(organisation: Organisation, *, name: str, code: str, at: datetime) -> None:
    """Name and credit code as they are known from today; what they were stays in its history, dated."""
    today = timezone.localdate(at)
    if name and name != organisation.name:
        _replace(OrganisationName, {"organisation": organisation}, {"name": name}, today)
        organisation.name = name
    if code and code != organisation.credit_code:
        _replace(OrganisationCode, {"organisation": organisation, "scheme": "uscc"}, {"value": code}, today)
        organisation.credit_code = code
    organisation.save(update_fields=["name", "credit_code"])


def _replace(model: type[Dated], whose: dict[str, Any], value: dict[str, Any], today: date) -> None:
    """What held until yesterday ends there; what began today was a slip and gives way."""
    model.unscoped.filter(**whose, ends=None, starts__gte=today).delete()
    model.unscoped.filter(**whose, ends=None).update(ends=today - timedelta(days=1))
    model.unscoped.create(**whose, **value, starts=today)


def _of_code(code: str) -> Organisation | None:
    """Whose code this is; else who was known by it, though it was found to be mistyped."""
    known = Organisation.unscoped.filter(codes__scheme="uscc", codes__value=code).exclude(merged_away())
    return Organisation.unscoped.filter(credit_code=code).first() or known.order_by("pk").first()


def merged_away() -> Q:
    """Entries that were found to be another's."""
    return Q(pk__in=Succession.unscoped.filter(undone_at=None).exclude(predecessor__kind="body").values("predecessor"))


def _alike(name: str, area: Area, kind: str) -> Q:
    """A body of this name may stand above the area, at the seat of its city; everything else in the area itself."""
    if kind != "body":
        former = OrganisationName.unscoped.filter(name=name).values("organisation")
        return Q(name=name, area=area) | Q(pk__in=former, area=area, kind=kind)
    return Q(name=name, kind=kind, area__path__in=prefixes(area.path))


def give_code(organisation: Organisation, code: str, at: datetime) -> None:
    """The code of one that was known without. The caller has made sure that it is nobody else's."""
    organisation.credit_code = code
    organisation.save(update_fields=["credit_code"])
    _note_code(organisation, code, at)


def _note_code(organisation: Organisation, code: str, at: datetime) -> None:
    OrganisationCode.unscoped.create(
        organisation=organisation, scheme="uscc", value=code, starts=timezone.localdate(at)
    )


def note_addresses(told: Mapping[Organisation, str], *, at: datetime) -> None:
    """Keeps addresses with the day from which they were known. Two spellings of one (width, blanks) are one."""
    today = timezone.localdate(at)
    rows = OrganisationAddress.unscoped.filter(organisation__in=list(told), ends=None)
    known = dict(rows.values_list("organisation_id", "address"))
    for organisation, address in told.items():
        if address and plain(address) != plain(known.get(organisation.pk, "")):
            _replace(OrganisationAddress, {"organisation": organisation}, {"address": address}, today)
            Organisation.unscoped.filter(pk=organisation.pk).update(address=address)
