"""Design loads by name, and their effects on beams: lane loads of JTG D60, convoys and check loads of JTJ 021-89."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dajian.engine.bridge.beams import MOST_SPANS, Beams
from dajian.engine.bridge.effects import M_NEG, M_POS, R_MAX, R_MIN, SIDE, WIDTH, V, lane_effects, train_effects
from dajian.engine.bridge.trains import Moving, Truck, convoy, moving
from dajian.engine.policy import Policy, policy
from dajian.engine.rules import Law, Rulebook, read_rulebook

HERE = Path(__file__).parent
CODES = {"2015": date(2015, 12, 1), "2004": date(2004, 10, 1)}  # in force from
SECOND = {"car-10": "track-50", "car-15": "trailer-80", "car-20": "trailer-100", "car-super20": "trailer-120"}
LANES = tuple(f"highway-{grade}-{year}" for grade in ("I", "II") for year in CODES)
SINGLE = (*LANES, *SECOND, *SECOND.values(), "vehicle-550")
STRIPS = 72  # of a track; the trapezoid rule is exact for the straight lines of a simple span


@dataclass(frozen=True, slots=True)
class Comparison:
    """One load that a bridge was designed for: a lane load, or a convoy and beside it a check load."""

    first: str
    second: str = ""
    code: str = "1989"  # of the lane factors


@cache
def codes() -> Rulebook:
    """The design codes and chapter 7 of JTG/T 2213."""
    return read_rulebook(sorted((HERE / "codes").glob("*.toml")))


def screening_policy() -> Policy:
    return policy(HERE / "policy.toml")


@cache
def law_of_code(code: str) -> Law:
    """What JTG D60 said when a code came into force."""
    return codes().on(CODES[code])


def rule(name: str) -> Any:
    """The newest value of a rule."""
    return codes().rules[name].versions[-1].value


def comparisons(design: str, reading: Policy, day: date) -> tuple[Comparison, ...]:
    """The loads to compare with: of the bridge's own code first, then today's where that code was revised."""
    today = "2015" if day >= CODES["2015"] else "2004"
    if design.startswith("highway"):
        grade, year = design.rsplit("-", 1)
        own = Comparison(design, code=year)
        return (own,) if year == today else (own, Comparison(f"{grade}-{today}", code=today))
    car, _, second = design.partition("/")
    newer = f"{reading['today_class'][car]}-{today}"
    return Comparison(car, second), Comparison(newer, code=today)


def load_effects(load: str, beams: Beams, reading: Policy) -> np.ndarray:
    """(n, WIDTH) static effects of one named design load, one lane, no impact. Raises KeyError for an unknown name."""
    if load.startswith("highway"):
        grade, year = load.removeprefix("highway-").split("-")
        value = law_of_code(year)["lane_load"].value
        share = value["second"] if grade == "II" else 1.0
        pk = np.interp(beams.longest_m, value["span"], value["pk"])
        return lane_effects(beams, np.full(len(beams), value["q"] * share), pk * share)
    effects = train_effects(beams, moving_load(load, float(beams.length_m.max(initial=0)), reading))
    if load == "track-50":  # over an inner support half a strip may count on the wrong side: never too much
        effects[beams.counts > 1, V.start :] *= 1 - 0.5 / STRIPS
    return effects


def moving_load(load: str, length_m: float, reading: Policy) -> Moving:
    """A design load of axles; convoys long enough for a bridge of `length_m`."""
    if load == "vehicle-550":
        value = rule("vehicle_load")
        return moving(value["loads"], value["spacings"])
    if load == "track-50":
        value = rule("check_load")[load]
        strip = value["length"] / STRIPS
        ends = 0.5 * value["per_metre"] * strip
        return moving([ends, *[2 * ends] * (STRIPS - 1), ends], [strip] * STRIPS, whole=True)
    if load in SECOND.values():
        return moving(*rule("check_load")[load])
    table = rule("truck_convoy")
    heavy = Truck(*map(tuple, table[load]["heavy"]))
    lighter = load == "car-super20" and reading["super20_main"] == 200
    main = Truck(*map(tuple, table["car-20" if lighter else load]["main"]))
    gaps = table["gaps"]
    pitch = sum(main.spacings_m) + gaps["gap"]
    ahead = reading["heavy_gap"] == "ahead"
    return convoy(heavy, main, gaps["gap"], gaps["heavy_gap"], ahead=ahead, most=int(length_m / pitch) + 1)


def impact_1989(beams: Beams) -> np.ndarray:
    """(n, WIDTH) factors 1 + μ of JTJ 021-89 by the length of the spans whose influence has the effect's sign."""
    value = rule("impact_1989")
    spans = beams.spans
    up = np.zeros((len(beams), MOST_SPANS + 2))  # up[:, j]: spans j, j + 2, …
    down = np.zeros((len(beams), MOST_SPANS + 2))  # down[:, j + 2]: spans j, j - 2, …
    for j in range(MOST_SPANS):
        up[:, -3 - j] = spans[:, -1 - j] + up[:, -1 - j]
        down[:, j + 2] = spans[:, j] + down[:, j]
    up, below = up[:, :MOST_SPANS], down[:, 2:]
    length = np.zeros((len(beams), WIDTH))
    length[:, M_POS] = up + below - spans
    at_support = np.zeros((len(beams), SIDE))
    at_support[:, :MOST_SPANS] = up
    at_support[:, 1:] += below
    length[:, M_NEG] = length[:, R_MAX] = at_support
    length[:, V] = np.column_stack([at_support[:, :MOST_SPANS], at_support[:, 1:]])
    length[:, R_MIN] = beams.length_m[:, None] - at_support
    return np.interp(length, value["lengths"], value["factors"])


def lane_factors(code: str) -> np.ndarray:
    """Factors for 1 to 8 loaded lanes."""
    if code == "1989":
        first = rule("lane_factor_1989")
        return np.array(first + [first[-1]] * (8 - len(first)))
    return np.array(law_of_code(code)["lane_factor"].value)


def long_span_factor(longest_m: np.ndarray) -> np.ndarray:
    value = rule("long_span")
    return np.array([1.0, *value["factors"]])[np.searchsorted(value["spans"], longest_m)]


def impact(frequency_hz: np.ndarray) -> np.ndarray:
    """μ of JTG D60 by the fundamental frequency."""
    v = rule("impact")
    middle = v["slope"] * np.log(np.maximum(frequency_hz, 1e-9)) - v["shift"]
    return np.where(frequency_hz < v["slow"], v["least"], np.where(frequency_hz > v["fast"], v["most"], middle))
