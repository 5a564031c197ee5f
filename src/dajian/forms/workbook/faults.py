"""The faults of a filled workbook: their codes in order of rank, and the sentence for each.

A sentence says where, what stands there, what is expected, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from dajian.forms.model import Question
from dajian.tables.faults import Fault
from dajian.tables.read import address

# For one cell the first that applies is told.
CODES = (
    "header_unknown",
    "header_double",
    "stray",
    "merged",
    "formula",
    "irrelevant",
    "lost_digits",
    "type",
    "choice",
    "required",
    "constraint",
    "twin",
    "orphan",
    "count",
)
RANK = {code: rank for rank, code in enumerate(CODES)}
LONGEST = 40  # characters of a quoted cell


@dataclass(frozen=True)
class CellFault(Fault):
    question: str = ""  # key of the question, "" where there is none


SENTENCES = {
    "warning": "{expected}。",  # a soft check: the answer stands once it is confirmed
    "header_unknown": "表头「{there}」不是本表的栏目，这一列没有读取。请改成模板中的表头；不需要的列请删去。",
    "header_double": "表头「{there}」重复（另一处在 {first}），这一列没有读取。请改正表头，或删去多余的列。",
    "stray": "表格以外的文字「{there}」没有读取。请移到表头上方，或删去。",
    "merged": "{area} 是合并单元格，分不清各格的答案。请取消合并，每格分别填写。",
    "formula": "公式{result}。请改填结果：复制该格，选择性粘贴为数值。",
    "irrelevant": "填了「{there}」，但按本单位的其他回答，这一题不用填。请清空本格，或改正前面的回答。",
    "lost_digits": "号码按数字存成了「{there}」，15 位以后已经丢失。请把单元格格式改为文本，再重新录入完整的号码。",
    "type": "填了「{there}」，应为{expected}。请改正。",
    "choice": "填了「{there}」，{expected}。",
    "required": "没有填写。{expected}",
    "constraint": "填了「{there}」，不符合要求：{expected}。请核对后改正。",
    "twin": "与第 {first} 行是同一个单位（{there}）。一个单位只填一行，请合并或删去多出的；确是两个的请改正一个。",
    "orphan": "{there}，这一行不知道属于哪个单位。请核对「{main}」表中的{key}，填写一致。",
    "count": "{expected}。请在「{sheet_of_rows}」表中增减本单位的行。",
}

EXPECTED = {
    "integer": "整数，例如 30，不带单位和文字",
    "decimal": "数，例如 12.5，不带单位和文字",
    "date": "日期，例如 2026-05-01",
    "time": "时间，例如 14:30",
    "datetime": "日期和时间，例如 2026-05-01 14:30",
    "geopoint": "纬度和经度，例如 26.08 119.30",
    "text": "文字",
}


def fault(
    sheet: str, row: int, column: int, code: str, *, header: str = "", question: str = "", **words: object
) -> CellFault:
    """The fault of one cell (row, column from 0) with its sentence. words: what the code's sentence names."""
    quoted = {k: shorten(v) if isinstance(v, str) and k == "there" else v for k, v in words.items()}
    sentence = SENTENCES[code].format_map(quoted)
    place = f"「{sheet}」表第 {row + 1} 行" + (f"「{header}」" if header else f"（{address(row, column)}）")
    return CellFault(sheet, address(row, column), code, f"{place}：{sentence}", question)


def shorten(text: str) -> str:
    """A text as it fits into a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def expected(question: Question) -> str:
    """What a cell of the question should hold, for a fault of type or choice."""
    if not question.choices:
        return EXPECTED.get(question.type, "")
    some = "、".join(c.label for c in question.choices[:8]) + ("……" if len(question.choices) > 8 else "")
    return f"不在选项内。请从下拉框选择：{some}"
