"""Setting the hydraulic points: every split of the lines in every figure, and the one to take."""

from __future__ import annotations

from collections.abc import Iterator

from dajian.engine.loading.arrangement import Arrangement
from dajian.engine.loading.hydraulic_deck import support_figures
from dajian.engine.loading.proposal import Grouping
from dajian.engine.loading.sides import side_load
from dajian.engine.loading.stability import tipping
from dajian.engine.loading.statics import centre
from dajian.engine.policy import Policy
from dajian.engine.vehicle.catalogue import Lifter, Platform


def groupings(found: Arrangement, policy: Policy) -> Iterator[Grouping]:
    """Every figure that leaves the axle loads as they are: all splits where the load stands in the middle."""
    suspension = found.suspension
    mass, at, right, up = centre(suspension.body)
    above = max(up - suspension.pivot_height_m, 0.05)
    for front, figures in _figures(found, policy):
        rear = None if front is None else found.option.lines - front
        for kind, points in figures.items():
            yield Grouping(kind, front, rear, tipping(points, at, right, above), tuple(points))


def best_grouping(found: Arrangement, policy: Policy) -> Grouping:
    """Three points where they stand steadily enough (statically determinate, self-levelling), else the steadiest."""
    every = list(groupings(found, policy))
    every = [one for one in every if side_load(found, one.kind, one.front_lines).fits] or every
    wanted = policy["stability"]["wanted_deg"]
    three = [one for one in every if one.kind.startswith("three_point")]
    steady = [one for one in three if one.tipping.angle_deg >= wanted]
    return max(steady or every, key=lambda one: one.tipping.angle_deg)


def steadiest_deg(found: Arrangement) -> float:
    """The tipping angle of the stiffest figure: no grouping of the same lines stands better."""
    suspension = found.suspension
    _, at, right, up = centre(suspension.body)
    figure = next(iter(suspension.figures.values()))
    return tipping(figure, at, right, max(up - suspension.pivot_height_m, 0.05)).angle_deg


def _figures(found: Arrangement, policy: Policy) -> Iterator[tuple[int | None, dict]]:
    suspension, option = found.suspension, found.option
    entry = option.entry
    if not isinstance(entry, Platform | Lifter):
        yield suspension.front_lines, dict(suspension.figures)
        return
    lines = option.lines
    first = found.vehicle.first_trailer_axle or 1
    least = max(1, round(lines * policy["stability"]["least_group_share"]))
    splits = list(range(least, lines - least + 1)) if suspension.even else []
    half = abs(suspension.figures["four_point"][0][1])
    first_line = found.vehicle.train.positions_m[first - 1]
    for split in splits or [suspension.front_lines or 1]:
        yield split, support_figures(first_line, lines, split, entry.pitch_m, half)
