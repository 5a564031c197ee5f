"""Who acts, whom a notice reaches, and what the pages of bodies and people show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from dajian.service.access.actor import WORKING_ROLES, Actor, Post
from dajian.service.access.rules import scope
from dajian.service.organisations.heirs import heirs_of
from dajian.service.organisations.models import (
    ROLES,
    Account,
    Area,
    Function,
    Membership,
    Organisation,
    Person,
    Succession,
    valid_on,
)


def memberships_of(person_id: int, on: date) -> QuerySet[Membership]:
    """A person's memberships of a day, oldest first."""
    found = Membership.unscoped.filter(valid_on(on), person_id=person_id)
    return found.select_related("organisation__area", "area", "person").order_by("starts", "pk")


def posts_of(membership: Membership, on: date) -> tuple[Post, ...]:
    """The functions that the membership's body holds, narrowed to the membership's own area and line."""
    held = Function.unscoped.filter(valid_on(on), organisation_id=membership.organisation_id).order_by("pk")
    rows = held.values_list("kind__code", "kind__accounts", "area__level", "area__path", "line")
    return tuple(post for row in rows if (post := post_of(membership, *row)))


def post_of(membership: Membership, function: str, accounts: str, level: str, path: str, line: str) -> Post | None:
    """A function of the membership's body, as far as it lies in the membership's own area and line; None outside."""
    own = membership.area
    if own and own.path.startswith(path):
        level, path = own.level, own.path
    elif own and not path.startswith(own.path):
        return None
    if membership.line and line not in ("", membership.line):
        return None
    return Post(function, level, path, membership.line or line, accounts)


def actor_of(membership: Membership, account_id: int, on: date) -> Actor:
    return actor_with(membership, account_id, posts_of(membership, on))


def actor_with(membership: Membership, account_id: int, posts: tuple[Post, ...]) -> Actor:
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
        posts=posts if membership.role in WORKING_ROLES else (),
    )


def actor_of_request(request: HttpRequest) -> Actor | None:
    """The membership chosen in this session, else the person's first one that is valid today."""
    account = request.user
    if not isinstance(account, Account):
        return None
    request.memberships = [membership for membership, _ in account.held.values()]  # type: ignore[attr-defined]
    if not account.held:
        return None
    wanted = request.session.get("membership")
    membership, posts = account.held[wanted if wanted in account.held else next(iter(account.held))]
    return actor_with(membership, account.pk, posts)


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
    """Accounts of the officers and managers of a body, or of those who came after it."""
    day = timezone.localdate(at)
    return _accounts(Membership.unscoped.filter(organisation_id__in=heirs_of(organisation_id, day)), day)


def _accounts(memberships: QuerySet[Membership], on: date) -> Iterable[int]:
    found = memberships.filter(valid_on(on), role__in=WORKING_ROLES, person__account__is_active=True)
    return found.values_list("person__account__pk", flat=True).distinct()


def bodies(actor: Actor, *, area: str = "", text: str = "") -> QuerySet[Organisation]:
    """The bodies that the actor sees, by area path and by a part of the name; with the functions that they hold."""
    rows = scope(Organisation, actor).filter(kind="body").select_related("area__parent")
    if area.endswith("/"):
        rows = rows.filter(area__path__under=area)
    if text.strip():
        rows = rows.filter(name__icontains=text.strip())
    held = Prefetch("functions", Function.unscoped.filter(ends=None).select_related("kind"), to_attr="held")
    return rows.prefetch_related(held).order_by("area__path", "pk")


def areas_with_bodies(actor: Actor) -> QuerySet[Area]:
    """Areas in which the actor sees a body."""
    seen = scope(Organisation, actor).filter(kind="body").order_by().values("area")
    return Area.unscoped.filter(pk__in=seen).order_by("path")


def functions_of(body: Organisation, on: date) -> list[Function]:
    """What the body does and did, what holds on the day first."""
    found = Function.unscoped.filter(organisation=body).select_related("kind", "area", "organisation")
    return sorted(found, key=lambda f: (f.ends is not None and f.ends < on, f.starts, f.pk))


def going_on(body: Organisation, on: date) -> tuple[list[Function], list[Membership]]:
    """What a reform of a body that the actor has taken must settle: functions and people who stay, today or later."""
    held = Function.unscoped.filter(organisation=body, ends=None).select_related("kind", "area").order_by("pk")
    people = Membership.unscoped.filter(Q(ends=None) | Q(ends__gte=on), organisation=body)
    return list(held), list(people.select_related("person").order_by("pk"))


def successions(body: Organisation, side: str) -> QuerySet[Succession]:
    """What a body that the actor has taken came after (side "successor"), or who came after it ("predecessor")."""
    rows = Succession.unscoped.filter(undone_at=None, **{side: body})
    return rows.select_related("predecessor", "successor").order_by("starts", "pk")


@dataclass(frozen=True)
class Colleague:
    """A membership with what the viewer may see of the person and do about him."""

    membership: Membership
    contacts: bool  # phone and mail in full
    kept: bool  # may be moved and ended
    resettable: bool  # may be given a link for a new password

    @property
    def person(self) -> Person:
        return self.membership.person


def people_of(actor: Actor, body: Organisation, on: date) -> list[Colleague]:
    """Who works in a body that the actor has taken, today or from a later day on."""
    rows = Membership.unscoped.filter(Q(ends=None) | Q(ends__gte=on), organisation=body)
    found = list(rows.select_related("person__account", "area", "organisation").order_by("starts", "pk"))
    persons = [m.person_id for m in found]
    contacts = set(scope(Person, actor, "contacts").filter(pk__in=persons).values_list("pk", flat=True))
    resettable = set(scope(Person, actor, "accounts").filter(pk__in=persons).values_list("pk", flat=True))
    kept = set(scope(Membership, actor, "accounts").filter(organisation=body).values_list("pk", flat=True))
    return [Colleague(m, m.person_id in contacts, m.pk in kept, m.person_id in resettable) for m in found]


def left_of(body: Organisation, on: date) -> QuerySet[Membership]:
    """Who worked in a body that the actor has taken; the last hundred."""
    rows = Membership.unscoped.filter(organisation=body, ends__lt=on, ends__gte=F("starts"))
    return rows.select_related("person").order_by("-ends", "pk")[:100]


def all_memberships(person_id: int) -> QuerySet[Membership]:
    """One's own memberships, past and to come, newest first."""
    return Membership.unscoped.filter(person_id=person_id).select_related("organisation", "area").order_by("-starts")


def seen_persons(actor: Actor) -> QuerySet[Person]:
    """Persons whom the actor may give a further membership: those he sees, but not himself."""
    return scope(Person, actor).exclude(pk=actor.person_id).order_by("name", "pk")


@dataclass(frozen=True)
class DemoAccount:
    username: str
    person_name: str
    organisation_name: str
    role: str


def demo_accounts() -> list[DemoAccount]:
    """The log-ins to try in a demo, from the province down; none in any other mode."""
    if settings.MODE != "demo":
        return []
    rows = Account.unscoped.filter(demo=True, is_active=True, person__memberships__ends=None)
    found = rows.order_by("person__memberships__organisation__area__path", "pk").values_list(
        "username", "person__name", "person__memberships__organisation__name", "person__memberships__role"
    )
    labels = dict(ROLES)
    working_first = sorted(found, key=lambda row: row[3] not in WORKING_ROLES)
    return [DemoAccount(login, name, body, str(labels[role])) for login, name, body, role in working_first]
