"""Transverse share: how much of the design lanes a member was built for, against its part of the train.

A share is relative: design lanes (with their reduction) over the train, so that the effect ratio of one lane against
the train is multiplied by it. Never below lane against lane, which always holds: a design lane may stand where the
train drives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dajian.engine.bridge.design_load import lane_factors

OPEN, CLOSED, CENTRED = range(3)  # others beside; closed to others; closed and on the centre line
COLUMNS = {"2015": 0, "2004": 1, "car": 2, "check": 3}


@dataclass(frozen=True, slots=True)
class Deck:
    """What is known of a cross-section; 0 or "": unknown."""

    section: str = ""
    lanes: int = 0
    girders: int = 0
    spacing_m: float = 0.0
    width_m: float = 0.0
    span_m: float = 0.0  # the longest, where the share depends on it


def shares(deck: Deck) -> np.ndarray:
    """(3 ways of driving, 4 loads, moment and force) shares of one deck."""
    found = np.ones((3, len(COLUMNS), 2))
    for code in ("2015", "2004"):
        found[CLOSED:, COLUMNS[code]] = lane_factors(code)[0]
    if deck.section == "box" and deck.lanes:
        lanes = min(deck.lanes, 8)
        for column, code in (("2015", "2015"), ("2004", "2004"), ("car", "1989")):
            several = lanes * lane_factors(code)[lanes - 1]
            found[CLOSED:, COLUMNS[column]] = np.maximum(found[CLOSED:, COLUMNS[column]], several)
    return found
