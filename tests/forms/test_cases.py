"""Faults that other projects met: cases K07, K08, K09."""

from __future__ import annotations

from dajian.forms.instance import read, write
from dajian.forms.model import Form
from tests.forms.asking import codes, faults, judged, questionnaire

YES_NO = [["list_name", "name", "label"], ["yes_no", "yes", "是"], ["yes_no", "no", "否"], ["yes_no", "o", "其他"]]


def test_k07_a_repeat_that_belongs_after_a_change_wants_its_first_row_filled() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "required", "relevant"],
            ["select_one yes_no", "owns", "有无液压轴线", "yes"],
            ["begin_repeat", "axles", "液压轴线", "", "${owns} = 'yes'"],
            ["integer", "lines", "轴线数", "yes"],
            ["end_repeat"],
        ],
        YES_NO,
    )
    first = judged(form, {"owns": "no"})
    assert first.valid
    assert first.record == {"owns": "no"}
    changed = {**first.record, "owns": "yes"}
    assert codes(judged(form, changed)) == [("", 0, "axles", "count")]
    assert codes(judged(form, {**changed, "axles": [{}]})) == [("axles", 0, "lines", "required")]
    assert judged(form, {**changed, "axles": [{"lines": 12}]}).valid
    assert judged(form, changed, sent=False).valid


def test_k07_a_repeat_may_stay_empty_where_nothing_in_it_is_required_or_it_says_so() -> None:
    def form(required: str, inside: str) -> Form:
        return questionnaire(
            [
                ["type", "name", "label", "required", "relevant"],
                ["select_one yes_no", "owns", "有无", "yes"],
                ["begin_repeat", "more", "更多", required, "${owns} = 'yes'"],
                ["text", "what", "什么", inside],
                ["end_repeat"],
            ],
            YES_NO,
        )

    assert judged(form("", ""), {"owns": "yes"}).valid
    assert judged(form("no", "yes"), {"owns": "yes"}).valid
    assert not judged(form("yes", ""), {"owns": "yes"}).valid


def test_k08_typographic_marks_in_expressions_are_told_and_those_in_labels_are_fine() -> None:
    found = faults(
        [
            ["type", "name", "label", "relevant"],
            ["select_one yes_no", "b", "B"],
            ["integer", "a", "A"],
            ["integer", "c", "C"],
            ["text", "first", "一", "selected(${b}, ‘o’)"],
            ["text", "second", "二", "${a} ＞ 3"],
            ["text", "third", "三", "${a} and\u00a0${c}"],
            ["text", "fourth", "带‘引号’的标题"],
        ],
        YES_NO,
    )
    assert [cell for cell, _ in found] == ["D5", "D6", "D7"]
    assert "「‘」，应改为「'」" in found[0][1]
    assert "「’」，应改为「'」" in found[0][1]
    assert "「＞」，应改为「>」" in found[1][1]
    assert "不换行空格（U+00A0），应改为普通空格" in found[2][1]


def test_k08_marks_inside_quoted_text_are_the_authors_own() -> None:
    survey = [["type", "name", "label", "relevant"], ["text", "a", "A"], ["text", "b", "B", "${a} != '“无”，（略）'"]]
    form = questionnaire(survey)
    assert judged(form, {"a": "x", "b": "y"}).record == {"a": "x", "b": "y"}
    assert judged(form, {"a": "“无”，（略）", "b": "y"}).record == {"a": "“无”，（略）"}


def test_k09_questions_of_one_name_in_two_repeats_stay_apart() -> None:
    form = questionnaire(
        [
            ["类型", "名称", "标题"],
            ["begin_repeat", "自有车辆", "自有车辆"],
            ["text", "名称", "名称"],
            ["integer", "数量", "数量"],
            ["end_repeat"],
            ["begin_repeat", "租用车辆", "租用车辆"],
            ["text", "名称", "名称"],
            ["integer", "数量", "数量"],
            ["end_repeat"],
        ]
    )
    assert [(q.scope, q.key) for q in form.questions] == [
        ("自有车辆", "名称"),
        ("自有车辆", "数量"),
        ("租用车辆", "名称"),
        ("租用车辆", "数量"),
    ]
    record = {
        "自有车辆": [{"名称": "甲", "数量": 1}, {"名称": "乙", "数量": 2}],
        "租用车辆": [{"名称": "丙", "数量": 3}, {"名称": "丁", "数量": 4}, {"名称": "戊", "数量": 5}],
    }
    verdict = judged(form, record)
    assert verdict.valid
    assert verdict.record == record
    assert read(form, write(form, record, instance_id="uuid:9")).record == record
