"""The smallest set of measures that makes each case pass: ways of crossing first, changes of the train if asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dajian.engine.bridge.cases import Casework, part
from dajian.engine.bridge.changes import changes
from dajian.engine.bridge.judge import CENTRE, CLOSE, CRAWL, WAYS
from dajian.engine.bridge.ratios import case_ratios, passes
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.tables.columns import Coded

MEASURES = {CRAWL: "crawl", CLOSE: "closed", CENTRE: "centre_line"}
ORDER = sorted(range(WAYS), key=lambda way: (way.bit_count(), [not way & bit for bit in MEASURES]))
NONE = -1


@dataclass(frozen=True)
class Choice:
    """way: (cases,) bits of the way of crossing, NONE where nothing passes; change: index into `changes`, 0: none.

    ratio: (cases,) the smallest S_d / S_b with these measures (NaN without).
    """

    way: np.ndarray
    change: np.ndarray
    ratio: np.ndarray
    changes: tuple[str, ...]
    given: int

    def texts(self, case: np.ndarray, shown: np.ndarray) -> Coded:
        """Names of the measures of each row beyond the given ones, joined by +; empty where not shown."""
        crossing = [[name for bit, name in MEASURES.items() if way & bit & ~self.given] for way in range(WAYS)]
        names = ["+".join([*words, *filter(None, [change])]) for change in self.changes for words in crossing]
        code = self.change[case] * WAYS + self.way[case]
        return Coded(np.where(shown, code, len(names)), [*names, ""])


def choose(
    work: Casework, by_way: np.ndarray, vehicle: Vehicle, reading: Policy, on: date, given: int, *, change_train: bool
) -> Choice:
    """by_way: (cases, 8) smallest ratio of each way of crossing."""
    way = _smallest_way(by_way, given, reading)
    change = np.zeros(len(way), int)
    ratio = np.where(way < 0, np.nan, by_way[np.arange(len(way)), way])
    failing = np.flatnonzero(way < 0)
    made = changes(vehicle, reading) if change_train and len(failing) else {}
    size = np.full(len(way), np.iinfo(int).max)
    for number, (name, changed) in enumerate(made.items(), start=1):
        low = case_ratios(part(work, failing), changed, reading, on)[0].min(axis=2)
        other = _smallest_way(low, given, reading)
        measures = np.bitwise_count(np.maximum(other, 0) & ~given) + name.count("+") + 1
        better = (other >= 0) & (measures < size[failing])
        here = failing[better]
        way[here], change[here], size[here] = other[better], number, measures[better]
        ratio[here] = low[better, other[better]]
    return Choice(way, change, ratio, ("", *made), given)


def _smallest_way(by_way: np.ndarray, given: int, reading: Policy) -> np.ndarray:
    """(cases,) the smallest set of measures, with the given ones, that passes; NONE where none does."""
    chosen = np.full(len(by_way), NONE)
    for way in reversed([way for way in ORDER if way & given == given]):
        chosen[passes(by_way[:, way], reading)] = way
    return chosen
