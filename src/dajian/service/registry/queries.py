"""What the registry's screens read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_form, reader
from dajian.service.campaign.standing import areas_in_reach, reach_of
from dajian.service.organisations.models import Area
from dajian.service.registry.filters import Filter, figures, filters
from dajian.service.registry.models import STANDS, EntryVersion, Export, RegistryEntry
from dajian.service.registry.rights import READ
from dajian.service.registry.search_index import among, asking, found, holding
from dajian.service.registry.search_text import runs

ORDERS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "time": ("approved_at", "pk"),
    "-time": ("-approved_at", "-pk"),
}
PER_PAGE = 50
MOST = 2_000  # that are counted of what words find; beyond, "more than" is told


@dataclass(frozen=True)
class Asked:
    """What the list was asked for, as its address says."""

    text: str = ""
    area: Area | None = None
    filters: tuple[Filter, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()  # (key, label) of what the list shows beside
    order: str = "name"

    @property
    def words(self) -> list[str]:
        return [one.word for one in self.filters if one.chosen]

    @property
    def params(self) -> dict[str, str]:
        """The question as an address has it."""
        found = {"q": self.text, "area": self.area.path if self.area else "", "order": self.order}
        return {k: v for k, v in (found | {one.name: one.chosen for one in self.filters}).items() if v}

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.area or self.words)

    @property
    def told(self) -> list[str]:
        """The conditions in words."""
        parts = [_("名称、拼音或信用代码含“%(text)s”") % {"text": self.text}] if self.text else []
        parts += [_("区域：%(name)s") % {"name": self.area.name}] if self.area else []
        return parts + [one.told for one in self.filters if one.chosen]


def asked(item: Item, areas: list[Area], given: Mapping[str, str]) -> Asked:
    """The question in an address; what is not offered there is left out."""
    form, reading = newest_form(item), reader(item.campaign, phones=False)
    order = given.get("order", "")
    return Asked(
        text=given.get("q", "").strip()[:60],
        area=next((area for area in areas if area.path == given.get("area")), None),
        filters=tuple(filters(item, form, reading, given)),
        figures=tuple(figures(item, form, reading)),
        order=order if order in ORDERS else "name",
    )


def areas_of(actor: Actor, item: Item) -> list[Area]:
    """Where the actor reads the item's registry, from the province down."""
    return areas_in_reach(actor, item, READ)


def entries(actor: Actor, item: Item, asked: Asked) -> QuerySet[RegistryEntry]:
    """The entries that the actor may see and that are what was asked for, in order."""
    rows = scope(RegistryEntry, actor).filter(STANDS, item=item)
    if asked.area:
        rows = rows.filter(area_path__under=asked.area.path)
    return holding(rows, asked.text, asked.words).order_by(*ORDERS[asked.order])


@dataclass(frozen=True)
class Listing:
    """One page of the list. total: how many in all; with `over`, more than that many."""

    rows: list[RegistryEntry]
    total: int
    over: bool
    page: int


def listing(actor: Actor, item: Item, asked: Asked, page: int) -> Listing:
    """A page of `entries`; one beyond the end gives the first. Two statements, whatever is asked."""
    rows = entries(actor, item, asked).defer("search", "mentions", "answers")
    start = (max(page, 1) - 1) * PER_PAGE
    if not (runs(asked.text) or asked.words):
        total, over = rows.order_by().count(), False
        shown = list(_late(rows, start))
    else:
        shown, total, over = _found(actor, item, asked, rows, start)
    if not shown and start:
        return listing(actor, item, asked, 1)
    return Listing(shown, total, over, start // PER_PAGE + 1)


def _found(
    actor: Actor, item: Item, asked: Asked, rows: QuerySet[RegistryEntry], start: int
) -> tuple[list[RegistryEntry], int, bool]:
    """(page, total, over): by the index where it finds few; where it finds many, in order until enough are counted."""
    reach = [asked.area.path] if asked.area else reach_of(actor, item, READ)
    pks = found(asking(item.pk, [] if "/" in reach else reach, asked.text, asked.words), MOST + 1)
    if len(pks) <= MOST:
        counted = among(rows, pks).annotate(total=Window(Count("pk")))[start : start + PER_PAGE]
    else:
        counted = _late(rows, start).annotate(total=_at_least(among(rows, pks), rows))
    shown: list[Any] = list(counted)
    total = shown[0].total if shown else 0
    over = len(pks) > MOST and total > MOST
    return shown, MOST if over else total, over


def _at_least(few: QuerySet[RegistryEntry], rows: QuerySet[RegistryEntry]) -> RawSQL:
    """How many rows there are, counted up to MOST + 1: `few` of them mostly suffice to know that there are more."""
    (few_sql, few_params), (sql, params) = (
        queryset.order_by().values("pk")[: MOST + 1].query.sql_with_params() for queryset in (few, rows)
    )
    either = f"CASE WHEN (SELECT COUNT(*) FROM ({few_sql}) AS few) > {MOST} THEN {MOST + 1}"
    return RawSQL(f"{either} ELSE (SELECT COUNT(*) FROM ({sql}) AS many) END", (*few_params, *params))


def _late(rows: QuerySet[RegistryEntry], start: int) -> QuerySet[RegistryEntry]:
    """The rows of a page, found by an index alone and only then fetched: the pages before are not read."""
    keys = rows.values("pk")[start : start + PER_PAGE]
    return (
        RegistryEntry.unscoped.filter(pk__in=keys).defer("search", "mentions", "answers").order_by(*rows.query.order_by)
    )


def items(actor: Actor) -> list[tuple[Item, int]]:
    """The items whose registry the actor reads, each with the number of entries in his reach; newest campaign first."""
    rows = scope(Item, actor, "registry").exclude(campaign__state="draft").select_related("campaign")
    numbers = scope(RegistryEntry, actor).filter(STANDS).order_by().values_list("item_id").annotate(Count("pk"))
    by_item = dict(numbers)
    return [(item, by_item.get(item.pk, 0)) for item in rows.order_by("-campaign__starts", "number", "variant")]


def versions(entry: RegistryEntry) -> QuerySet[EntryVersion]:
    """All that was approved of an entry that the actor has taken, newest first."""
    rows = EntryVersion.unscoped.filter(entry=entry).select_related("questionnaire_version")
    return rows.defer("questionnaire_version__xlsx", "questionnaire_version__xform").order_by("-n")


def elsewhere(actor: Actor, entry: RegistryEntry) -> QuerySet[RegistryEntry]:
    """The same unit in other campaigns and items, as far as the actor sees it there."""
    rows = scope(RegistryEntry, actor).filter(subject=entry.subject_id).exclude(pk=entry.pk)
    return rows.select_related("item__campaign").order_by("-campaign__starts")


def exports(actor: Actor) -> QuerySet[Export]:
    """The actor's own, newest first."""
    return scope(Export, actor).select_related("item__campaign", "file").order_by("-at", "-pk")
