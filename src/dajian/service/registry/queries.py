"""What the registry's screens read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Window

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import reach_of
from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.rights import READ
from dajian.service.registry.search_index import asking, found, holding, number_found
from dajian.service.registry.search_text import runs

ORDERS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "time": ("approved_at", "pk"),
    "-time": ("-approved_at", "-pk"),
}
PER_PAGE = 50
MOST = 5_000  # found by words; beyond, "more than" is told instead of the number


@dataclass(frozen=True)
class Asked:
    """What the list was asked for, as it stands in its address. answers: search words of chosen answers."""

    text: str = ""
    area: str = ""  # path
    answers: tuple[str, ...] = ()
    order: str = "name"


def entries(actor: Actor, item: Item, asked: Asked) -> QuerySet[RegistryEntry]:
    """The entries that the actor may see and that are what was asked for, in order."""
    rows = scope(RegistryEntry, actor).filter(item=item)
    if asked.area:
        rows = rows.filter(area_path__under=asked.area)
    return holding(rows, asked.text, asked.answers).order_by(*ORDERS.get(asked.order, ORDERS["name"]))


@dataclass(frozen=True)
class Listing:
    """One page of the list. total: how many in all; with `over`, more than that many."""

    rows: list[RegistryEntry]
    total: int
    over: bool
    page: int


def listing(actor: Actor, item: Item, asked: Asked, page: int) -> Listing:
    """A page of `entries`; one beyond the end gives the first. Two statements, whatever is asked."""
    rows = entries(actor, item, asked).defer("search", "answers")
    start = (max(page, 1) - 1) * PER_PAGE
    if not (runs(asked.text) or asked.answers):
        total, over = rows.order_by().count(), False
        shown = list(_late(rows, start))
    else:
        reach = [asked.area] if asked.area else reach_of(actor, item, READ)
        question = asking(item.pk, [] if "/" in reach else reach, asked.text, asked.answers)
        over = number_found(question, MOST + 1) > MOST
        if over:
            total, shown = MOST, list(_late(rows, start))
        else:
            counted = found(rows, question, MOST).annotate(total=Window(Count("pk")))
            shown = list(counted[start : start + PER_PAGE])
            total = shown[0].total if shown else 0  # type: ignore[attr-defined]
    if not shown and start:
        return listing(actor, item, asked, 1)
    return Listing(shown, total, over, start // PER_PAGE + 1)


def _late(rows: QuerySet[RegistryEntry], start: int) -> QuerySet[RegistryEntry]:
    """The rows of a page, found by an index alone and only then fetched: the pages before are not read."""
    keys = rows.values("pk")[start : start + PER_PAGE]
    return RegistryEntry.unscoped.filter(pk__in=keys).defer("search", "answers").order_by(*rows.query.order_by)
