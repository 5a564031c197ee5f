"""Law as data: instruments in TOML, each rule with dated versions; `Rulebook.on` gives what holds on a day.

One file an instrument, one table a rule, one entry a version. A version holds from its date until the next one; an
entry with `repealed = true` ends the rule. Adding an entry, in the file or in a further file that names the same
rule, changes the answer from its date on.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from dajian.engine.alike import alike
from dajian.engine.findings import InputFault, Unusable, shown

CONFIDENCE = {"H": "见过条文文本", "M": "据信如此，未见条文文本", "L": "依据薄弱"}


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of a rule: the value that holds from a day on, and where it was read."""

    holds_from: date
    value: Any
    text: str
    confidence: str
    seen: str
    article: str
    repealed: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, order or standard."""

    key: str
    name: str
    short: str
    number: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over its whole life."""

    name: str
    title: str
    instrument: Instrument
    article: str  # a version may carry another number
    unit: str
    exceeds: Literal["gt", "ge", ""]
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version | None:
        """The version that holds on a day; None before the first and after the rule's end."""
        index = bisect_right([version.holds_from for version in self.versions], day) - 1
        return None if index < 0 or self.versions[index].repealed else self.versions[index]


@dataclass(frozen=True, slots=True)
class Limit:
    """What a rule says on one day."""

    name: str
    value: Any
    article: str
    unit: str
    rule: Rule
    version: Version


class Law:
    """All rules that hold on one day, by name. Absent: not in force that day."""

    def __init__(self, limits: Mapping[str, Limit], rules: Mapping[str, Rule]):
        self.limits = limits
        self._rules = rules
        self.prepared: dict[str, Any] = {}  # what readers of this law worked out from it once

    def __getitem__(self, name: str) -> Limit:
        try:
            return self.limits[name]
        except KeyError:
            first = min((version.holds_from for version in self._rules[name].versions), default=None)
            expected = f"规则“{name}”有效的日期（规则库中最早自 {first} 起）"
            raise Unusable((InputFault("--on", "该日没有有效的规则", expected),)) from None

    def get(self, name: str) -> Limit | None:
        return self.limits.get(name)


@dataclass(frozen=True)
class Rulebook:
    """Every rule of the instruments that were read."""

    rules: Mapping[str, Rule]
    _eras: dict[int, Law] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which something changes, in order."""
        return tuple(sorted({version.holds_from for rule in self.rules.values() for version in rule.versions}))

    def on(self, day: date) -> Law:
        """The law of a day. Days between two changes share one object."""
        era = bisect_right(self.changes, day)
        if era not in self._eras:
            found = ((rule, rule.on(day)) for rule in self.rules.values())
            limits = {r.name: Limit(r.name, v.value, v.article, r.unit, r, v) for r, v in found if v}
            self._eras[era] = Law(limits, self.rules)
        return self._eras[era]

    def extended(self, files: Iterable[Path]) -> Rulebook:
        """The same book with the versions of further files added to its rules (a draft, an amendment).

        Raises Unusable: a rule that the book does not know, or a value of another kind, would change nothing or fail.
        """
        rules = dict(self.rules)
        faults: list[InputFault] = []
        for file in files:
            for rule in read_instrument(file).values():
                known = rules.get(rule.name)
                if known is None:
                    faults.append(InputFault(f"{file.name} [{rule.name}]", "未知的规则", "规则库中已有的规则名"))
                    continue
                own = next(version.value for version in known.versions if not version.repealed)
                for version in rule.versions:
                    if not version.repealed and not alike(version.value, own):
                        place = f"{file.name} [{rule.name}] {version.holds_from}"
                        faults.append(InputFault(place, f"value = {shown(version.value)}", f"与 {own} 同类的值"))
                rules[rule.name] = _joined(known, rule)
        if faults:
            raise Unusable(tuple(faults))
        return Rulebook(rules)


def read_rulebook(files: Iterable[Path]) -> Rulebook:
    """The book of these instruments."""
    return Rulebook({rule.name: rule for file in files for rule in read_instrument(file).values()})


def read_instrument(file: Path) -> Mapping[str, Rule]:
    """One instrument's rules by name. Unusable: names every table that lacks something."""
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable((InputFault(file.name, str(error), "可读的 TOML 规则文件"),)) from error
    head = tables.pop("instrument", {})
    if not isinstance(head, dict):
        raise Unusable((InputFault(f"{file.name} instrument", shown(head), "[instrument] 表：name、short、number"),))
    instrument = Instrument(file.stem, head.get("name", ""), head.get("short", ""), head.get("number", ""))
    faults: list[InputFault] = []
    plain = [name for name, table in tables.items() if not _has_versions(table)]
    faults += [InputFault(f"{file.name} {name}", "没有版本", f"[[{name}.version]]") for name in plain]
    rules = {name: _rule(name, table, instrument, faults) for name, table in tables.items() if name not in plain}
    if faults:
        raise Unusable(tuple(faults))
    return rules


