"""How an actor stands towards bodies and the people in them.

member: his own body. manager: he keeps its accounts. area_officer, area_manager: his body answers for an area, that is
for the bodies at and below it. security_admin: accounts and roles everywhere. Which functions let managers keep whose
accounts is the province's data (FunctionKind.accounts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Q

from dajian.service.access.actor import WORKING_ROLES, Actor
from dajian.service.access.rules import AREA, NOBODY, OWN, PROVINCE, Holders

ADMIN_ROLES = ("security_admin", "audit_admin", "system_admin")


def standings(actor: Actor) -> Iterator[tuple[str, str]]:
    """(standing, area path); the path matters where a holder's reach is an area."""
    if actor.membership_id:
        yield "member", ""
    if actor.role == "security_admin":
        yield "security_admin", ""
    for post in actor.posts:
        if post.accounts and actor.role == "manager":
            yield "manager", ""
        if post.accounts == "area":
            yield "area_officer", post.area_path
            if actor.role == "manager":
                yield "area_manager", post.area_path


def by_body(organisation: str) -> Callable[[Actor, Holders], Q]:
    """The filter of a model whose rows belong to a body: the look-up from the row to it, "" for the body itself."""
    to = f"{organisation}__" if organisation else ""

    def within(actor: Actor, holders: Holders) -> Q:
        reached = {
            PROVINCE: lambda path: Q(**{f"{to}kind": "body"}),
            AREA: lambda path: Q(**{f"{to}kind": "body", f"{to}area__path__under": path}),
            OWN: lambda path: Q(**{f"{to}pk": actor.organisation_id}),
        }
        found = NOBODY
        for standing, path in sorted(set(standings(actor))):
            if standing in holders:
                found |= reached[holders[standing]](path)
        return found

    return within


def roles_given_by(actor: Actor) -> tuple[str, ...]:
    """Roles that the actor may give and take: the administrators' by the security administrator alone."""
    return (*WORKING_ROLES, *ADMIN_ROLES) if actor.role == "security_admin" else WORKING_ROLES
