"""Effect ratios of many cases at once: one train, many beams, design loads, decks and ways of driving.

A way of driving is a set of measures as bits: crawl, closed to others, centre line. S_d / S_b by JTG/T 2213 D.3 with
its factors, and the plain ratio without them; the smallest over the control sections of each effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dajian.engine.bridge.beams import Beams, Spans
from dajian.engine.bridge.compiled import doors, pointer, spread
from dajian.engine.bridge.deck import CENTRED, CLOSED, COLUMNS, OPEN
from dajian.engine.bridge.design_load import (
    Comparison,
    comparisons,
    impact,
    impact_1989,
    load_effects,
    long_span_factor,
    rule,
)
from dajian.engine.bridge.effects import WIDTH
from dajian.engine.policy import Policy

CRAWL, CLOSE, CENTRE = 1, 2, 4
WAYS = 8
MOMENT_OR_FORCE = np.array([0, 0, 1, 1, 1])
DRIVING = np.array(
    [CENTRED if way & CLOSE and way & CENTRE else CLOSED if way & CLOSE else OPEN for way in range(WAYS)]
)
_MOST_KNOWN = 200_000
_known: dict[tuple[str, str, object], tuple[dict[Spans, int], np.ndarray]] = {}


@dataclass(frozen=True)
class Cases:
    """n cases: a beam, a design load, a deck and the frequency's bounds [Hz], as indices and numbers."""

    beam: np.ndarray
    design: np.ndarray
    deck: np.ndarray
    frequency_hz: np.ndarray  # (n, 2)


@dataclass(frozen=True)
class Trains:
    """(beams, WIDTH) effects of the train, and of the same with its axles of many wheel lines at half their load."""

    whole: np.ndarray
    light: np.ndarray | None = None


@dataclass(frozen=True)
class Decks:
    """(decks, 3, 4, 2) shares and (decks,) weights as `deck.shares` gives them."""

    shares: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class Ratios:
    """S_d / S_b by case, way of driving and effect (n, 8, 5); inf where the train has no such effect.

    own, today: by the bridge's code, and by today's where it was revised (else inf). where: column of the control
    section that governs by the own code (n, 5).
    """

    own: np.ndarray
    today: np.ndarray
    own_plain: np.ndarray
    today_plain: np.ndarray
    where: np.ndarray

    def ruling(self, reading: Policy) -> tuple[np.ndarray, np.ndarray]:
        """The ratios that decide, and the plain ones."""
        if not reading["today_code_decides"]:
            return self.own, self.own_plain
        return np.minimum(self.own, self.today), np.minimum(self.own_plain, self.today_plain)


def judge(
    cases: Cases, beams: Beams, train: Trains, designs: list[str], decks: Decks, reading: Policy, day: date
) -> Ratios:
    """Ratios of every case."""
    shape = (len(cases.beam), WAYS, 5)
    found = [np.full(shape, np.inf) for _ in range(4)]
    where = np.full((len(cases.beam), 5), -1, np.int64)
    for number, design in enumerate(designs):
        rows = np.flatnonzero(cases.design == number)
        for turn, comparison in enumerate(comparisons(design, reading, day) if len(rows) else ()):
            weighted, plain, at = _compare(comparison, cases, rows, beams, train, decks, reading)
            found[turn][rows] = weighted
            found[2 + turn][rows] = plain
            if turn == 0:
                where[rows] = at
    own, today, own_plain, today_plain = found
    return Ratios(own, today, own_plain, today_plain, where)


