"""Each ODK function against a value that ODK's own engines give, in the order of use in the field."""

from __future__ import annotations

from typing import Any

import pytest

from dajian.forms.functions import FUNCTIONS
from dajian.forms.xpath_calls import CALLS
from tests.forms.asking import refusal, value

SELECTS = [
    ("true()", "true"),
    ("false()", "false"),
    ("selected(/data/m, 'c')", "true"),
    ("selected(/data/m, 'b')", "false"),
    ("selected(/data/m, ' c ')", "true"),
    ("selected(/data/t, 'world')", "true"),
    ("selected(/data/e, 'a')", "false"),
    ("selected('a b', 'a b')", "false"),
    ("selected('', '')", "true"),
    ("is-selected(/data/m, 'a')", "true"),
    ("count-selected(/data/m)", 2),
    ("count-selected(/data/e)", 0),
    ("selected-at(/data/m, 0)", "a"),
    ("selected-at(/data/m, 1)", "c"),
    ("selected-at(/data/m, 2)", None),
    ("selected-at(/data/m, -1)", None),
    ("/data/m = 'a c'", "true"),
]
TEXTS = [
    ("concat('a', 1.50, true())", "a1.5true"),
    ("concat(/data/r/n)", "onetwothree"),
    ("concat(/data/m, '!')", "a c!"),
    ("concat()", None),
    ("join('-', /data/r/n)", "one-two-three"),
    ("join(', ', 'a', /data/i, 'b')", "a, 5, b"),
    ("regex('abc', 'b')", "false"),
    ("regex('abc', '[a-c]+')", "true"),
    ("regex('13800000000', '^1[3-9][0-9]{9}$')", "true"),
    ("string-length(/data/t)", 11),
    ("string-length(/data/e)", 0),
    ("contains('abc', 'bc')", "true"),
    ("contains('abc', '')", "true"),
    ("starts-with('abc', 'a')", "true"),
    ("ends-with('abc', 'c')", "true"),
    ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -3)", "llo"),
    ("substr('hello', 1, -1)", "ell"),
    ("substr('hello', 4, 2)", None),
    ("substring('hello', 2, 3)", "ell"),
    ("substring('hello', 0)", "hello"),
    ("substring('hello', 0, 3)", "he"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("substring('12345', 0 div 0, 3)", None),
    ("substring-before('a-b-c', '-')", "a"),
    ("substring-before('abc', 'x')", None),
    ("substring-after('a-b-c', '-')", "b-c"),
    ("substring-after('abc', '')", "abc"),
    ("translate('abc', 'ab', 'x')", "xc"),
    ("normalize-space('  a   b ')", "a b"),
    ("string(/data/d)", "2.5"),
    ("string(1.0)", "1"),
    ("string(0.0000001)", "0.0000001"),
    ("string(1 div 0)", "Infinity"),
    ("string(0 div 0)", "NaN"),
    ("string(true())", "true"),
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-256')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    ("base64-decode('YWJj')", "abc"),
    ("base64-decode('?')", None),
    ("version()", "7"),
    ("local-name(/data/t)", "t"),
]
NUMBERS = [
    ("number('12')", 12),
    ("number(' -1.5 ')", -1.5),
    ("number('1e3')", None),
    ("number('')", None),
    ("number(true())", 1),
    ("int(2.7)", 2),
    ("int(-2.7)", -2),
    ("int('x')", None),
    ("floor(-2.5)", -3),
    ("ceiling(2.1)", 3),
    ("round(2.5)", 3),
    ("round(-1.5)", -2),
    ("round(1.25, 1)", 1.3),
    ("round(1.005, 2)", 1.01),
    ("round(33.33, -1)", 30),
    ("round('x', 1)", None),
    ("7 mod 3", 1),
    ("-7 mod 3", -1),
    ("7 mod -3", 1),
    ("7 mod 0", None),
    ("7 div 2", 3.5),
    ("7 div 0", None),
    ("abs(-3)", 3),
    ("pow(2, 10)", 1024),
    ("pow(-1, 0.5)", None),
    ("pow(10, 400)", None),
    ("sqrt(16)", 4),
    ("sqrt(-1)", None),
    ("log10(1000)", 3),
    ("exp10(2)", 100),
    ("exp(0)", 1),
    ("log(1)", 0),
    ("sin(0)", 0),
    ("cos(0)", 1),
    ("tan(0)", 0),
    ("asin(0)", 0),
    ("acos(1)", 0),
    ("atan(0)", 0),
    ("round(atan2(1, 1) * 4 - pi(), 9)", 0),
    ("max(/data/r/q)", 4),
    ("max(1, /data/e, 3)", 3),
    ("min(/data/r/q)", 3),
    ("max('')", None),
    ("sum(/data/r/q)", 7),
    ("sum(/data/i)", 5),
    ("sum(/data/e)", 0),
    ("sum(instance('city')/root/item/pop)", 21),
    ("checklist(1, 2, true(), false(), true())", "true"),
    ("checklist(-1, 1, true(), true())", "false"),
    ("weighted-checklist(1, 3, true(), 2, false(), 5)", "true"),
    ("weighted-checklist(3, 4, true(), 2, false(), 5)", "false"),
]
CONDITIONS = [
    ("if(/data/i > 3, 'big', 'small')", "big"),
    ("if(/data/i > 9, 1, 2) + 1", 3),
    ("coalesce(/data/e, 'z')", "z"),
    ("coalesce(/data/i, 0)", 5),
    ("coalesce(/data/e, /data/i)", 5),
    ("coalesce(0 div 0, 4)", 4),
    ("not(1 = 2)", "true"),
    ("boolean(0)", "false"),
    ("boolean('false')", "true"),
    ("boolean('')", "false"),
    ("boolean(/data/e)", "true"),  # an empty node is there; a hidden one is not
    ("boolean(/data/irr)", "false"),
    ("boolean-from-string('TRUE')", "true"),
    ("boolean-from-string('2')", "false"),
    ("once('kept')", "kept"),
    ("string-length(uuid())", 36),
    ("string-length(uuid(8))", 8),
    ("random() < 1", "true"),
]
NODES = [
    ("count(/data/r)", 3),
    ("count(/data/r/q)", 3),
    ("count(/data/irr)", 0),
    ("count(/data/t)", 1),
    ("count-non-empty(/data/r/q)", 2),
    ("count(/data/r[q = 3])", 1),
    ("/data/r[2]/n", "two"),
    ("/data/r[last()]/n", "three"),
    ("/data/r[position() = 2]/n", "two"),
    ("/data/r[q > 3]/n", "two"),
    ("(/data/r/n)[1]", "one"),
    ("position(/data/r[2])", 2),
    ("indexed-repeat(/data/r/n, /data/r, 2)", "two"),
    ("indexed-repeat(/data/r/n, /data/r, 9)", None),
    ("indexed-repeat(/data/r/n, /data/r, 0)", None),
    ("instance('city')/root/item[name = 'xm']/label", "厦门"),
    ("instance('city')/root/item[pop = 8][2]/label", "泉州"),
    ("count(instance('city')/root/item[pop > 5])", 2),
    ("count(instance('city')/root/item[name = 'fz' and pop = 8])", 1),
    ("count(randomize(instance('city')/root/item))", 3),
    ("jr:choice-name('xm', '/data/r/kind')", "厦门"),
    ("jr:choice-name('none', '/data/r/kind')", None),
    ("count(/data/r/n | /data/t)", 4),
]
PLACES = [
    ("area('26 119 0 0;26 120 0 0;27 120 0 0;26 119 0 0')", 5544891582.15),
    ("enclosed-area('26 119;26 120')", 0),
    ("distance('26 119 0 0;26 120 0 0')", 100052.47),
    ("distance('26 119', '26 120')", 100052.47),
    ("distance('nowhere')", 0),
    ("geofence('26.5 119.5', '26 119;26 120;27 120;27 119;26 119')", "true"),
    ("geofence('28 119.5', '26 119;26 120;27 120;27 119;26 119')", "false"),
]


