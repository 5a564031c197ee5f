"""Sentences about answers: where, what is there, what is expected, what to do."""

from __future__ import annotations

from typing import Any

from dajian.forms.model import Question
from dajian.forms.program import Scope
from dajian.forms.values import string

_LONGEST = 40


def shown(value: Any) -> str:
    text = "、".join(map(str, value)) if isinstance(value, list) else string(value) if _plain(value) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))


def wrong_type(question: Question, sent: Any, expected: str) -> str:
    return f"「{question.label}」填的是“{shown(sent)}”，{expected}"


def constraint(question: Question, value: Any) -> str:
    wanted = question.constraint_message or "不符合本题的填写要求"
    return f"「{question.label}」填的是“{shown(value)}”：{wanted}"


def out_of_bounds(question: Question, value: Any, bounds: tuple[float, float]) -> str:
    return f"「{question.label}」填的是“{shown(value)}”，应在 {string(bounds[0])} 到 {string(bounds[1])} 之间"


def warning(question: Question, value: Any, message: str) -> str:
    return f"「{question.label}」填的是“{shown(value)}”：{message or '请再核对一次'}"


def choice(question: Question, name: str, *, filtered: bool) -> str:
    if filtered:
        return f"「{question.label}」选的是“{shown(name)}”，与前面的回答不相配，请重新选择"
    if len(question.choices) <= 8 and question.choices:
        offered = "、".join(item.label or item.name for item in question.choices)
        return f"「{question.label}」填的是“{shown(name)}”，应为：{offered}"
    return f"「{question.label}」填的是“{shown(name)}”，不在选项里，请从列表中选择"


def required(question: Question) -> str:
    return f"「{question.label}」没有填：{question.required_message or '本题必填'}"


def irrelevant(question: Question) -> str:
    return f"「{question.label}」按前面的回答不必填，却填了内容，请清空它或改正前面的回答"


def unknown(key: str) -> str:
    return f"问卷里没有「{shown(key)}」，请删去，或核对问卷版本"


def forged(question: Question, sent: Any, value: Any) -> str:
    return f"「{question.label}」由系统计算，送来的是“{shown(sent)}”，应为“{shown(value)}”，请不要改动"


def count(scope: Scope, rows: int, wanted: int) -> str:
    return f"「{_label(scope)}」有 {rows} 行，应为 {wanted} 行"


def no_row(scope: Scope) -> str:
    return f"「{_label(scope)}」一行也没有，至少要填一行"


def no_rows(scope: Scope) -> str:
    return f"「{_label(scope)}」应为若干行，每行一组回答"


def _label(scope: Scope) -> str:
    return scope.repeat.label if scope.repeat else scope.key
