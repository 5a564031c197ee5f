"""References from inside and outside of a repeat."""

from __future__ import annotations

from typing import Any

import pytest

from tests.forms.asking import codes, judged, questionnaire, refusal, row_values


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/r/n", ["one", "two", "three"]),  # an absolute path means this row's
        ("../n", ["one", "two", "three"]),
        ("current()/../n", ["one", "two", "three"]),
        ("/data/t", ["hello world"] * 3),
        ("position(..)", [1, 2, 3]),
        ("position(..) = count(/data/r)", ["false", "false", "true"]),
        ("count(../../r)", [3, 3, 3]),
        ("sum(../../r/q)", [7, 7, 7]),
        ("join(',', ../../r/n)", ["one,two,three"] * 3),
        ("../../r[2]/n", ["two"] * 3),
        ("/data/r[n = 'two']/q", [4, 4, 4]),
        ("../../r[position() = position(current()/..) - 1]/n", [None, "one", "two"]),
        ("indexed-repeat(/data/r/n, /data/r, position(..) - 1)", [None, "one", "two"]),
        ("count(../../r[q > current()/../q])", [1, 0, 0]),
        ("count(/data/r[n = current()/../n])", [1, 1, 1]),
        ("jr:choice-name(../kind, '/data/r/kind')", ["福州", "厦门", "泉州"]),
        ("instance('city')/root/item[name = current()/../kind]/pop", ["8", "5", "8"]),
        ("concat(position(..), '/', count(/data/r), ' ', ../n)", ["1/3 one", "2/3 two", "3/3 three"]),
        ("name(../n)", ["n"] * 3),
    ],
)
def test_a_path_in_a_row_means_what_odk_means(expression: str, expected: list[Any]) -> None:
    assert row_values(expression) == expected


NESTED = [
    ["type", "name", "label", "calculation"],
    ["begin_repeat", "fleet", "车队"],
    ["text", "fleet_name", "车队名称"],
    ["begin_repeat", "truck", "车辆"],
    ["integer", "axles", "轴数"],
    ["calculate", "code", "", "concat(${fleet_name}, '-', position(../..), '-', position(..))"],
    ["end_repeat", ""],
    ["calculate", "fleet_axles", "", "sum(${axles})"],
    ["end_repeat", ""],
    ["calculate", "all_axles", "", "sum(${axles})"],
    ["calculate", "trucks", "", "count(${truck})"],
    ["calculate", "second", "", "indexed-repeat(${axles}, ${fleet}, 2, ${truck}, 1)"],
]


def test_repeats_in_repeats_know_their_own_rows_and_all_rows() -> None:
    form = questionnaire(NESTED)
    record = {
        "fleet": [
            {"fleet_name": "甲", "truck": [{"axles": 3}, {"axles": 4}]},
            {"fleet_name": "乙", "truck": [{"axles": 6}]},
        ]
    }
    found = judged(form, record).record
    assert [[truck["code"] for truck in fleet["truck"]] for fleet in found["fleet"]] == [
        ["甲-1-1", "甲-1-2"],
        ["乙-2-1"],
    ]
    assert [fleet["fleet_axles"] for fleet in found["fleet"]] == [7, 6]
    assert (found["all_axles"], found["trucks"], found["second"]) == (13, 3, 6)


def test_a_fault_in_a_nested_row_names_its_whole_place() -> None:
    form = questionnaire(NESTED)
    verdict = judged(form, {"fleet": [{}, {"truck": [{}, {"axles": "three"}]}]})
    assert codes(verdict) == [("truck", 1, "axles", "type")]
    assert verdict.problems[0].path.endswith("/fleet[2]/truck[2]/axles")


def test_a_running_total_over_the_rows_before_is_no_ring() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "calculation"],
            ["begin_repeat", "step", "步骤"],
            ["integer", "amount", "数量"],
            [
                "calculate",
                "so_far",
                "",
                "${amount} + coalesce(indexed-repeat(${so_far}, ${step}, position(..) - 1), 0)",
            ],
            ["end_repeat", ""],
        ]
    )
    rows = judged(form, {"step": [{"amount": 2}, {"amount": 3}, {"amount": 5}]}).record["step"]
    assert [row["so_far"] for row in rows] == [2, 5, 10]


def test_a_share_of_a_total_waits_until_all_rows_are_counted() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "calculation"],
            ["begin_repeat", "row", "行"],
            ["integer", "n", "数"],
            ["calculate", "twice", "", "${n} * 2"],
            ["calculate", "share", "", "${twice} div sum(../../row/twice)"],
            ["end_repeat", ""],
        ]
    )
    rows = judged(form, {"row": [{"n": 1}, {"n": 3}]}).record["row"]
    assert [row["share"] for row in rows] == [0.25, 0.75]


def test_the_wrong_repeat_in_indexed_repeat_is_refused() -> None:
    assert "不在重复组" in refusal("indexed-repeat(/data/t, /data/r, 1)")


def test_a_node_that_is_not_there_is_refused_with_its_sisters() -> None:
    assert "有：q、n、kind" in refusal("sum(/data/r/quantity)")
