"""Shapes of tractors and trailers in the three views: enough to see what stands where, drawn to scale."""

from __future__ import annotations

from dajian.documents.sheet import Frame
from dajian.engine.loading.arrangement import Arrangement
from dajian.engine.loading.platform import TANDEM_M
from dajian.engine.vehicle.catalogue import Lifter, Pair, Platform, Rigid, Semi

STEEL, GLASS, TYRE = "#e5e7eb", "#dbeafe", "#374151"
CAB_M, TRACTOR_WIDTH_M = 2.3, 2.5


def side_parts(found: Arrangement, frame: Frame) -> None:
    """Tractors, trailer and wheels from the left."""
    for start, length, height in _tractors(found):
        _box(frame, start, start + CAB_M, 0.6, height, GLASS, "cab")
        _box(frame, start, start + length, 0.55, 1.1, STEEL, "chassis")
    for start, end in _couplings(found):
        frame.sheet.line(frame.at(start, 0.85), frame.at(end, 0.85), width=0.8)
    _trailer_side(found, frame)
    positions = found.vehicle.train.positions_m
    first = (found.vehicle.first_trailer_axle or len(positions) + 1) - 1
    for axle, at in enumerate(positions):
        radius = 0.5 if axle < first else _wheel_m(found)
        frame.sheet.circle(frame.at(at, radius), radius * 1000, "outline", TYRE)
        frame.sheet.circle(frame.at(at, radius), radius * 450, "outline", STEEL)


def plan_parts(found: Arrangement, frame: Frame) -> None:
    """Tractors, trailer and tyres from above."""
    for start, length, _ in _tractors(found):
        half = TRACTOR_WIDTH_M / 2
        frame.sheet.rect(frame.at(start, half), (length * 1000, half * 2000), "outline", STEEL, name="tractor")
        frame.sheet.rect(frame.at(start, half), (CAB_M * 1000, half * 2000), "outline", GLASS)
    for start, end in _couplings(found):
        frame.sheet.line(frame.at(start, 0), frame.at(end, 0), width=0.8)
    half = _width(found) / 2
    for start, end in _decks(found):
        frame.sheet.rect(frame.at(start, half), ((end - start) * 1000, half * 2000), "outline", STEEL, name="trailer")
    entry = found.option.entry
    if isinstance(entry, Pair):
        (_, front_end), (rear_start, _) = _decks(found)
        beam = found.load.width_m / 2 + max(entry.side_m, 0.15)
        for side in (-beam, beam):
            if entry.carries == "between":
                frame.sheet.line(frame.at(front_end, side), frame.at(rear_start, side), width=0.5)
    positions = found.vehicle.train.positions_m
    first = (found.vehicle.first_trailer_axle or len(positions) + 1) - 1
    for axle, at in enumerate(positions):
        for across in [-0.95, 0.95] if axle < first else _tyre_places(found):
            frame.sheet.rect(frame.at(at - 0.35, across + 0.25), (700, 500), "outline", TYRE)


def rear_parts(found: Arrangement, frame: Frame) -> None:
    """Trailer, tyres and cargo from behind."""
    half, deck = _width(found) / 2, _deck_top(found)
    radius = _wheel_m(found)
    for across in _tyre_places(found):
        frame.sheet.rect(frame.at(across - 0.25, 2 * radius), (500, 2000 * radius), "outline", TYRE)
    frame.sheet.rect(frame.at(-half, deck), (half * 2000, 300), "outline", STEEL, name="trailer")
    load = found.load
    corner = frame.at(-load.width_m / 2, found.deck_height_m + load.height_m)
    size = (load.width_m * 1000, load.height_m * 1000)
    frame.sheet.rect(corner, size, "cargo", "rgba(217,119,6,0.12)", name="cargo")
    if found.spreader_m:
        frame.sheet.rect(frame.at(-half * 0.8, found.deck_height_m), (half * 1600, (found.deck_height_m - deck) * 1000),
                         "outline", "#f3f4f6")  # fmt: skip
    frame.sheet.mark(frame.at(load.centre_m[1], found.deck_height_m + load.centre_m[2]), "cargo")


