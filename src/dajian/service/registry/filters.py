"""By which answers an item's registry is filtered: questions named by the campaign, words and choices by the form."""

from __future__ import annotations

from dataclasses import dataclass

from dajian.forms.model import Choice, Form
from dajian.service.campaign.models import Item
from dajian.service.registry.search_text import answer

MOST = 40  # choices that a drop-down can show


@dataclass(frozen=True)
class Filter:
    """A question with choices. key: "question", or "repeat/question": then one of its rows suffices."""

    key: str
    label: str
    choices: tuple[Choice, ...]


def filter_keys(item: Item) -> list[str]:
    """The questions by which the item is filtered, as its campaign names them."""
    return list(item.keys.get("filters", []))


def filters(item: Item, form: Form) -> list[Filter]:
    """Those of the item's filters that this form asks, with choices."""
    found = []
    questions = form.by_key
    for key in filter_keys(item):
        scope, _, name = key.rpartition("/")
        question = questions.get((scope, name))
        if question and 1 < len(question.choices) <= MOST:
            found.append(Filter(key, question.label, question.choices))
    return found


def chosen(offered: list[Filter], answers: dict[str, str]) -> list[str]:
    """The search words for what was chosen; what is not offered is left out."""
    return [
        answer(one.key, answers[one.key])
        for one in offered
        if answers.get(one.key) in {choice.name for choice in one.choices}
    ]
