"""What can be said about an XLSForm's rows before it is converted: every fault at once, by cell, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from dajian.forms import headers, typography
from dajian.forms.model import FormProblem
from dajian.forms.sheets import Row, Sheet
from dajian.forms.xpath_compile import check_calls, variables
from dajian.forms.xpath_parse import XPathFault, parse

BEGIN = re.compile(r"begin[ _](group|repeat|loop)\b", re.IGNORECASE)
END = re.compile(r"end[ _](group|repeat|loop)\b", re.IGNORECASE)
_SELECT = re.compile(
    r"(select_one|select_multiple|select one|select multiple|rank|select one from|select all that apply from)\s+(\S+)"
)
_REFERENCE = re.compile(r"\$\{\s*(last-saved#)?([^}]*?)\s*\}")
_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "bind::dajian:warningMsg")
_RESERVED = {"meta"}


@dataclass
class _Check:
    sheets: dict[str, Sheet]
    names: set[str]
    problems: list[FormProblem] = field(default_factory=list)

    def fault(self, sheet: Sheet, row: int, column: str, message: str) -> None:
        self.problems.append(FormProblem(sheet.title, sheet.cell(row, column), message))


def check_sheets(sheets: dict[str, Sheet]) -> list[FormProblem]:
    survey = sheets["survey"]
    check = _Check(sheets, {row.cells["name"].strip() for row in survey.filled() if "name" in row.cells})
    _check_structure(check, survey)
    for row in survey.filled():
        for column in headers.EXPRESSIONS:
            if column in row.cells:
                _check_expression(check, survey, row, column)
        for column, found in row.cells.items():
            if column.partition("::")[0] in _TEXTS or column in _TEXTS or column == "trigger":
                _check_references(check, survey, row, column, found)
    _check_choices(check)
    return check.problems


def expressions(row: Row) -> Iterator[tuple[str, str]]:
    for column in headers.EXPRESSIONS:
        if column in row.cells:
            yield column, row.cells[column]


def _check_expression(check: _Check, survey: Sheet, row: Row, column: str) -> None:
    typed = row.cells[column]
    if headers.WORDS.get(typed.strip(), typed.strip().lower()) in headers.CONSTANTS:
        return
    if slips := typography.slips(typed):
        check.fault(survey, row.number, column, f"表达式 {typography.excerpt(typed)} 里{typography.sentence(slips)}")
        return
    try:
        expr = parse(typed)
        check_calls(expr)
    except XPathFault as fault:
        check.fault(survey, row.number, column, f"表达式 {typography.excerpt(typed)} 有误：{fault.message}")
        return
    for variable in variables(expr):
        _check_name(check, survey, row, column, variable.name)


def _check_references(check: _Check, survey: Sheet, row: Row, column: str, text: str) -> None:
    for saved, name in _REFERENCE.findall(text):
        if not saved:
            _check_name(check, survey, row, column, name)


def _check_name(check: _Check, survey: Sheet, row: Row, column: str, name: str) -> None:
    if name in check.names or name.startswith("last-saved#"):
        return
    near = get_close_matches(name, check.names, 1)
    hint = f"，是否要写 ${{{near[0]}}}？" if near else "，请核对「名称」列"
    check.fault(survey, row.number, column, f"没有名为 {name} 的题目{hint}")


def _check_structure(check: _Check, survey: Sheet) -> None:
    """Groups that open and close, names that are there, well formed and unique, lists that exist."""
    open_groups: list[tuple[str, int]] = []
    seen: list[dict[str, int]] = [{}]
    for row in survey.filled():
        kind, name = headers.question_type(row.cells.get("type", "")).strip(), row.cells.get("name", "").strip()
        if end := END.match(kind):
            if not open_groups or open_groups[-1][0] != end[1].lower():
                wanted = (
                    f"应先写 end_{open_groups[-1][0]}（第 {open_groups[-1][1]} 行开始的）"
                    if open_groups
                    else "前面没有对应的 begin"
                )
                check.fault(survey, row.number, "type", f"{kind} 配不上，{wanted}")
                return
            open_groups.pop()
            seen.pop()
            continue
        if not kind:
            continue
        _check_row_name(check, survey, row.number, name, kind, seen[-1])
        _check_list(check, survey, row, kind)
        if begin := BEGIN.match(kind):
            open_groups.append((begin[1].lower(), row.number))
            seen.append({})
    for kind, number in open_groups:
        check.fault(survey, number, "type", f"第 {number} 行的 begin_{kind} 没有对应的 end_{kind}，请补上")


def _check_row_name(check: _Check, survey: Sheet, number: int, name: str, kind: str, seen: dict[str, int]) -> None:
    if not name:
        if kind.partition(" ")[0] not in (
            "note",
            "start",
            "end",
            "today",
            "deviceid",
            "audit",
            "username",
            "email",
            "phonenumber",
        ):
            check.fault(survey, number, "name", "没有填名称，每道题、每个组都要有名称")
    elif not _NAME.match(name):
        check.fault(survey, number, "name", f"名称「{name}」不合规则：以字母、汉字或下划线开头，不含空格和标点")
    elif name in _RESERVED:
        check.fault(survey, number, "name", f"名称「{name}」已由系统使用，请换一个，如 {name}_1")
    elif name in seen:
        check.fault(survey, number, "name", f"名称「{name}」与第 {seen[name]} 行重复，同一组里每个名称只能用一次")
    else:
        seen[name] = number


def _check_list(check: _Check, survey: Sheet, row: Row, kind: str) -> None:
    match = _SELECT.match(kind)
    if not match or "from_file" in kind or "${" in kind:
        return
    choices = check.sheets.get("choices")
    lists = {found.cells.get("list_name", "").strip() for found in choices.filled()} if choices else set()
    if match[2] not in lists:
        near = get_close_matches(match[2], lists, 1)
        hint = f"，是否要写 {near[0]}？" if near else "，请在 choices 表里加上"
        check.fault(survey, row.number, "type", f"没有选项列表「{match[2]}」{hint}")


def _check_choices(check: _Check) -> None:
    choices = check.sheets.get("choices")
    if not choices:
        return
    settings = next((row.cells for row in check.sheets["settings"].filled()), {}) if "settings" in check.sheets else {}
    doubles = settings.get("allow_choice_duplicates", "").strip().lower() in ("yes", "true", "是")
    seen: dict[tuple[str, str], int] = {}
    for row in choices.filled():
        list_name, name = row.cells.get("list_name", "").strip(), row.cells.get("name", "").strip()
        if not list_name:
            continue
        if not name:
            check.fault(choices, row.number, "name", "选项没有名称（值）")
        elif (list_name, name) in seen and not doubles:
            check.fault(
                choices, row.number, "name", f"列表「{list_name}」的选项「{name}」与第 {seen[list_name, name]} 行重复"
            )
        elif len(name.split()) > 1:
            check.fault(choices, row.number, "name", f"选项值「{name}」里有空格，请去掉或改用下划线")
        seen.setdefault((list_name, name), row.number)
