"""How expressions are read: precedence, operators that look like names, and faults by place."""

from __future__ import annotations

import pytest

from dajian.forms.xpath_parse import XPathFault, parse
from tests.forms.asking import value


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("2 * 3 div 4", 1.5),
        ("7 - -2", 9),
        ("--3", 3),
        ("1 < 2 and 2 < 3 or false()", "true"),
        ("1 = 1 = true()", "true"),
        ("/data/i*2", 10),
        ("/data/i -1", 4),
        ("10 mod 4 * 2", 4),
        (".5 + 1.", 1.5),
        ("'it''s' = 'it'", None),
        ('"it\'s"', "it's"),
        ("concat('a' , \"b\")", "ab"),
        ("child::t", None),
    ],
)
def test_operators_bind_as_in_xpath(expression: str, expected: object) -> None:
    if expected is None:
        with pytest.raises(Exception, match="有误"):
            value(expression)
    else:
        assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "place"),
    [("1 +", 3), ("(1", 2), ("1)", 1), ("a b", 2), ("'x", 0), ("#", 0), ("1 ,2", 2), ("", 0), ("  ", 0)],
)
def test_a_fault_knows_its_place(expression: str, place: int) -> None:
    with pytest.raises(XPathFault) as fault:
        parse(expression)
    assert fault.value.at == place


@pytest.mark.parametrize(
    "expression", ["9" * 400, "ancestor::x", "//x", "a//b", "@id", "../@id", "preceding-sibling::r", "x/id('a')"]
)
def test_what_forms_do_not_use_is_refused_and_not_guessed(expression: str) -> None:
    with pytest.raises(XPathFault):
        parse(expression)
