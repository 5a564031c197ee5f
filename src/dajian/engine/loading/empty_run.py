"""The way back: the same train without its cargo."""

from __future__ import annotations

from dataclasses import replace

from dajian.engine.loading.arrangement import Arrangement
from dajian.engine.loading.semi import plain_deck_m
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle
from dajian.engine.vehicle.catalogue import Pair, Rigid, Semi


def empty_train(found: Arrangement, policy: Policy) -> Vehicle:
    """The empty vehicle: tare on the same axles, the cargo's part of every load taken away, extensions pushed in."""
    vehicle, option, entry = found.vehicle, found.option, found.option.entry
    first = vehicle.first_trailer_axle or 1
    loads = list(vehicle.train.loads_t)
    spacings = list(vehicle.train.spacings_m)
    if isinstance(entry, Rigid):
        loads = list(entry.kerb_loads_t)
    elif isinstance(entry, Semi):
        assert option.tractor is not None
        on_kingpin = found.trailer_t * (1 - entry.tare_at)
        behind = (found.trailer_t - on_kingpin) / option.lines
        drive = on_kingpin / len(option.tractor.drive)
        front = option.tractor.steering
        loads = [load if axle < front else load + drive for axle, load in enumerate(option.tractor.kerb_loads_t)] + [
            behind
        ] * option.lines
        folded = min(_extended(found), spacings[first - 2] - 1.0)
        spacings[first - 2] -= max(folded, 0.0)
    else:
        loads[first - 1 :] = [found.trailer_t / option.lines] * option.lines
        if isinstance(entry, Pair) and entry.carries == "cargo":
            middle = first - 1 + option.lines // 2 - 1
            spacings[middle] = max(entry.pitch_m, 1.5)
    wheelbase = sum(spacings)
    tail = max(found.deck[1], sum(vehicle.train.spacings_m)) - sum(vehicle.train.spacings_m)
    width = getattr(entry, "width_m", vehicle.width_m)
    width = width[option.files] if isinstance(width, dict) else width
    deck = getattr(entry, "deck_height_m", 1.0)
    height = max(deck, option.tractor.height_m if option.tractor else getattr(entry, "height_m", 2.0))
    length = min(vehicle.length_m, found.nose_m + wheelbase + max(tail, 0.75))
    train = AxleTrain(tuple(round(load, 3) for load in loads), tuple(round(gap, 3) for gap in spacings))
    name = f"{vehicle.name}（空驶）"
    return replace(vehicle, name=name, height_m=height, width_m=width, length_m=round(length, 3), train=train)


def _extended(found: Arrangement) -> float:
    """How far a semi-trailer is drawn out [m]."""
    entry = found.option.entry
    assert isinstance(entry, Semi)
    plain = plain_deck_m(entry, found.option.lines)
    return max(found.deck[1] - found.deck[0] - plain, 0.0)
