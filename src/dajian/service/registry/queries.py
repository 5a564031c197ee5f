"""What the registry's screens read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.campaign.models import Item
from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.search_index import matching

ORDERS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "time": ("approved_at", "pk"),
    "-time": ("-approved_at", "-pk"),
}


@dataclass(frozen=True)
class Asked:
    """What the list was asked for, as it stands in its address."""

    text: str = ""
    area: str = ""  # path
    order: str = "name"
    page: int = 1

    def as_query(self) -> dict[str, str]:
        return {k: str(v) for k, v in vars(self).items() if v not in ("", 1)}


def entries(actor: Actor, item: Item, asked: Asked) -> QuerySet[RegistryEntry]:
    """The entries that the actor may see, filtered and in order."""
    found = scope(RegistryEntry, actor).filter(item=item)
    if asked.area:
        found = found.filter(area_path__startswith=asked.area)
    return matching(found, asked.text).order_by(*ORDERS.get(asked.order, ORDERS["name"]))
