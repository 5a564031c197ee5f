"""What a questionnaire is, once loaded: plain frozen data, the same for the server, the workbook and the page.

Names follow XLSForm. Inside one scope (the form itself, or one repeat) groups are transparent: a value is kept under
its question's name; where two groups of one scope use the same name, all of these are kept as "group/name".
A record is nested only by repeats: {"unit_name": "…", "vehicle": [{"vehicle_kind": "lowbed", "quantity": 2}]}.
Values: text, date (YYYY-MM-DD), image (file name) and geopoint ("lat lon alt acc") are str; integer is int; decimal is
float; select_one is str; select_multiple is a list of str in the order of the choices. An empty answer has no key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

ROOT = ""


@dataclass(frozen=True)
class Choice:
    name: str
    label: str


@dataclass(frozen=True)
class Question:
    key: str  # its key in a record's scope
    name: str
    path: str  # XPath of its node, e.g. /carrier/vehicle/vehicle_kind
    scope: str  # key of the repeat that it stands in, ROOT outside of repeats
    type: str  # text integer decimal date time datetime select_one select_multiple image geopoint calculate note …
    label: str  # may hold {Y} and {Y1}
    hint: str = ""
    required: bool = False  # stated as a constant; a required that is an expression is judged by the evaluator
    readonly: bool = False
    constraint_message: str = ""
    required_message: str = ""
    choices: tuple[Choice, ...] = ()  # all of the list; a choice filter narrows it for one record
    appearance: str = ""
    sheet: str = "survey"
    row: int = 0  # row of the XLSForm, 0 when it came as an XForm
    groups: tuple[str, ...] = ()  # labels of the groups around it inside its scope, outermost first
    datatype: str = "text"  # of the value, whatever asks for it: text integer decimal date time datetime geopoint …
    shown: bool = True  # the form shows it; a helper's calculation and metadata are not shown to anybody


@dataclass(frozen=True)
class Repeat:
    key: str
    path: str
    label: str
    scope: str = ROOT  # the repeat around it
    count: str = ""  # jr:count
    groups: tuple[str, ...] = ()
    least: int = 0  # rows that must be there when it is relevant (`required` on the repeat's row of the XLSForm)


@dataclass(frozen=True)
class Form:
    """A questionnaire with its compiled rules. `program` is the evaluator's and opaque to others."""

    form_id: str
    version: str
    title: str
    xml: bytes  # the XForm, exactly as served
    questions: tuple[Question, ...]  # in order of appearance
    repeats: tuple[Repeat, ...]
    program: object = field(repr=False, compare=False, default=None)

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Question]:
        """Questions by (scope, key)."""
        return {(q.scope, q.key): q for q in self.questions}


@dataclass(frozen=True)
class FormProblem:
    """A fault of the form itself: where, and what to type instead."""

    sheet: str
    cell: str
    message: str


class BadForm(Exception):
    """The form cannot be used; carries every problem found."""

    def __init__(self, problems: tuple[FormProblem, ...]):
        super().__init__("; ".join(f"{p.sheet}!{p.cell} {p.message}" for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Problem:
    """A fault of an answer. `scope`/`row` say which repeat row (0-based), `key` which question.

    code: irrelevant, type, choice, required, constraint, count, unknown (a field that the form does not have),
    calculate (a value sent that differs from the computed one), warning (a soft check, only among warnings).
    """

    scope: str
    row: int
    key: str
    code: str
    message: str
    path: str = ""  # XPath with position, e.g. /carrier/vehicle[2]/quantity


@dataclass(frozen=True)
class Verdict:
    """A record with its calculated values, without what is not relevant, and every fault."""

    record: dict
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()  # soft checks (~): the answer stands once confirmed

    @property
    def valid(self) -> bool:
        return not self.problems
