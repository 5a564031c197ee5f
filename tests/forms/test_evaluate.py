"""A record judged: each rule with both sides of its limit, and what the verdict keeps."""

from __future__ import annotations

from typing import Any

import pytest

from dajian.forms.model import Form
from tests.forms.asking import codes, judged, questionnaire

LISTS = [
    ["list_name", "name", "label", "province"],
    ["yes_no", "yes", "是"],
    ["yes_no", "no", "否"],
    ["kind", "lowbed", "低平板"],
    ["kind", "hydraulic", "液压轴线"],
    ["kind", "tractor", "牵引车"],
    ["city", "fz", "福州", "fj"],
    ["city", "xm", "厦门", "fj"],
    ["city", "nc", "南昌", "jx"],
    ["province", "fj", "福建"],
    ["province", "jx", "江西"],
]


@pytest.fixture(scope="module")
def carrier() -> Form:
    return questionnaire(
        [
            ["类型", "名称", "标题", "必填", "显示条件", "约束", "约束提示", "计算", "选项筛选", "提醒条件", "提醒"],
            ["text", "unit_name", "单位全称", "是", "", "string-length(.) >= 2", "至少两个字"],
            ["select_one yes_no", "owns", "有无车辆", "是"],
            ["begin_repeat", "vehicle", "车辆", "", "${owns} = 'yes'"],
            ["select_one kind", "vehicle_kind", "车辆类型", "是"],
            ["integer", "quantity", "数量", "是", "", ". >= 1 and . <= 2000", "1 至 2000"],
            ["integer", "axle_lines", "轴线数", "是", "${vehicle_kind} = 'hydraulic'"],
            ["end_repeat", ""],
            ["calculate", "total", "", "", "", "", "", "sum(${quantity})"],
            ["select_multiple kind", "kinds", "主要类型"],
            ["select_one province", "province", "省"],
            ["select_one city", "city", "市", "", "", "", "", "", "province = ${province}"],
            ["decimal", "revenue", "收入"],
            ["decimal", "expense", "支出", "", "", "", "", "", "", ". < 3 * ${revenue}", "支出超过收入三倍"],
            ["text", "reason", "理由", "${revenue} = 0"],
            ["date", "on", "日期", "", "", ". <= today()", "不晚于今天"],
            ["geopoint", "place", "位置"],
            ["image", "photo", "照片"],
            ["note", "thanks", "共 ${total} 辆"],
        ],
        LISTS,
    )


GOOD = {"unit_name": "甲公司", "owns": "no"}
ROW = {"vehicle_kind": "lowbed", "quantity": 2}


def test_a_right_record_has_no_fault_and_gains_its_calculations(carrier: Form) -> None:
    verdict = judged(carrier, {**GOOD, "owns": "yes", "vehicle": [ROW, {**ROW, "quantity": 3}]})
    assert verdict.valid
    assert verdict.record["total"] == 5


@pytest.mark.parametrize(
    ("key", "sent", "kept"),
    [
        ("unit_name", " 甲 ", " 甲 "),
        ("revenue", "12.50", 12.5),
        ("revenue", 12, 12.0),
        ("revenue", 0, 0.0),
        ("on", "2026-11-25", "2026-11-25"),
        ("place", "26.08 119.30", "26.08 119.30"),
        ("photo", "门口.jpg", "门口.jpg"),
        ("kinds", ["tractor", "lowbed"], ["lowbed", "tractor"]),  # in the order of the choices
        ("kinds", "tractor lowbed tractor", ["lowbed", "tractor"]),
    ],
)
def test_an_answer_is_kept_in_its_type(carrier: Form, key: str, sent: Any, kept: Any) -> None:
    verdict = judged(carrier, {**GOOD, key: sent, "reason": "x"})
    assert [problem for problem in verdict.problems if problem.key == key and problem.code == "type"] == []
    assert verdict.record[key] == kept
    assert type(verdict.record[key]) is type(kept)


