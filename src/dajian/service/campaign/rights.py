"""Who defines a campaign and who sees it: access.md's row “define campaign, duties, deadlines”."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import NOBODY, PROVINCE, Holders, rule
from dajian.service.campaign.models import Campaign, Duty, Item, Questionnaire, QuestionnaireVersion, Stage
from dajian.service.campaign.standing import items_with
from dajian.service.organisations.models import FunctionKind

DEFINE = {"owner": PROVINCE}
TAKE_PART = ("lead", "lead_below", "cooperates", "surveyed", "guides", "approves")
READ = {**DEFINE, **dict.fromkeys(TAKE_PART, PROVINCE), "watches": PROVINCE}


def _watches(actor: Actor) -> bool:
    if "watches" not in actor.memo:
        functions = {post.function for post in actor.posts}
        actor.memo["watches"] = FunctionKind.unscoped.filter(code__in=functions, watches=True).exists()
    return actor.memo["watches"]


def by_campaign(campaign: str) -> Callable[[Actor, Holders], Q]:
    """The filter of a model whose rows belong to a campaign: the look-up to it, "" for the campaign itself.

    A draft is its owner's alone.
    """
    to = f"{campaign}__" if campaign else ""

    def within(actor: Actor, holders: Holders) -> Q:
        if not actor.works:
            return NOBODY
        owned = Q(**{f"{to}owner__code__in": sorted({post.function for post in actor.posts})})
        begun = ~Q(**{f"{to}state": "draft"})
        if "watches" in holders and _watches(actor):
            return owned | begun
        theirs = Item.unscoped.filter(pk__in=items_with(actor, {s: r for s, r in holders.items() if s in TAKE_PART}))
        return owned | begun & Q(**{f"{to}pk__in": theirs.values("campaign_id")})

    return within


for model, look_up in {Campaign: "", Stage: "campaign", Item: "campaign", Duty: "item__campaign"}.items():
    rule(model, "read", READ, by_campaign(look_up))
rule(Campaign, "define", DEFINE, by_campaign(""))
rule(Item, "define", DEFINE, by_campaign("campaign"))


def _asked_in(questionnaire: str) -> Callable[[Actor, Holders], Q]:
    """Questionnaires of the items that the actor sees."""

    def within(actor: Actor, holders: Holders) -> Q:
        seen = Item.unscoped.filter(by_campaign("campaign")(actor, holders), questionnaire__isnull=False)
        return Q(**{f"{questionnaire}__in": seen.values("questionnaire_id")})

    return within


rule(Questionnaire, "read", READ, _asked_in("pk"))
rule(QuestionnaireVersion, "read", READ, _asked_in("questionnaire_id"))
