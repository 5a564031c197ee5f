"""A record judged by its form: relevance, calculation, types, choices, required, constraint, repeats."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

from dajian.forms import messages
from dajian.forms.answers import BadAnswer
from dajian.forms.model import Form, Problem, Verdict
from dajian.forms.program import Calculation, Field, Program, Relevance, Scope
from dajian.forms.runtime import Environment, environment
from dajian.forms.values import number, string

_ABSENT = object()


class _Frame:
    """One row at work: its values (absent: empty, None: not relevant), the answers of a wrong type (what was sent and
    what is expected), and the truth of its conditions."""

    __slots__ = ("args", "bad", "chain", "parent", "place", "scope", "values")

    def __init__(self, scope: Scope, parent: _Frame | None, place: int, env: Environment):
        self.scope = scope
        self.parent = parent
        self.place = place
        self.values: dict[str, Any] = {}
        self.bad: dict[str, tuple[Any, str]] = {}
        flags = [True] * scope.slots
        self.chain: tuple[list[bool], ...] = (*parent.chain, flags) if parent else (flags,)
        self.args: tuple[Any, ...] = (*parent.args, self.values, place) if parent else (env, self.values)


_Found: TypeAlias = tuple[_Frame, float, str, str, str]  # frame, place in the form, key, code, message
_LAST = float("inf")


class _Run:
    def __init__(self, program: Program, env: Environment, strict: bool):
        self.program = program
        self.env = env
        self.strict = strict
        self.frames: dict[int, list[_Frame]] = {id(scope): [] for scope in program.scopes}
        self.problems: list[_Found] = []
        self.warnings: list[_Found] = []

    def fault(self, frame: _Frame, field: Field, code: str, message: str) -> None:
        self.problems.append((frame, field.order, field.key, code, message))

    def fault_of_rows(self, frame: _Frame, inner: Scope, code: str, message: str) -> None:
        """A fault of a repeat as a whole; it stands before those of the questions after it."""
        self.problems.append((frame, inner.order - 0.5, inner.key, code, message))

    # reading what was sent

    def take(self, scope: Scope, raw: dict[str, Any], parent: _Frame | None, place: int) -> _Frame:
        frame = _Frame(scope, parent, place, self.env)
        self.frames[id(scope)].append(frame)
        fields, values = scope.fields, frame.values
        for key, sent in raw.items():
            field = fields.get(key)
            if field is None:
                self.take_other(frame, key, sent)
                continue
            try:
                value = field.read(sent)
            except BadAnswer as fault:
                if sent is not None and not field.calculated:
                    frame.bad[key] = (sent, fault.expected)
                continue
            if value is not None:
                values[key] = value
        return frame

    def take_other(self, frame: _Frame, key: str, sent: Any) -> None:
        inner = frame.scope.inner.get(key)
        if inner is None:
            self.problems.append((frame, _LAST, key, "unknown", messages.unknown(key)))
            return
        if sent is None:
            return
        if not isinstance(sent, (list, tuple)) or not all(isinstance(row, dict) for row in sent):
            frame.bad[key] = (sent, "")
            return
        frame.values[key] = [self.take(inner, row, frame, place).values for place, row in enumerate(sent, 1)]

    # conditions and calculations, in the order settled at load

    def compute(self) -> None:
        for stage in self.program.stages:
            for frame in list(self.frames[id(stage.scope)]):
                for unit in stage.units:
                    if isinstance(unit, Calculation):
                        self.calculate(frame, unit)
                    else:
                        self.relevance(frame, unit)

    def relevance(self, frame: _Frame, unit: Relevance) -> None:
        gate = unit.gate
        if (gate is None or frame.chain[gate[0]][gate[1]]) and unit.run(*frame.args):
            return
        frame.chain[-1][unit.slot] = False
        values = frame.values
        for key in unit.keys:
            if self.strict and (values.get(key) is not None or key in frame.bad):
                self.irrelevant(frame, key)
            values[key] = None
            frame.bad.pop(key, None)
        for key in unit.repeats:
            self.drop_rows(frame, frame.scope.inner[key])
            values[key] = None
            frame.bad.pop(key, None)

    def irrelevant(self, frame: _Frame, key: str) -> None:
        field = frame.scope.fields.get(key)
        if field and not field.calculated:
            self.fault(frame, field, "irrelevant", messages.irrelevant(field.question))

    def drop_rows(self, frame: _Frame, scope: Scope) -> None:
        rows = [row for row in self.frames[id(scope)] if row.parent is frame]
        if not rows:
            return
        self.frames[id(scope)] = [row for row in self.frames[id(scope)] if row.parent is not frame]
        for row in rows:
            for inner in scope.inner.values():
                self.drop_rows(row, inner)
            if self.strict:
                for key in [*row.bad, *(key for key, value in row.values.items() if value is not None)]:
                    self.irrelevant(row, key)

    def calculate(self, frame: _Frame, unit: Calculation) -> None:
        field, values = unit.field, frame.values
        sent = values.get(field.key, _ABSENT)
        if sent is None or (unit.volatile and sent is not _ABSENT):
            return
        value = _kept(unit.run(*frame.args), field)
        if self.strict and sent is not _ABSENT and not _same(sent, value):
            self.fault(frame, field, "calculate", messages.forged(field.question, sent, value))
        if value is None:
            values.pop(field.key, None)
        else:
            values[field.key] = value

    # judging

    def check(self, sent: bool) -> None:
        for scope in self.program.scopes:
            for frame in self.frames[id(scope)]:
                if scope.row_slot is not None and not frame.chain[-1][scope.row_slot]:
                    continue
                self.check_types(frame)
                self.check_answers(frame)
                if sent:
                    self.check_required(frame)
                for inner in scope.inner.values():
                    self.check_rows(frame, inner, sent)

    def check_types(self, frame: _Frame) -> None:
        for key, (sent, expected) in frame.bad.items():
            if field := frame.scope.fields.get(key):
                self.fault(frame, field, "type", messages.wrong_type(field.question, sent, expected))
            else:
                inner = frame.scope.inner[key]
                self.fault_of_rows(frame, inner, "type", messages.no_rows(inner))

    def check_answers(self, frame: _Frame) -> None:
        values, args = frame.values, frame.args
        for field in frame.scope.checked:
            value = values.get(field.key)
            if value is None:
                continue
            if field.names is not None or field.items is not None:
                self.check_choice(frame, field, value)
            if field.bounds and not field.bounds[0] <= number(value) <= field.bounds[1]:
                self.fault(frame, field, "constraint", messages.out_of_bounds(field.question, value, field.bounds))
            elif field.constraint is not None and not field.constraint(*args):
                self.fault(frame, field, "constraint", messages.constraint(field.question, value))
            if field.warning is not None and not field.warning(*args):
                message = messages.warning(field.question, value, field.warning_message)
                self.warnings.append((frame, field.order, field.key, "warning", message))

    def check_choice(self, frame: _Frame, field: Field, value: Any) -> None:
        names = field.names if field.names is not None else {}
        offered: Any = names
        if field.items is not None:
            offered = {string(row.get(field.item_name)) for row in field.items(*frame.args)}
        for name in value if isinstance(value, list) else (value,):
            if name not in offered:
                message = messages.choice(field.question, name, filtered=name in names)
                self.fault(frame, field, "choice", message)
                return

    def check_required(self, frame: _Frame) -> None:
        values, args = frame.values, frame.args
        for field in frame.scope.required:
            if field.key not in values and field.key not in frame.bad and field.required and field.required(*args):
                self.fault(frame, field, "required", messages.required(field.question))

    def check_rows(self, frame: _Frame, inner: Scope, sent: bool) -> None:
        if not sent or inner.key in frame.bad or frame.values.get(inner.key, _ABSENT) is None:
            return
        rows = len(frame.values.get(inner.key, ()))
        if inner.count is not None:
            wanted = number(inner.count(*frame.args))
            count = int(wanted) if wanted == wanted and 0 < wanted < 1e9 else 0
            if rows != count:
                self.fault_of_rows(frame, inner, "count", messages.count(inner, rows, count))
        elif inner.least is not None and not rows and inner.least(*frame.args):
            self.fault_of_rows(frame, inner, "count", messages.no_row(inner))

    # the answer

    def record(self) -> dict[str, Any]:
        for scope in self.program.scopes:
            for frame in self.frames[id(scope)]:
                values = frame.values
                for key in [key for key, value in values.items() if value is None or value == []]:
                    del values[key]
                values.update({key: sent for key, (sent, _) in frame.bad.items()})
                if any(inner.row_slot is not None for inner in scope.inner.values()):
                    _drop_hidden(frame, self.frames)
        return self.frames[id(self.program.root)][0].values


def validate(
    form: Form, record: dict[str, Any], *, on: date, sent: bool = True, strict: bool = False, at: datetime | None = None
) -> Verdict:
    """Judge a record by its form, without looking at any clock.

    on: the day that today() means, and `at` the instant of now() (its midnight if absent), both of Shanghai.
    sent: False for a draft, where what is required may still be missing.
    strict: what was answered where it does not apply, and a sent calculation that differs from the computed one, are
    faults (workbooks, the API); otherwise they are dropped and replaced without a word.
    """
    program = form.program
    assert isinstance(program, Program)
    run = _Run(program, environment(on, program.version, at), strict)
    run.take(program.root, record, None, 1)
    run.compute()
    run.check(sent)
    problems = tuple(_problem(found) for found in _sorted(program, run.problems))
    warnings = tuple(_problem(found) for found in _sorted(program, run.warnings))
    return Verdict(run.record(), problems, warnings)


def _kept(value: Any, field: Field) -> Any:
    """A calculated value as a record keeps it: a number stays one (whole without a point), NaN and '' are empty."""
    if isinstance(value, list):
        value = string(value)
    if isinstance(value, bool):
        value = "true" if value else "false"
    kind = field.question.datatype
    if kind in ("integer", "decimal"):
        value = number(value)
    if isinstance(value, (int, float)):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        if kind == "decimal":
            return float(value) + 0.0
        whole = int(value)
        return whole if kind == "integer" or whole == value else value
    return value if isinstance(value, str) and value.strip() else None


def _same(sent: Any, value: Any) -> bool:
    if sent == value:
        return True
    one, other = number(sent), number(value)
    if one == one and other == other:
        return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
    return string(sent) == string(value)


def _drop_hidden(frame: _Frame, frames: dict[int, list[_Frame]]) -> None:
    for inner in frame.scope.inner.values():
        slot = inner.row_slot
        if slot is not None and inner.key in frame.values:
            rows = [row for row in frames[id(inner)] if row.parent is frame]
            frame.values[inner.key] = [row.values for row in rows if row.chain[-1][slot]]


def _sorted(program: Program, found: list[_Found]) -> list[_Found]:
    if len(found) < 2:
        return found
    places = {id(scope): place for place, scope in enumerate(program.scopes)}
    return sorted(found, key=lambda item: (places[id(item[0].scope)], _row_path(item[0]), item[1]))


def _row_path(frame: _Frame) -> tuple[int, ...]:
    return (*_row_path(frame.parent), frame.place) if frame.parent else ()


def _problem(found: _Found) -> Problem:
    frame, _, key, code, message = found
    scope = frame.scope
    if key in scope.fields:
        path = scope.fields[key].question.path
    else:
        path = scope.inner[key].node.path if key in scope.inner else f"{scope.node.path}/{key}"
    return Problem(scope.key, frame.place - 1, key, code, message, _placed(path, frame))


def _placed(path: str, frame: _Frame) -> str:
    here: _Frame | None = frame
    while here is not None and here.parent is not None:
        above = here.scope.node.path
        path = f"{above}[{here.place}]{path[len(above) :]}"
        here = here.parent
    return path
