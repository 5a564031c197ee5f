"""The checksum of a credit code as the questionnaires state it, under libxml2 with only ODK's regex added."""

import random
import re

import pytest
from lxml import etree
from pyxform.xls2xform import convert
from stdnum.cn import uscc

from tests.provinces.books import KEYS, path, questions

CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.fixture(scope="module")
def accepts():
    xform = etree.fromstring(convert(xlsform=str(path("carrier")), validate=False).xform.encode())
    (bind,) = [b for b in xform.iterfind(".//{*}bind") if b.get("nodeset", "").endswith("/unit_credit_code")]
    regex = {(None, "regex"): lambda _, nodes, pattern: bool(re.search(pattern, nodes[0].text or ""))}
    judge = etree.XPath(bind.get("constraint", ""), extensions=regex)

    def accepted(code):
        node = etree.Element("code")
        node.text = code
        return judge(node)

    return accepted


def code(draw):
    body = "".join(draw.choice(CODE_SIGNS) for _ in range(17))
    return body + uscc.calc_check_digit(body)


def test_200_credit_codes_pass_and_a_slip_in_any_one_place_is_refused(accepts):
    draw = random.Random(20190403)
    for good in (code(draw) for _ in range(200)):
        place = draw.randrange(18)
        slip = draw.choice([sign for sign in CODE_SIGNS if sign != good[place]])
        assert accepts(good), good
        assert not accepts(good[:place] + slip + good[place + 1 :]), (good, place, slip)


@pytest.mark.parametrize("bad", ["", "9135010", "91350100M000100Y4300", "91350100i000100Y43", "91350100M000100Y4３"])
def test_a_credit_code_of_another_length_or_alphabet_is_refused(accepts, bad):
    assert not accepts(bad)


def test_every_credit_code_in_every_questionnaire_has_the_same_rule():
    rules = {
        row["constraint"]
        for form in KEYS
        for name, (row, _, _) in questions(form).items()
        if name.endswith("credit_code")
    }
    assert len(rules) == 1