def _trailer_side(found: Arrangement, frame: Frame) -> None:
    entry = found.option.entry
    deck = found.deck_height_m
    start, end = found.deck
    if isinstance(entry, Rigid):
        _box(frame, -found.nose_m, start - 0.1, 0.6, entry.height_m, GLASS, "cab")
        _box(frame, -found.nose_m, end, 0.7, 1.0, STEEL, "chassis")
        _box(frame, start, end, deck - 0.2, deck, STEEL, "deck")
        return
    if isinstance(entry, Semi):
        _semi_side(found, frame, entry)
        return
    if isinstance(entry, Pair):
        _pair_side(found, frame, entry)
        return
    top = _deck_top(found)
    _box(frame, start, end, top - 0.45, top, STEEL, "deck")
    if found.spreader_m:
        middle = found.cargo_front_m + found.load.centre_m[0]
        _box(frame, middle - found.spreader_m / 2, middle + found.spreader_m / 2, top, deck, "#f3f4f6", "spreader")
    if isinstance(entry, Platform) and entry.power_pack_m:
        for edge in (start - entry.power_pack_m, end):
            _box(frame, edge, edge + entry.power_pack_m, 0.7, 2.0, GLASS, "power_pack")
    if isinstance(entry, Lifter):
        clamp = found.cargo_front_m
        _box(frame, start, start + 1.6, top, top + 0.9, "#d1d5db", "counterweight")
        _box(frame, clamp - 1.2, clamp, top, deck + found.load.height_m, "#d1d5db", "clamp")


def _semi_side(found: Arrangement, frame: Frame, semi: Semi) -> None:
    assert found.option.tractor is not None
    kingpin = found.option.tractor.kingpin_m
    start, end = found.deck
    deck, last = found.deck_height_m, found.vehicle.train.positions_m[-1]
    if semi.bolsters:
        _box(frame, kingpin - 0.3, kingpin + 0.3, 1.25, deck, STEEL, "bolster")
        group = kingpin + found.span_m
        _box(frame, group - 0.3, group + 0.3, 1.0, deck, STEEL, "bolster")
        _box(frame, 2 * group - last - 0.6, last + 0.5, 0.8, 1.05, STEEL, "dolly")
        return
    _box(frame, start, end, deck - 0.3, deck, STEEL, "deck")
    if start > kingpin:  # a gooseneck up to the fifth wheel
        points = [(kingpin - 0.8, 1.6), (start, 1.6), (start + 0.3, deck), (start, deck - 0.3), (start - 0.3, 1.25)]
        points.append((kingpin - 0.8, 1.25))
        frame.sheet.polygon([frame.at(*point) for point in points], "outline", STEEL)
    if semi.well_gap_m is not None:
        first = found.vehicle.train.positions_m[(found.vehicle.first_trailer_axle or 1) - 1]
        _box(frame, end, last + 0.5, 0.75, 1.05, STEEL, "rear_deck")
        frame.sheet.line(frame.at(end, deck), frame.at(first - 0.2, 1.05), width=0.5)


def _pair_side(found: Arrangement, frame: Frame, pair: Pair) -> None:
    (front_start, front_end), (rear_start, rear_end) = _decks(found)
    for start, end in ((front_start, front_end), (rear_start, rear_end)):
        _box(frame, start, end, 0.6, 1.05, STEEL, "group")
    tables = [weight.at_m for weight in found.weights if weight.name in ("front_group", "rear_group")]
    for table in tables:
        _box(frame, table - 0.6, table + 0.6, 1.05, 1.3 if pair.carries == "between" else 1.5, "#d1d5db", "turntable")
    load_front, load_rear = found.cargo_front_m, found.cargo_front_m + found.load.length_m
    low = found.deck_height_m
    if pair.carries == "cargo":
        for table in tables:
            _box(frame, table - 0.3, table + 0.3, 1.5, low, STEEL, "bolster")
        return
    top = 1.9 if pair.side_m else 1.6
    for near, far in ((load_front, tables[0]), (load_rear, tables[1])):
        sign = 1 if far > near else -1
        points = [
            (far, 1.3),
            (far, top),
            (near + sign * 0.1, top),
            (near, low),
            (near + sign * 0.4, low),
            (near + sign * 0.6, 1.3),
        ]
        frame.sheet.polygon([frame.at(*point) for point in points], "outline", STEEL)
    if pair.carries == "between":
        _box(frame, load_front, load_rear, low - 0.2, low, STEEL, "frame")