@pytest.mark.parametrize(
    ("expression", "expected"), [*SELECTS, *TEXTS, *NUMBERS, *CONDITIONS, *NODES, *PLACES], ids=lambda part: str(part)
)
def test_function_gives_what_odk_gives(expression: str, expected: Any) -> None:
    assert value(expression) == expected


def test_every_function_is_in_a_table_of_these_tests_or_of_dates() -> None:
    tried = " ".join(expression for expression, _ in [*SELECTS, *TEXTS, *NUMBERS, *CONDITIONS, *NODES, *PLACES])
    dates = {
        "today",
        "now",
        "date",
        "date-time",
        "decimal-date-time",
        "decimal-time",
        "format-date",
        "format-date-time",
    }
    elsewhere = {"position", "current", "pulldata", "jr:itext", "name"}
    untried = {name for name in [*FUNCTIONS, *CALLS] if f"{name}(" not in tried} - dates - elsewhere
    assert untried == set()


@pytest.mark.parametrize("name", ["difference-in-months", "add-date", "parse-timestamp-to-date", "trim", "roud"])
def test_an_unknown_function_is_refused_by_name(name: str) -> None:
    assert f"没有名为 {name}() 的函数" in refusal(f"{name}(/data/i, 1)")


def test_a_misspelt_function_is_refused_with_the_right_spelling() -> None:
    assert "count-selected()" in refusal("count-seleted(/data/m)")


@pytest.mark.parametrize("expression", ["if(1, 2)", "selected(/data/m)", "round()", "today(1)", "regex('a')", "not()"])
def test_a_wrong_number_of_arguments_is_refused(expression: str) -> None:
    assert "参数" in refusal(expression)


def test_a_broken_pattern_is_refused_when_the_form_is_loaded() -> None:
    assert "正则表达式" in refusal("regex(/data/t, '[a-')")


def test_if_reads_only_the_branch_that_it_takes() -> None:
    assert value("if(/data/i = 5, 'yes', 1 div 0)") == "yes"
