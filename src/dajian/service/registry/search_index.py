"""The full-text index beside the registry: FTS5 on SQLite, a GIN index over a tsvector on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.search_text import document, query_words

SQLITE = "CREATE VIRTUAL TABLE registry_search USING fts5(words, detail='none', tokenize='unicode61')"
POSTGRESQL = (
    "CREATE TABLE registry_search (rowid bigint PRIMARY KEY, words tsvector NOT NULL);"
    "CREATE INDEX registry_search_words ON registry_search USING gin (words)"
)


def index_entries(item_id: int, subject_ids: Iterable[int]) -> None:
    """Renews the words of these entries, in the caller's transaction."""
    ids = list(subject_ids)
    for start in range(0, len(ids), 500):
        found = RegistryEntry.unscoped.filter(item_id=item_id, subject_id__in=ids[start : start + 500])
        rows = [(pk, document(name, code)) for pk, name, code in found.values_list("pk", "name", "code")]
        write_words(rows)


def write_words(rows: list[tuple[int, str]]) -> None:
    """(entry, words) pairs into the index, replacing what stood there."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("DELETE FROM registry_search WHERE rowid = %s", [(pk,) for pk, _ in rows])
            cursor.executemany("INSERT INTO registry_search (rowid, words) VALUES (%s, %s)", rows)
        else:
            cursor.executemany(
                "INSERT INTO registry_search (rowid, words) VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
                " ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
                rows,
            )


def matching(entries: QuerySet[RegistryEntry], text: str) -> QuerySet[RegistryEntry]:
    """The entries whose name, pinyin, initials or code holds `text`; all of them when nothing is asked."""
    words = query_words(text)
    if not words:
        return entries
    if connection.vendor == "sqlite":
        quoted = " ".join(f'"{word}"' for word in words)
        return entries.filter(
            pk__in=RawSQL("SELECT rowid FROM registry_search WHERE registry_search MATCH %s", [quoted])
        )
    asked = " & ".join("'" + word.replace("'", "''") + "'" for word in words)
    return entries.filter(pk__in=RawSQL("SELECT rowid FROM registry_search WHERE words @@ %s::tsquery", [asked]))
