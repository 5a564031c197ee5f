"""Who sees which bodies and people, and who keeps their accounts: access.md's row “accounts of own body”."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils import timezone

from dajian.service.access.actor import Actor
from dajian.service.access.rules import AREA, NOBODY, OWN, PROVINCE, Holders, rule
from dajian.service.organisations.models import (
    Account,
    Area,
    Function,
    FunctionKind,
    Membership,
    Organisation,
    OrganisationAddress,
    OrganisationCode,
    OrganisationName,
    Person,
    Slip,
    Succession,
    valid_on,
)
from dajian.service.organisations.standing import by_body, roles_given_by

READ = {"member": OWN, "area_officer": AREA, "security_admin": PROVINCE}
ACCOUNTS = {"manager": OWN, "area_manager": AREA, "security_admin": PROVINCE}
DEFINE = {"security_admin": PROVINCE}  # bodies, their names and functions
EVERYONE = {"member": PROVINCE}


def _all(actor: Actor, holders: Holders) -> Q:
    """Areas and the names of functions are printed in the plan."""
    return Q()


def _nobody(actor: Actor, holders: Holders) -> Q:
    return NOBODY


def _province(actor: Actor, holders: Holders) -> Q:
    return Q() if actor.role in holders else NOBODY


rule(Area, "read", EVERYONE, _all)
rule(Area, "define", DEFINE, _province)  # bodies in it
rule(FunctionKind, "read", EVERYONE, _all)
for right, holders in {"read": READ, "people": ACCOUNTS, "define": DEFINE}.items():
    rule(Organisation, right, holders, by_body(""))
_OF_BODY = by_body("organisation")
rule(OrganisationName, "read", READ, _OF_BODY)
rule(OrganisationCode, "read", READ, _OF_BODY)
rule(OrganisationAddress, "read", READ, _OF_BODY)
rule(Succession, "read", READ, by_body("predecessor"))
rule(Function, "read", READ, _OF_BODY)
rule(Function, "define", DEFINE, _OF_BODY)
rule(Membership, "read", READ, _OF_BODY)


def _kept(actor: Actor, holders: Holders) -> Q:
    """Memberships in roles that the actor may give; never his own."""
    within = _OF_BODY(actor, holders)
    return within & Q(role__in=roles_given_by(actor)) & ~Q(person_id=actor.person_id)


rule(Membership, "accounts", ACCOUNTS, _kept)


def _today() -> QuerySet[Membership]:
    return Membership.unscoped.filter(valid_on(timezone.localdate()))


def _colleagues(within: Callable[[Actor, Holders], Q]) -> Callable[[Actor, Holders], Q]:
    """Persons with a present membership there; and oneself."""

    def persons(actor: Actor, holders: Holders) -> Q:
        return Q(pk=actor.person_id) | Q(pk__in=_today().filter(within(actor, holders)).values("person_id"))

    return persons


def _in_his_hands(actor: Actor, holders: Holders) -> Q:
    """Persons all of whose present memberships the actor keeps: a log-in opens every one of them."""
    kept = _today().filter(_kept(actor, holders))
    others = _today().exclude(pk__in=kept.values("pk"))
    return Q(pk__in=kept.values("person_id")) & ~Q(pk__in=others.values("person_id"))


rule(Person, "read", READ, _colleagues(_OF_BODY))
rule(Person, "contacts", ACCOUNTS, _colleagues(_OF_BODY))
rule(Person, "accounts", ACCOUNTS, _in_his_hands)


def _own_account(actor: Actor, holders: Holders) -> Q:
    return Q(pk=actor.account_id)


rule(Account, "read", {"member": OWN}, _own_account)
rule(Slip, "read", {}, _nobody)
