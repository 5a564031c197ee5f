"""By which answers an item's registry is filtered, and which figures it lists.

The campaign names the questions (`Item.keys`: filters, figures), the form gives their words and choices. A question is
named by its key, or as "repeat/key": then the answer in any row counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dajian.forms.model import Form
from dajian.forms.present import Reader
from dajian.service.campaign.models import Item
from dajian.service.registry.search_text import answer

MOST = 40  # choices that a drop-down can show
PREFIX = "f."  # of a filter's name in the address


@dataclass(frozen=True)
class Filter:
    """A question with choices, as a drop-down; `chosen` is one of its choices or ""."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]  # name, label
    chosen: str = ""

    @property
    def name(self) -> str:
        return PREFIX + self.key

    @property
    def word(self) -> str:
        """What the search index knows the chosen answer by."""
        return answer(self.key, self.chosen) if self.chosen else ""

    @property
    def told(self) -> str:
        return f"{self.label}：{dict(self.choices)[self.chosen]}"


def keys_of(item: Item, what: str) -> list[str]:
    """The questions that the campaign names for `what`: filters or figures."""
    return str(item.keys.get(what, "")).split()


def answer_of(item: Item, values: Mapping[str, Any], what: str) -> str:
    """The answer to the question that the campaign names for `what` (address, owner_name …); "" without one."""
    return str(values.get(item.keys.get(what, ""), "") or "").strip()


def filters(item: Item, form: Form | None, reader: Reader, given: Mapping[str, str]) -> list[Filter]:
    """The item's filters as far as the form asks them, with what was chosen in the address."""
    found = []
    questions = form.by_key if form else {}
    for key in keys_of(item, "filters"):
        scope, _, name = key.rpartition("/")
        question = questions.get((scope, name))
        if question and 1 < len(question.choices) <= MOST:
            choices = tuple((choice.name, reader.label(choice.label)) for choice in question.choices)
            chosen = given.get(PREFIX + key, "")
            found.append(Filter(key, reader.label(question.label), choices, chosen if chosen in dict(choices) else ""))
    return found


def figures(item: Item, form: Form | None, reader: Reader) -> list[tuple[str, str]]:
    """(key, label) of the figures in the list."""
    questions = form.by_key if form else {}
    return [(key, reader.label(questions["", key].label)) for key in keys_of(item, "figures") if ("", key) in questions]
