"""Forms written as field forms are: cascades, "none and another", ages, rosters, running numbers, several languages."""

from __future__ import annotations

from typing import Any

import pytest

from dajian.forms.model import Form
from tests.forms.asking import codes, judged, questionnaire

CHOICES = [
    ["list_name", "name", "label::English (en)", "label::中文 (zh)", "region", "district"],
    ["yn", "1", "Yes", "是"],
    ["yn", "0", "No", "否"],
    ["region", "north", "North", "北部"],
    ["region", "south", "South", "南部"],
    ["district", "n1", "North 1", "北一", "north"],
    ["district", "n2", "North 2", "北二", "north"],
    ["district", "s1", "South 1", "南一", "south"],
    ["village", "v1", "Village 1", "一村", "", "n1"],
    ["village", "v2", "Village 2", "二村", "", "n2"],
    ["source", "farm", "Farm", "务农"],
    ["source", "trade", "Trade", "经商"],
    ["source", "none", "None", "无"],
    ["source", "other", "Other", "其他"],
    ["kin", "head", "Head", "户主"],
    ["kin", "child", "Child", "子女"],
]


@pytest.fixture(scope="module")
def household() -> Form:
    return questionnaire(
        [
            ["type", "name", "label::English (en)", "label::中文 (zh)", "relevant", "constraint", "calculation"]
            + ["choice_filter", "repeat_count", "required", "default", "constraint_message::中文 (zh)"],
            ["start", "start"],
            ["today", "today"],
            ["calculate", "uid", "", "", "", "", "once(uuid())"],
            ["select_one region", "region", "Region", "地区"],
            ["select_one district", "district", "District", "区", "", "", "", "region = ${region}"],
            ["select_one village", "village", "Village", "村", "", "", "", "district = ${district}"],
            ["calculate", "where", "", "", "", "", "concat(jr:choice-name(${village}, '${village}'), '，', ${region})"],
            ["integer", "members", "Members", "人数", "", ". > 0 and . <= 20"],
            ["calculate", "half", "", "", "", "", "round(${members} div 2, 1)"],
            ["begin_repeat", "person", "Person", "成员", "", "", "", "", "${members}"],
            ["text", "who", "Name", "姓名", "", "regex(., '[^0-9]{1,20}')", "", "", "", "yes"],
            ["date", "born", "Born", "出生", "", ". <= today() and . > date('1900-01-01')"],
            ["calculate", "age", "", "", "", "", "int((today() - ${born}) div 365.25)"],
            ["select_one kin", "kin", "Kin", "关系", "", "position(..) != 1 or . = 'head'"],
            ["calculate", "kin_label", "", "", "", "", "jr:choice-name(${kin}, '${kin}')"],
            ["select_one yn", "school", "School", "在学", "${age} >= 6 and ${age} < 18"],
            ["calculate", "number", "", "", "", "", "concat(position(..), '/', ${members})"],
            ["end_repeat", ""],
            ["calculate", "adults", "", "", "", "", "count(${person}[age >= 18])"],
            ["calculate", "eldest", "", "", "", "", "max(${age})"],
            ["calculate", "first_name", "", "", "", "", "indexed-repeat(${who}, ${person}, 1)"],
            ["calculate", "names", "", "", "", "", "join('、', ${who})"],
            ["select_multiple source", "sources", "Income", "收入来源", ""]
            + ["not(selected(., 'none') and count-selected(.) > 1)", "", "", "", "yes", "", "“无”不能与其他同选"],
            ["text", "other", "Other", "其他来源", "selected(${sources}, 'other')", "", "", "", "", "yes"],
            ["calculate", "main_source", "", "", "", "", "selected-at(${sources}, 0)"],
            ["decimal", "income", "Income", "收入", "not(selected(${sources}, 'none'))"],
            [
                "calculate",
                "per_head",
                "",
                "",
                "",
                "",
                "if(${members} > 0, round(coalesce(${income}, 0) div ${members}, 2), 0)",
            ],
            ["note", "bye", "Bye ${first_name}", "再见 ${first_name}", "string-length(${names}) > 2"],
        ],
        CHOICES,
        [["form_id", "default_language", "instance_name"], ["hh", "English (en)", "concat(${where}, ' ', ${uid})"]],
    )


RECORD: dict[str, Any] = {
    "uid": "4e6c6a4a",
    "region": "north",
    "district": "n1",
    "village": "v1",
    "members": 2,
    "person": [
        {"who": "甲", "born": "1980-11-01", "kin": "head"},
        {"who": "乙", "born": "2015-03-01", "kin": "child", "school": "1"},
    ],
    "sources": ["trade", "farm"],
    "income": 1001.0,
}


