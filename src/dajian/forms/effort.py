"""How long a questionnaire takes: a rule of thumb, told before it is begun."""

from __future__ import annotations

from math import ceil

from dajian.forms.model import Form, Question

OPTIONAL = "选填"  # what stands under such a heading is asked of nobody
READING_SECONDS = 120  # the instructions
# Looking it up and typing it. A figure has to be asked for in the office.
SECONDS = {
    "integer": 45,
    "decimal": 60,
    "date": 30,
    "select_one": 10,
    "select_multiple": 25,
    "image": 60,
    "geopoint": 20,
}
TEXT_SECONDS, LONG_TEXT_SECONDS = 25, 120
TYPICAL_ROWS = 2.5  # of a repeat that must be filled in
STEP_MINUTES = 5  # no promise to the minute


def minutes(form: Form) -> int:
    """For all but the optional parts, rounded up to five minutes."""
    optional = {repeat.key for repeat in form.repeats if _optional(repeat.groups) or not repeat.least}
    seconds = READING_SECONDS + sum(_seconds(q, optional) for q in form.questions)
    return ceil(seconds / 60 / STEP_MINUTES) * STEP_MINUTES


def _optional(groups: tuple[str, ...]) -> bool:
    return any(OPTIONAL in title for title in groups)


def _seconds(question: Question, optional: set[str]) -> float:
    if not question.shown or question.readonly or question.type == "note":
        return 0
    if _optional(question.groups) or question.scope in optional:
        return 0
    long = "multiline" in question.appearance
    once = SECONDS.get(question.type, LONG_TEXT_SECONDS if long else TEXT_SECONDS)
    return once * (TYPICAL_ROWS if question.scope else 1)
