"""What holds for any input: forms and records never fail but by a told fault; XML brings records back."""

from __future__ import annotations

import math
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dajian.forms.instance import canonical, digest, read, write
from dajian.forms.model import BadForm, Form
from dajian.forms.text_functions import substr, substring
from dajian.forms.values import number, string
from dajian.forms.xform import load_xml
from dajian.forms.xlsform import load
from dajian.forms.xpath_parse import XPathFault, parse
from tests.forms.asking import RECORD, judged, questionnaire, tried, workbook, xform_around

quick = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)

_atoms = st.sampled_from(
    [
        "1",
        "0",
        "-2.5",
        "'a'",
        "''",
        "'2026-01-01'",
        "true()",
        "today()",
        "/data/t",
        "/data/i",
        "/data/d",
        "/data/m",
        "/data/e",
    ]
    + [
        "/data/irr",
        "/data/r/q",
        "/data/r[2]/n",
        "/data/r",
        "instance('city')/root/item/pop",
        "/data/day",
        "1 div 0",
        ".",
    ]
)
_binary = ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or", "|"]
_calls = """
    concat({}) sum({}) count({}) max({},{}) if({},{},{}) coalesce({},{}) round({},{}) selected({},{}) substr({},{},{})
    substring({},{},{}) date({}) format-date-time({},{}) number({}) string({}) boolean({}) not({}) regex({},{})
    pow({},{}) translate({},{},{}) join({},{}) selected-at({},{}) decimal-date-time({}) decimal-time({}) area({})
    distance({}) /data/r[{}]/q instance('city')/root/item[{}]/label indexed-repeat(/data/r/q,/data/r,{}) position({})
    digest({},{}) weighted-checklist({},{},{},{}) count-selected({}) ({})[{}] count-non-empty({})
""".split()  # noqa: SIM905 a word list reads better so


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operation = st.builds(lambda op, left, right: f"{left} {op} {right}", st.sampled_from(_binary), inner, inner)
    call = st.builds(
        lambda shape, parts: shape.format(*parts[: shape.count("{}")]),
        st.sampled_from(_calls),
        st.lists(inner, min_size=4, max_size=4),
    )
    return operation | call | inner.map(lambda part: f"-({part})")


expressions = st.recursive(_atoms, _grown, max_leaves=8)


@settings(quick, max_examples=400)
@given(expressions, st.booleans())
def test_any_expression_is_compiled_and_run_or_refused(expression: str, in_row: bool) -> None:
    for bind in ("calculate", "relevant", "constraint", "required"):
        xml = xform_around(expression, in_row=in_row, bind=bind)
        form, problems = tried(partial(load_xml, xml))
        if form is None:
            assert all(problem.message for problem in problems)
            continue
        rows: Any = RECORD["r"]
        record = {**RECORD, "r": [{**row, "x": "1"} for row in rows]} if in_row else {**RECORD, "x": "1"}
        for strict in (False, True):
            verdict = judged(form, record, strict=strict)
            canonical(verdict.record)
        judged(form, {})


@settings(quick, max_examples=300)
@given(
    st.text(max_size=30) | st.lists(_atoms | st.sampled_from(["(", ")", "[", "]", ",", "${a}", *_binary])).map(" ".join)
)
def test_any_text_is_read_as_an_expression_or_refused_with_its_place(text: str) -> None:
    with suppress(XPathFault):
        parse(text)
        return
    with pytest.raises(XPathFault) as told:
        parse(text)
    assert told.value.message
    assert 0 <= told.value.at <= len(text)


words = """
    text integer select_one_l begin_group end_group begin_repeat end_repeat calculate note ${a} ${a}=1 a b l yes 1+
    range geopoint start meta
""".split()  # noqa: SIM905 a word list reads better so
cells = st.text(max_size=12) | st.integers(-5, 5) | st.sampled_from([*words, "", "rank l", "select_one l", "a b"])
columns = """
    type name label relevant calculation constraint choice_filter default 类型 media::image label::中文 required
    repeat_count trigger parameters appearance 提醒条件 bind::type hint
""".split()  # noqa: SIM905 a word list reads better so
heads = st.lists(st.sampled_from(columns), min_size=2, max_size=6, unique=True)
tables = st.tuples(heads, st.lists(st.lists(cells, max_size=6), max_size=6)).map(lambda table: [table[0], *table[1]])


