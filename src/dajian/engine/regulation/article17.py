"""Article 17: axle loads above which no permit may be given, in both readings of the flat-bed average."""

from __future__ import annotations

from typing import NamedTuple

from dajian.engine.findings import Finding, Origin
from dajian.engine.policy import Policy
from dajian.engine.rules import Law
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import WITH_LINES, Vehicle


class Article17(NamedTuple):
    refusals: tuple[Finding, ...]
    open_for: tuple[str, ...]  # undeclared keys on which a refusal may hang
    notes: tuple[Finding, ...]


def article_17(vehicle: Vehicle, law: Law, reading: Policy) -> Article17:
    """Refusals of article 17. 10, 13, 18 and 20 t themselves pass."""
    if vehicle.has_axle_lines or reading["article17_kind"][vehicle.trailer] == "hydraulic":
        return _hydraulic(vehicle, law, reading)
    return _flatbed(vehicle, law, reading)


def line_loads(vehicle: Vehicle, reading: Policy) -> tuple[float, ...]:
    """Loads [t] of the trailer's lines of two axles and eight tyres; a line of three or four files counts as more.

    Undeclared files count as two. An undeclared first trailer axle leaves every entry in.
    """
    files = vehicle.axle_files or 2
    share = 2 / files if reading["line_counts_files"] else 1.0
    lines = vehicle.train.loads_t[(vehicle.first_trailer_axle or 1) - 1 :]
    return lines if share == 1 else tuple([exact(load * share) for load in lines])


def _hydraulic(vehicle: Vehicle, law: Law, reading: Policy) -> Article17:
    lines = line_loads(vehicle, reading)
    mean_limit = law["hydraulic_line_mean"]
    refusals, open_for = [], []
    unknown_start = vehicle.first_trailer_axle is None and vehicle.trailer != "self_propelled"
    mean = exact(sum(lines) / len(lines))
    worst_mean = _worst_tail_mean(lines) if unknown_start else mean
    if mean > mean_limit.value:
        refusals.append(_refusal("hydraulic_line_mean", law, mean, vehicle))
    elif worst_mean > mean_limit.value:
        open_for.append("first_trailer_axle")
    if max(lines) > law["hydraulic_line_max"].value:
        refusals.append(_refusal("hydraulic_line_max", law, max(lines), vehicle))
    if vehicle.axle_files is None:
        open_for.append("axle_files")
    notes: tuple[Finding, ...] = ()
    if vehicle.axle_files in (3, 4) and reading["line_counts_files"]:
        notes = (Finding("files_as_lines", "note", "hydraulic_line_mean", mean_limit.article, vehicle.axle_files,
                         params={"lines": vehicle.axle_files / 2}),)  # fmt: skip
    return Article17(tuple(refusals), tuple(open_for), notes)


def _flatbed(vehicle: Vehicle, law: Law, reading: Policy) -> Article17:
    loads, first = vehicle.train.loads_t, vehicle.first_trailer_axle
    whole = exact(sum(loads) / len(loads))
    tail = loads[first - 1 :] if first and vehicle.trailer != "truck" else None
    trailer = exact(sum(tail) / len(tail)) if tail else None
    limit = law["flatbed_axle_mean"]
    decides = whole if reading["flatbed_mean_over"] == "all_axles" or trailer is None else trailer
    refusals, notes, open_for = [], [], []
    if decides > limit.value:
        refusals.append(_refusal("flatbed_axle_mean", law, decides, vehicle))
    if max(loads) > law["flatbed_axle_max"].value:
        refusals.append(_refusal("flatbed_axle_max", law, max(loads), vehicle))
    if trailer is not None:
        params = {"whole": whole, "trailer": trailer, "chosen": reading["flatbed_mean_over"]}
        notes.append(Finding("flatbed_two_readings", "note", limit.name, limit.article, decides, limit.value, "t",
                             params=params))  # fmt: skip
    if trailer is None and vehicle.trailer != "truck" and decides <= limit.value < _worst_tail_mean(loads):
        open_for.append("first_trailer_axle")
    if vehicle.trailer in WITH_LINES and _hydraulic(vehicle, law, reading).refusals:
        open_for.append("axle_files")  # were these lines, they would be refused as such
    return Article17(tuple(refusals), tuple(open_for), tuple(notes))


def _worst_tail_mean(loads: tuple[float, ...]) -> float:
    """The largest mean over any rear part of the train: where the trailer might begin."""
    worst = total = 0.0
    for count, load in enumerate(reversed(loads), start=1):
        total += load
        worst = max(worst, total / count)
    return exact(worst)


def _refusal(rule: str, law: Law, value: float, vehicle: Vehicle) -> Finding:
    limit = law[rule]
    origin: Origin = "assumed" if vehicle.has_axle_lines and vehicle.axle_files is None else "given"
    return Finding(rule, "refuse", rule, limit.article, value, limit.value, limit.unit, origin)
