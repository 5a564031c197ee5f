"""Hints for the reviewer: about what is far off, doubtful or copied, and silent about what is usual."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dajian.forms.hints import Compared, Hint, Peer, hints, is_outlier, pairs_of, size_class
from dajian.forms.model import ROOT, Form, Problem, Question
from dajian.forms.present import Reader

READER = Reader(2018, 2019)


def question(key: str, type: str = "decimal", **more: Any) -> Question:
    return Question(key, key, f"/f/{key}", ROOT, type, more.pop("label", key), datatype=type, **more)


FORM = Form(
    "f",
    "1",
    "表",
    b"",
    (
        question("fleet", "integer", label="车辆合计"),
        question("revenue", label="{Y}年收入"),
        question("cost", label="支出"),
        question("revenue_unknown", "select_multiple", label="收入无法提供"),
        question("cost_unknown", "select_multiple", label="支出无法提供"),
        question("advice", "text", label="意见建议", appearance="multiline"),
        *(question(f"figure{n}") for n in range(8)),
    ),
    (),
)
WORDS = "建议简化跨省大件运输许可办理流程，统一各省护送费用标准。"
PEERS = [Peer(f"示例{n}公司", {"fleet": 8, "revenue": 100.0 + 10 * n, "cost": 90.0}) for n in range(10)]


def found(record: dict, **compared: Any) -> list[Hint]:
    return hints(FORM, record, Compared(**compared), READER)


def test_a_figure_far_from_those_of_its_size_is_told_with_what_is_usual() -> None:
    told = found({"fleet": 9, "revenue": 1_450_000.0}, peers=PEERS, size="fleet")
    assert [h.about for h in told] == [(ROOT, 0, "revenue")]
    assert told[0].text == "“2018年收入”填 1.45e+06，同规模 10 家多为 117.5 至 172.5。请核对数字和单位。"


@pytest.mark.parametrize("revenue", [40.0, 60.0, 145.0, 400.0])
def test_what_differs_a_little_is_not_told(revenue: float) -> None:
    assert found({"fleet": 9, "revenue": revenue}, peers=PEERS, size="fleet") == []


def test_a_large_unit_is_not_measured_by_small_ones() -> None:
    assert found({"fleet": 300, "revenue": 1_450_000.0}, peers=PEERS, size="fleet") == []


def test_few_peers_say_nothing() -> None:
    assert found({"fleet": 9, "revenue": 1e9}, peers=PEERS[:7], size="fleet") == []


@pytest.mark.parametrize(
    ("value", "size"), [(0, 0), (4.9, 0), (5, 1), (19, 1), (20, 2), (100, 3), (None, None), ("9", None)]
)
def test_classes_of_size_turn_at_their_bounds(value: Any, size: int | None) -> None:
    assert size_class(value) == size


def test_where_all_others_agree_a_multiple_is_told_and_a_neighbour_is_not() -> None:
    assert is_outlier(91.0, [10.0] * 9)
    assert not is_outlier(29.0, [10.0] * 9)
    assert not is_outlier(-5.0, [10.0] * 9)


@given(st.lists(st.floats(0, 1e6), min_size=8, max_size=40))
def test_the_middle_of_the_others_is_never_an_outlier(others: list[float]) -> None:
    assert not is_outlier(sorted(others)[len(others) // 2], others)


def test_confirmed_soft_checks_are_told_as_sums() -> None:
    warning = Problem(ROOT, 0, "cost", "warning", "{Y}年支出超过收入三倍")
    told = found({}, warnings=[warning])
    assert [(h.kind, h.text) for h in told] == [("sum", "请核对，填报人没有确认过：2018年支出超过收入三倍")]


def test_half_of_the_unknown_is_told() -> None:
    assert found({"revenue_unknown": ["yes"]})[0].kind == "unknown"
    assert found({}) == []


def test_last_time_is_told_by_figures_that_changed_greatly_and_by_none_that_changed() -> None:
    told = found({"revenue": 90.0, "cost": 50.0}, before={"revenue": 30.0, "cost": 45.0}, before_said="2017 年度")
    assert [h.text for h in told] == ["“2018年收入”填 90，2017 年度为 30。"]
    same = {f"figure{n}": float(n) for n in range(8)}
    assert [h.kind for h in found(same, before=dict(same), before_said="2017 年度")] == ["last_time"]


def test_texts_that_were_copied_are_told_with_whose_they_are() -> None:
    copied = Peer("示例甲公司", {"advice": WORDS.replace("，", "、").replace("标准", "的标准")})
    other = Peer("示例乙公司", {"advice": "希望放宽夜间通行限制，增加沿线停车区，公布限高限宽数据。"})
    told = found({"advice": WORDS}, peers=[copied, other])
    assert [h.text for h in told] == ["“意见建议”与“示例甲公司”的文字几乎相同。"]


def test_short_answers_may_be_alike() -> None:
    assert found({"advice": "无"}, peers=[Peer("示例甲公司", {"advice": "无"})]) == []
    assert pairs_of("无") == frozenset()


def test_nothing_is_said_of_a_record_alone() -> None:
    assert found({"fleet": 3, "revenue": 12.0, "advice": WORDS}) == []