@quick
@given(tables, st.lists(st.lists(cells, max_size=4), max_size=4), st.lists(st.lists(cells, max_size=3), max_size=2))
def test_any_workbook_becomes_a_form_or_is_refused(survey: list, choices: list, more: list) -> None:
    lists = [["list_name", "name", "label", "p"], *choices]
    data = workbook(survey, lists, [["form_id", "version", "style"], *more])
    form, problems = tried(partial(load, data))
    assert (form is None) is bool(problems)
    assert all(problem.message for problem in problems)


@pytest.fixture(scope="module")
def any_form() -> Form:
    return questionnaire(
        [
            ["type", "name", "label", "relevant", "constraint", "required", "calculation"],
            ["text", "t", "T"],
            ["integer", "i", "I", "", ". > 0", "${t} = 'x'"],
            ["decimal", "d", "D", "${i} > 5"],
            ["date", "day", "Day", "", ". <= today()"],
            ["select_multiple l", "m", "M"],
            ["begin_repeat", "r", "R", "selected(${m}, 'a')"],
            ["text", "n", "N", "position(..) > 1", "", "yes"],
            ["begin_repeat", "s", "S"],
            ["integer", "q", "Q"],
            ["end_repeat", ""],
            ["end_repeat", ""],
            ["calculate", "total", "", "", "", "", "sum(${q})"],
        ],
        [["list_name", "name", "label"], ["l", "a", "A"], ["l", "b", "B"]],
    )


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("tidmrsnq"), inner, max_size=3),
    max_leaves=8,
)


@settings(quick, max_examples=200)
@given(
    record=st.dictionaries(st.sampled_from(["t", "i", "d", "day", "m", "r", "total", "other"]), junk),
    strict=st.booleans(),
)
def test_any_record_gets_a_verdict(any_form: Form, record: dict[str, Any], strict: bool) -> None:
    verdict = judged(any_form, record, strict=strict)
    assert all(problem.message and problem.path for problem in verdict.problems)
    if verdict.valid:
        again = judged(any_form, verdict.record, strict=strict)
        assert again.valid
        assert again.record == verdict.record
        assert digest(again.record) == digest(verdict.record)


xml_text = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=20)
trucks = st.lists(st.fixed_dictionaries({}, optional={"q": st.integers(-(10**14), 10**14)}), min_size=1, max_size=3)
records = st.fixed_dictionaries(
    {},
    optional={
        "t": xml_text.filter(str.strip),
        "i": st.integers(-(10**14), 10**14),
        "d": st.floats(allow_nan=False, allow_infinity=False).map(lambda found: found + 0.0),
        "day": st.dates().map(lambda day: day.isoformat()).filter(lambda day: "1000" < day < "9000"),
        "m": st.lists(st.sampled_from("ab"), unique=True, min_size=1).map(sorted),
        "r": st.lists(
            st.fixed_dictionaries({}, optional={"n": xml_text.filter(str.strip), "s": trucks}), min_size=1, max_size=3
        ),
    },
)


@settings(quick, max_examples=200)
@given(record=records)
def test_xml_brings_every_record_back(any_form: Form, record: dict[str, Any]) -> None:
    found = read(any_form, write(any_form, record, instance_id="uuid:1")).record
    assert found == record
    assert digest(found) == digest(record)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_form_or_refused(data: bytes) -> None:
    with pytest.raises(BadForm):
        load(data)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_its_text(found: float) -> None:
    assert number(string(found)) == found
    assert "e" not in string(found)


@given(st.text(max_size=12), st.floats(), st.floats())
def test_parts_of_texts_are_parts(text: str, start: float, end: float) -> None:
    assert substr(text, start, end) in text
    assert substring(text, start, end) in text
    assert substr(text, 0, math.inf) == substring(text, 1) == text
