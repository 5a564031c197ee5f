"""Who acts, and whom a notice reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from dajian.service.access.actor import WORKING_ROLES, Actor, Post
from dajian.service.organisations.models import Account, Function, Membership, valid_on


def memberships_of(person_id: int, on: date) -> QuerySet[Membership]:
    """A person's memberships of a day, oldest first."""
    found = Membership.unscoped.filter(valid_on(on), person_id=person_id)
    return found.select_related("organisation__area", "area", "person").order_by("starts", "pk")


def posts_of(membership: Membership, on: date) -> tuple[Post, ...]:
    """The functions that the membership's body holds, narrowed to the membership's own area and line."""
    held = Function.unscoped.filter(valid_on(on), organisation_id=membership.organisation_id)
    posts = []
    for function in held.select_related("kind", "area").order_by("pk"):
        area, line = function.area, membership.line or function.line
        if membership.area and membership.area.path.startswith(area.path):
            area = membership.area
        posts.append(Post(function.kind.code, area.level, area.path, line, function.kind.accounts))
    return tuple(posts)


def actor_of(membership: Membership, account_id: int, on: date) -> Actor:
    area = membership.area or membership.organisation.area
    return Actor(
        account_id=account_id,
        person_id=membership.person_id,
        person_name=membership.person.name,
        membership_id=membership.pk,
        organisation_id=membership.organisation_id,
        organisation_name=membership.organisation.name,
        role=membership.role,
        role_label=membership.get_role_display(),
        area_name=area.name if area else "",
        area_path=area.path if area else "",
        posts=posts_of(membership, on) if membership.role in WORKING_ROLES else (),
    )


def actor_of_request(request: HttpRequest) -> Actor | None:
    """The membership chosen in this session, else the person's first one that is valid today."""
    account = request.user
    if not isinstance(account, Account):
        return None
    today = timezone.localdate()
    held = list(memberships_of(account.person_id, today))
    request.memberships = held  # type: ignore[attr-defined]
    chosen = next((m for m in held if m.pk == request.session.get("membership")), held[0] if held else None)
    return actor_of(chosen, account.pk, today) if chosen else None


def actor_of_membership(membership_id: int, account_id: int, on: date) -> Actor | None:
    """For a job that acts for someone; None when he has left meanwhile."""
    found = Membership.unscoped.filter(valid_on(on), pk=membership_id)
    membership = found.select_related("organisation__area", "area", "person").first()
    return actor_of(membership, account_id, on) if membership else None


def working_accounts(holding: Q, on: date) -> Iterable[int]:
    """Accounts of every officer and manager whose body holds a function that meets `holding`."""
    bodies = Function.unscoped.filter(holding, valid_on(on)).values("organisation_id")
    return _accounts(Membership.unscoped.filter(organisation_id__in=bodies), on)


def accounts_of_body(organisation_id: int, *, at: datetime) -> Iterable[int]:
    """Accounts of a body's officers and managers."""
    return _accounts(Membership.unscoped.filter(organisation_id=organisation_id), timezone.localdate(at))


def _accounts(memberships: QuerySet[Membership], on: date) -> Iterable[int]:
    found = memberships.filter(valid_on(on), role__in=WORKING_ROLES, person__account__is_active=True)
    return found.values_list("person__account__pk", flat=True).distinct()
