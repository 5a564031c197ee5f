"""What a cell gives: an answer, nothing, or something that is no answer; and texts as a person means them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from dajian.tables.read import Value

Answer = str | int | float | list[str]


@dataclass(frozen=True)
class Bad:
    """Not an answer to the question. `shown`: what stands there, for the message."""

    code: str  # type choice lost_digits
    shown: str


Reader = Callable[[Value], Answer | Bad | None]  # None: nothing there

EXACT = 10**15  # Excel keeps 15 digits of a number
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|[+-]?\.\d+", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")
_NARROW = str.maketrans({0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: " ", 0x2212: "-", 0xA0: " "})


def shown(value: Value) -> str:
    """A cell as a message quotes it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value).strip()


def narrow(text: str) -> str:
    """Full-width letters, digits, marks and spaces as ASCII has them; nothing else changes."""
    return text.translate(_NARROW)


def code_text(value: Value) -> str:
    """A code as one writes it: ASCII width, capital letters, no spaces nor the apostrophe that keeps it a text.

    '' for one that lost its last digits.
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else ""
    return "".join(narrow(CONTROL.sub("", str(value))).split()).lstrip("'’‘").upper()
