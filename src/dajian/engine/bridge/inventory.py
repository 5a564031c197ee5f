"""An inventory of bridges read into arrays: every cell has one meaning, is empty, or is a fault of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dajian.engine.bridge import words
from dajian.engine.bridge.beams import Spans
from dajian.engine.findings import InputFault, Unusable
from dajian.engine.policy import Policy
from dajian.tables.columns import Coded, Columns

EMPTY, FAULTY = -1, -2
REQUIRED = ("id", "spans_m")
NUMBERS: Mapping[str, Callable[[str], float]] = {
    "condition": words.condition,
    "rated_on": words.day,
    "year": words.whole(1800, 2200),
    "deck_width_m": words.number(0, 100, "m"),
    "lanes": words.whole(1, 20),
    "clearance_m": words.number(0, 100, "m"),
    "posted_mass_t": words.number(0, 10000, "t"),
    "posted_axle_t": words.number(0, 1000, "t"),
    "girders": words.whole(1, 100),
    "girder_spacing_m": words.number(0, 20, "m"),
    "frequency_hz": words.number(0, 100, "Hz"),
}
WORDS: Mapping[str, Callable[[str], str]] = {
    "structure": words.choice(words.STRUCTURES),
    "design_load": words.design_load,
    "piers": words.choice(words.PIERS),
    "kind": words.choice(words.KINDS),
    "section": words.choice(words.SECTIONS),
}


@dataclass(frozen=True)
class Words:
    """A column of words: codes into `values`; EMPTY and FAULTY below zero."""

    codes: np.ndarray
    values: tuple[Any, ...]

    def mask(self, value: Any) -> np.ndarray:
        """Rows that hold this value."""
        return self.codes == self.values.index(value) if value in self.values else np.zeros(len(self.codes), bool)

    def at(self, row: int) -> Any:
        return self.values[self.codes[row]] if self.codes[row] >= 0 else None


@dataclass(frozen=True)
class Inventory:
    """Columns of the contract as arrays: numbers (NaN: empty or faulty), words, spans; faults by row."""

    source: Columns
    numbers: Mapping[str, np.ndarray]
    words: Mapping[str, Words]
    spans: Words  # values: tuples of spans [m]
    twins: np.ndarray
    named_ramp: np.ndarray  # 匝道 in the name
    faults: Mapping[int, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.source)

    @cached_property
    def ids(self) -> pa.Array:
        return pc.utf8_trim_whitespace(self.source.texts("id"))

    def row_of(self, bridge_id: str) -> int:
        """The row of an id. Unusable: none or several."""
        rows = np.flatnonzero(pc.equal(self.ids, bridge_id).to_numpy(zero_copy_only=False))
        if len(rows) != 1:
            found = "没有这座桥" if not len(rows) else f"第 {'、'.join(str(row + 2) for row in rows)} 行都是"
            raise Unusable((InputFault(f"id {bridge_id}", found, "清单中恰好一行"),))
        return int(rows[0])


def read_inventory(source: Columns, reading: Policy) -> Inventory:
    """The inventory of a list. Unusable: a required column is missing. What is wrong in a row stands in `faults`."""
    missing = [name for name in REQUIRED if name not in source.names]
    if missing:
        raise Unusable((InputFault("表头", f"缺少 {'、'.join(missing)}", "至少有 id、spans_m 两列"),))
    faults: dict[int, list[str]] = {}
    rows = len(source)
    numbers = {name: _numbers(source.coded(name), name, read, rows, faults) for name, read in NUMBERS.items()}
    read_words = {name: _words(source.coded(name), name, read, rows, faults) for name, read in WORDS.items()}
    spans = _words(source.coded("spans_m"), "spans_m", words.spans(reading["longest_span_m"]), rows, faults)
    for row in source.ragged:
        faults.setdefault(row, []).append("本行的格数与表头不同")
    return Inventory(source, numbers, read_words, spans, _twins(source), _named_ramp(source), faults)


def _parsed(
    coded: Coded, name: str, read: Callable[[str], Any], faults: dict[int, list[str]]
) -> tuple[list[Any], np.ndarray]:
    """Each distinct text's value (None: empty or faulty) and the codes of the faulty ones."""
    found: list[Any] = []
    wrong: list[int] = []
    messages: dict[int, str] = {}
    for code, text in enumerate(coded.values):
        try:
            found.append(read(text) if text else None)
        except ValueError as error:
            found.append(None)
            wrong.append(code)
            shown = text if len(text) <= 40 else text[:40] + "…"
            messages[code] = f"{name}：现为“{shown}”，应为{error}"
    for row in np.flatnonzero(np.isin(coded.codes, wrong)) if wrong else ():
        faults.setdefault(int(row), []).append(messages[int(coded.codes[row])])
    return found, np.array(wrong, int)


def _numbers(
    coded: Coded | None, name: str, read: Callable[[str], float], rows: int, faults: dict[int, list[str]]
) -> np.ndarray:
    if coded is None or not coded.values:
        return np.full(rows, np.nan)
    found, _ = _parsed(coded, name, read, faults)
    return np.array([np.nan if value is None else value for value in found])[coded.codes]


def _words(
    coded: Coded | None, name: str, read: Callable[[str], Any], rows: int, faults: dict[int, list[str]]
) -> Words:
    if coded is None or not coded.values:
        return Words(np.full(rows, EMPTY), ())
    found, wrong = _parsed(coded, name, read, faults)
    number: dict[Any, int] = {}
    codes = np.array([EMPTY if value is None else number.setdefault(value, len(number)) for value in found])
    codes[wrong] = FAULTY
    return Words(codes[coded.codes], tuple(number))


def _twins(source: Columns) -> np.ndarray:
    """Rows whose id stands in another row as well."""
    ids = pc.utf8_trim_whitespace(source.texts("id"))
    if pc.count_distinct(ids).as_py() == len(ids):
        return np.zeros(len(ids), bool)
    counted = pc.value_counts(ids)
    several = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
    several = several.filter(pc.not_equal(several, ""))
    return pc.is_in(ids, several).to_numpy(zero_copy_only=False)


def _named_ramp(source: Columns) -> np.ndarray:
    if "name" not in source.names:
        return np.zeros(len(source), bool)
    return pc.match_substring(source.texts("name"), "匝道").to_numpy(zero_copy_only=False)


def spans_text(spans: Spans) -> str:
    """20+25+20, or 5x30 where all are alike."""
    if len(spans) > 2 and len(set(spans)) == 1:
        return f"{len(spans)}x{spans[0]:g}"
    return "+".join(f"{span:g}" for span in spans)
