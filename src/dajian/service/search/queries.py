"""One question over everything that the viewer may see: units, listed units, bodies, items; by kind.

Each kind asks `access.scope` for its rows; suggestions and the page of results are the same rows, more or fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.campaign.models import Item
from dajian.service.organisations.models import Area, Organisation, OrganisationName
from dajian.service.registry.finding import hits
from dajian.service.registry.search_text import initials, pinyin, runs, searched
from dajian.service.survey.models import SurveyUnit

LONGEST = 60  # characters of a question that are read
SUGGESTED, SHOWN = 8, 20


@dataclass(frozen=True)
class Found:
    """A line of the answer: where it leads, what it is called, what tells it from others, why it was found."""

    url: str
    name: str
    place: str = ""
    note: str = ""
    why: str = ""


@dataclass(frozen=True)
class Group:
    label: str
    rows: list[Found]
    over: bool = False  # there are more


Look = Callable[[Actor, str, int], Iterator[Found]]


def suggestions(actor: Actor, text: str) -> list[Group]:
    """The best few of each kind that an index or a short list answers, for who is still typing."""
    return _groups(
        actor, text, {N_("资源库"): (_units, SUGGESTED), N_("机关单位"): (_bodies, 3), N_("事项"): (_items, 3)}
    )


def results(actor: Actor, text: str) -> list[Group]:
    """More of each kind, and of the lists what has not been approved."""
    kinds: dict[str, tuple[Look, int]] = {
        N_("资源库"): (_units, SHOWN),
        N_("名单中尚未入库"): (_listed, SHOWN),
        N_("机关单位"): (_bodies, SHOWN),
        N_("事项"): (_items, SHOWN),
    }
    return _groups(actor, text, kinds)


def _groups(actor: Actor, text: str, kinds: dict[str, tuple[Look, int]]) -> list[Group]:
    asked = text.strip()[:LONGEST]
    found = []
    for label, (look, most) in kinds.items() if runs(asked) else ():
        rows = list(look(actor, asked, most + 1))
        found.append(Group(_(label), rows[:most], len(rows) > most))
    return [group for group in found if group.rows]


def _units(actor: Actor, text: str, most: int) -> Iterator[Found]:
    for hit in hits(actor, text, most):
        item = hit.entry.item
        note = f"{item.unit_word} {item.campaign.reference_year} {hit.entry.code}".strip()
        yield Found(reverse("entry", args=[hit.entry.pk]), hit.entry.name, _place(hit.entry.area), note, hit.why)


def _listed(actor: Actor, text: str, most: int) -> Iterator[Found]:
    """Units of the lists that are not approved yet: by a part of the name or code, without an index."""
    holds = Q()
    for run in runs(text):
        holds &= Q(subject__name__icontains=run) | Q(subject__code__icontains=run)
    rows = scope(SurveyUnit, actor).filter(holds).exclude(state="approved")
    rows = rows.select_related("subject", "item__campaign", "area__parent").order_by("subject__name", "pk")
    for unit in rows[:most]:
        note = f"{unit.item.unit_word} {unit.item.campaign.reference_year} {unit.subject.code}".strip()
        yield Found(reverse("unit", args=[unit.pk]), unit.subject.name, _place(unit.area), note)


def _bodies(actor: Actor, text: str, most: int) -> Iterator[Found]:
    """By name, pinyin or initials, of today or before; there are a few hundred of them."""
    asked = runs(text)
    bodies = scope(Organisation, actor).filter(kind="body")
    former = OrganisationName.unscoped.filter(organisation__in=bodies).exclude(ends=None)
    before: dict[int, list[str]] = {}
    for pk, name in former.values_list("organisation_id", "name"):
        before.setdefault(pk, []).append(name)
    shown = bodies.order_by("area__path", "pk").values_list("pk", "name", "area__name")
    matching = ((pk, name, area) for pk, name, area in shown if _holds(name, asked) or pk in before)
    for pk, name, area in matching:
        if most == 0:
            return
        why = "" if _holds(name, asked) else next((n for n in before[pk] if _holds(n, asked)), None)
        if why is not None:
            most -= 1
            yield Found(reverse("body", args=[pk]), name, area or "", why=f"曾用名：{why}" if why else "")


def _items(actor: Actor, text: str, most: int) -> Iterator[Found]:
    """The survey's items in which the viewer has a part."""
    asked = runs(text)
    rows = scope(Item, actor, "survey").select_related("campaign").order_by("-campaign__starts", "number", "variant")
    matching = (item for item in rows if _holds(item.title, asked) or _holds(item.unit_word, asked))
    for item, _n in zip(matching, range(most), strict=False):
        yield Found(reverse("item", args=[item.pk]), f"{item.number}. {item.title}{item.variant}", item.campaign.title)


def _holds(name: str, asked: list[str]) -> bool:
    return all(run in _spelt(name) for run in asked)


@lru_cache(maxsize=4096)
def _spelt(name: str) -> str:
    return searched(name, pinyin(name), initials(name))


def _place(area: Area) -> str:
    return f"{area.parent.name} {area.name}" if area.level == "county" and area.parent else area.name
