"""`assess` over varied declarations in one process, and `dajian check` from the shell."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.rows import Row, median_s
from dajian.engine.regulation import rulebook
from dajian.engine.regulation.assess import assess
from dajian.engine.rules import Law
from dajian.engine.vehicle.axle_train import TRAILERS
from dajian.engine.vehicle.declaration import Declaration
from dajian.engine.vehicle.reading import read_declaration

DECLARATIONS = 20_000
SEED = 62


def declaration(chance: random.Random) -> dict[str, Any]:
    """One declaration: any trailer, 2 to 30 axles, with or without its optional fields."""
    trailer = chance.choice(sorted(TRAILERS))
    lined = trailer in ("hydraulic", "self_propelled", "girder")
    tractor = 0 if trailer in ("truck", "self_propelled") else chance.choice([2, 3, 4])
    axles = chance.randint(2, 4) if trailer == "truck" else tractor + chance.randint(2, 26 if lined else 6)
    given: dict[str, Any] = {
        "trailer": trailer,
        "height_m": round(chance.uniform(3.5, 5.2), 2),
        "width_m": round(chance.uniform(2.4, 5.0), 2),
        "length_m": round(chance.uniform(10, 60), 1),
        "axle_loads_t": [round(chance.uniform(5, 19 if lined else 13), 2) for _ in range(axles)],
        "axle_spacings_m": [chance.choice([1.31, 1.35, 1.5, 3.3, 6.0]) for _ in range(axles - 1)],
        "cargo": {"mass_t": round(chance.uniform(2, 9), 1), "divisible": chance.random() < 0.05},
        "trip": {"from": "350181", "to": chance.choice(["350404", "350121", "360781"]), "start": date(2026, 12, 1),
                 "end": date(2026, 12, 5)},
        "plates": {"tractor": "闽A12345", "insurance_until": date(2027, 3, 1)},
    }  # fmt: skip
    if chance.random() < 0.7:
        given["tyres_per_axle"] = [2] + [4] * (axles - 1)
        given["drive_axles"] = [2, 3][: max(1, axles - 1)]
        if tractor:
            given["first_trailer_axle"] = min(tractor + 1, axles)
    if lined:
        given["axle_files"] = chance.choice([2, 3, 4])
    return given


def _assess_all(declarations: list[Declaration], law: Law) -> None:
    for one in declarations:
        assess(one, law)


def measure() -> list[Row]:
    chance = random.Random(SEED)
    given = [declaration(chance) for _ in range(DECLARATIONS)]
    read = [read_declaration(one) for one in given]
    law = rulebook().on(date(2026, 12, 1))
    classes = {assess(one, law).permit_class for one in read}
    assert classes >= {"I", "II", "III"} or classes >= {"II", "III"}, classes
    whole = median_s(lambda: _assess_all(read, law))
    reading = median_s(lambda: [read_declaration(one) for one in given], rounds=3)
    note = f"{DECLARATIONS} varied declarations, one process"
    rows = [
        Row("assess: 20 000 declarations", whole, "s", 1.0, note),
        Row("read_declaration: the same, from mappings", reading, "s", note=note),
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "declaration.yaml"
        file.write_text(yaml.safe_dump(given[0], allow_unicode=True), "utf-8")
        command = [str(Path(sys.executable).with_name("dajian")), "check", str(file), "--json", "--on", "2026-12-01"]
        shell = median_s(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    rows.append(Row("dajian check from the shell", shell, "s", 0.3, "one declaration, a process of its own"))
    return rows
