"""ODK functions on text and on the answers of selects."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from functools import lru_cache

from dajian.forms.number_functions import rounded
from dajian.forms.values import NodeList, Value, string


def substr(text: str, start: float, end: float = math.inf) -> str:
    """0-based, end excluded, negative counted from the end."""
    if start != start or end != end:
        return ""
    size = len(text)
    first, last = (int(max(-size, min(size, place))) for place in (start, end))
    return text[first % size if first < 0 else first : last + size if last < 0 else last] if size else ""


def substring(text: str, start: float, length: float = math.inf) -> str:
    """XPath 1.0: 1-based, both rounded; NaN gives ''."""
    first = rounded(start)
    last = first + rounded(length)
    if first != first or last != last:
        return ""
    low = max(first, 1) - 1
    high = min(last - 1, len(text))
    return text[int(low) : int(high)] if high > low else ""


def substring_before(text: str, mark: str) -> str:
    head, found, _ = text.partition(mark) if mark else ("", "", "")
    return head if found else ""


def substring_after(text: str, mark: str) -> str:
    if not mark:
        return text
    return text.partition(mark)[2]


@lru_cache(256)
def _translation(old: str, new: str) -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for place, char in enumerate(old):
        table.setdefault(ord(char), new[place] if place < len(new) else None)
    return table


def translate(text: str, old: str, new: str) -> str:
    return text.translate(_translation(old, new))


@lru_cache(1024)
def _pattern(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None


def regex(text: str, pattern: str) -> bool:
    """The whole text matches (as ODK Collect does). A pattern that is none matches nothing; load refuses it."""
    compiled = _pattern(pattern)
    return bool(compiled and compiled.fullmatch(text))


def pattern_fault(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as fault:
        return str(fault)
    return ""


def concat(*values: Value | list[Value]) -> str:
    return "".join(_strings(values))


def join(glue: str, *values: Value | list[Value]) -> str:
    return glue.join(_strings(values))


def _strings(values: tuple[Value | list[Value], ...]) -> list[str]:
    found: list[str] = []
    for value in values:
        if isinstance(value, NodeList):
            found.extend(map(string, value))
        else:
            found.append(string(value))  # type: ignore[arg-type]
    return found


def selected(answer: Value, choice: str) -> bool:
    """A choice among those of a select_multiple (or of a text, split at white space); '' only in an empty answer."""
    chosen = answer if isinstance(answer, list) else string(answer).split()
    return choice.strip() in chosen if choice else not chosen


def count_selected(answer: Value) -> float:
    return len(answer if isinstance(answer, list) else string(answer).split())


def selected_at(answer: Value, place: float) -> str:
    chosen = answer if isinstance(answer, list) else string(answer).split()
    return chosen[int(place)] if place == place and 0 <= place < len(chosen) else ""


def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    name = algorithm.lower().replace("-", "")
    if name not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return ""
    raw = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    return raw.hex() if encoding == "hex" else base64.b64encode(raw).decode()


def base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return ""


def boolean_from_string(text: str) -> bool:
    return text.lower() == "true" or text == "1"
