"""Effect ratios of many cases at once: one train, many beams, design loads, decks and ways of driving.

A way of driving is a set of measures as bits: crawl, closed to others, centre line. S_d / S_b by JTG/T 2213 D.3 with
its factors, and the plain ratio without them; the smallest over the control sections of each effect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

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

Proof = Literal["better", "lanes", "girders"]
CRAWL, CLOSE, CENTRE = 1, 2, 4
WAYS = 8
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
    """`deck.Shares` of every deck: (decks, 3, 4, 2), (decks, 3, 4) and (decks,)."""

    whole: np.ndarray
    girders: np.ndarray
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
    cases: Cases,
    beams: Beams,
    train: Trains,
    designs: list[str],
    decks: Decks,
    reading: Policy,
    day: date,
    proof: Proof = "better",
) -> Ratios:
    """Ratios of every case by the better of the two proofs, or by one of them (girders: where these are known)."""
    shape = (len(cases.beam), WAYS, 5)
    found = [np.full(shape, np.inf) for _ in range(4)]
    where = np.full((len(cases.beam), 5), -1, np.int64)
    for number, design in enumerate(designs):
        rows = np.flatnonzero(cases.design == number)
        for turn, comparison in enumerate(comparisons(design, reading, day) if len(rows) else ()):
            weighted, plain, at = _compare(comparison, cases, rows, beams, train, decks, reading, proof)
            found[turn][rows] = weighted
            found[2 + turn][rows] = plain
            if turn == 0:
                where[rows] = at
    own, today, own_plain, today_plain = found
    return Ratios(own, today, own_plain, today_plain, where)


def _compare(
    comparison: Comparison,
    cases: Cases,
    rows: np.ndarray,
    beams: Beams,
    train: Trains,
    decks: Decks,
    reading: Policy,
    proof: Proof,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(rows, 8, 5) weighted and plain ratios and the governing columns of one comparison."""
    beam, deck = cases.beam[rows], cases.deck[rows]
    held_by = _held_by(comparison, beam, beams, reading)
    factors = rule("effect_factors")
    moving = 1 + _impact(cases.frequency_hz[rows], beams.counts[beam])
    lanes = comparison.code != "1989"
    columns = [COLUMNS[comparison.code if lanes else "car"], COLUMNS["check"]]
    found = []
    for held, over in (
        (np.array([factors["design"], factors["trailer"]]), factors["train"]),
        (np.ones(2), 1.0),
    ):
        ways = np.empty((len(rows), WAYS, 5))
        for driving in (OPEN, CLOSED, CENTRED):
            whole = decks.whole[deck, driving][:, columns] * held[:, None] / over
            girders = decks.girders[deck, driving][:, columns] * held / over
            low, at = _either(held_by, train, whole, girders, decks.weights[deck], proof)
            ways[:, driving == DRIVING] = low[:, None, :]
        for way in range(WAYS):
            if lanes and way & CRAWL:  # the train's μ is 0, the design's at least
                ways[:, way] *= moving.min(axis=1)
            elif not lanes and not way & CRAWL:  # JTJ 021-89 has its own impact
                ways[:, way] /= moving.max(axis=1)
        found.append(ways)
    return found[0], found[1], at


def _impact(bounds_hz: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """(rows, low and high, 5) μ; M- of a continuous beam vibrates faster."""
    frequency = np.repeat(bounds_hz[:, :, None], 5, axis=2)
    frequency[spans > 1, :, 1] *= rule("impact")["negative"]
    return impact(frequency)


def _either(
    held_by: Held, train: Trains, whole: np.ndarray, girders: np.ndarray, weight: np.ndarray, proof: Proof
) -> tuple[np.ndarray, np.ndarray]:
    """The better of two proofs: lanes against the whole train; for forces, girder by girder with light axles.

    whole: (cases, first and second load, moment and force); girders: (cases, first and second load). An effect is
    convex in the weight, so that a straight line between weights 1 and 0.5 is never below it.
    """
    held = np.column_stack([whole[:, 0, 0], whole[:, 1, 0], whole[:, 0, 1], whole[:, 1, 1]])
    low, at = _smallest(held_by, train.whole, held)
    known = np.flatnonzero(girders.any(axis=1) & (proof != "lanes"))
    if len(known):
        part = np.column_stack([girders[known], girders[known]])
        some = replace(held_by, index=held_by.index[known])
        other, place = _smallest(some, train.whole, part)
        if train.light is not None:
            light, _ = _smallest(some, train.light, part)
            heavy = 2 * weight[known, None] - 1
            with np.errstate(divide="ignore"):  # no such effect: inf
                other = 1 / (heavy / other + (1 - heavy) / light)
        better = (other[:, 2:] > low[known, 2:]) | (proof == "girders")
        low[known, 2:] = np.where(better, other[:, 2:], low[known, 2:])
        at[known, 2:] = np.where(better, place[:, 2:], at[known, 2:])
    return low, at


@dataclass(frozen=True)
class Held:
    """What the bridges were designed for. index: (cases, 3) rows of the train's, first and second load's effects."""

    index: np.ndarray
    first: np.ndarray
    second: np.ndarray
    paired: bool


def _held_by(comparison: Comparison, beam: np.ndarray, beams: Beams, reading: Policy) -> Held:
    first_row, first = _design_effects(comparison.first, beam, beams, reading)
    second_row, second = first_row, first
    if comparison.second:
        second_row, second = _design_effects(comparison.second, beam, beams, reading)
    return Held(np.column_stack([beam, first_row, second_row]), first, second, bool(comparison.second))


def _smallest(held_by: Held, train: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(cases, 5) smallest ratio over the control sections, and its column."""
    cases = len(held_by.index)
    index = np.ascontiguousarray(held_by.index, np.int64)
    paired = np.full(cases, int(held_by.paired))
    held = np.ascontiguousarray(held)
    low, at = np.empty((cases, 5)), np.empty((cases, 5), np.int64)

    def deed(start: int, stop: int) -> None:
        arrays = (index, train, held_by.first, held_by.second, paired, held, low, at)
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
