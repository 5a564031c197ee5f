"""Proposals as the contract prints them, and a printed one read back for `--like`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dajian.engine.findings import InputFault, Unusable, as_json, shown
from dajian.engine.loading.arrangement import Option, Place
from dajian.engine.loading.candidates import Rejected
from dajian.engine.loading.proposal import Grouping, Proposal
from dajian.engine.vehicle import fields as f
from dajian.engine.vehicle.axle_train import TRAILERS, Vehicle
from dajian.engine.vehicle.catalogue import Catalogue, Entry, Lifter, Pair, Platform, Rigid, Semi, Tractor


def vehicle_document(vehicle: Vehicle) -> dict[str, Any]:
    """A vehicle as contract.md writes it: valid input for `dajian check`."""
    return {
        "name": vehicle.name,
        "height_m": vehicle.height_m,
        "width_m": vehicle.width_m,
        "length_m": vehicle.length_m,
        "trailer": vehicle.trailer,
        "axle_loads_t": list(vehicle.train.loads_t),
        "axle_spacings_m": list(vehicle.train.spacings_m),
        **{
            key: list(value) if isinstance(value, tuple) else value
            for key in ("tyres_per_axle", "drive_axles", "first_trailer_axle", "axle_files")
            if (value := getattr(vehicle, key)) is not None
        },
    }


def proposal_document(proposal: Proposal) -> dict[str, Any]:
    """One proposal with contract.md's keys, then what explains it."""
    ranked, found = proposal.ranked, proposal.ranked.arrangement
    option, vehicle = found.option, found.vehicle
    return {
        "trailer": option.entry.trailer,
        "axle_files": option.files,
        "axle_lines": option.lines,
        "tractors": option.tractors,
        "vehicle": vehicle_document(vehicle),
        "class": ranked.permit_class,
        "gross_mass_t": vehicle.train.mass_t,
        "tare_t": {"tractors": found.tractors_t, "trailer": round(found.trailer_t, 3)},
        "deck_height_m": found.deck_height_m,
        "cargo_front_m": found.cargo_front_m,
        "stability_deg": round(proposal.grouping.tipping.angle_deg, 2),
        "max_axle_t": max(vehicle.train.loads_t),
        "cost_index": ranked.cost_index,
        "refused": ranked.refused,
        "notes": [as_json(note) for note in ranked.notes],
        "checks": [{"ok": check.verdict != "exceed", **as_json(check)} for check in proposal.checks],
        "score": proposal.score,
        "score_parts": proposal.score_parts,
        "refusals": [as_json(finding) for finding in ranked.refusals],
        "limits_broken": [as_json(reason) for reason in found.reasons],
        "entry": option.entry.key,
        "tractor": option.tractor.key if option.tractor else None,
        "span_m": round(found.span_m, 3),
        "spreader_m": found.spreader_m,
        "grouping": _grouping(proposal.grouping),
        "weights": [
            {"name": w.name, "mass_t": round(w.mass_t, 3), "at_m": round(w.at_m, 3), "right_m": round(w.right_m, 3),
             "up_m": round(w.up_m, 3)}
            for w in found.weights
        ],
        "empty": {"class": proposal.empty_class, "vehicle": vehicle_document(proposal.empty)},
    }  # fmt: skip


def rejected_document(one: Rejected) -> dict[str, Any]:
    """One combination that cannot run, with every limit that stops it."""
    option = one.option
    return {
        "trailer": option.entry.trailer,
        "axle_files": option.files,
        "axle_lines": option.lines,
        "reasons": [as_json(reason) for reason in one.reasons],
        "entry": option.entry.key,
        "tractor": option.tractor.key if option.tractor else None,
    }


