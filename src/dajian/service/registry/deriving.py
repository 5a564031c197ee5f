"""What an entry keeps of its answers only to be sought, sorted and shown in a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from dajian.forms.present import MASKED
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_form
from dajian.service.organisations.models import OrganisationName
from dajian.service.registry.filters import keys_of
from dajian.service.registry.models import EntryVersion, RegistryEntry
from dajian.service.registry.search_index import renew
from dajian.service.registry.search_text import answers, initials, phone_words, pinyin, runs, searched, texts

CHUNK = 500
COLUMNS = ("sort_key", "search", "mentions", "answers", "figures")


def derived(item: Item, name: str, code: str, values: dict[str, Any], former: Iterable[str] = ()) -> dict[str, Any]:
    """The columns of an entry that follow from its name, code and answers, and from its former names."""
    names = list(dict.fromkeys([name, *former]))
    spelt = [spell(one) for spell in (pinyin, initials) for one in names]
    return {
        "sort_key": pinyin(name)[:240],
        "search": searched(*names, *spelt, code),
        "mentions": " ".join(
            dict.fromkeys(run for told in texts(keys_of(item, "search"), values) for run in runs(told))
        ),
        "answers": _joined(answers(keys_of(item, "filters"), values), phone_words(texts(_phones(item), values))),
        "figures": {key: values[key] for key in keys_of(item, "figures") if key in values},
    }


def _joined(*words: str) -> str:
    found = " ".join(filter(None, map(str.strip, words)))
    return f" {found} " if found else ""


def _phones(item: Item) -> list[str]:
    """The questions for phones, which are shown in full to those alone who have the right."""
    form = newest_form(item)
    asked = (q for q in form.questions if MASKED in q.appearance.split()) if form else ()
    return [f"{q.scope}/{q.key}" if q.scope else q.key for q in asked]


def former_names(subject_ids: Collection[int]) -> dict[int, list[str]]:
    """What the subjects' organisations were called before, by subject."""
    rows = OrganisationName.unscoped.filter(organisation__subjects__in=subject_ids).exclude(ends=None)
    found: dict[int, list[str]] = {}
    for subject, name in rows.order_by("-starts").values_list("organisation__subjects", "name"):
        found.setdefault(subject, []).append(name)
    return found


def renew_subjects(subject_ids: Collection[int]) -> None:
    """Derives the entries of these subjects anew, after a name or a code of theirs was learnt."""
    _derive(_current().filter(entry__subject__in=subject_ids))


def rebuild() -> int:
    """Derives all entries anew from their current versions; returns how many. After a change of how it is done."""
    done, last = 0, 0
    while versions := list(_current().filter(pk__gt=last)[:CHUNK]):
        _derive(versions)
        done, last = done + len(versions), versions[-1].pk
    return done


def _current() -> QuerySet[EntryVersion]:
    return EntryVersion.unscoped.filter(n=F("entry__n")).select_related("entry__item").order_by("pk")


@transaction.atomic
def _derive(versions: Iterable[EntryVersion]) -> None:
    versions = list(versions)
    entries = [version.entry for version in versions]
    former = former_names([entry.subject_id for entry in entries])
    for version, entry in zip(versions, entries, strict=True):
        told = derived(entry.item, entry.name, entry.code, version.values, former.get(entry.subject_id, ()))
        for column, value in told.items():
            setattr(entry, column, value)
    RegistryEntry.unscoped.bulk_update(entries, COLUMNS)
    renew(entries)