def _tractors(found: Arrangement) -> list[tuple[float, float, float]]:
    """Front end, length and height of each tractor."""
    tractor = found.option.tractor
    if tractor is None:
        return []
    step = tractor.wheelbase_m + TANDEM_M
    length = tractor.nose_m + tractor.wheelbase_m + tractor.tail_m
    return [(number * step - tractor.nose_m, length, tractor.height_m) for number in range(found.option.tractors)]


def _couplings(found: Arrangement) -> list[tuple[float, float]]:
    """Drawbars behind each tractor, and the neck of a semi-trailer: from where to where."""
    tractor, first_deck = found.option.tractor, _decks(found)[0][0]
    if tractor is None:
        return []
    if tractor.use == "semi":
        return [(tractor.kingpin_m, first_deck)] if first_deck > tractor.kingpin_m else []
    tails = [start + length for start, length, _ in _tractors(found)]
    heads = [start for start, _, _ in _tractors(found)[1:]] + [first_deck]
    return list(zip(tails, heads, strict=True))


def _decks(found: Arrangement) -> list[tuple[float, float]]:
    """From where to where the trailer reaches, in one piece or in two groups."""
    entry, at = found.option.entry, found.vehicle.train.positions_m
    first = (found.vehicle.first_trailer_axle or 1) - 1
    if isinstance(entry, Semi) and entry.bolsters:
        return [(at[first] - 0.6, at[-1] + 0.5)]
    if isinstance(entry, Semi) and entry.well_gap_m is not None:
        return [found.deck, (found.deck[1], at[-1] + 0.5)]
    if not isinstance(entry, Pair):
        return [found.deck]
    each, half = found.option.lines // 2, entry.pitch_m / 2
    return [(at[first] - half, at[first + each - 1] + half), (at[first + each] - half, at[-1] + half)]


def _deck_top(found: Arrangement) -> float:
    """Top of the trailer's own deck, under any spreader; of the groups where the load hangs between them."""
    entry = found.option.entry
    if isinstance(entry, Pair):
        return 1.05
    if isinstance(entry, Semi) and entry.bolsters:
        return 1.05
    return entry.deck_height_m


def _width(found: Arrangement) -> float:
    entry = found.option.entry
    if isinstance(entry, Platform | Pair):
        return entry.width_m[found.option.files or 2]
    return entry.width_m


def _wheel_m(found: Arrangement) -> float:
    entry = found.option.entry
    if isinstance(entry, Platform | Pair | Lifter):
        return 0.38
    return 0.5 if isinstance(entry, Rigid) else min(0.5, max(0.38, 0.42 * found.deck_height_m))


def _tyre_places(found: Arrangement) -> list[float]:
    """Middle of each pair of tyres, across the train."""
    entry, files = found.option.entry, found.option.files or 2
    if isinstance(entry, Platform | Pair):
        pitch = entry.file_pitch_m[files]
    elif isinstance(entry, Lifter):
        pitch = entry.file_pitch_m
    else:
        return [-entry.track_m / 2, entry.track_m / 2]
    middles = [(file - (files - 1) / 2) * pitch for file in range(files)]
    return [middle + side for middle in middles for side in (-0.32, 0.32)]


def _box(frame: Frame, start: float, end: float, low: float, high: float, fill: str, name: str) -> None:
    corner = frame.at(start, high)
    frame.sheet.rect(corner, (max(end - start, 0.01) * 1000, max(high - low, 0.01) * 1000), "outline", fill, name=name)
