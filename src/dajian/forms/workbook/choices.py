"""Choices in a cell: which texts stand for one, and how a list of them is taken apart."""

from __future__ import annotations

import re

from dajian.forms.model import Choice, Question
from dajian.forms.workbook.answer import Answer, Bad, Reader, shown
from dajian.forms.workbook.layout import plain
from dajian.tables.read import Value

_SEPARATOR = re.compile(r"\s*[、，,；;／/|｜]\s*|\s+")
_ENDS = "、，,；;／/|｜ \n"


def spellings(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Every text that means one choice, as `plain` writes it: its label, its code, or both."""
    labels: dict[str, list[str]] = {}
    for choice in choices:
        labels.setdefault(plain(choice.label), []).append(choice.name)
    known = {label: names[0] for label, names in labels.items() if label and len(names) == 1}
    known |= {plain(c.name): c.name for c in choices if plain(c.name) not in known}
    return known | {plain(f"{c.label}（{c.name}）"): c.name for c in choices}


def choice_text(choices: tuple[Choice, ...], name: str) -> str:
    """How a choice stands in a workbook: its label, with the code where two labels are alike."""
    choice = next((c for c in choices if c.name == name), None)
    if choice is None or not choice.label:
        return name
    alike = sum(plain(c.label) == plain(choice.label) for c in choices)
    return choice.label if alike == 1 else f"{choice.label}（{choice.name}）"


def read_one(question: Question, _: int) -> Reader:
    """The one choice that a text stands for."""
    known = spellings(question.choices)

    def _cell(value: Value) -> Answer | Bad | None:
        text = _chosen(value)
        return known.get(plain(text)) or Bad("choice", text)

    return _cell


def read_several(question: Question, _: int) -> Reader:
    """The choices listed in a text, in their own order."""
    known = spellings(question.choices)
    order = {choice.name: i for i, choice in enumerate(question.choices)}

    def _cell(value: Value) -> Answer | Bad | None:
        text = _chosen(value)
        names = _split(text, known)
        return sorted(set(names), key=order.__getitem__) if names else Bad("choice", text)

    return _cell


def _split(text: str, known: dict[str, str]) -> list[str] | None:
    """The choices listed in a text; a label may itself hold a separator, so the longest run of parts is tried first."""
    parts = _SEPARATOR.split(text.strip(_ENDS))
    marks = _SEPARATOR.findall(text.strip(_ENDS))
    names: list[str] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            run = parts[start] + "".join(
                m + p for m, p in zip(marks[start : end - 1], parts[start + 1 : end], strict=True)
            )
            if name := known.get(plain(run)):
                names.append(name)
                start = end
                break
        else:
            return None
    return names


def _chosen(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else shown(value)
