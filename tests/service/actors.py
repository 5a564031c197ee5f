"""People for the tests of the apps that know no body: an Actor alone, or an account that can log in."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

from dajian.service.access.actor import Actor
from dajian.service.organisations.models import Account, Membership, Organisation, Person
from dajian.service.organisations.queries import actor_of

NOON = datetime(2019, 5, 20, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
BACKEND = "dajian.service.organisations.logins.Logins"


def someone(number: int = 1, name: str = "林晓东", body: str = "福州市交通运输局", role: str = "officer") -> Actor:
    """An actor without any row behind it; `number` is his account, person, membership and body."""
    return Actor(number, number, name, number, number, body, role, role, "", "")


def officer(username: str = "fuzhou", name: str = "林晓东", body: str = "福州市交通运输局") -> Actor:
    """An officer with account and membership in the database."""
    person = Person.unscoped.create(name=name)
    account = Account.unscoped.create(username=username, person=person)
    organisation = Organisation.unscoped.create(kind="body", name=body)
    membership = Membership.unscoped.create(
        person=person, organisation=organisation, role="officer", starts=date(2019, 1, 1)
    )
    return actor_of(membership, account.pk, date(2019, 5, 20))


def browser(actor: Actor) -> Client:
    """A logged-in client of an `officer`."""
    client = Client()
    client.force_login(Account.unscoped.get(pk=actor.account_id), backend=BACKEND)
    return client
