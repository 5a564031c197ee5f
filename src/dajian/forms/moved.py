"""A draft carried from one edition of a form to the next: what fits is kept, and of everything else it is said where
it went. Nothing is left out without a note that holds the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dajian.forms.model import ROOT, Form, Question, Repeat

NUMBERS = ("integer", "decimal")
CHOICES = ("select_one", "select_multiple")


@dataclass(frozen=True)
class Note:
    """What became of one answer. kind: moved (kept, under another heading), lost (no place for it in the new
    edition), narrowed (some of its choices are gone), new (a question that must be answered and was not there)."""

    kind: str
    label: str
    text: str = ""  # the old answer in words; of a moved one, its new heading
    where: str = ""  # the repeat and its row


def moved(draft: dict[str, Any], old: Form, new: Form) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """The draft for the new edition, and the notes in the order of the old form, then of the new one.

    Questions are matched by key inside their scope, else by an equal label; repeats likewise. The draft given stays as
    it is. An answer that is no answer of the old form, such as a word typed for a number, is kept as it stands.
    """
    notes: list[Note] = []
    kept = _scope(draft, old, new, ROOT, ROOT, "", notes)
    pairs = _pairs((r for r in old.repeats if r.scope == ROOT), (r for r in new.repeats if r.scope == ROOT))
    for repeat in (r for r in old.repeats if r.scope == ROOT):
        rows = draft.get(repeat.key)
        if not isinstance(rows, list) or not rows:
            continue
        target = pairs.get(repeat.key)
        for n, row in enumerate(rows, start=1):
            where = f"{repeat.label} 第{n}行"
            if target is None:
                notes += _all_lost(row, old, repeat.key, where)
            else:
                kept.setdefault(target, []).append(_scope(row, old, new, repeat.key, target, where, notes))
    before = {(q.scope, q.key) for q in old.questions}
    asked = [q for q in new.questions if q.required and (q.scope, q.key) not in before]
    renamed = {(q.scope, q.label) for q in old.questions}
    notes += [Note("new", q.label) for q in asked if q.shown and (q.scope, q.label) not in renamed]
    return kept, tuple(notes)


def _scope(
    row: dict[str, Any], old: Form, new: Form, scope: str, target: str, where: str, notes: list[Note]
) -> dict[str, Any]:
    questions = [q for q in old.questions if q.scope == scope]
    theirs = {q.key: q for q in new.questions if q.scope == target}
    pairs = _pairs(questions, theirs.values())
    kept: dict[str, Any] = {}
    for question in questions:
        if question.key not in row or question.type == "calculate":
            continue
        answer, there = row[question.key], theirs.get(pairs.get(question.key, ""))
        if there is None or there.type == "calculate":
            notes.append(Note("lost", question.label, in_words(question, answer), where))
            continue
        value, left = _fitted(answer, question, there)
        if left:
            kind = "narrowed" if value is not None else "lost"
            notes.append(Note(kind, question.label, in_words(question, left), where))
        if value is not None:
            kept[there.key] = value
            if there.groups != question.groups:
                notes.append(Note("moved", question.label, " · ".join(there.groups), where))
    return kept


def _pairs(old: Iterable[Question | Repeat], new: Iterable[Question | Repeat]) -> dict[str, str]:
    """Old key → new key: the same, else the only one with the same label that no old key claims."""
    before, after = list(old), list(new)
    here, there = {one.key for one in before}, {one.key for one in after}
    free: dict[str, list[str]] = {}
    for one in after:
        if one.key not in here:
            free.setdefault(one.label, []).append(one.key)
    found = {}
    for one in before:
        if one.key in there:
            found[one.key] = one.key
        elif len(free.get(one.label, ())) == 1:
            found[one.key] = free.pop(one.label)[0]
    return found


def _fitted(answer: Any, old: Question, new: Question) -> tuple[Any, Any]:
    """(the answer as the new question takes it, what of it has no place there)."""
    if new.type in CHOICES:
        names = {choice.name for choice in new.choices}
        given = answer if isinstance(answer, list) else [answer]
        fit = [one for one in given if one in names]
        left = [one for one in given if one not in names]
        if new.type == "select_multiple":
            return fit or None, left
        return (fit[0], left + fit[1:]) if fit else (None, left)
    if old.type in CHOICES:
        return (in_words(old, answer), None) if new.type == "text" else (None, answer)
    if old.type == new.type or new.type == "text" or {old.type, new.type} <= set(NUMBERS):
        return _as_number(answer, old, new)
    return None, answer


def _as_number(answer: Any, old: Question, new: Question) -> tuple[Any, Any]:
    if new.type == "text" and old.type != "text":
        return in_words(old, answer), None
    if new.type == "integer" and isinstance(answer, float):
        return (int(answer), None) if answer.is_integer() else (None, answer)
    return answer, None


def in_words(question: Question, answer: Any) -> str:
    labels = {choice.name: choice.label for choice in question.choices}
    given = answer if isinstance(answer, list) else [answer]
    return "、".join(labels.get(one, f"{one:g}" if isinstance(one, float) else str(one)) for one in given)


def _all_lost(row: dict[str, Any], form: Form, scope: str, where: str) -> Iterator[Note]:
    for question in form.questions:
        if question.scope == scope and question.key in row and question.type != "calculate":
            yield Note("lost", question.label, in_words(question, row[question.key]), where)
