"""Search and order by Chinese, pinyin, initials and code.

A text is cut into runs: Latin letters and digits, or other letters. The index holds their grams, short pieces, so that
a question is narrowed to the entries that have all of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from pypinyin import Style, lazy_pinyin

RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


def runs(text: str) -> list[str]:
    """The runs of a text: half width, lower case, without spaces and marks."""
    return RUN.findall("".join(unicodedata.normalize("NFKC", text).lower().split()))


def grams(run: str) -> list[str]:
    """What a run is found by: its characters, its pairs, and its fours where it is Latin, each once."""
    sizes = (1, 2, 4) if run.isascii() else (1, 2)
    return list(dict.fromkeys(run[at : at + size] for size in sizes for at in range(len(run) - size + 1)))


def asked_grams(run: str) -> list[str]:
    """As many of the longest as cover a run by which is asked; of Latin ones all, for a few letters say little."""
    size = 4 if run.isascii() and len(run) >= 4 else min(len(run), 2)
    starts = [*range(0, len(run) - size, 1 if run.isascii() else size), len(run) - size]
    return list(dict.fromkeys(run[at : at + size] for at in starts))


def pinyin(name: str) -> str:
    return "".join(lazy_pinyin("".join(runs(name)), errors="default"))


def initials(name: str) -> str:
    return "".join(lazy_pinyin("".join(runs(name)), style=Style.FIRST_LETTER, errors="default"))


def searched(*texts: str) -> str:
    """What is kept of a unit to be searched: the runs of its name, pinyin, initials and code."""
    return " ".join(dict.fromkeys(run for text in texts for run in runs(text)))


def answer(question: str, choice: str) -> str:
    """The word for an answer. question: "key", or "repeat/key" for whichever row. Longer than any gram."""
    return f"{question}={choice}".lower()


def answers(questions: Iterable[str], values: dict[str, Any]) -> str:
    """The words for a record's answers to these questions, each between blanks."""
    words = dict.fromkeys(answer(q, choice) for q in questions for choice in _given(values, q))
    return f" {' '.join(words)} " if words else ""


def texts(questions: Iterable[str], values: dict[str, Any]) -> list[str]:
    """What a record tells in answer to these questions, in whichever row."""
    return list(dict.fromkeys(text for question in questions for text in _given(values, question)))


SHORTEST, TAIL = 7, 4  # digits of a phone that find it: so many of its first ones, or its last four


def phone_words(phones: Iterable[str]) -> str:
    """The words by which phones are found, each between blanks; of no question, for they are asked with a right."""
    found: dict[str, None] = {}
    for digits in filter(None, map(phone_digits, phones)):
        parts = [digits[-TAIL:], *(digits[:end] for end in range(SHORTEST, len(digits) + 1))]
        found |= dict.fromkeys(answer("", part) for part in parts)
    return f" {' '.join(found)} " if found else ""


def phone_digits(text: str) -> str:
    """The digits of what may be a phone or a part of one, "" where it is something else."""
    found = re.sub(r"[\s\-－—()（）+]", "", unicodedata.normalize("NFKC", text))
    return found if found.isdecimal() and (len(found) == TAIL or len(found) >= SHORTEST) else ""


def _given(values: dict[str, Any], question: str) -> Iterator[str]:
    repeat, _, key = question.rpartition("/")
    for row in values.get(repeat, []) if repeat else [values]:
        found = row.get(key)
        yield from [found] if isinstance(found, str) else found or []
