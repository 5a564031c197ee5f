"""Units by what one happens to know of them: over all that the viewer may see, whatever the item or campaign.

What may be seen is asked of `scope` for every row that is told, and nowhere else: the index only says where to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from dajian.service.access.actor import Actor
from dajian.service.access.rules import AREA, scope
from dajian.service.campaign.standing import READ, standings
from dajian.service.registry.deriving import former_names
from dajian.service.registry.filters import keys_of
from dajian.service.registry.models import EntryVersion, RegistryEntry
from dajian.service.registry.search_index import among, any_of, asking, found, holding
from dajian.service.registry.search_text import answer, initials, phone_digits, pinyin, runs, texts

LOOKED_AT = 400  # entries of the index that are weighed; of a word that finds more, any so many
LONGEST_WHY = 40  # characters


@dataclass(frozen=True)
class Hit:
    """A unit that was found. why: what of it was asked for, "" where its name or code shows that."""

    entry: RegistryEntry
    why: str = ""


def hits(actor: Actor, text: str, most: int) -> list[Hit]:
    """At most so many units, the best first: by name, pinyin, initials, code, former name; by phone; by what they tell.

    Each unit once, by its newest campaign. Phones find only where the viewer sees them in full.
    """
    told: dict[int, Hit] = {}  # by subject
    for look in (_named, _phoned, _mentioned):
        for hit in look(actor, text, 2 * most) if len(told) < most else ():
            told.setdefault(hit.entry.subject_id, hit)
    return list(told.values())[:most]


def _named(actor: Actor, text: str, most: int) -> Iterator[Hit]:
    asked = runs(text)
    if not asked:
        return
    rows = holding(_looked_up(actor, text, [], "read"), text, ())
    entries = list(_best(rows.annotate(rank=_rank(asked)), most))
    unseen = [e.subject_id for e in entries if not _shown(e, asked)]
    former = former_names(unseen) if unseen else {}
    for entry in entries:
        names = former.get(entry.subject_id, [])
        why = next((f"曾用名：{name}" for name in names if any(run in _spelt(name) for run in asked)), "")
        yield Hit(entry, why if entry.subject_id in unseen else "")


def _rank(asked: list[str]) -> Case:
    """The end of a code before the beginning of a name or its pinyin, before what stands inside."""
    first = asked[0]
    ends = [When(Q(code__iendswith=first), then=Value(0))] if len(first) >= 4 else []
    begins = Q(search__startswith=first) | Q(sort_key__startswith=first)
    named = Q(name__icontains=first)
    return Case(*ends, When(begins, then=Value(1)), When(named, then=Value(2)), default=3, output_field=IntegerField())


def _shown(entry: RegistryEntry, asked: list[str]) -> bool:
    """Whether the name or code of today shows why it was found."""
    return all(run in _spelt(entry.name) or run in entry.code.lower() for run in asked)


def _spelt(name: str) -> str:
    return " ".join([*runs(name), pinyin(name), initials(name)])


def _phoned(actor: Actor, text: str, most: int) -> Iterator[Hit]:
    """By its first digits or its last four, asked with the right to see phones in full."""
    digits = phone_digits(text)
    if digits:
        word = answer("", digits)
        rows = holding(_looked_up(actor, "", [word], "phones"), "", [word])
        yield from (Hit(entry, "联系电话相符") for entry in _best(rows.annotate(rank=Value(0)), most))


def _mentioned(actor: Actor, text: str, most: int) -> Iterator[Hit]:
    asked = runs(text)
    if not asked or max(map(len, asked)) < 2:  # a single letter is told of everywhere
        return
    rows = holding(_looked_up(actor, text, [], "read", mentioned=True), text, (), mentioned=True)
    entries = list(_best(rows.annotate(rank=Value(0)), most).select_related("item"))
    current = EntryVersion.unscoped.filter(entry__in=entries, n=F("entry__n")).values_list("entry_id", "values")
    values: dict[int, Any] = dict(current) if entries else {}
    for entry in entries:
        said = texts(keys_of(entry.item, "search"), values.get(entry.pk, {}))
        why = next((one for one in said if any(run in told for run in asked for told in runs(one))), "")
        yield Hit(entry, why if len(why) <= LONGEST_WHY else why[: LONGEST_WHY - 1] + "…")


def _looked_up(
    actor: Actor, text: str, words: list[str], right: str, *, mentioned: bool = False
) -> QuerySet[RegistryEntry]:
    """What the index finds, as far as the actor has the right there."""
    asked = any_of(asking(item, areas, text, words, mentioned=mentioned) for item, areas in _reach(actor).items())
    rows = scope(RegistryEntry, actor, right)
    return among(rows, found(asked, LOOKED_AT)) if asked else rows.none()


def _reach(actor: Actor) -> dict[int, list[str]]:
    """Where to look: for each item that the actor reads the areas (paths), none for the whole province."""
    reach: dict[int, set[str]] = {}
    for (post, standing), items in standings(actor).items():
        if standing in READ:
            for item in items:
                reach.setdefault(item, set()).add(post.area_path if READ[standing] == AREA else "/")
    return {item: [] if "/" in paths else sorted(paths) for item, paths in sorted(reach.items())}


def _best(rows: QuerySet[Any], most: int) -> QuerySet[RegistryEntry]:
    shown = rows.defer("search", "mentions", "answers", "figures").select_related("item__campaign", "area__parent")
    return shown.order_by("rank", "sort_key", "-campaign__starts", "pk")[:most]
