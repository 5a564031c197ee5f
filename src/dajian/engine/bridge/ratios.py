"""Deciding ratios of a casework for one vehicle, and what passes."""

from __future__ import annotations

from datetime import date

import numpy as np

from dajian.engine.bridge.beams import Beams
from dajian.engine.bridge.cases import Casework
from dajian.engine.bridge.deck import light_axles
from dajian.engine.bridge.effects import train_effects
from dajian.engine.bridge.judge import Trains, judge
from dajian.engine.bridge.trains import Moving, moving, moving_train
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle

STRICTLY = 1e-9  # S_b = S_d does not pass, rounding or not


def case_ratios(work: Casework, vehicle: Vehicle, reading: Policy, on: date) -> tuple[np.ndarray, np.ndarray]:
    """(cases, 8, 5) deciding and plain ratios: the smallest over the beams of each case."""
    found = judge(work.cases, work.beams, trains_of(vehicle, work), work.designs, work.shares, reading, on)
    ruling, plain = found.ruling(reading)
    if not len(ruling):
        return ruling, plain
    return np.minimum.reduceat(ruling, work.first[:-1]), np.minimum.reduceat(plain, work.first[:-1])


def trains_of(vehicle: Vehicle, work: Casework) -> Trains:
    """Effects of the train on every beam, and of its lighter form on the beams whose deck asks for it."""
    whole = train_effects(work.beams, moving_train(vehicle.train))
    asks = work.shares.weights[work.cases.deck] < 1.0
    if not light_axles(vehicle).any() or not asks.any():
        return Trains(whole)
    beams = np.unique(work.cases.beam[asks])
    light = np.zeros_like(whole)
    light[beams] = train_effects(Beams(tuple(work.beams.layouts[beam] for beam in beams.tolist())), lighter(vehicle))
    return Trains(whole, light)


def lighter(vehicle: Vehicle) -> Moving:
    """The train with its axles of many wheel lines at half their load: as near a support would feel it at least."""
    halved = np.array(vehicle.train.loads_kn) * np.where(light_axles(vehicle), 0.5, 1.0)
    return moving(halved.tolist(), vehicle.train.spacings_m)


def passes(ratio: np.ndarray, reading: Policy) -> np.ndarray:
    """S_b < S_d, strictly, or stricter by policy."""
    return ratio > reading["least_ratio"] * (1 + STRICTLY)