def _has_versions(table: Any) -> bool:
    versions = table.get("version") if isinstance(table, dict) else None
    return isinstance(versions, list) and bool(versions) and all(isinstance(entry, dict) for entry in versions)


def explanation(rule: Rule) -> str:
    """The rule's page in Chinese (Markdown), made from its entry alone."""
    turns = {"gt": "超过该值才算超出，恰好等于不算", "ge": "达到该值即算超出", "": ""}[rule.exceeds]
    lines = [
        f"# {rule.title}",
        "",
        f"- 依据：{rule.instrument.name}（{rule.instrument.number}）第{rule.versions[-1].article}条",
    ]
    lines += [f"- 规则名：`{rule.name}`", *([f"- 界限：{turns}"] if turns else []), "", "## 各时期的规定", ""]
    for version, following in zip(rule.versions, (*rule.versions[1:], None), strict=True):
        until = f"至 {following.holds_from} 前" if following else "起至今"
        if version.repealed:
            lines += [f"- {version.holds_from}：废止。{version.text}"]
            continue
        lines += [f"- {version.holds_from} {until}：**{_shown(version.value)}{rule.unit}**。{version.text}"]
        lines += [f"  - 可信程度 {version.confidence}（{CONFIDENCE[version.confidence]}）；出处：{version.seen}"]
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{key} {_shown(item)}" for key, item in value.items())
    return "、".join(map(_shown, value)) if isinstance(value, list) else str(value)


def _rule(name: str, table: Mapping[str, Any], instrument: Instrument, faults: list[InputFault]) -> Rule:
    versions = []
    for index, entry in enumerate(table.get("version", ()), start=1):
        place = f"{instrument.key}.toml [{name}] version {index}"
        missing = {"from", "value", "confidence", "seen"} - entry.keys()
        if entry.get("repealed"):
            missing -= {"value", "confidence", "seen"}
        if missing:
            faults.append(InputFault(place, "缺 " + "、".join(sorted(missing)), "from、value、confidence、seen"))
            continue
        if not isinstance(entry["from"], date) or isinstance(entry["from"], datetime):
            faults.append(InputFault(place, f"from = {entry['from']!r}", "不带引号的日期，如 2027-01-01"))
            continue
        texts = [key for key in ("text", "seen", "article") if not isinstance(entry.get(key, ""), str)]
        faults += [InputFault(f"{place} {key}", shown(entry[key]), "文字") for key in texts]
        if entry.get("confidence", "H") not in tuple(CONFIDENCE):
            faults.append(InputFault(place, f"confidence = {shown(entry['confidence'])}", "H、M 或 L"))
        versions.append(
            Version(
                entry["from"],
                entry.get("value"),
                entry.get("text", ""),
                entry.get("confidence", "H"),
                entry.get("seen", ""),
                entry.get("article", table.get("article", "")),
                bool(entry.get("repealed")),
            )
        )
    versions.sort(key=lambda version: version.holds_from)
    return Rule(
        name,
        table.get("title", name),
        instrument,
        table.get("article", ""),
        table.get("unit", ""),
        table.get("exceeds", ""),
        tuple(versions),
    )


def _joined(known: Rule, further: Rule) -> Rule:
    versions = tuple(sorted((*known.versions, *further.versions), key=lambda version: version.holds_from))
    return replace(known, article=further.article or known.article, versions=versions)
