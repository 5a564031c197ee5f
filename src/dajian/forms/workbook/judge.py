"""The form's rules applied to a unit: what the evaluator finds, told at the cell where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dajian.forms.evaluate import validate
from dajian.forms.model import ROOT, Form, Problem, Question, Verdict
from dajian.forms.workbook.answer import shown
from dajian.forms.workbook.depend import Rests, rests_on
from dajian.forms.workbook.faults import CellFault, fault
from dajian.forms.workbook.layout import Years, in_years, tables
from dajian.forms.workbook.rows import Line
from dajian.forms.workbook.units import Assembly, Unit, column_for, column_of, record

_PLACE = re.compile(r"\[(\d+)\]")

Unknown = list[tuple[str, Line]]  # path of a question, line in which its answer cannot be known


class Judge:
    """Judges units of one form; `on` is today to its rules."""

    def __init__(self, form: Form, assembly: Assembly, on: date, years: Years):
        self.form, self.on, self.years = form, on, years
        self.sheets = {t.scope: t.sheet for t in tables(form, years)}
        self.questions = form.by_key
        self.repeats = {r.key: r for r in form.repeats}
        self.scopes = {q.path: q.scope for q in form.questions}
        self.unsure = {scope for scope, lines in assembly.strangers.items() if any(_unreadable(x) for x in lines)}
        self._rests: Rests | None = None

    @property
    def rests(self) -> Rests:
        """Computed when the first fault asks for it."""
        if self._rests is None:
            self._rests = rests_on(self.form)
        return self._rests

    def judge(self, unit: Unit) -> Verdict:
        """Apply the rules, and note each fault that stands for itself at its cell.

        What rests on an answer that could not be read, or is missing, is not judged.
        """
        verdict = validate(self.form, record(self.form, unit, stand_ins=True), on=self.on, strict=True)
        if verdict.problems:
            unknown = self._unknown(unit)
            placed = [(p, self._line(unit, p)) for p in verdict.problems if p.code != "calculate"]
            sure = [(p, line) for p, line in placed if not self._rests_on(p, line, unknown)]
            missing = [(self._path(p), line) for p, line in sure if p.code == "required"]
            for problem, line in sure:
                if problem.code == "required" or not self._rests_on(problem, line, missing):
                    self._tell(line, problem)
        return verdict

    def warnings(self, unit: Unit, verdict: Verdict) -> tuple[CellFault, ...]:
        """The soft checks at their cells: their answers stand once they are confirmed."""
        found: list[CellFault] = []
        for problem in verdict.warnings:
            line = self._line(unit, problem)
            at = column_for(line, problem.key)
            place = {"header": line.located.columns[at].header, "question": problem.key}
            expected = in_years(problem.message, self.years)
            found.append(fault(line.located.sheet.name, line.row, at, "warning", **place, expected=expected))
        return tuple(found)

    def _unknown(self, unit: Unit) -> Unknown:
        found: Unknown = []
        for scope, lines in ((ROOT, [unit.line]), *unit.rows.items()):
            for line in lines:
                found += [(self.questions[scope, key].path, line) for key in line.unknown | line.located.lost]
        if unit.twin:  # its repeat rows were counted to the first row of the unit
            found += [(q.path, unit.line) for q in self.form.questions if q.scope != ROOT]
        return found

    def _path(self, problem: Problem) -> str:
        owner = self.questions.get((problem.scope, problem.key)) or self.repeats.get(problem.key)
        return owner.path if owner else ""

    def _rests_on(self, problem: Problem, line: Line, unknown: Iterable[tuple[str, Line]]) -> bool:
        """Whether a verdict rests on an unknown answer: in the same row, or in any where it reaches beyond its row."""
        rests: dict[str, bool] | None = None
        for path, where in unknown:
            rests = self.rests.get(self._path(problem), {}) if rests is None else rests
            if path in rests and (rests[path] or where is line or self.scopes[path] != problem.scope):
                return True
        return False

    def _line(self, unit: Unit, problem: Problem) -> Line:
        """The row of a problem: by the places in its path, since rows of a nested repeat count anew in each row."""
        chain = [problem.scope] if problem.scope != ROOT else []
        while chain and (outer := self.repeats[chain[0]].scope) != ROOT:
            chain.insert(0, outer)
        line: Line = unit.line
        for depth, (scope, place) in enumerate(zip(chain, _PLACE.findall(problem.path), strict=False)):
            rows = unit.rows.get(scope, [])
            inner = [x for x in rows if x.keys.get("parent") == line.keys.get("own")] if depth else rows
            line = inner[int(place) - 1]
        return line

    def _tell(self, line: Line, problem: Problem) -> None:
        if problem.code == "count":
            if problem.key not in self.unsure:
                sheet = self.sheets.get(problem.key, problem.key)
                expected = in_years(problem.message, self.years)
                line.tell(column_of(line, "unit"), "count", expected=expected, sheet_of_rows=sheet)
            return
        question = self.questions.get((problem.scope, problem.key))
        if question is None or (problem.code != "irrelevant" and problem.key in line.bad):
            return  # told when the cell was read, with what stands in it
        at = column_for(line, problem.key)
        line.tell(at, problem.code, there=shown(line.value(at)), expected=self._expected(question, problem))

    def _expected(self, question: Question, problem: Problem) -> str:
        own = {"required": question.required_message, "constraint": question.constraint_message}.get(problem.code, "")
        return in_years(own or _PLAIN.get(problem.code, problem.message), self.years)


_PLAIN = {
    "required": "本题必填。",
    "constraint": "不符合本题的填写要求",
    "choice": "与前面的回答不相配。请重新选择，或改正前面的回答",  # a choice of the list, which a filter leaves out
}


def _unreadable(line: Line) -> bool:
    """Whether a repeat's row may belong to any unit, because its key is there but cannot be read."""
    fault = line.faults.get(column_of(line, "unit"))
    return fault is not None and fault.code != "orphan"
