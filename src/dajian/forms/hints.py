"""What a reviewer may want to look at in a record: compared with its peers, with last time, with itself.

Hints, never verdicts: nothing here refuses or approves. Pure: a record, the records of its peers, the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p
from statistics import median, quantiles
from typing import Any

from dajian.forms.model import ROOT, Form, Problem, Question
from dajian.forms.present import Reader, asked

Record = Mapping[str, Any]
LEAST_PEERS = 8  # fewer say nothing about what is usual
FENCE = 3.0  # times the quartiles' distance, on a logarithmic scale
LEAST_RATIO = 3.0  # and never for less than three times or a third of the middle
SIZES = (5.0, 20.0, 100.0)  # classes of size by an item's leading figure: below 5, 20, 100, from 100 on
GREAT_CHANGE = 3.0  # times, or a third, since last time
TEXT_LEAST, TEXT_ALIKE = 12, 0.8  # signs of a text that can be alike by chance no more; share of equal pairs of signs
UNKNOWN, UNKNOWN_MUCH = "_unknown", 0.5  # how a form names 无法提供; the share from which it is told


@dataclass(frozen=True)
class Peer:
    name: str
    record: Record


@dataclass(frozen=True)
class Hint:
    """kind: outlier, sum, unknown, alike, last_time. `about`: (scope, row, key) of the answer, "" for the whole."""

    kind: str
    text: str
    about: tuple[str, int, str] = (ROOT, 0, "")


@dataclass(frozen=True)
class Compared:
    """With what a record is compared. size: the question that tells how large a unit is, "" for none."""

    peers: Sequence[Peer] = ()
    before: Record | None = None
    before_said: str = ""  # what it was, in words: 2018 年度
    warnings: Sequence[Problem] = field(default=())  # the form's own soft checks that nobody confirmed
    size: str = ""


def hints(form: Form, record: Record, compared: Compared, reader: Reader) -> list[Hint]:
    """All hints, in the order: sums, outliers, 无法提供, last time, equal texts."""
    return [
        *(
            Hint("sum", f"请核对，填报人没有确认过：{reader.label(w.message)}", (w.scope, w.row, w.key))
            for w in compared.warnings
        ),
        *_outliers(form, record, compared, reader),
        *_unknown(form, record),
        *_last_time(form, record, compared, reader),
        *_alike(form, record, compared.peers, reader),
    ]


def size_class(value: Any) -> int | None:
    """The class of a unit's size; None when it tells no number."""
    return sum(value >= bound for bound in SIZES) if _is_number(value) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _figures(form: Form) -> Iterator[Question]:
    return (q for q in asked(form) if q.datatype in ("integer", "decimal"))


def _outliers(form: Form, record: Record, compared: Compared, reader: Reader) -> Iterator[Hint]:
    own = size_class(record.get(compared.size))
    same = [p.record for p in compared.peers if not compared.size or size_class(p.record.get(compared.size)) == own]
    for question in _figures(form):
        value = record.get(question.key)
        others = [r[question.key] for r in same if _is_number(r.get(question.key))]
        if value is None or not _is_number(value) or len(others) < LEAST_PEERS or not is_outlier(value, others):
            continue
        low, _, high = quantiles(others, n=4)
        usual = f"{low:g} 至 {high:g}" if low != high else f"{low:g}"
        yield Hint(
            "outlier",
            f"“{reader.label(question.label)}”填 {value:g}，同规模 {len(others)} 家多为 {usual}。请核对数字和单位。",
            (ROOT, 0, question.key),
        )


def is_outlier(value: float, others: Sequence[float]) -> bool:
    """Far outside of what others tell: beyond the fences on a logarithmic scale, and three times the middle or a third
    of it. Negative figures, such as a balance, are not judged."""
    if value < 0 or min(others) < 0:
        return False
    low, _, high = quantiles([log1p(other) for other in others], n=4)
    middle, reach = median(others), FENCE * (high - low)
    far = value > LEAST_RATIO * middle or value < middle / LEAST_RATIO
    return far and not low - reach <= log1p(value) <= high + reach


def _unknown(form: Form, record: Record) -> Iterator[Hint]:
    pairs = [q for q in form.questions if q.key.endswith(UNKNOWN)]
    open_to = [q for q in pairs if q.scope == ROOT]
    said = [q for q in open_to if record.get(q.key)]
    if said and len(said) >= UNKNOWN_MUCH * len(open_to):
        yield Hint(
            "unknown", f"{len(open_to)} 组可答“无法提供”的问题中，{len(said)} 组答了无法提供。可请单位再查一次。"
        )


def _last_time(form: Form, record: Record, compared: Compared, reader: Reader) -> Iterator[Hint]:
    before = compared.before
    if before is None:
        return
    figures = [q for q in _figures(form) if _is_number(record.get(q.key)) and _is_number(before.get(q.key))]
    if len(figures) >= LEAST_PEERS and all(record[q.key] == before[q.key] for q in figures):
        yield Hint("last_time", f"{len(figures)} 个数与{compared.before_said}完全相同。请确认是否重新统计过。")
    for question in figures:
        now, then = record[question.key], before[question.key]
        if min(now, then) > 0 and max(now / then, then / now) >= GREAT_CHANGE:
            yield Hint(
                "last_time",
                f"“{reader.label(question.label)}”填 {now:g}，{compared.before_said}为 {then:g}。",
                (ROOT, 0, question.key),
            )


def _alike(form: Form, record: Record, peers: Sequence[Peer], reader: Reader) -> Iterator[Hint]:
    for question in asked(form):
        text = record.get(question.key)
        if question.type != "text" or "multiline" not in question.appearance or not _long(text):
            continue
        own = pairs_of(str(text))
        names = [p.name for p in peers if _long(p.record.get(question.key)) and _near(own, str(p.record[question.key]))]
        if names:
            told = "、".join(f"“{name}”" for name in names[:3]) + (f"等 {len(names)} 家" if len(names) > 3 else "")
            yield Hint("alike", f"“{reader.label(question.label)}”与{told}的文字几乎相同。", (ROOT, 0, question.key))


def _long(text: Any) -> bool:
    return isinstance(text, str) and len(text.strip()) >= TEXT_LEAST


def pairs_of(text: str) -> frozenset[str]:
    """The neighbouring signs of a text, without spaces and punctuation: what is alike in two texts."""
    signs = "".join(sign for sign in text if sign.isalnum())
    return frozenset(signs[n : n + 2] for n in range(len(signs) - 1))


def _near(own: frozenset[str], other: str) -> bool:
    theirs = pairs_of(other)
    union = len(own | theirs)
    return bool(union) and len(own & theirs) / union >= TEXT_ALIKE
