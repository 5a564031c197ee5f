"""Small forms made on the spot: from rows as in a workbook, or around one expression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

import xlsxwriter

from dajian.forms.evaluate import validate
from dajian.forms.model import BadForm, Form, FormProblem, Verdict
from dajian.forms.xform import load_xml
from dajian.forms.xlsform import load

ON = date(2026, 11, 25)

Rows = Sequence[Sequence[Any]]


def workbook(survey: Rows, choices: Rows = (), settings: Rows = (), **sheets: Rows) -> bytes:
    """An .xlsx of these sheets, every cell as given."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in {"survey": survey, "choices": choices, "settings": settings, **sheets}.items():
        if rows:
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value not in ("", None):
                        sheet.write(place, column, value)
    book.close()
    return out.getvalue()


def questionnaire(survey: Rows, choices: Rows = (), settings: Rows = (), **more: Any) -> Form:
    return load(workbook(survey, choices, settings), **more)


def faults(survey: Rows, choices: Rows = (), settings: Rows = (), **sheets: Rows) -> list[tuple[str, str]]:
    """(cell, message) of every problem that loading finds."""
    problems = tried(lambda: load(workbook(survey, choices, settings, **sheets)))[1]
    return [(problem.cell, problem.message) for problem in problems]


def tried(load_it: Callable[[], Form]) -> tuple[Form | None, tuple[FormProblem, ...]]:
    """The form, or the problems for which it was refused."""
    try:
        return load_it(), ()
    except BadForm as bad:
        return None, bad.problems


def judged(form: Form, record: dict[str, Any], **more: Any) -> Verdict:
    return validate(form, record, on=more.pop("on", ON), **more)


def codes(verdict: Verdict) -> list[tuple[str, int, str, str]]:
    """(scope, row, key, code) of every problem."""
    return [(problem.scope, problem.row, problem.key, problem.code) for problem in verdict.problems]


LEAVES = {"t": "string", "i": "int", "d": "decimal", "day": "date", "m": "string", "e": "string", "irr": "string"}
RECORD = {
    "t": "hello world",
    "i": 5,
    "d": 2.5,
    "day": "2026-03-15",
    "m": ["a", "c"],
    "r": [{"q": 3, "n": "one", "kind": "fz"}, {"q": 4, "n": "two", "kind": "xm"}, {"n": "three", "kind": "qz"}],
}


def xform_around(expression: str, *, in_row: bool = False, bind: str = "calculate") -> bytes:
    """An XForm with text t, integer i, decimal d, date day, several m, empty e, hidden irr, repeat r(q, n, kind), the
    table `city`, and x bound to the expression."""
    leaves = "".join(f"<{name}/>" for name in LEAVES) + ("" if in_row else "<x/>")
    row = f"<r><q/><n/><kind/>{'<x/>' if in_row else ''}</r>"
    binds = "".join(f'<bind nodeset="/data/{name}" type="{kind}"/>' for name, kind in LEAVES.items() if name != "irr")
    where = "/data/r/x" if in_row else "/data/x"
    controls = "".join(f'<input ref="/data/{name}"><label>{name}</label></input>' for name in LEAVES if name != "m")
    items = "".join(f"<item><label>{name.upper()}</label><value>{name}</value></item>" for name in "abc")
    cities = (("fz", "福州", 8), ("xm", "厦门", 5), ("qz", "泉州", 8))
    table = "".join(f"<item><name>{n}</name><label>{lab}</label><pop>{pop}</pop></item>" for n, lab, pop in cities)
    return f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>
<instance><data id="t" version="7">{leaves}{row}<meta><instanceID/></meta></data></instance>
<instance id="city"><root>{table}</root></instance>{binds}
<bind nodeset="/data/irr" type="string" relevant="false()"/><bind nodeset="/data/r/q" type="int"/>
<bind nodeset="{where}" type="string" {bind}={quoteattr(expression)}/></model></h:head>
<h:body>{controls}<select ref="/data/m"><label>m</label>{items}</select>
<group ref="/data/r"><label>r</label><repeat nodeset="/data/r">
<input ref="/data/r/q"><label>q</label></input><input ref="/data/r/n"><label>n</label></input>
<select1 ref="/data/r/kind"><label>k</label><itemset nodeset="instance('city')/root/item">
<value ref="name"/><label ref="label"/></itemset></select1></repeat></group></h:body></h:html>""".encode()


def value(expression: str, record: dict[str, Any] | None = None, *, on: date = ON) -> Any:
    """What the expression calculates on the form as a whole; None for NaN and ''."""
    form = load_xml(xform_around(expression))
    return validate(form, RECORD if record is None else record, on=on).record.get("x")


def row_values(expression: str, record: dict[str, Any] | None = None) -> list[Any]:
    """What it calculates in each row of the repeat r."""
    form = load_xml(xform_around(expression, in_row=True))
    verdict = validate(form, RECORD if record is None else record, on=ON)
    return [row.get("x") for row in verdict.record["r"]]


def refusal(expression: str, **more: Any) -> str:
    """The sentence by which the form is refused, "" if it is not."""
    problems = tried(lambda: load_xml(xform_around(expression, **more)))[1]
    return problems[0].message if problems else ""
