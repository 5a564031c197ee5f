"""Codes that differ by one slip of the hand meet in a block and are seen; genuine ones that differ never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dajian.twins.codes import is_genuine, keys, meant, slip

GENUINE = "91350100M000100Y43"
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
codes = st.text(SIGNS, min_size=18, max_size=18)


@given(codes, st.integers(0, 17), st.sampled_from(SIGNS))
def test_one_wrong_place_is_seen_and_meets_in_a_block(code: str, at: int, sign: str) -> None:
    wrong = code[:at] + sign + code[at + 1 :]
    assert slip(code, wrong) == ("" if sign == code[at] else "digit")
    assert set(keys(code)) & set(keys(wrong))


@given(codes, st.integers(0, 16))
def test_two_neighbours_swapped_are_seen_and_meet_in_a_block(code: str, at: int) -> None:
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert slip(code, swapped) == ("" if code[at] == code[at + 1] else "swap")
    assert set(keys(code)) & set(keys(swapped))


@given(codes, st.integers(0, 17))
def test_a_lost_place_is_seen_either_way_round(code: str, at: int) -> None:
    lost = code[:at] + code[at + 1 :]
    assert slip(code, lost) == slip(lost, code) == "lost"


@given(codes, st.integers(0, 9))
def test_a_place_lost_in_the_first_half_meets_in_a_block(code: str, at: int) -> None:
    assert set(keys(code)) & set(keys(code[:at] + code[at + 1 :]))


@pytest.mark.parametrize(("typed", "expected"), [("9135OIOO", "91350100"), ("９１ 35-0l", "91350L"), ("S5 Z2", "5522")])
def test_letters_that_no_code_has_are_read_as_the_digits_that_were_meant(typed: str, expected: str) -> None:
    assert meant(typed) == expected


def test_only_a_code_whose_check_digit_holds_is_genuine() -> None:
    from stdnum.cn import uscc

    body = "91350100M000100Y4"
    genuine = body + uscc.calc_check_digit(body)
    others = [body + sign for sign in SIGNS if body + sign != genuine]
    assert is_genuine(genuine)
    assert not any(map(is_genuine, others))
    assert not is_genuine("2018-350100-44-02-00000")
