"""How people write numbers, spans, structures, loads and conditions in an inventory, as one meaning each.

Every reader takes the text of a cell (never empty) and raises ValueError with what is expected.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dajian.engine.bridge.beams import Spans
from dajian.engine.findings import figure

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = re.compile("[零〇一二两三四五六七八九十百]+")
_MOST_SUPPORTS = 1000
STRUCTURES = {"simple": "simple", "简支": "simple", "continuous": "continuous", "连续": "continuous", "other": "other"}
PIERS = {"ordinary": "ordinary", "普通": "ordinary", "single_column": "single_column", "独柱": "single_column"}
KINDS = {"main": "main", "主线": "main", "ramp": "ramp", "匝道": "ramp", "culvert": "culvert", "涵洞": "culvert"}
SECTIONS = {
    "box": "box", "整体箱梁": "box", "箱梁": "box", "箱形": "box", "t_girder": "t_girder", "T梁": "t_girder",
    "T形梁": "t_girder", "small_box": "small_box", "小箱梁": "small_box", "组合箱梁": "small_box",
    "hollow_slab": "hollow_slab", "空心板": "hollow_slab", "solid_slab": "solid_slab", "实心板": "solid_slab",
    "整体板": "solid_slab", "other": "other", "其他": "other",
}  # fmt: skip
_LOADS = {"汽10": "car-10", "汽15": "car-15", "汽20": "car-20", "汽超20": "car-super20"}
_CHECKS = {"履50": "track-50", "挂80": "trailer-80", "挂100": "trailer-100", "挂120": "trailer-120"}


def plain(text: str) -> str:
    """Full-width signs, odd dashes, Chinese digits and spaces as ASCII."""
    text = unicodedata.normalize("NFKC", text).strip().lstrip("'")
    return _CHINESE.sub(lambda found: str(_chinese(found[0])), text)


def _chinese(text: str) -> int:
    """Chinese numerals below a thousand, or digit by digit (二〇〇四)."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = digit = 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def number(low: float, high: float, unit: str) -> Callable[[str], float]:
    """A number greater than `low`, at most `high`."""
    expected = f"大于 {figure(low)}、不大于 {figure(high)} 的数{f'（{unit}）' if unit else ''}"

    def read(text: str) -> float:
        try:
            value = float(plain(text))
        except ValueError:
            raise ValueError(expected) from None
        if not math.isfinite(value) or not low < value <= high:
            raise ValueError(expected)
        return value

    return read


def whole(low: int, high: int) -> Callable[[str], float]:
    """A whole number; 2.0 is 2."""
    expected = f"{low} 到 {high} 的整数"

    def read(text: str) -> float:
        try:
            value = float(plain(text))
        except ValueError:
            raise ValueError(expected) from None
        if not math.isfinite(value) or value != int(value) or not low <= value <= high:
            raise ValueError(expected)
        return value

    return read


def spans(longest_m: float) -> Callable[[str], Spans]:
    """`20+25+20`, `5x30` (also × and ＋): lengths in m."""
    expected = f"20+25+20 或 5x30 这样的跨径（m），每跨大于 0、不大于 {figure(longest_m)}"

    def read(text: str) -> Spans:
        found: list[float] = []
        for piece in plain(text).lower().replace("×", "x").replace("*", "x").split("+"):
            match = re.fullmatch(r"(?:(\d{1,3})(?:孔|跨)?x)?(\d+(?:\.\d+)?)(?:m|米)?", "".join(piece.split()))
            length = float(match[2]) if match else 0.0
            if not match or not 0 < length <= longest_m or not int(match[1] or 1) > 0:
                raise ValueError(expected)
            found += [length] * int(match[1] or 1)
        if len(found) > _MOST_SUPPORTS:
            raise ValueError(expected)
        return tuple(found)

    return read


def choice(options: Mapping[str, str]) -> Callable[[str], str]:
    """One of the words; a suffix 梁, 墩 or 桥 is taken as well."""
    expected = "下列之一：" + "、".join(options)

    def read(text: str) -> str:
        word = unicodedata.normalize("NFKC", text).strip()
        for form in (word, word.lower(), word.rstrip("梁墩桥"), f"{word}梁"):
            if form in options:
                return options[form]
        raise ValueError(expected)

    return read


def condition(text: str) -> float:
    """1 to 5; also 二类, Ⅱ类."""
    word = plain(text).rstrip("类级 ")
    roman = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
    try:
        return whole(1, 5)(roman.get(word.upper(), word))
    except ValueError:
        raise ValueError("技术状况 1 到 5 类") from None


def design_load(text: str) -> str:
    """Contract names and Chinese ones: 公路-I级 is highway-I (the year decides), 汽车-20级/挂车-100 car-20/trailer-100.

    A car load named alone stands alone: nothing says that the bridge was checked for a trailer.
    """
    word = re.sub(r"[\s\-—–‐‑−_－级荷载等]", "", plain(text)).upper()
    if match := re.fullmatch(r"(?:公路|HIGHWAY)(II|I|2|1)(?:\(?(2004|2015)\)?)?", word):
        grade = {"1": "I", "2": "II"}.get(match[1], match[1])
        return f"highway-{grade}" + (f"-{match[2]}" if match[2] else "")
    word = word.replace("CAR", "汽").replace("SUPER", "超").replace("TRAILER", "挂").replace("TRACK", "履")
    word = word.replace("履带", "履").replace("车", "")
    first, _, second = re.sub(r"[/,，、;；及和+]", "/", word).partition("/")
    if first in _LOADS and (not second or second in _CHECKS):
        return _LOADS[first] + (f"/{_CHECKS[second]}" if second else "")
    raise ValueError("公路-I级、公路-II级、汽车-20级/挂车-100 一类的荷载等级，或 highway-I-2015、car-20/trailer-100 等")


def day(text: str) -> float:
    """A date as its ordinal; 2025-08-01, 2025/8/1, 2025年8月1日, or Excel's number of days."""
    word = plain(text)
    match = re.match(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?", word)
    try:
        if match:
            return float(date(int(match[1]), int(match[2]), int(match[3] or 1)).toordinal())
        return float((date(1899, 12, 30) + timedelta(days=int(float(word)))).toordinal())
    except (ValueError, OverflowError):
        raise ValueError("日期 YYYY-MM-DD") from None
