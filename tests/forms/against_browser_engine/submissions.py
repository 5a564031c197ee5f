"""Random submissions of a form: correct ones, most of them changed in a few places by people who know no rule."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from dajian.forms.model import ROOT, Form, Question

Record = dict[str, Any]
SPOILED = 0.6  # share of the submissions that are changed
NONSENSICAL = 0.06  # share with one answer that is none
MOST = 6  # changes of one submission
WHOLE = (0, 1, 2, 3, 5, 12, 99, 100, 101, 365, 366, 1999, 2000, 2019, 2100, 2101, 5000, 100_000, 100_001, -1)
FRACTIONS = (0.0, 0.05, 0.1, 2.5, 2.55, 3.0, 3.75, 4.0, 12.0, 28.0, 60.0, 99.99, 100.0, 100.01, 3000.5, 1e6, 1e8, -0.5)
SHORT = ("无", "x", "两字", "示例文字", "a&b<c>'d'\"", "91350100M000100Y43", "0591-87078376")
TEXTS = (*SHORT, "长" * 81, "长" * 501, "长" * 2001)


def submissions(form: Form, correct: list[Record], seed: int, n: int) -> list[Record]:
    """n records for one seed."""
    draw = Random(seed)
    return [spoiled(form, deepcopy(draw.choice(correct)), draw) for _ in range(n)]


def spoiled(form: Form, record: Record, draw: Random) -> Record:
    """Nonsense stands alone: what else is wrong with a record may rest on it."""
    what = draw.random()
    if what < NONSENSICAL:
        _nonsense(form, record, draw)
    elif what < SPOILED:
        for _ in range(draw.randint(1, MOST)):
            draw.choices((_answer, _empty, _fill, _rows), (6, 2, 4, 1))[0](form, record, draw)
    return record


def _places(form: Form, record: Record) -> list[tuple[Question, Record]]:
    """Every question with the row that holds its answer."""
    found = []
    for question in form.questions:
        if question.type not in ("note", "calculate") and question.shown:
            rows = [record] if question.scope == ROOT else record.get(question.scope, [])
            found += [(question, row) for row in rows]
    return found


def _answer(form: Form, record: Record, draw: Random) -> None:
    """Another answer in place of one that is there."""
    there = [(question, row) for question, row in _places(form, record) if question.key in row]
    question, row = draw.choice(there)
    row[question.key] = value(question, draw, row[question.key])


def _empty(form: Form, record: Record, draw: Random) -> None:
    there = [(question, row) for question, row in _places(form, record) if question.key in row]
    question, row = draw.choice(there)
    del row[question.key]


def _fill(form: Form, record: Record, draw: Random) -> None:
    """An answer where there is none, in place or not."""
    empty = [(question, row) for question, row in _places(form, record) if question.key not in row]
    if empty:
        question, row = draw.choice(empty)
        row[question.key] = value(question, draw, None)


def _rows(form: Form, record: Record, draw: Random) -> None:
    """A row twice, one less, or a first one."""
    repeat = draw.choice([r for r in form.repeats if r.scope == ROOT])
    rows = record.setdefault(repeat.key, [])
    if rows and draw.random() < 0.6:
        rows.append(deepcopy(draw.choice(rows)))
    elif len(rows) > 1:
        rows.pop(draw.randrange(len(rows)))
    elif not rows:
        question = draw.choice([q for q in form.questions if q.scope == repeat.key and q.type != "calculate"])
        rows.append({question.key: value(question, draw, None)})


def _nonsense(form: Form, record: Record, draw: Random) -> None:
    """What cannot be an answer of that type."""
    there = [(q, row) for q, row in _places(form, record) if q.key in row and q.type in NONSENSE]
    question, row = draw.choice(there)
    row[question.key] = draw.choice(NONSENSE[question.type])


def value(question: Question, draw: Random, now: Any) -> Any:
    """Any answer of the question's type; of a number sometimes one beside the present one."""
    return VALUES.get(question.type, _text)(question, draw, now)


def _text(question: Question, draw: Random, now: Any) -> str:
    return draw.choice(TEXTS)


def _integer(question: Question, draw: Random, now: Any) -> int:
    return now + draw.choice((-1, 1)) if now is not None and draw.random() < 0.5 else draw.choice(WHOLE)


def _decimal(question: Question, draw: Random, now: Any) -> float:
    return round(now * draw.uniform(0.5, 2), 2) if now is not None and draw.random() < 0.5 else draw.choice(FRACTIONS)


def _date(question: Question, draw: Random, now: Any) -> str:
    near = date.fromisoformat(now) if now else date(2019, 5, 20)
    return (near + timedelta(days=draw.choice((-20_000, -400, -1, 0, 1, 30, 400, 40_000)))).isoformat()


def _one(question: Question, draw: Random, now: Any) -> str:
    return draw.choice(question.choices).name


def _several(question: Question, draw: Random, now: Any) -> list[str]:
    names = [choice.name for choice in question.choices]
    return [name for name in names if name in draw.sample(names, draw.randint(1, min(4, len(names))))]


def _place(question: Question, draw: Random, now: Any) -> str:
    return f"{draw.choice((26.08, 23.4, 28.5, 39.9))} {draw.choice((119.3, 115.7, 120.9))} 0 0"


def _photo(question: Question, draw: Random, now: Any) -> str:
    return f"{draw.randrange(10**6)}.jpg"


VALUES: dict[str, Callable[[Question, Random, Any], Any]] = {
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "select_one": _one,
    "select_multiple": _several,
    "geopoint": _place,
    "image": _photo,
}
# The engine makes 12 of "12.5" and 1000 of "1e3" in a whole number's place and the known rest of several choices;
# none of these can be typed there, the server refuses them, so they are not tried.
NONSENSE = {
    "integer": ("abc", "１２", "十二"),
    "decimal": ("abc", "1,5", "12 吨"),
    "date": ("2019-02-30", "昨天", "20190520"),
    "select_one": ("nosuch",),
    "select_multiple": ("nosuch",),
}
