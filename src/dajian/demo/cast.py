"""The demo's people: invited like everybody, but with a password that the demo shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.organisations.actions.people import Post, appoint_first, invite
from dajian.service.organisations.models import Account, Membership, Organisation, Person, Slip, valid_on
from dajian.service.organisations.queries import actor_of, memberships_of


def load_people(people: list[dict[str, Any]], house: str, *, since: date, at: datetime) -> dict[str, Actor]:
    """Invites everybody, the security administrator first, and gives those who are shown the demo's password."""
    home = Organisation.unscoped.get(name=house)
    first = next(one for one in people if one.get("role") == "security_admin")
    appoint_first(home.pk, name=first["name"], username=first["login"], at=at)
    administrator = actor_by(first["login"], at)
    for n, one in enumerate(people, start=1):
        if one is not first:
            body = home if one.get("house") else _body(one["function"], one["area"], at.date())
            post = Post(one.get("role", "officer"), since)
            invite(
                administrator,
                body.pk,
                name=one["name"],
                username=one["login"],
                post=post,
                mobile=f"1900000{n:04d}",
                at=at,
            )
    accounts = Account.unscoped.filter(username__in=[one["login"] for one in people])
    Person.unscoped.filter(account__in=accounts).update(assumed=True)
    Membership.unscoped.filter(person__account__in=accounts).update(starts=since)
    Slip.unscoped.filter(account__in=accounts).delete()
    shown = accounts.filter(username__in=[one["login"] for one in people if one.get("shown", True)])
    shown.update(password=make_password(settings.DEMO_PASSWORD), demo=True)
    return {one["login"]: actor_by(one["login"], at) for one in people}


def actor_by(login: str, at: datetime) -> Actor:
    account = Account.unscoped.get(username=login)
    return actor_of(memberships_of(account.person_id, at.date())[0], account.pk, at.date())


def _body(function: str, area: str, on: date) -> Organisation:
    """Who holds the function there; of a city and a county with one code the city."""
    held = valid_on(on, "functions__") & Q(functions__kind__code=function, functions__area__code=area)
    return Organisation.unscoped.filter(held).order_by("area__path")[0]
