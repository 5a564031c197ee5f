"""What speaks for a pair, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

REASONS = {
    "code_same": "代码相同",
    "code_letter": "代码中把字母当成了数字（O 与 0、I 与 1）：{0} 与 {1}",
    "code_digit": "代码只差一位，其中至少一个校验不符：{0} 与 {1}",
    "code_swap": "代码有相邻两位颠倒：{0} 与 {1}",
    "code_lost": "代码少了一位：{0} 与 {1}",
    "name_same": "名称相同，只是写法不同（全角、括号、有限公司与有限责任公司、地名）",
    "name_old": "一个是另一个的曾用名",
    "name_sound": "名称读音相同，用字不同",
    "brand": "字号相同",
    "phone": "联系电话相同",
    "address": "地址相同：{0}",
    "county": "同在一个县（市、区）",
    "elsewhere": "不在同一个市",
    "hand": "由经办人提出",
}


def sentences(reasons: Iterable[Sequence[str]]) -> list[str]:
    """Each reason as a sentence, the weightiest first. No phone is told, only that two are the same."""
    return [REASONS[code].format(*told) for code, *told in reasons]
