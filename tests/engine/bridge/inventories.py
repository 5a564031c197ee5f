"""Inventories and vehicles for the tests, from plain mappings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.inventory import Inventory, read_inventory
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle
from dajian.tables.columns import Columns

ON = date(2026, 11, 25)
COLUMNS = (
    "id", "name", "road", "station_km", "spans_m", "structure", "design_load", "condition", "rated_on", "year",
    "deck_width_m", "lanes", "clearance_m", "posted_mass_t", "posted_axle_t", "piers", "kind", "section", "girders",
    "girder_spacing_m", "frequency_hz",
)  # fmt: skip
SOUND: Mapping[str, str] = {
    "id": "B1", "spans_m": "30", "structure": "simple", "design_load": "highway-I-2015", "condition": "1",
    "rated_on": "2026-06-01", "year": "2018", "lanes": "2", "piers": "ordinary", "kind": "main", "section": "box",
}  # fmt: skip
# the train of a permit sheet of 2025: 10+20+5*18 t
PERMIT_TRAIN = AxleTrain((10.0, 10.0, 10.0, 18.0, 18.0, 18.0, 18.0, 18.0), (3.3, 1.4, 7.0, 1.45, 1.45, 1.45, 1.45))


def bridge(**given: Any) -> dict[str, str]:
    """A sound bridge with some columns changed."""
    return {**SOUND, **{name: str(value) for name, value in given.items()}}


def inventory(rows: Sequence[Mapping[str, str]], **policy: Any) -> Inventory:
    table = pa.table({name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in COLUMNS})
    return read_inventory(Columns(table), {**screening_policy(), **policy})


def permit_vehicle(factor: float = 1.0, **given: Any) -> Vehicle:
    """The permit's train on a hydraulic trailer of two files."""
    loads = tuple(factor * load for load in PERMIT_TRAIN.loads_t)
    train = AxleTrain(loads, PERMIT_TRAIN.spacings_m)
    values = {"tyres_per_axle": (2, 4, 4, 8, 8, 8, 8, 8), "first_trailer_axle": 4, "axle_files": 2, **given}
    return Vehicle(4.2, 3.2, 25.0, "hydraulic", train, **values)


def legal_truck() -> Vehicle:
    """49 t on six axles."""
    return Vehicle(4.0, 2.55, 17.0, "truck", AxleTrain((7.0, 9.0, 9.0, 8.0, 8.0, 8.0), (3.3, 1.35, 6.5, 1.35, 1.35)))
