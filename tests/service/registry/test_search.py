"""The search index: what it holds, and that it loses nobody."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dajian.service.registry import queries
from dajian.service.registry.filters import Filter
from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.queries import Asked, listing
from dajian.service.registry.search_index import words
from dajian.service.registry.search_text import answers, asked_grams, grams, initials, pinyin, runs, searched
from tests.service.world import World

WORDS = {
    "sqlite": "SELECT words FROM registry_search WHERE rowid = %s",
    "postgresql": "SELECT array_to_string(tsvector_to_array("
    "registry_words(item_id, area_path, answers, search, mentions)), ' ')"
    " FROM registry_registryentry WHERE id = %s",
}


def test_each_database_holds_the_same_words_of_an_entry(world: World, registry: list[RegistryEntry]) -> None:
    with connection.cursor() as cursor:
        for entry in registry:
            cursor.execute(WORDS[connection.vendor], [entry.pk])
            assert set(cursor.fetchone()[0].split()) == set(words(entry))


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_piece_of_what_is_searched_finds_the_unit_by_the_index_and_without_it(world, registry, data) -> None:
    entry = data.draw(st.sampled_from(registry))
    run = data.draw(st.sampled_from(entry.search.split()))
    start = data.draw(st.integers(0, len(run) - 1))
    text = run[start : data.draw(st.integers(start + 1, len(run)))]
    actor, item = world.actor("yunguan1"), world.item()
    expected = sorted(e.pk for e in registry if text in e.search)
    most = queries.MOST
    for queries.MOST in (most, 0):  # few are found by the index, many by walking the list
        try:
            assert sorted(e.pk for e in listing(actor, item, Asked(text=text), 1).rows) == expected
        finally:
            queries.MOST = most


def test_beyond_what_is_counted_the_list_says_more_than(world, registry, monkeypatch) -> None:
    monkeypatch.setattr(queries, "MOST", 2)
    found = listing(world.actor("yunguan1"), world.item(), Asked(text="公司"), 1)
    assert (len(found.rows), found.total, found.over) == (5, 2, True)
    few = listing(world.actor("fz1"), world.item(), Asked(text=registry[0].code[-9:]), 1)
    assert (len(few.rows), few.total, few.over) == (1, 1, False)
    page = world.client("yunguan1").get(f"/registry/items/{world.item().pk}", {"q": "公司"}).content.decode()
    assert "超过 2 家" in page


def test_a_page_beyond_the_end_is_the_first(world, registry) -> None:
    for asked in (Asked(), Asked(text="公司")):
        assert listing(world.actor("yunguan1"), world.item(), asked, 99).page == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例 福州（厦门）", ["示例福州", "厦门"]),
        ("ＡＢＣ１２", ["abc12"]),
        ("G15高速", ["g15", "高速"]),
        ("—·（）", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_runs_of_one_script(text, expected) -> None:
    assert runs(text) == expected


@given(st.text(alphabet="福州鸿达大件运输abcxyz019", min_size=1, max_size=12))
def test_what_a_run_is_asked_by_is_part_of_what_any_text_around_it_is_found_by(text) -> None:
    for run in runs(text):
        around = runs(f"{run}")[0]
        assert set(asked_grams(run)) <= set(grams("州" + around if not run.isascii() else "z" + around + "9"))


def test_pinyin_and_initials_are_searched_beside_the_name() -> None:
    assert pinyin("厦门重型机械") == "xiamenzhongxingjixie"
    assert initials("长乐浦城") == "clpc"
    assert searched("厦门", pinyin("厦门"), initials("厦门"), "91350200MA") == "厦门 xiamen xm 91350200ma"


def test_answers_of_any_row_of_a_repeat_count_once() -> None:
    values = {"status": "Open", "scope": ["a", "b"], "vehicle": [{"kind": "x"}, {"kind": "x"}, {}]}
    assert (
        answers(["status", "scope", "vehicle/kind", "none"], values) == " status=open scope=a scope=b vehicle/kind=x "
    )
    assert answers(["none"], values) == ""


def test_the_registry_is_derived_anew_after_its_filters_changed(world, registry) -> None:
    item = world.item()
    before = {e.pk: (e.search, e.sort_key, e.figures) for e in registry}
    item.keys |= {"filters": "eligible", "figures": "employees"}
    item.save(update_fields=["keys"])
    RegistryEntry.unscoped.update(search="", sort_key="")
    call_command("rebuild_registry", stdout=io.StringIO())
    for entry in RegistryEntry.unscoped.all():
        assert (entry.search, entry.sort_key) == before[entry.pk][:2]
        assert entry.answers.startswith(" eligible=yes =")
        assert set(entry.figures) <= {"employees"}
    yes = Asked(filters=(Filter("eligible", "", (("yes", ""), ("no", "")), "yes"),))
    assert len(listing(world.actor("yunguan1"), item, yes, 1).rows) == len(registry)
    test_each_database_holds_the_same_words_of_an_entry(world, list(RegistryEntry.unscoped.all()))