def test_everything_that_is_computed_is_what_the_phone_computes(household: Form) -> None:
    verdict = judged(household, RECORD, strict=True)
    assert verdict.problems == ()
    record = verdict.record
    assert {key: record[key] for key in record if key not in RECORD} == {
        "where": "一村，north",
        "half": 1,
        "adults": 1,
        "eldest": 46,
        "first_name": "甲",
        "names": "甲、乙",
        "main_source": "farm",
        "per_head": 500.5,
    }
    assert [(row["age"], row["kin_label"], row["number"]) for row in record["person"]] == [
        (46, "户主", "1/2"),
        (11, "子女", "2/2"),
    ]
    assert record["uid"] == "4e6c6a4a"


def test_labels_are_shown_in_chinese(household: Form) -> None:
    labels = {question.key: question.label for question in household.questions}
    assert (labels["region"], labels["bye"]) == ("地区", "再见 …")
    assert [choice.label for choice in household.by_key["", "district"].choices] == ["北一", "北二", "南一"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"district": "s1"}, [("", 0, "district", "choice"), ("", 0, "village", "choice")]),
        ({"village": "v2"}, [("", 0, "village", "choice")]),
        ({"sources": ["none", "farm"]}, [("", 0, "sources", "constraint"), ("", 0, "income", "irrelevant")]),
        ({"sources": ["other"]}, [("", 0, "other", "required")]),
        ({"members": 3}, [("", 0, "person", "count")]),
        ({"members": 21}, [("", 0, "members", "constraint"), ("", 0, "person", "count")]),
        ({"person": [RECORD["person"][0]]}, [("", 0, "person", "count")]),
        (
            {"person": [RECORD["person"][0], {"who": "2", "born": "2090-01-01", "kin": "uncle"}]},
            [("person", 1, "who", "constraint"), ("person", 1, "born", "constraint"), ("person", 1, "kin", "choice")],
        ),
        (
            {"person": [{**RECORD["person"][0], "kin": "child"}, {**RECORD["person"][1], "born": "1990-01-01"}]},
            [("person", 0, "kin", "constraint"), ("person", 1, "school", "irrelevant")],
        ),
    ],
)
def test_each_slip_is_found_where_it_is(household: Form, change: dict[str, Any], expected: list[Any]) -> None:
    assert codes(judged(household, {**RECORD, **change}, strict=True)) == expected


def test_the_cascade_of_a_repeat_follows_its_own_row() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "choice_filter", "calculation"],
            ["begin_repeat", "stay", "Stay"],
            ["select_one region", "region", "R"],
            ["select_one district", "district", "D", "region = ${region}"],
            ["calculate", "shown", "", "", "jr:choice-name(${district}, '${district}')"],
            ["end_repeat", ""],
        ],
        [[cell for place, cell in enumerate(row) if place != 2] for row in CHOICES],
    )
    stays = [{"region": "north", "district": "n2"}, {"region": "south", "district": "s1"}]
    verdict = judged(form, {"stay": stays})
    assert verdict.valid
    assert [row["shown"] for row in verdict.record["stay"]] == ["北二", "南一"]
    mixed = [{"region": "north", "district": "s1"}, {"region": "south", "district": "s1"}]
    assert codes(judged(form, {"stay": mixed})) == [("stay", 0, "district", "choice")]


def test_a_list_of_thousands_is_searched_by_its_key() -> None:
    areas = [["area", f"a{n}", f"区 {n}", f"p{n % 500}"] for n in range(12_000)]
    form = questionnaire(
        [
            ["type", "name", "label", "choice_filter"],
            ["text", "p", "P"],
            ["select_one area", "a", "A", "parent = ${p}"],
        ],
        [["list_name", "name", "label", "parent"], *areas],
    )
    assert judged(form, {"p": "p7", "a": "a507"}).valid
    assert codes(judged(form, {"p": "p8", "a": "a507"})) == [("", 0, "a", "choice")]
    assert any("X_" in expression.source for expression in form.program.expressions)  # type: ignore[attr-defined]


def test_or_other_and_ranks_and_external_lists_of_a_row() -> None:
    form = questionnaire(
        [
            ["type", "name", "label"],
            ["select_one source or_other", "from", "来源"],
            ["rank yn", "order", "排序"],
            ["acknowledge", "ok", "确认"],
        ],
        [["list_name", "name", "label"], ["source", "farm", "务农"], ["yn", "1", "是"], ["yn", "0", "否"]],
    )
    record = {"from": "other", "from_other": "捕鱼", "order": ["0", "1"], "ok": "OK"}
    assert judged(form, record).record == record
