"""The index over entries: FTS5 on SQLite, GIN on PostgreSQL, over the same words.

Words of an entry: the grams of `search`, those of `mentions` with a stroke before them, its answers, and each area that
it lies in; all with its item before them, so that one item's question does not read another's entries. PostgreSQL
computes them from the entry's own columns; SQLite keeps them in a table beside, which `renew` writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.search_text import asked_grams, grams, runs

SQLITE = (
    "CREATE VIRTUAL TABLE registry_search USING fts5("
    """words, detail='none', tokenize="unicode61 tokenchars ':=_/.-'")""",
)
POSTGRESQL = (
    # Functions, so that the table stays narrow: the words are several times its size and stand in the index alone.
    """CREATE OR REPLACE FUNCTION registry_grams(told text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE signs text[] := string_to_array(told, NULL);
    BEGIN RETURN signs
        || ARRAY(SELECT a || b FROM unnest(signs, signs[2:]) AS of (a, b) WHERE a <> ' ' AND b <> ' ')
        || ARRAY(
            SELECT a || b || c || d FROM unnest(signs, signs[2:], signs[3:], signs[4:]) AS of (a, b, c, d)
            WHERE a COLLATE "C" BETWEEN '0' AND 'z' AND b <> ' ' AND c <> ' ' AND d <> ' '
        ); END $$""",
    """CREATE FUNCTION registry_words(item bigint, area_path text, answers text, search text, mentions text)
    RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$
    BEGIN RETURN array_to_tsvector(ARRAY(SELECT DISTINCT item || ':' || word FROM unnest(
        registry_grams(search)
        || ARRAY(SELECT '_' || gram FROM unnest(registry_grams(mentions)) AS gram WHERE gram <> ' ')
        || string_to_array(answers, ' ')
        || ARRAY(SELECT 'area=' || code FROM unnest(string_to_array(trim(BOTH '/' FROM area_path), '/')) AS code)
    ) AS word WHERE word NOT IN ('', ' '))); END $$""",
    "CREATE INDEX registry_search ON registry_registryentry"
    " USING gin (registry_words(item_id, area_path, answers, search, mentions)) WITH (fastupdate = off)",
    # By the index alone: the planner takes the words for dear to check, though the index need not check them.
    """CREATE OR REPLACE FUNCTION registry_found(asked tsquery, most bigint)
    RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 1000
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
    BEGIN RETURN QUERY
        SELECT id FROM registry_registryentry
        WHERE registry_words(item_id, area_path, answers, search, mentions) @@ asked LIMIT most;
    END $$""",
)
MENTIONED = "_"  # before the grams of what was told of, no letter of any run
FOUND = {
    "sqlite": "SELECT rowid FROM registry_search WHERE registry_search MATCH %s LIMIT %s",
    "postgresql": "SELECT registry_found(%s::tsquery, %s)",
}
SIGNS = {"sqlite": ('"', " AND ", " OR "), "postgresql": ("'", " & ", " | ")}  # around a word, between words
AMONG = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT json_array_elements_text(%s::json)::bigint",
}


def words(entry: RegistryEntry) -> list[str]:
    """What an entry is found by."""
    found = {gram: None for run in entry.search.split() for gram in grams(run)}
    found |= {MENTIONED + gram: None for run in entry.mentions.split() for gram in grams(run)}
    areas = [f"area={code}" for code in entry.area_path.strip("/").split("/")]
    return [f"{entry.item_id}:{word}" for word in [*found, *entry.answers.split(), *areas]]


def renew(entries: Iterable[RegistryEntry]) -> None:
    """Writes these entries' words where the database does not do so itself; in the caller's transaction."""
    if connection.vendor != "sqlite":
        return
    entries = list(entries)
    forget([entry.pk for entry in entries])
    rows = [(entry.pk, " ".join(words(entry))) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO registry_search (rowid, words) VALUES (%s, %s)", rows)


def forget(pks: Iterable[int]) -> None:
    """Takes entries out of the index that are no longer in the registry."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM registry_search WHERE rowid = %s", [(pk,) for pk in pks])


def asking(item_id: int, areas: Sequence[str], text: str, answers: Iterable[str], *, mentioned: bool = False) -> str:
    """The index's question for entries of an item in one of `areas` (paths) that hold `text` and gave `answers`.

    mentioned: that tell of `text` instead of being called so.
    """
    mark = MENTIONED if mentioned else ""
    all_of = dict.fromkeys([*(mark + gram for run in runs(text) for gram in asked_grams(run)), *answers])
    any_of = [f"area={path.strip('/').rpartition('/')[2]}" for path in areas]
    quote, both, either = SIGNS[connection.vendor]
    parts = [[word] for word in all_of] + ([any_of] if any_of else [])

    def quoted(word: str) -> str:
        return f"{quote}{item_id}:{word.replace(quote, quote * 2)}{quote}"

    return both.join(f"({either.join(map(quoted, part))})" for part in parts)


def any_of(questions: Iterable[str]) -> str:
    """One question for what any of these finds."""
    return SIGNS[connection.vendor][2].join(f"({question})" for question in questions)


def found(asked: str, most: int) -> list[int]:
    """Entries that the index finds, in no order; it stops at `most`."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor], [asked, most])
        return [pk for (pk,) in cursor.fetchall()]


def among(entries: QuerySet[RegistryEntry], pks: list[int]) -> QuerySet[RegistryEntry]:
    """Those of the entries that are among these, told as one parameter."""
    return entries.filter(pk__in=RawSQL(AMONG[connection.vendor], [json.dumps(pks)]))


def holding(
    entries: QuerySet[RegistryEntry], text: str, answers: Iterable[str], *, mentioned: bool = False
) -> QuerySet[RegistryEntry]:
    """The entries that hold each run of `text` and gave all answers: to the letter, and without the index.

    By position, not LIKE: PostgreSQL takes a short LIKE for rarer than it is, and then sorts all instead of walking.
    """
    sought = [("mentions" if mentioned else "search", run) for run in runs(text)] + [
        ("answers", f" {word} ") for word in answers
    ]
    return entries.filter(*(GreaterThan(StrIndex(column, Value(part)), 0) for column, part in sought))
