"""Side loads: what the heavier side of an axle takes when the centre of gravity lies off the centre line."""

from __future__ import annotations

from dataclasses import dataclass

from dajian.engine.loading.arrangement import Arrangement
from dajian.engine.loading.statics import centre, four_point, three_point
from dajian.engine.vehicle.catalogue import Rigid, Semi


@dataclass(frozen=True, slots=True)
class Side:
    """The axle or line that is used most: its load [t] if both sides took what the heavier one takes, and its limit."""

    load_t: float
    limit_t: float
    share: float  # of the heavier side

    @property
    def fits(self) -> bool:
        return self.load_t <= self.limit_t + 1e-9


@dataclass(frozen=True, slots=True)
class _End:
    """Axles that share their load evenly: their sum [t], how many, and what each is built for [t]."""

    load_t: float
    axles: int
    limit_t: float

    def side(self, heavier_t: float) -> Side:
        return Side(2 * heavier_t / self.axles, self.limit_t, heavier_t / self.load_t if self.load_t else 0.5)


def side_load(found: Arrangement, kind: str, front_lines: int | None) -> Side:
    """Of one support figure; statics.four_point where both ends hold the sides, statics.three_point where one does."""
    suspension = found.suspension
    mass, _, right, _ = centre(suspension.body)
    half = max(abs(across) for _, across in next(iter(suspension.figures.values())))
    front, rear = _ends(found, front_lines)
    on_axles = front.load_t + rear.load_t
    side = mass * abs(right) / on_axles  # the same side moment with the mass that stands on the axles
    if kind in ("four_point", "springs"):
        *_, front_side, _, rear_side = four_point(on_axles, front.load_t / on_axles, side, half)
        every = [front.side(front_side), rear.side(rear_side)]
    elif kind == "three_point_rear":
        *_, front_side = three_point(on_axles, rear.load_t / on_axles, side, half)
        every = [front.side(front_side), rear.side(rear.load_t / 2)]
    else:  # the front end is linked, or the fifth wheel, which holds no side
        *_, rear_side = three_point(on_axles, front.load_t / on_axles, side, half)
        every = [rear.side(rear_side), *([front.side(front.load_t / 2)] if front.axles else [])]
    return max(every, key=lambda one: one.load_t / one.limit_t)


def _ends(found: Arrangement, front_lines: int | None) -> tuple[_End, _End]:
    """Front and rear end of the support figure; of a semi-trailer only the axles count."""
    entry, loads = found.option.entry, found.vehicle.train.loads_t
    if isinstance(entry, Rigid):
        steer, limits = entry.steering, entry.max_loads_t
        return (
            _End(sum(loads[:steer]), steer, min(limits[:steer])),
            _End(sum(loads[steer:]), len(loads) - steer, min(limits[steer:])),
        )
    lines = loads[(found.vehicle.first_trailer_axle or 1) - 1 :]
    if isinstance(entry, Semi):
        return _End(0.0, 0, entry.max_line_t), _End(sum(lines), len(lines), entry.max_line_t)
    limit = entry.max_axle_t * (found.option.files or 2)
    split = front_lines or max(1, len(lines) // 2)
    return _End(sum(lines[:split]), split, limit), _End(sum(lines[split:]), len(lines) - split, limit)
