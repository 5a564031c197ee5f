"""An installation in which things stood double before the database forbade it loses nothing when it is brought up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dajian.service.survey.models import ListEntry, SourceList, SurveyUnit
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("survey", "0006_confirmed")]


def bring_up() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def before(world: World) -> Iterator[Any]:
    """The tables as they were; the models of that day."""
    Chain(world).unit()
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    bring_up()


def test_sources_of_one_title_become_one_and_keep_every_unit(before: Any) -> None:
    sources, entries = (before.get_model("survey", name) for name in ("SourceList", "ListEntry"))
    first, entry = sources.unscoped.get(), entries.unscoped.get()
    facts = {"item_id": first.item_id, "area_id": first.area_id, "kind": first.kind, "title": first.title}
    twin = sources.unscoped.create(**facts, at=first.at)
    entries.unscoped.create(source=twin, unit_id=entry.unit_id, row=7, raw={})
    other = sources.unscoped.create(**facts, at=first.at, issuer="省协会")
    entries.unscoped.create(source=other, unit_id=entry.unit_id, row=9, raw={})
    bring_up()
    assert list(SourceList.unscoped.order_by("pk").values_list("title", "issuer")) == [
        (first.title, ""),
        (f"{first.title}（3）", "省协会"),
    ]
    assert sorted(ListEntry.unscoped.values_list("source", "row")) == [(first.pk, 0), (other.pk, 9)]


def test_a_unit_that_only_the_second_source_names_stays_listed(before: Any) -> None:
    sources, entries = (before.get_model("survey", name) for name in ("SourceList", "ListEntry"))
    first, entry = sources.unscoped.get(), entries.unscoped.get()
    twin = sources.unscoped.create(
        item_id=first.item_id, area_id=first.area_id, kind=first.kind, title=first.title, at=first.at
    )
    entries.unscoped.filter(pk=entry.pk).update(source=twin)
    bring_up()
    assert list(ListEntry.unscoped.values_list("source", "unit")) == [(first.pk, SurveyUnit.unscoped.get().pk)]
    assert SourceList.unscoped.count() == 1