@pytest.mark.parametrize("empty", ["", "  ", None, []])
def test_an_empty_answer_has_no_key(carrier: Form, empty: Any) -> None:
    verdict = judged(carrier, {**GOOD, "kinds": empty, "revenue": None})
    assert verdict.valid
    assert verdict.record == {**GOOD, "total": 0}


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("unit_name", 12),
        ("unit_name", "a\x00b"),
        ("revenue", "十二"),
        ("revenue", "1e3"),
        ("revenue", float("nan")),
        ("revenue", True),
        ("on", "2026-02-30"),
        ("on", "2026/03/01"),
        ("on", 46000),
        ("place", "119.30"),
        ("place", "95 119"),
        ("photo", "../secret"),
        ("kinds", ["a b"]),
        ("kinds", {"a": 1}),
        ("owns", ["yes"]),
        ("vehicle", "two"),
        ("vehicle", [1]),
    ],
)
def test_an_answer_of_another_type_is_told_once_and_not_lost(carrier: Form, key: str, sent: Any) -> None:
    verdict = judged(carrier, {**GOOD, "owns": "yes", "vehicle": [ROW], key: sent})
    assert [problem.code for problem in verdict.problems if problem.key == key] == ["type"]
    if key != "vehicle":
        assert str(verdict.record[key]) == str(sent)


@pytest.mark.parametrize(("quantity", "right"), [(1, True), (2000, True), (0, False), (2001, False), (-1, False)])
def test_a_constraint_holds_on_both_sides_of_its_limits(carrier: Form, quantity: int, right: bool) -> None:
    verdict = judged(carrier, {**GOOD, "owns": "yes", "vehicle": [ROW, {**ROW, "quantity": quantity}]})
    assert verdict.valid is right
    if not right:
        problem = verdict.problems[0]
        assert (problem.scope, problem.row, problem.key, problem.code) == ("vehicle", 1, "quantity", "constraint")
        assert problem.message == f"「数量」填的是“{quantity}”：1 至 2000"
        assert problem.path.endswith("/vehicle[2]/quantity")


def test_a_constraint_is_not_asked_of_an_empty_answer(carrier: Form) -> None:
    assert judged(carrier, GOOD).valid


def test_what_is_required_is_missed_when_sent_and_not_in_a_draft(carrier: Form) -> None:
    assert codes(judged(carrier, {"owns": "no"})) == [("", 0, "unit_name", "required")]
    assert judged(carrier, {"owns": "no"}, sent=False).valid


def test_required_may_depend_on_an_answer(carrier: Form) -> None:
    assert codes(judged(carrier, {**GOOD, "revenue": 0})) == [("", 0, "reason", "required")]
    assert judged(carrier, {**GOOD, "revenue": 1}).valid


def test_a_required_question_that_does_not_belong_is_not_missed(carrier: Form) -> None:
    rows = [{**ROW, "vehicle_kind": "hydraulic"}, ROW]
    assert codes(judged(carrier, {**GOOD, "owns": "yes", "vehicle": rows})) == [
        ("vehicle", 0, "axle_lines", "required")
    ]


def test_what_does_not_belong_is_dropped_or_told_when_strict(carrier: Form) -> None:
    record = {**GOOD, "vehicle": [ROW]}
    verdict = judged(carrier, record)
    assert verdict.valid
    assert "vehicle" not in verdict.record
    assert verdict.record["total"] == 0
    strict = judged(carrier, record, strict=True)
    assert codes(strict) == [("vehicle", 0, "vehicle_kind", "irrelevant"), ("vehicle", 0, "quantity", "irrelevant")]
    inner = judged(carrier, {**GOOD, "owns": "yes", "vehicle": [{**ROW, "axle_lines": 3}]}, strict=True)
    assert codes(inner) == [("vehicle", 0, "axle_lines", "irrelevant")]
    assert "axle_lines" not in inner.record["vehicle"][0]


