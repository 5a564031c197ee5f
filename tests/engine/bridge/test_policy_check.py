"""A policy of one's own: what could let a bridge pass by mistake is refused, with every fault at once."""

from __future__ import annotations

import pytest

from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.policy_check import own_policy
from dajian.engine.findings import Unusable

NAMED = {"name": "某省取值", "dated": "2026-10-01"}


def test_the_default_policy_keeps_its_own_rules():
    assert own_policy(screening_policy()) == screening_policy()


def test_what_is_not_said_stays_as_it_was():
    found = own_policy({**NAMED, "least_ratio": 1.2, "deck": {"wide": 0.4}})
    assert found["least_ratio"] == 1.2
    assert found["deck"] == {**screening_policy()["deck"], "wide": 0.4}


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ({"least_ratio": 0.99}, "least_ratio"),
        ({"least_ratio": True}, "least_ratio"),
        ({"deck": 3}, "deck"),
        ({"deck": {"stiffness": []}}, "deck.stiffness"),
        ({"deck": {"twist": [0.5, 0.1]}}, "deck.twist"),
        ({"deck": {"colour": 1}}, "deck.colour"),
        ({"frequency": [70]}, "frequency"),
        ({"heavy_gap": "left"}, "heavy_gap"),
        ({"super20_main": 250}, "super20_main"),
        ({"today_class": {"car-20": "highway-X"}}, "today_class.car-20"),
        ({"measures": {"more_lines": [1.5]}}, "measures.more_lines"),
        ({"least_span_m": 2}, "least_span_m"),
        ({"dated": "yesterday"}, "dated"),
    ],
)
def test_a_value_out_of_bounds_is_named(entry, place):
    with pytest.raises(Unusable) as refused:
        own_policy({**NAMED, **entry})
    assert [fault.place for fault in refused.value.faults] == [place]


def test_a_policy_without_name_and_date_is_refused_with_its_other_faults():
    with pytest.raises(Unusable) as refused:
        own_policy({"colour": 1})
    assert {fault.place for fault in refused.value.faults} == {"name", "dated", "colour"}