def _compare(
    comparison: Comparison, cases: Cases, rows: np.ndarray, beams: Beams, train: Trains, decks: Decks,
    reading: Policy,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """(rows, 8, 5) weighted and plain ratios and the governing columns of one comparison."""
    beam, share = cases.beam[rows], decks.shares[cases.deck[rows]]
    weight = decks.weights[cases.deck[rows]]
    factors = rule("effect_factors")
    frequency = cases.frequency_hz[rows][:, :, None] * np.array([1.0, rule("impact")["negative"], 1.0, 1.0, 1.0])
    frequency[beams.counts[beam] == 1] = cases.frequency_hz[rows][beams.counts[beam] == 1][:, :, None]
    moving = 1 + impact(frequency)  # (rows, low and high, effect)
    if comparison.code != "1989":
        low, at = _weighed(comparison, beam, beams, train, weight, reading, np.ones((len(rows), 4)))
        plain = low[:, None, :] * share[:, :, COLUMNS[comparison.code]][:, DRIVING][:, :, MOMENT_OR_FORCE]
        for way in range(WAYS):
            if way & CRAWL:  # the train's μ is 0, the design's is at least
                plain[:, way] *= moving.min(axis=1)
        return plain * (factors["design"] / factors["train"]), plain, at
    both = []
    first, second = share[:, :, COLUMNS["car"]], share[:, :, COLUMNS["check"]]
    for car, check in ((factors["design"], factors["trailer"]), (1.0, 1.0)):
        ways = np.empty((len(rows), WAYS, 5))
        over = factors["train"] if car != 1.0 else 1.0
        for driving in (OPEN, CLOSED, CENTRED):
            held = np.column_stack([first[:, driving, 0] * car, second[:, driving, 0] * check,
                                    first[:, driving, 1] * car, second[:, driving, 1] * check])  # fmt: skip
            low, at = _weighed(comparison, beam, beams, train, weight, reading, held / over)
            ways[:, driving == DRIVING] = low[:, None, :]
        for way in range(WAYS):
            if not way & CRAWL:
                ways[:, way] /= moving.max(axis=1)
        both.append(ways)
    return both[0], both[1], at


def _weighed(
    comparison: Comparison, beam: np.ndarray, beams: Beams, train: Trains, weight: np.ndarray, reading: Policy,
    held: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """As `_smallest`; forces of a train whose axles of many wheel lines count with their deck's weight.

    An effect is convex in the weight, so that a straight line between weights 1 and 0.5 is never below it.
    """
    low, at = _smallest(comparison, beam, beams, train.whole, reading, held)
    fewer = np.flatnonzero(weight < 1.0)
    if train.light is None or not len(fewer):
        return low, at
    light, _ = _smallest(comparison, beam[fewer], beams, train.light, reading, held[fewer])
    part = 2 * weight[fewer, None] - 1
    with np.errstate(divide="ignore"):  # no such effect: inf
        low[fewer, 2:] = 1 / (part / low[fewer, 2:] + (1 - part) / light[:, 2:])
    return low, at


def _smallest(
    comparison: Comparison, beam: np.ndarray, beams: Beams, train: np.ndarray, reading: Policy, held: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(cases, 5) smallest ratio over the control sections, and its column."""
    first_row, first = _design_effects(comparison.first, beam, beams, reading)
    second_row, second = first_row, first
    if comparison.second:
        second_row, second = _design_effects(comparison.second, beam, beams, reading)
    cases = len(beam)
    index = np.ascontiguousarray(np.column_stack([beam, first_row, second_row]), np.int64)
    paired = np.full(cases, int(bool(comparison.second)))
    held = np.ascontiguousarray(held)
    low, at = np.empty((cases, 5)), np.empty((cases, 5), np.int64)

    def deed(start: int, stop: int) -> None:
        arrays = (index, train, first, second, paired, held, low, at)
        doors()["ratios"](start, stop, cases, *map(pointer, arrays))

    spread(cases, deed, chunk=4096)
    return low, at


def _design_effects(load: str, beam: np.ndarray, beams: Beams, reading: Policy) -> tuple[np.ndarray, np.ndarray]:
    """Row of each case in a table of design effects, and the table: kept per layout and load while we run."""
    key = (load, reading["heavy_gap"], reading["super20_main"])
    index, table = _known.get(key, ({}, np.empty((0, WIDTH))))
    if len(index) > _MOST_KNOWN:
        index, table = {}, np.empty((0, WIDTH))
    wanted = np.unique(beam)
    missing = [int(one) for one in wanted if beams.layouts[one] not in index]
    if missing:
        fresh = Beams(tuple(beams.layouts[one] for one in missing))
        effects = load_effects(load, fresh, reading)
        if load.startswith("highway"):
            effects *= long_span_factor(fresh.longest_m)[:, None]
        elif load.startswith("car"):
            effects *= impact_1989(fresh)
        index = index | {layout: len(table) + n for n, layout in enumerate(fresh.layouts)}
        table = np.concatenate([table, effects])
        _known[key] = (index, table)
    row_of = np.zeros(len(beams), np.int64)
    row_of[wanted] = [index[beams.layouts[one]] for one in wanted]
    return row_of[beam], table
