"""How an actor stands towards each item: read off the duty table, function by function.

owner: the campaign is his function's. lead: he leads at his level. lead_below: same function, a level below the lead.
lead_alone: he leads and nobody 审定s, so that two of his own persons decide. cooperates, guides, approves: as the duty.
surveyed: he cooperates, and his body is one of those that the item surveys: it answers for itself.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q

from dajian.service.access.actor import Actor, Post
from dajian.service.access.rules import AREA, NOBODY, OWN, PROVINCE, Holders
from dajian.service.campaign.models import Duty, Item
from dajian.service.organisations.models import Area

Standings = dict[tuple[Post, str], frozenset[int]]  # (post, standing) -> items
DEPTH = {"province": 0, "city": 1, "county": 2}
PLAIN = {"cooperate": "cooperates", "guide": "guides", "approve": "approves"}
# Who reads the rows of an item, and where.
READ = {
    "owner": PROVINCE,
    "lead": AREA,
    "lead_below": AREA,
    "cooperates": AREA,
    "surveyed": AREA,
    "guides": PROVINCE,
    "approves": PROVINCE,
}


def standings(actor: Actor) -> Standings:
    """Looked up once an actor, that is once a request."""
    if "standings" not in actor.memo:
        actor.memo["standings"] = _standings(actor.posts) if actor.works else {}
    return actor.memo["standings"]


def _standings(posts: tuple[Post, ...]) -> Standings:
    functions = {p.function for p in posts}
    mine = Q(campaign__owner__code__in=functions) | Q(duties__function__code__in=functions)
    rows = Item.unscoped.filter(mine).annotate(
        decided=Exists(Duty.unscoped.filter(item=OuterRef("pk"), kind="approve")),
        surveyed=Q(duties__function__surveyed_as=F("subject_role")),
    )
    told = rows.values_list(
        "pk", "decided", "surveyed", "campaign__owner__code", "duties__kind", "duties__function__code", "duties__level"
    )
    found: dict[tuple[Post, str], set[int]] = {}
    for item, decided, surveyed, owner, kind, function, level in told.order_by():
        for post in posts:
            owns = ["owner"] if owner == post.function else []
            duty = of_duty(post.level, kind, level, decided, surveyed) if function == post.function else []
            for standing in owns + duty:
                found.setdefault((post, standing), set()).add(item)
    return {key: frozenset(items) for key, items in found.items()}


def of_duty(post_level: str, kind: str, level: str, decided: bool, surveyed: bool) -> list[str]:
    """How one who holds the duty's function at `post_level` stands by it.

    decided: the item has a 审定 body. surveyed: the item surveys the function's bodies.
    """
    if kind == "lead":
        if post_level == level:
            return ["lead"] if decided else ["lead", "lead_alone"]
        return ["lead_below"] if DEPTH[post_level] > DEPTH[level] else []
    standing = "surveyed" if surveyed and kind == "cooperate" else PLAIN[kind]
    return [standing] if post_level == level else []


def by_duty(item: str, area: str) -> Callable[[Actor, Holders], Q]:
    """The filter of a model whose rows belong to an item and an area: names of the two look-ups.

    `item` ends in _id or pk; `area` is the look-up of an area's path, "" where rows have no area. What reaches no
    further than one's own body is not asked here.
    """

    def within(actor: Actor, holders: Holders) -> Q:
        if not actor.works:
            return NOBODY
        reach: dict[str, set[int]] = {}
        for (post, standing), items in standings(actor).items():
            if standing in holders and holders[standing] != OWN:
                prefix = post.area_path if area and holders[standing] == AREA else ""
                reach.setdefault(prefix, set()).update(items)
        found = NOBODY
        for prefix, ids in sorted(reach.items()):
            part = Q(**{f"{item}__in": sorted(ids)})
            found |= part & Q(**{f"{area}__under": prefix}) if prefix else part
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
            if standing in holders and holders[standing] != OWN and item.pk in items
        }
    )


def areas_in_reach(actor: Actor, item: Item, holders: Holders) -> list[Area]:
    """The campaign's areas in which the actor holds this, from the province down."""
    paths = tuple(reach_of(actor, item, holders))
    rows = Area.unscoped.filter(Q(campaigns=item.campaign_id) | Q(level="province"), ends=None).distinct()
    return [area for area in rows if area.path.startswith(paths)]
