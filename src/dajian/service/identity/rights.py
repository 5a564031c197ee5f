"""Who sees a firm over all that it does, who proposes that two entries are one, who decides it (access.md)."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import AREA, NOBODY, OWN, PROVINCE, Holders, Within, rule
from dajian.service.campaign.standing import READ, by_duty, standings
from dajian.service.identity.models import Firm, Merger, Profile, ProfileKey, Project, Search, Twin
from dajian.service.survey.models import SurveyUnit
from dajian.service.survey.parties import PARTY, by_party
from dajian.service.survey.rights import LIST

DECIDE = {"owner": PROVINCE}
PROPOSE = {"lead": AREA}
_UNIT, _PARTY = by_duty("item_id", "area__path"), by_party("")


def _units_of(to_unit: str, to_owner: str) -> Within:
    """Rows seen because a unit of theirs is; an owner because a unit of its project is. Looked up once a right."""

    def within(actor: Actor, holders: Holders) -> Q:
        seen = SurveyUnit.unscoped.filter(_UNIT(actor, holders) | _PARTY(actor, holders))
        found = Q(pk__in=seen.values(to_unit))
        return found | Q(pk__in=seen.exclude(subject__owner=None).values(to_owner)) if to_owner else found

    return within


_FIRM = _units_of("subject__organisation", "subject__owner")
_PROJECT = _units_of("subject", "")
rule(Firm, "read", READ | PARTY, _FIRM)
rule(Firm, "code", LIST, _FIRM)
rule(Firm, "propose", PROPOSE, _FIRM)
rule(Project, "read", READ | PARTY, _PROJECT)
rule(Project, "code", LIST, _PROJECT)
rule(Project, "propose", PROPOSE, _PROJECT)


def _profiles(actor: Actor, holders: Holders) -> Q:
    """Of what the actor sees; the province's decider sees all without looking anything up."""
    if any(holders.get(standing) == PROVINCE for _, standing in standings(actor)):
        return Q()
    firms = Firm.unscoped.filter(_FIRM(actor, holders)).values("pk")
    projects = Project.unscoped.filter(_PROJECT(actor, holders)).values("pk")
    return Q(organisation__in=firms) | Q(project__in=projects)


def _both(actor: Actor, holders: Holders) -> Q:
    """A pair is seen by who sees both: nobody learns of another's unit by what resembles his own."""
    if not actor.works:
        return NOBODY
    seen = Profile.unscoped.filter(_profiles(actor, holders)).values("pk")
    everything = any(holders.get(standing) == PROVINCE for _, standing in standings(actor))
    return Q() if everything else Q(left__in=seen, right__in=seen)


rule(Profile, "read", DECIDE | PROPOSE, _profiles)
rule(ProfileKey, "read", {}, lambda actor, holders: NOBODY)
rule(Twin, "read", DECIDE | PROPOSE, _both)
rule(Twin, "advise", PROPOSE, _both)
rule(Twin, "decide", DECIDE, _both)
rule(Merger, "read", DECIDE | PROPOSE, lambda actor, holders: Q(twin__in=Twin.unscoped.filter(_both(actor, holders))))


def _own_account(actor: Actor, holders: Holders) -> Q:
    return Q(account_id=actor.account_id)


rule(Search, "read", {"own_account": OWN}, _own_account)
