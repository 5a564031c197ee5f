"""From the rows of an inventory to distinct cases: which beams, design loads, decks and frequencies to judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dajian.engine.bridge.beams import MOST_SPANS, Beams, Spans, canonical
from dajian.engine.bridge.deck import Deck, Rules, shares
from dajian.engine.bridge.inventory import Inventory
from dajian.engine.bridge.judge import Cases, Decks
from dajian.engine.policy import Policy


@dataclass(frozen=True)
class Casework:
    """Distinct cases. row_case: (rows,) the case of each row, -1 where none; a case holds one or more beams.

    first: (cases + 1,) where the beam-cases of each case begin in `cases`.
    """

    beams: Beams
    designs: list[str]
    decks: tuple[Deck, ...]
    shares: Decks
    cases: Cases
    first: np.ndarray
    row_case: np.ndarray
    row_assumes: dict[str, np.ndarray]


def lay_out(inventory: Inventory, reading: Policy, lines: int = 2, *, beams_only: bool = False) -> Casework:
    """The cases of every row whose spans, structure and (unless beams_only) design load are known.

    lines: wheel lines across the train's heaviest axles.
    """
    designs, design, assumes = _designs(inventory)
    layouts, of_row = _layouts(inventory)
    longest = np.array([max(max(beam) for beam in layout) for layout in layouts] + [0.0])[of_row]
    deck_list, deck = _decks(inventory, longest)
    frequency = inventory.numbers["frequency_hz"]
    if beams_only:
        design = np.zeros(len(inventory), int)
    usable = (of_row >= 0) & (design >= 0)
    keys = np.column_stack([of_row, design, deck, np.where(np.isnan(frequency), 0.0, frequency)])[usable]
    distinct, inverse = _distinct(keys)
    row_case = np.full(len(inventory), -1)
    row_case[usable] = inverse
    beam_index: dict[Spans, int] = {}
    beams_of_layout = [[beam_index.setdefault(beam, len(beam_index)) for beam in layout] for layout in layouts]
    counts = np.array([len(beams_of_layout[int(key)]) for key in distinct[:, 0]], int)
    beam = np.array([one for key in distinct[:, 0] for one in beams_of_layout[int(key)]], np.int64)
    beams = Beams(tuple(beam_index))
    spread = np.repeat(np.arange(len(distinct)), counts)
    given = distinct[spread, 3]
    beam_longest = beams.longest_m[beam] if len(beam) else np.zeros(0)
    bounds = np.array(reading["frequency"])[None, :] / np.maximum(beam_longest, 1e-9)[:, None]
    bounds = np.where(given[:, None] > 0, given[:, None], bounds)
    cases = Cases(beam, distinct[spread, 1].astype(int), distinct[spread, 2].astype(int), bounds)
    rules = deck_rules(reading)
    found = [shares(one, lines, rules) for one in deck_list]
    tables = Decks(
        np.array([one.whole for one in found]),
        np.array([one.girders for one in found]),
        np.array([one.weight for one in found]),
    )
    first = np.concatenate([[0], np.cumsum(counts)])
    return Casework(beams, designs, tuple(deck_list), tables, cases, first, row_case, assumes)


def part(work: Casework, wanted: np.ndarray) -> Casework:
    """The casework of some cases alone, in their order, with no more beams than they need."""
    counts = np.diff(work.first)[wanted]
    at = np.repeat(work.first[:-1][wanted] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    used, beam = np.unique(work.cases.beam[at], return_inverse=True)
    beams = Beams(tuple(work.beams.layouts[one] for one in used.tolist()))
    cases = Cases(beam, work.cases.design[at], work.cases.deck[at], work.cases.frequency_hz[at])
    return replace(work, beams=beams, cases=cases, first=np.concatenate([[0], np.cumsum(counts)]))


def _distinct(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct rows of small non-negative numbers, and the distinct row of each."""
    code = np.zeros(len(keys), np.int64)
    for column in keys.T:
        values, place = np.unique(column, return_inverse=True)
        code = code * len(values) + place
        _, code = np.unique(code, return_inverse=True)
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    return keys[first], inverse


def _designs(inventory: Inventory) -> tuple[list[str], np.ndarray, dict[str, np.ndarray]]:
    """Design loads with their edition, by row (-1: unknown), and the rows for which the edition was assumed."""
    loads = inventory.words["design_load"]
    year = inventory.numbers["year"]
    newer = year >= 2016  # NaN is not
    number: dict[str, int] = {}
    old, new = np.full(len(loads.values) + 2, -1), np.full(len(loads.values) + 2, -1)  # the last two: faulty, empty
    bare = np.zeros(len(loads.values) + 2, bool)
    alone = np.zeros(len(loads.values) + 2, bool)
    for code, load in enumerate(loads.values):
        bare[code] = load.startswith("highway") and load[-1] == "I"
        alone[code] = load.startswith("car") and "/" not in load
        old[code] = number.setdefault(f"{load}-2004" if bare[code] else load, len(number))
        new[code] = number.setdefault(f"{load}-2015" if bare[code] else load, len(number))
    design = np.where(newer, new[loads.codes], old[loads.codes])
    assumes = {
        "assume_year": bare[loads.codes] & ~newer & (np.isnan(year) | (year < 2004)),
        "assume_no_check_load": alone[loads.codes],
    }
    return list(number), design, assumes


def _layouts(inventory: Inventory) -> tuple[list[list[Spans]], np.ndarray]:
    """Beams of each distinct (structure, spans), and its number by row; -1 where the row has none."""
    structure, spans = inventory.words["structure"], inventory.spans
    found: list[list[Spans]] = []
    table = np.full((len(structure.values) + 2, len(spans.values) + 2), -1)
    for at, name in enumerate(structure.values):
        if name == "other":
            continue
        for code, layout in enumerate(spans.values):
            if name == "continuous" and 1 < len(layout) <= MOST_SPANS:
                beams = [canonical(layout)]
            elif name == "simple" or len(layout) == 1:
                beams = [(span,) for span in sorted(set(layout))]
            else:
                continue
            table[at, code] = len(found)
            found.append(beams)
    return found, table[structure.codes, spans.codes]


def deck_rules(reading: Policy) -> Rules:
    """The policy's entry on decks."""
    values: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in reading["deck"].items()
    }
    return Rules(**values)


def _decks(inventory: Inventory, longest_m: np.ndarray) -> tuple[list[Deck], np.ndarray]:
    """Distinct decks, and the deck of each row; the first is the unknown one."""
    section, number = inventory.words["section"], inventory.numbers
    lanes, girders, width = (np.nan_to_num(number[name]) for name in ("lanes", "girders", "deck_width_m"))
    spacing = np.nan_to_num(number["girder_spacing_m"])
    box = section.mask("box") & (lanes > 0)
    beamed = np.zeros(len(inventory), bool)
    for name in ("hollow_slab", "t_girder", "small_box"):
        beamed |= section.mask(name)
    beamed &= (girders > 1) & (spacing > 0) & (width > 0)  # what is missing leaves lane against lane
    known = box | beamed
    columns = [np.where(known, section.codes, -1), np.where(known, lanes, 0)]
    columns += [np.where(beamed, column, 0) for column in (girders, spacing, width, longest_m)]
    distinct, inverse = _distinct(np.column_stack(columns))
    decks = [Deck()]
    places = []
    for code, lane, count, gap, wide, span in distinct.tolist():
        if code >= 0:
            decks.append(Deck(section.values[int(code)], int(lane), int(count), gap, wide, span))
        places.append(len(decks) - 1 if code >= 0 else 0)
    return decks, np.array(places, int)[inverse]