def test_an_answer_of_a_wrong_type_that_does_not_belong_is_only_told_to_be_irrelevant(carrier: Form) -> None:
    rows = [{**ROW, "axle_lines": "many"}]
    strict = judged(carrier, {**GOOD, "owns": "yes", "vehicle": rows}, strict=True)
    assert codes(strict) == [("vehicle", 0, "axle_lines", "irrelevant")]
    assert codes(judged(carrier, {**GOOD, "vehicle": [{"quantity": "many"}]}, strict=True)) == [
        ("vehicle", 0, "quantity", "irrelevant")
    ]
    dropped = judged(carrier, {**GOOD, "owns": "yes", "vehicle": rows})
    assert dropped.valid
    assert dropped.record["vehicle"] == [ROW]


@pytest.mark.parametrize(("key", "sent"), [("owns", "maybe"), ("kinds", ["lowbed", "kite"])])
def test_an_answer_outside_the_choices_is_told(carrier: Form, key: str, sent: Any) -> None:
    verdict = judged(carrier, {**GOOD, key: sent}, sent=False)
    assert codes(verdict) == [("", 0, key, "choice")]
    assert verdict.record[key] == sent


def test_a_choice_filter_offers_only_what_fits_the_answer_before(carrier: Form) -> None:
    assert judged(carrier, {**GOOD, "province": "fj", "city": "xm"}).valid
    wrong = judged(carrier, {**GOOD, "province": "jx", "city": "xm"})
    assert codes(wrong) == [("", 0, "city", "choice")]
    assert "与前面的回答不相配" in wrong.problems[0].message
    assert codes(judged(carrier, {**GOOD, "city": "xm"})) == [("", 0, "city", "choice")]


def test_a_forged_calculation_is_replaced_or_told_when_strict(carrier: Form) -> None:
    record = {**GOOD, "owns": "yes", "vehicle": [ROW], "total": 99}
    assert judged(carrier, record).record["total"] == 2
    assert judged(carrier, record).valid
    assert codes(judged(carrier, record, strict=True)) == [("", 0, "total", "calculate")]
    assert judged(carrier, {**record, "total": "2.0"}, strict=True).valid


def test_a_field_that_the_form_does_not_have_is_told(carrier: Form) -> None:
    record = {**GOOD, "owns": "yes", "vehicle": [{**ROW, "colour": "red"}], "x": 1}
    assert codes(judged(carrier, record)) == [("", 0, "x", "unknown"), ("vehicle", 0, "colour", "unknown")]


def test_a_soft_check_warns_and_lets_stand(carrier: Form) -> None:
    warned = judged(carrier, {**GOOD, "revenue": 10, "expense": 30})
    assert warned.valid
    assert [(found.key, found.code, found.message) for found in warned.warnings] == [
        ("expense", "warning", "「支出」填的是“30”：支出超过收入三倍")
    ]
    assert judged(carrier, {**GOOD, "revenue": 10, "expense": 29.9}).warnings == ()


@pytest.mark.parametrize(("day", "right"), [("2026-11-25", True), ("2026-11-26", False)])
def test_today_in_a_constraint_is_the_day_given(carrier: Form, day: str, right: bool) -> None:
    assert judged(carrier, {**GOOD, "on": day}).valid is right


def test_the_record_that_was_given_is_not_changed(carrier: Form) -> None:
    record = {**GOOD, "vehicle": [dict(ROW)], "kinds": ["tractor", "lowbed"]}
    judged(carrier, record)
    assert record == {**GOOD, "vehicle": [ROW], "kinds": ["tractor", "lowbed"]}


def test_all_faults_are_told_at_once_in_the_order_of_the_form(carrier: Form) -> None:
    verdict = judged(carrier, {"unit_name": "甲", "owns": "yes", "vehicle": [{"quantity": 0}], "on": "later"})
    assert codes(verdict) == [
        ("", 0, "unit_name", "constraint"),
        ("", 0, "on", "type"),
        ("vehicle", 0, "vehicle_kind", "required"),
        ("vehicle", 0, "quantity", "constraint"),
    ]


def test_what_cannot_be_recomputed_is_kept_as_sent() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "calculation"],
            ["calculate", "id", "", "uuid()"],
            ["calculate", "first", "", "once(today())"],
            ["calculate", "both", "", "concat(${id}, '!')"],
        ]
    )
    sent = {"id": "abc", "first": "2020-01-01"}
    assert judged(form, sent, strict=True).record == {**sent, "both": "abc!"}
    fresh = judged(form, {}).record
    assert len(fresh["id"]) == 36
    assert fresh["first"] == "2026-11-25"


