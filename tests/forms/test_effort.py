"""How long a form takes: more questions take longer, optional ones nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dajian.forms.effort import STEP_MINUTES, minutes
from tests.provinces.answers import REQUIRED_ALONE, form_of


@pytest.mark.parametrize("key", sorted(REQUIRED_ALONE))
def test_every_form_says_its_minutes_in_steps_of_five(key: str) -> None:
    found = minutes(form_of(key))
    assert found % STEP_MINUTES == 0
    assert 10 <= found <= 60


def test_a_small_carrier_gives_about_twenty_minutes() -> None:
    assert 15 <= minutes(form_of("carrier")) <= 25


def test_optional_parts_take_no_time_and_asked_ones_do() -> None:
    form = form_of("carrier")
    required = tuple(q for q in form.questions if not any("选填" in title for title in q.groups))
    assert minutes(replace(form, questions=required)) == minutes(form)
    assert minutes(replace(form, questions=required * 2)) > minutes(form)
    assert minutes(replace(form, questions=())) == STEP_MINUTES
