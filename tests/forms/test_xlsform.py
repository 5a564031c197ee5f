"""Workbooks that become forms, and workbooks that are refused, each fault with its cell and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from dajian.forms.model import BadForm
from dajian.forms.xform import load_xml
from dajian.forms.xlsform import load
from tests.forms.asking import codes, faults, judged, questionnaire, workbook

HEAD = ["类型", "名称", "标题", "显示条件", "约束", "计算", "选项筛选"]
YES_NO = [["列表", "名称", "标题"], ["yes_no", "yes", "是"], ["yes_no", "no", "否"]]


def test_chinese_headers_types_and_words_are_understood() -> None:
    form = load(
        workbook(
            [],
            问卷=[
                ["类型", "名称", "标题", "提示", "必填", "必填提示", "只读", "备注：给同事"],
                ["文本", "unit_name", "单位全称", "全称", "是", "请填全称", "否", "不进问卷"],
                ["单选 yes_no", "eligible", "是否属于"],
                ["开始分组", "more", "选填"],
                ["整数", "employees", "从业人员"],
                ["结束分组", ""],
            ],
            选项=YES_NO,
            设置=[["表单编号", "表单标题", "版本"], ["carrier", "企业状况", "2019"]],
        )
    )
    assert (form.form_id, form.title, form.version) == ("carrier", "企业状况", "2019")
    assert [(q.key, q.type, q.required, q.row, q.sheet, q.groups) for q in form.questions] == [
        ("unit_name", "text", True, 2, "问卷", ()),
        ("eligible", "select_one", False, 3, "问卷", ()),
        ("employees", "integer", False, 5, "问卷", ("选填",)),
    ]
    assert form.questions[0].hint == "全称"
    assert form.questions[0].required_message == "请填全称"
    assert form.questions[0].path == "/carrier/unit_name"
    assert [choice.label for choice in form.questions[1].choices] == ["是", "否"]


def test_labels_keep_their_chinese_quotes_and_braces() -> None:
    form = questionnaire([["type", "name", "label"], ["text", "a", "“一窗通办”与‘马上办’（{Y}年）"]])
    assert form.questions[0].label == "“一窗通办”与‘马上办’（{Y}年）"
    assert "“一窗通办”" in form.xml.decode()


def test_the_xform_that_is_kept_loads_to_the_same_form() -> None:
    form = questionnaire([HEAD, ["integer", "a", "A", "", ". > 1"]])
    again = load_xml(form.xml)
    assert [question.path for question in again.questions] == [question.path for question in form.questions]
    assert codes(judged(again, {"a": 1})) == codes(judged(form, {"a": 1})) == [("", 0, "a", "constraint")]


def test_a_path_and_bytes_and_an_xform_are_loaded_alike(tmp_path: Path) -> None:
    data = workbook([["type", "name", "label"], ["text", "a", "A"]])
    (tmp_path / "visit.xlsx").write_bytes(data)
    from_path = load(tmp_path / "visit.xlsx")
    assert from_path.form_id == load(data, name="visit").form_id == "visit"
    assert load(from_path.xml).questions[0].key == "a"


EXPRESSIONS = [
    ("${a} ＞ 3", "「＞」，应改为「>」"),
    ("selected(${b}， 'yes')", "「，」，应改为「,」"),
    ("（${a} = 1）", "「（」，应改为「(」"),
    ("${a} ≥ 3", "「≥」，应改为「>=」"),
    ("${a} = ３", "「３」，应改为「3」"),
    ("${a}\u3000= 3", "全角空格（U+3000），应改为普通空格"),
    ("${a} = 3\u200b", "零宽空格（U+200B），请删去"),
    ("${a} &gt; 3", "「&gt;」，应改为「>」"),
    ("${a} == 3", "「==」，应改为「=」"),
    ("${a} = 1 && ${a} = 2", "「&&」，应改为「and」"),
    ("${a} = “x”", '「“」，应改为「"」'),
    ("if( ${a} <1,0,1", "结尾处缺少「)」"),
    ("${a} > 0 and ${a} < ", "结尾处缺少一个数值"),
    ("when it is big", "前缺少运算符"),
    ("${a} + $b", "引用题目应写成 ${题目名称}"),
    ("${a} = 'x", "没有配对"),
    ("${aa} = 1", "没有名为 aa 的题目，是否要写 ${a}？"),
    ("add-date(${a}, 1)", "没有名为 add-date() 的函数"),
    ("selected(${b})", "selected() 要 2 个参数，这里有 1 个"),
    ("instance('nolist')/root/item[name = 'x']/label = 'y'", "没有选项表「nolist」"),
    ("/data/none = 1", "「/data」里没有「none」"),
    ("//a = 1", "不支持「//」"),
    ("sum(1 + 1) > 0", "第 1 个参数应是题目"),
    ("regex(${t}, '[')", "正则表达式"),
    ("(" * 100 + "1" + ")" * 100, "嵌套"),
]


@pytest.mark.parametrize(("expression", "part"), EXPRESSIONS)
def test_a_bad_expression_is_told_by_cell_with_a_way_out(expression: str, part: str) -> None:
    survey = [HEAD, ["integer", "a", "A"], ["select_one yes_no", "b", "B"], ["text", "t", "T", expression]]
    found = faults(survey, YES_NO, [["name"], ["data"]])
    assert [cell for cell, _ in found] == ["D4"]
    assert part in found[0][1]


@pytest.mark.parametrize("column", ["显示条件", "约束", "计算", "必填", "只读", "重复次数", "提醒条件"])
def test_every_column_of_expressions_is_read(column: str) -> None:
    survey = [["类型", "名称", "标题", column], ["begin_repeat", "r", "R"], ["text", "t", "T"], ["end_repeat", ""]]
    survey[1 if column == "重复次数" else 2].append("nofunction(1)")
    assert [cell for cell, message in faults(survey) if "nofunction" in message] == [
        "D2" if column == "重复次数" else "D3"
    ]


def test_a_choice_filter_is_read_too() -> None:
    survey = [HEAD, ["integer", "a", "A"], ["select_one yes_no", "b", "B", "", "", "", "nocolumn = ${a}"]]
    [(cell, message)] = faults(survey, YES_NO)
    assert cell == "G3"
    assert "没有「nocolumn」" in message


def test_all_faults_are_told_at_once() -> None:
    survey = [
        HEAD,
        ["integer", "a", "A", "${zz} = 1"],
        ["select_one nolist", "b", "B"],
        ["text", "a", "twice"],
        ["calculate", "c", "", "", "", "foo(1)"],
        ["begin_group", "g", "G"],
    ]
    assert sorted(cell for cell, _ in faults(survey, YES_NO)) == ["A3", "A6", "B4", "D2", "F5"]


def test_calculations_in_a_ring_are_told_with_their_names() -> None:
    found = faults([HEAD, ["calculate", "x", "", "", "", "${y} + 1"], ["calculate", "y", "", "", "", "${x} + 1"]])
    assert len(found) == 1
    assert found[0][0] in ("F2", "F3")
    assert "循环引用" in found[0][1]
    assert "「x」" in found[0][1]
    assert "「y」" in found[0][1]


def test_a_calculation_of_itself_is_told() -> None:
    [(cell, message)] = faults([HEAD, ["calculate", "x", "", "", "", "${x} + 1"], ["text", "t", "T"]])
    assert cell == "F2"
    assert "依赖它自己" in message


def test_a_condition_that_hides_its_own_question_is_told() -> None:
    [(cell, message)] = faults([HEAD, ["begin_group", "g", "G", "${t} = 'x'"], ["text", "t", "T"], ["end_group", ""]])
    assert cell == "D2"
    assert "循环引用" in message


@pytest.mark.parametrize(
    ("survey", "choices", "cell", "part"),
    [
        ([HEAD, ["text", "meta", "M"]], YES_NO, "B2", "已由系统使用"),
        ([HEAD, ["text", "a b", "M"]], YES_NO, "B2", "不合规则"),
        ([HEAD, ["text", "", "M"]], YES_NO, "B2", "没有填名称"),
        ([HEAD, ["tekst", "a", "M"]], YES_NO, "A2", "tekst"),
        ([HEAD, ["end_group", ""]], YES_NO, "A2", "配不上"),
        ([HEAD, ["select_one yes_no", "a", "A"]], [*YES_NO, ["yes_no", "no", "不"]], "B4", "重复"),
        ([HEAD, ["select_multiple yes_no", "a", "A"]], [*YES_NO, ["yes_no", "may be", "?"]], "B4", "空格"),
        ([HEAD, ["text", "a", "有 ${nobody} 吗"]], YES_NO, "C2", "没有名为 nobody 的题目"),
    ],
)
def test_a_slip_in_the_rows_is_told_by_cell(survey: list, choices: list, cell: str, part: str) -> None:
    found = faults(survey, choices)
    assert (cell, True) in [(place, part in message) for place, message in found]


def test_the_same_header_twice_and_a_missing_one_are_told() -> None:
    assert faults([["type", "name", "类型"], ["text", "a", "text"]])[0][0] == "C1"
    assert "name" in faults([["type", "label"], ["text", "A"]])[0][1]


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken", b"<html/>", b"<a", b"<!DOCTYPE a><a/>"])
def test_what_is_no_form_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadForm) as refused:
        load(data)
    assert refused.value.problems[0].message


def test_a_workbook_without_a_survey_sheet_names_its_sheets() -> None:
    with pytest.raises(BadForm) as refused:
        load(workbook([], 企业=[["a"]], 车辆=[["b"]]))
    assert "企业、车辆" in refused.value.problems[0].message


def test_a_group_called_like_the_form_is_no_trouble() -> None:
    survey = [HEAD, ["begin_group", "carrier", "C"], ["text", "a", "A"], ["end_group", ""]]
    form = questionnaire(survey, settings=[["form_id"], ["carrier"]])
    assert form.questions[0].path == "/form/carrier/a"


def test_a_question_type_that_kills_the_converter_is_told_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyxform dies of a bare TypeError on some rows; which ones changes with its version, so the death is staged."""
    from pyxform import xls2xform

    convert = xls2xform.convert

    def dying(xlsform: dict, **more: object) -> object:
        if any(row.get("name") == "killer" for row in xlsform["survey"]):
            raise TypeError("unhashable type: 'dict'")
        return convert(xlsform=xlsform, **more)

    monkeypatch.setattr(xls2xform, "convert", dying)
    survey = [HEAD, *[["text", f"t{n}", "T"] for n in range(9)], ["text", "killer", "K"], ["text", "z", "Z"]]
    [(cell, message)] = faults(survey)
    assert cell == "A11"
    assert "TypeError" in message