def test_calculations_are_kept_in_their_type() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "calculation", "bind::type"],
            ["decimal", "a", "A"],
            ["calculate", "whole", "", "${a} * 2"],
            ["calculate", "part", "", "${a} div 2"],
            ["calculate", "text", "", "concat(${a}, 't')"],
            ["calculate", "truth", "", "${a} > 1"],
            ["calculate", "nothing", "", "${a} + 'x'"],
            ["calculate", "count", "", "${a} + 0.6", "int"],
            ["calculate", "money", "", "3", "decimal"],
        ]
    )
    record = judged(form, {"a": 2.5}).record
    assert record == {
        "a": 2.5,
        "whole": 5,
        "part": 1.25,
        "text": "2.5t",
        "truth": "true",
        "count": 3,
        "money": 3.0,
    }
    assert [type(record[key]) for key in ("whole", "count", "money")] == [int, int, float]


ROWS = [["type", "name", "label", "required", "relevant", "repeat_count"]]


def test_a_repeat_marked_required_wants_one_row() -> None:
    form = questionnaire([*ROWS, ["begin_repeat", "r", "车辆", "yes"], ["text", "a", "A"], ["end_repeat"]])
    assert form.repeats[0].least == 1
    missing = judged(form, {})
    assert codes(missing) == [("", 0, "r", "count")]
    assert "至少要填一行" in missing.problems[0].message
    assert judged(form, {}, sent=False).valid
    assert judged(form, {"r": [{}]}).valid


@pytest.mark.parametrize(("rows", "right"), [(1, False), (2, True), (3, False)])
def test_a_counted_repeat_wants_just_so_many_rows(rows: int, right: bool) -> None:
    form = questionnaire(
        [*ROWS, ["integer", "n", "N"], ["begin_repeat", "r", "R", "", "", "${n}"], ["text", "a", "A"], ["end_repeat"]]
    )
    assert judged(form, {"n": 2, "r": [{"a": "x"}] * rows}).valid is right
    assert judged(form, {"n": 0}).valid


def test_conditions_of_groups_reach_all_that_is_in_them() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "relevant", "calculation"],
            ["select_one yes_no", "a", "A"],
            ["begin_group", "outer", "外", "${a} = 'yes'"],
            ["begin_group", "inner", "内", "${b} = 'go'"],
            ["text", "c", "C"],
            ["begin_repeat", "r", "R"],
            ["text", "d", "D"],
            ["end_repeat"],
            ["end_group"],
            ["text", "b", "B"],
            ["end_group"],
            ["calculate", "seen", "", "", "count(${r}) + count(${c})"],
        ],
        LISTS,
    )
    whole = {"a": "yes", "b": "go", "c": "x", "r": [{"d": "y"}]}
    assert judged(form, whole).record == {**whole, "seen": 2}
    assert judged(form, {**whole, "b": "stop"}).record == {"a": "yes", "b": "stop", "seen": 0}
    assert judged(form, {**whole, "a": "no"}).record == {"a": "no", "seen": 0}


def test_a_row_that_its_own_answer_hides_falls_away() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "relevant"],
            ["begin_repeat", "r", "R", "/f/r/keep != 'no'"],
            ["text", "keep", "K"],
            ["end_repeat"],
        ],
        settings=[["form_id"], ["f"]],
    )
    assert judged(form, {"r": [{"keep": "a"}, {"keep": "no"}, {"keep": "b"}]}).record == {
        "r": [{"keep": "a"}, {"keep": "b"}]
    }


def test_a_range_is_held_to_its_bounds() -> None:
    form = questionnaire([["type", "name", "label", "parameters"], ["range", "n", "N", "start=1 end=5 step=1"]])
    assert judged(form, {"n": 5}).valid
    assert codes(judged(form, {"n": 6})) == [("", 0, "n", "constraint")]
