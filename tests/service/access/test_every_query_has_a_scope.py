"""No page reads past the rules: views ask `take`, `scope` or an app's queries, and queries name the actor."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from dajian.service.access.models import UnscopedQuery
from dajian.service.access.rules import RULES, scope

SERVICE = Path(__file__).parents[3] / "src" / "dajian" / "service"
PAGES = ("views.py", "api.py", "export_views.py", "context.py")


def pages() -> Iterator[Path]:
    """Every module that answers requests."""
    return (p for p in SERVICE.rglob("*.py") if p.name in PAGES or p.parent.name == "views")


def test_no_page_reads_a_table_past_the_rules() -> None:
    found = [
        f"{path.relative_to(SERVICE)}:{node.lineno}"
        for path in pages()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("unscoped", "objects", "_base_manager", "_default_manager")
        and not (isinstance(node.value, ast.Name) and node.value.id == "AccessAttempt")  # the throttle's own table
    ]  # fmt: skip
    assert found == []


def test_a_list_of_any_table_without_a_scope_is_an_error() -> None:
    guarded = [m for m in apps.get_models() if m.__module__.startswith("dajian.") and hasattr(m, "unscoped")]
    for model in guarded:
        with pytest.raises(UnscopedQuery):
            model.objects.all()
    print(f"{len(guarded)} tables refuse an unscoped query")
    assert len(guarded) > 25


def test_a_right_without_a_rule_is_an_error_and_the_default_is_no(world) -> None:
    model, _ = next(iter(RULES))
    with pytest.raises(KeyError):
        scope(model, world.actor("fz1"), "a right that nobody registered")
    assert not scope(model, None).exists()
