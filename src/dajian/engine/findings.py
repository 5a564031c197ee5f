"""What the engine finds: one type for every verdict, and the sentence that is made from it at the edge.

A finding carries a code and figures, never a sentence; `say` looks the code up in sentences.toml (Chinese first).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Verdict = Literal["pass", "exceed", "decline", "refuse", "missing", "disagree", "note", "reject"]
Origin = Literal["given", "registered", "assumed", "unknown"]
Language = Literal["zh", "en"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Finding(NamedTuple):
    """One verdict: which rule of which article, the value against its limit, and where the value comes from.

    A named tuple because an assessment makes a dozen of them and 20 000 assessments are made in a second.
    """

    code: str  # the sentence in sentences.toml
    verdict: Verdict
    rule: str = ""  # name of the rule in the TOML of the law, or of the policy
    article: str = ""
    value: Any = None
    limit: Any = None
    unit: str = ""
    origin: Origin = "given"
    params: Mapping[str, Any] = _NOTHING


@dataclass(frozen=True, slots=True)
class InputFault:
    """A place in an input file that cannot be used: what is there and what is expected."""

    place: str
    found: str
    expected: str


class Unusable(Exception):
    """Input that cannot be answered; carries every fault at once."""

    def __init__(self, faults: tuple[InputFault, ...]):
        super().__init__("; ".join(f"{fault.place}: {fault.found} ({fault.expected})" for fault in faults))
        self.faults = faults


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Every code with its sentence in both languages and, where there is one, what would change the verdict."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(Path(__file__).parent.glob("**/sentences.toml")):
        found |= tomllib.loads(file.read_text("utf-8"))
    return found


def say(finding: Finding, language: Language = "zh") -> str:
    """The sentence of a finding."""
    return _fill(sentences()[finding.code][language], finding)


def remedy(finding: Finding, language: Language = "zh") -> str:
    """What would change the verdict; empty where nothing is known."""
    return _fill(sentences()[finding.code].get(f"change_{language}", ""), finding)


def figure(value: Any) -> str:
    """A figure as people write it: no exponent, no trailing zeros, at most six decimals."""
    if isinstance(value, bool) or value is None:
        return {True: "是", False: "否", None: "未填"}[value]
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value)


def shown(value: Any) -> str:
    """A found value as it is put into a message."""
    if isinstance(value, float):
        return figure(value) if isfinite(value) and abs(value) < 1e15 else str(value)
    try:
        text = str(value) if not isinstance(value, str) else f"“{value}”"
    except ValueError:  # a whole number with more digits than Python prints
        text = "几千位的整数"
    return text if len(text) <= 60 else text[:60] + "…"


def as_json(finding: Finding, language: Language = "zh") -> dict[str, Any]:
    """The finding as the contract prints it."""
    row = {
        "code": finding.code,
        "rule": finding.rule,
        "article": finding.article,
        "value": _plain(finding.value),
        "limit": _plain(finding.limit),
        "unit": finding.unit,
        "origin": finding.origin,
        "message": say(finding, language),
    }
    if change := remedy(finding, language):
        row["change"] = change
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _fill(sentence: str, finding: Finding) -> str:
    if not sentence:
        return ""
    over = percent = ""
    if isinstance(finding.value, float | int) and isinstance(finding.limit, float | int) and finding.limit:
        over = figure(round(float(finding.value) - finding.limit, 6))
        percent = figure(round((float(finding.value) / finding.limit - 1) * 100, 2))
    words = {
        "value": figure(finding.value),
        "limit": figure(finding.limit),
        "unit": finding.unit,
        "article": finding.article,
        "over": over,
        "percent": percent,
    }
    return sentence.format_map(words | {key: figure(value) for key, value in finding.params.items()})
