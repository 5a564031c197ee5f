"""The form's rules applied to a unit: what the evaluator finds, told at the cell where it stands."""

from __future__ import annotations

import re
from datetime import date

from dajian.forms.evaluate import validate
from dajian.forms.model import ROOT, Form, Problem, Question, Verdict
from dajian.forms.workbook.cells import shown
from dajian.forms.workbook.depend import Rests, rests_on
from dajian.forms.workbook.layout import Years, in_years, tables
from dajian.forms.workbook.lines import Line
from dajian.forms.workbook.units import Assembly, Unit, column_for, column_of, record

_PLACE = re.compile(r"\[(\d+)\]")


class Judge:
    """Judges units of one form; `on` is today to its rules."""

    def __init__(self, form: Form, assembly: Assembly, on: date, years: Years):
        self.form, self.on, self.years = form, on, years
        self.tables = tables(form, years)
        self.questions = form.by_key
        self.unsure = {scope for scope, lines in assembly.strangers.items() if any(_unreadable(x) for x in lines)}
        self.repeats = {r.key: r for r in form.repeats}
        self._rests: Rests | None = None

    @property
    def rests(self) -> Rests:
        """Computed when the first fault asks for it."""
        if self._rests is None:
            self._rests = rests_on(self.form)
        return self._rests

    def judge(self, unit: Unit) -> Verdict:
        """Apply the rules, and note each fault that stands for itself at its cell."""
        verdict = validate(self.form, record(self.form, unit), on=self.on, strict=True)
        if verdict.problems:
            unknown = self._unknown(unit)
            problems = [p for p in verdict.problems if p.code != "calculate" and not self._rests_on(p, unknown)]
            missing = {(self._path(p), p.row) for p in problems if p.code == "required"}
            for problem in problems:
                if problem.code == "required" or not self._rests_on(problem, missing):
                    self._tell(unit, problem)
        return verdict

    def _unknown(self, unit: Unit) -> set[tuple[str, int]]:
        unknown: set[tuple[str, int]] = set()
        for scope, lines in ((ROOT, [unit.line]), *unit.rows.items()):
            for i, line in enumerate(lines):
                unknown |= {(self.questions[scope, key].path, i) for key in line.unknown | line.located.lost}
        if unit.twin:  # its repeat rows were counted to the first row of the unit
            unknown |= {(q.path, 0) for q in self.form.questions if q.scope != ROOT}
        return unknown

    def _path(self, problem: Problem) -> str:
        if question := self.questions.get((problem.scope, problem.key)):
            return question.path
        repeat = self.repeats.get(problem.key)
        return repeat.path if repeat else ""

    def _rests_on(self, problem: Problem, unknown: set[tuple[str, int]]) -> bool:
        if not unknown:
            return False
        rests = self.rests.get(self._path(problem), {})
        for path, row in unknown:
            if path in rests and (rests[path] or row == problem.row or path not in self._beside(problem.scope)):
                return True
        return False

    def _beside(self, scope: str) -> set[str]:
        return {q.path for q in self.form.questions if q.scope == scope}

    def _tell(self, unit: Unit, problem: Problem) -> None:
        if problem.code == "count":
            self._tell_count(unit, problem)
            return
        line = self._line(unit, problem)
        question = self.questions.get((problem.scope, problem.key))
        if line is None or question is None:
            return
        at = column_for(line, problem.key)
        there = shown(line.value(at))
        if problem.code != "irrelevant" and problem.key in line.bad:
            return  # told when the cell was read, with what stands in it
        line.tell(at, problem.code, there=there, expected=self._expected(question, problem), choices=_some(question))

    def _expected(self, question: Question, problem: Problem) -> str:
        own = {"required": question.required_message, "constraint": question.constraint_message}.get(problem.code, "")
        plain = {"required": "本题必填。"}.get(problem.code, problem.message)
        return in_years(own or plain, self.years)

    def _line(self, unit: Unit, problem: Problem) -> Line | None:
        """The row of a problem: by the places in its path, since rows of a nested repeat count anew in each row."""
        if problem.scope == ROOT:
            return unit.line
        places = [int(place) - 1 for place in _PLACE.findall(problem.path)]
        chain = [problem.scope]
        while (outer := self.repeats[chain[0]].scope) != ROOT:
            chain.insert(0, outer)
        line: Line | None = None
        for scope, place in zip(chain, places, strict=False):
            inner = [
                x for x in unit.rows.get(scope, ()) if line is None or x.keys.get("parent") == line.keys.get("own")
            ]
            line = inner[place]
        return line

    def _tell_count(self, unit: Unit, problem: Problem) -> None:
        line = self._line(unit, problem)
        if line is None or problem.key in self.unsure:
            return
        sheet = next((t.sheet for t in self.tables if t.scope == problem.key), problem.key)
        line.tell(column_of(line, "unit"), "count", expected=in_years(problem.message, self.years), sheet_of_rows=sheet)


def _unreadable(line: Line) -> bool:
    """Whether a repeat's row may belong to any unit, because its key is there but cannot be read."""
    fault = line.faults.get(column_of(line, "unit"))
    return fault is not None and fault.code != "orphan"


def _some(question: Question) -> str:
    return "、".join(c.label for c in question.choices[:8]) + ("……" if len(question.choices) > 8 else "")
