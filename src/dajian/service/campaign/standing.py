"""How an actor stands towards each item: read off the duty table, function by function.

owner: the campaign is his function's. lead: he leads at his level. lead_below: same function, a level below the lead.
lead_alone: he leads and nobody 审定s, so that two of his own persons decide. cooperates, guides, approves: as the duty.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from dajian.service.access.actor import Actor, Post
from dajian.service.access.rules import AREA, NOBODY, Holders
from dajian.service.campaign.models import Duty, Item
from dajian.service.organisations.models import Area

Standings = dict[tuple[Post, str], frozenset[int]]  # (post, standing) -> items
DEPTH = {"province": 0, "city": 1, "county": 2}
PLAIN = {"cooperate": "cooperates", "guide": "guides", "approve": "approves"}


def standings(actor: Actor) -> Standings:
    """Looked up once an actor, that is once a request."""
    if "standings" not in actor.memo:
        actor.memo["standings"] = _standings(actor.posts) if actor.works else {}
    return actor.memo["standings"]


def _standings(posts: tuple[Post, ...]) -> Standings:
    functions = {p.function for p in posts}
    duties = list(
        Duty.unscoped.filter(function__code__in=functions).values_list("item_id", "kind", "function__code", "level")
    )
    owned = list(Item.unscoped.filter(campaign__owner__code__in=functions).values_list("pk", "campaign__owner__code"))
    decided = set(
        Duty.unscoped.filter(kind="approve", item__in=[d[0] for d in duties]).values_list("item_id", flat=True)
    )
    found: dict[tuple[Post, str], set[int]] = {}
    for post in posts:
        for item, kind, function, level in duties:
            for standing in _of_duty(post, kind, function, level, item in decided):
                found.setdefault((post, standing), set()).add(item)
        for item, function in owned:
            if function == post.function:
                found.setdefault((post, "owner"), set()).add(item)
    return {key: frozenset(items) for key, items in found.items()}


def _of_duty(post: Post, kind: str, function: str, level: str, decided: bool) -> list[str]:
    if post.function != function:
        return []
    if kind == "lead":
        if post.level == level:
            return ["lead"] if decided else ["lead", "lead_alone"]
        return ["lead_below"] if DEPTH[post.level] > DEPTH[level] else []
    return [PLAIN[kind]] if post.level == level else []


def by_duty(item: str, area: str) -> Callable[[Actor, Holders], Q]:
    """The filter of a model whose rows belong to an item and an area: names of the two look-ups.

    `item` ends in _id or pk; `area` is the look-up of an area's path, "" where rows have no area.
    """

    def within(actor: Actor, holders: Holders) -> Q:
        if not actor.works:
            return NOBODY
        reach: dict[str, set[int]] = {}
        for (post, standing), items in standings(actor).items():
            if standing in holders:
                prefix = post.area_path if area and holders[standing] == AREA else ""
                reach.setdefault(prefix, set()).update(items)
        found = NOBODY
        for prefix, items in sorted(reach.items()):
            part = Q(**{f"{item}__in": sorted(items)})
            found |= part & Q(**{f"{area}__startswith": prefix}) if prefix else part
        return found

    return within


def items_with(actor: Actor, holders: Holders) -> frozenset[int]:
    """Items towards which the actor has one of these standings."""
    return frozenset(i for (_, standing), items in standings(actor).items() if standing in holders for i in items)


def reach_of(actor: Actor, item: Item, holders: Holders) -> list[str]:
    """Area paths in which the actor holds this towards an item: an area reaches what starts with one of them."""
    return sorted(
        {
            post.area_path if holders[standing] == AREA else "/"
            for (post, standing), items in standings(actor).items()
            if standing in holders and item.pk in items
        }
    )


def areas_in_reach(actor: Actor, item: Item, holders: Holders) -> list[Area]:
    """The campaign's areas in which the actor holds this, from the province down."""
    paths = tuple(reach_of(actor, item, holders))
    rows = Area.unscoped.filter(Q(campaigns=item.campaign_id) | Q(level="province"), ends=None).distinct()
    return [area for area in rows if area.path.startswith(paths)]