_NUMBER = f.number(-100, 300, "m")
_LIKE: f.Fields = {
    "trailer": f.Field(f.choice(TRAILERS), required=True),
    "axle_files": f.Field(f.whole(2, 4)),
    "axle_lines": f.Field(f.whole(1, f.MAX_AXLES), required=True),
    "tractors": f.Field(f.whole(0, 6)),
    "cargo_front_m": f.Field(_NUMBER, required=True),
    "entry": f.Field(f.text),
    "tractor": f.Field(f.text),
    "span_m": f.Field(f.number(0, 200, "m")),
    "front_lines": f.Field(f.whole(1, f.MAX_AXLES)),
}


def read_like(given: Any, stock: Catalogue) -> tuple[Option, Place]:
    """The combination and place of a printed proposal (or of the first one in a whole answer).

    Raises Unusable: names the key that does not fit the catalogue.
    """
    if isinstance(given, Mapping) and isinstance(given.get("proposals"), list) and given["proposals"]:
        given = given["proposals"][0]
    faults: list[InputFault] = []
    own = given
    if isinstance(given, Mapping):  # the rest of a printed proposal is its result
        own = {key: value for key, value in given.items() if key in _LIKE and value is not None}
        grouping = given.get("grouping")
        if isinstance(grouping, Mapping) and isinstance(grouping.get("front_lines"), int):
            own["front_lines"] = grouping["front_lines"]
    values = f.read_fields(own, _LIKE, "", faults)
    if faults:
        raise Unusable(tuple(faults))
    entry = _entry(values, stock)
    tractor = _tractor(values, entry, stock)
    lines, files = values["axle_lines"], values.get("axle_files")
    if isinstance(entry, Platform | Pair):
        files = files or 2
        if files not in entry.axle_files:
            raise _fault("axle_files", files, "、".join(map(str, entry.axle_files)))
    if isinstance(entry, Lifter):
        files = entry.axle_files
    few, many = _lines_of(entry)
    if not few <= lines <= many:
        raise _fault("axle_lines", lines, f"{few} 到 {many}（{entry.name}）")
    if isinstance(entry, Pair) and lines % 2:
        raise _fault("axle_lines", lines, "偶数：前后两组轴线相等")
    count = values.get("tractors", 1) if tractor else 0
    if tractor and count < 1:
        raise _fault("tractors", count, "至少 1 台")
    option = Option(entry, lines, files if not isinstance(entry, Semi | Rigid) else None, tractor, count)
    return option, Place(values["cargo_front_m"], values.get("span_m"), values.get("front_lines"))


def _entry(values: Mapping[str, Any], stock: Catalogue) -> Entry:
    key = values.get("entry")
    if key is not None:
        if key not in stock.entries:
            raise _fault("entry", key, "、".join(stock.entries))
        return stock.entries[key]
    hydraulic = values.get("axle_files") is not None
    for entry in stock.entries.values():
        fits = hydraulic == isinstance(entry, Platform | Pair | Lifter)
        if entry.trailer == values["trailer"] and fits:
            return entry
    raise _fault("trailer", values["trailer"], "目录中有的车型")


def _lines_of(entry: Entry) -> tuple[int, int]:
    """The fewest and the most axles or lines that an entry is built with."""
    match entry:
        case Rigid():
            return len(entry.tyres), len(entry.tyres)
        case Pair():
            return 2 * entry.lines_each[0], 2 * entry.lines_each[1]
        case _:
            return entry.axle_lines[0], entry.axle_lines[-1]


def _tractor(values: Mapping[str, Any], entry: Entry, stock: Catalogue) -> Tractor | None:
    able = getattr(entry, "tractors", ())
    if not able:
        return None
    key = values.get("tractor", able[-1])
    if key not in able:
        raise _fault("tractor", key, "、".join(able))
    return stock.tractors[key]


def _grouping(grouping: Grouping) -> dict[str, Any]:
    points = [[round(at, 3), round(right, 3)] for at, right in grouping.tipping.edge]
    return {
        "kind": grouping.kind,
        "front_lines": grouping.front_lines,
        "rear_lines": grouping.rear_lines,
        "tipping_edge": points,
    }


def _fault(key: str, found: Any, expected: str) -> Unusable:
    return Unusable((InputFault(key, shown(found), expected),))
