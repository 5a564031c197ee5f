"""What an entry keeps of its answers only to be sought, sorted and shown in a list."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from dajian.service.campaign.models import Item
from dajian.service.registry.filters import keys_of
from dajian.service.registry.models import EntryVersion, RegistryEntry
from dajian.service.registry.search_index import renew
from dajian.service.registry.search_text import answers, initials, pinyin, searched

CHUNK = 500


def derived(item: Item, name: str, code: str, values: dict[str, Any]) -> dict[str, Any]:
    """The columns of an entry that follow from its name, code and answers."""
    return {
        "sort_key": pinyin(name)[:240],
        "search": searched(name, pinyin(name), initials(name), code),
        "answers": answers(keys_of(item, "filters"), values),
        "figures": {key: values[key] for key in keys_of(item, "figures") if key in values},
    }


def rebuild() -> int:
    """Derives all entries anew from their current versions; returns how many. After a change of how it is done."""
    current = EntryVersion.unscoped.filter(n=F("entry__n")).select_related("entry__item").order_by("pk")
    done, last = 0, 0
    while versions := list(current.filter(pk__gt=last)[:CHUNK]):
        with transaction.atomic():
            for version in versions:
                entry = version.entry
                for column, value in derived(entry.item, entry.name, entry.code, version.values).items():
                    setattr(entry, column, value)
            entries = [version.entry for version in versions]
            RegistryEntry.unscoped.bulk_update(entries, ["sort_key", "search", "answers", "figures"])
            renew(entries)
        done, last = done + len(versions), versions[-1].pk
    return done
