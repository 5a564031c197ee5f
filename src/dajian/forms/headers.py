"""The words of an XLSForm workbook, Chinese and English -> pyxform's: sheets, columns, question types, yes and no."""

from __future__ import annotations

SHEETS = {
    **dict.fromkeys(("survey", "问卷", "题目", "调查表", "问题"), "survey"),
    **dict.fromkeys(("choices", "选项", "选项表"), "choices"),
    **dict.fromkeys(("settings", "设置", "问卷设置"), "settings"),
    **dict.fromkeys(("external_choices", "external choices"), "external_choices"),
    "entities": "entities",
    "osm": "osm",
}

SURVEY = {
    **dict.fromkeys(("类型", "题型", "类别"), "type"),
    **dict.fromkeys(("名称", "变量名", "字段名", "字段"), "name"),
    **dict.fromkeys(("标题", "标签", "题目", "问题"), "label"),
    **dict.fromkeys(("提示", "填写说明", "填报说明"), "hint"),
    **dict.fromkeys(("必填", "是否必填"), "required"),
    **dict.fromkeys(("必填提示", "requiredmsg"), "required_message"),
    **dict.fromkeys(("显示条件", "相关条件", "相关", "relevance", "bind::relevant"), "relevant"),
    **dict.fromkeys(("约束", "约束条件", "校验", "校验条件", "限制", "bind::constraint"), "constraint"),
    **dict.fromkeys(("约束提示", "校验提示", "限制提示", "constraining_message"), "constraint_message"),
    **dict.fromkeys(("计算", "计算公式", "公式", "calculate", "bind::calculate"), "calculation"),
    **dict.fromkeys(("默认值", "默认"), "default"),
    **dict.fromkeys(("外观", "样式"), "appearance"),
    **dict.fromkeys(("只读", "read_only", "bind::readonly"), "readonly"),
    **dict.fromkeys(("选项筛选", "选项过滤", "筛选"), "choice_filter"),
    **dict.fromkeys(("重复次数", "行数", "count", "jr:count"), "repeat_count"),
    **dict.fromkeys(("触发", "触发题"), "trigger"),
    **dict.fromkeys(("参数",), "parameters"),
    **dict.fromkeys(("提醒条件", "核对条件", "warning"), "bind::dajian:warning"),
    **dict.fromkeys(("提醒", "提醒语", "核对提示", "warning_message"), "bind::dajian:warningMsg"),
}
CHOICES = {
    **dict.fromkeys(("列表", "列表名", "列表名称", "选项列表", "list name"), "list_name"),
    **dict.fromkeys(("名称", "值", "代码", "选项值", "value"), "name"),
    **dict.fromkeys(("标题", "标签", "选项"), "label"),
}
SETTINGS = {
    **dict.fromkeys(("标题", "表单标题", "问卷标题", "title"), "form_title"),
    **dict.fromkeys(("编号", "表单编号", "问卷编号", "id_string"), "form_id"),
    **dict.fromkeys(("版本", "版本号"), "version"),
    **dict.fromkeys(("默认语言",), "default_language"),
    **dict.fromkeys(("实例名称", "记录名称"), "instance_name"),
    **dict.fromkeys(("样式",), "style"),
    **dict.fromkeys(("命名空间",), "namespaces"),
}
COLUMNS = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}

REMARKS = ("备注", "说明", "来源", "注释")  # columns for people, not for the form; a header that begins so is left out

TYPES = {
    "文本": "text",
    "文字": "text",
    "整数": "integer",
    "小数": "decimal",
    "数字": "decimal",
    "日期": "date",
    "时间": "time",
    "日期时间": "dateTime",
    "单选": "select_one",
    "多选": "select_multiple",
    "计算": "calculate",
    "说明": "note",
    "图片": "image",
    "照片": "image",
    "附件": "file",
    "位置": "geopoint",
    "坐标": "geopoint",
    "隐藏": "hidden",
    "开始分组": "begin_group",
    "结束分组": "end_group",
    "开始重复": "begin_repeat",
    "结束重复": "end_repeat",
    "确认": "acknowledge",
    "排序": "rank",
    "范围": "range",
    "开始时间": "start",
    "结束时间": "end",
    "填报日期": "today",
}
WORDS = {"是": "yes", "否": "no", "必填": "yes", "选填": "no"}

# columns that hold expressions; `default` and `trigger` hold them only at times
EXPRESSIONS = (
    *("relevant", "constraint", "calculation", "required", "readonly", "choice_filter", "repeat_count"),
    "bind::dajian:warning",
)
CONSTANTS = {"yes", "no", "true", "false", "true()", "false()"}


def column(sheet: str, header: str) -> str:
    """pyxform's name of a column; the language after `::` is kept; "" for a column of remarks."""
    text = " ".join(header.split())
    table = COLUMNS.get(sheet, {})
    for known in (text, text.lower(), text.lower().replace(" ", "_")):
        if known in table:
            return table[known]
    name, mark, language = text.partition("::")
    if mark and name.strip() in table:
        return f"{table[name.strip()]}::{language.strip()}"
    if text.startswith(REMARKS):
        return ""
    return (
        text.lower().replace(" ", "_") if sheet == "survey" and text.lower().replace(" ", "_") in EXPRESSIONS else text
    )


def question_type(text: str) -> str:
    """A Chinese question type in pyxform's words; `单选 列表` keeps its list."""
    first, _, rest = " ".join(text.split()).partition(" ")
    return f"{TYPES[first]} {rest}".strip() if first in TYPES else text
