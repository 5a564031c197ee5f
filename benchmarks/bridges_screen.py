"""How long an inventory takes: `python -m benchmarks bridges_screen`.

Wall and processor seconds of the same machine and run; beside them the number of multiplications that the positions
need, and the share of the machine's measured peak. The step grid beside them is in `bridges_grid`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.bridges_inventory import mixed
from benchmarks.rows import Row
from dajian.engine.bridge import judge
from dajian.engine.bridge.beams import beams_of
from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.effects import train_effects
from dajian.engine.bridge.inventory import read_inventory
from dajian.engine.bridge.screen import screen
from dajian.engine.bridge.trains import moving_train
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle
from dajian.tables.columns import Columns, read_columns, write_columns

ON = date(2026, 11, 25)
TRAIN = AxleTrain((8.0, 8.0, 12.0, 12.0, *[17.0] * 12), (3.2, 1.4, 1.4, 5.0, *[1.5] * 11))
VEHICLE = Vehicle(4.2, 3.2, 34.0, "hydraulic", TRAIN, first_trailer_axle=5, axle_files=2)
POLICY = screening_policy()


def timed(deed: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """Wall and processor seconds, the best of some runs."""
    found = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        deed()
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    return min(found)


def whole_run(source: Columns, folder: Path) -> dict[str, float]:
    """From the file to the file: read, judge with and without known design effects, write."""
    write_columns(folder / "in.parquet", source, {})

    def run() -> None:
        columns = read_columns(folder / "in.parquet")
        found = screen(VEHICLE, read_inventory(columns, POLICY), POLICY, ON)
        write_columns(folder / "out.parquet", columns, found.columns())

    def fresh() -> None:
        judge._known.clear()
        run()

    first = timed(fresh, 2)
    warm = timed(run)
    return {"cold_wall": first[0], "cold_cpu": first[1], "warm_wall": warm[0], "warm_cpu": warm[1]}


def arithmetic(source: Columns) -> dict[str, float]:
    """Multiplications that the pieces of the train's positions need, against the peak of one multiply-add loop."""
    inventory = read_inventory(source, POLICY)
    layouts = [layout for layout in inventory.spans.values if len(layout) > 1][:2000]
    beams = beams_of(layouts)
    load = moving_train(TRAIN)
    axles = load.axles
    pieces = sum(axles * (len(layout) + 1) for layout in layouts)  # events of one direction
    spans = float(np.mean([len(layout) for layout in layouts]))
    on_bridge = min(axles, 16)
    each = (
        3 * 30 + (spans - 1) * 3 * 8 + (3 * spans + 2) * 12 + on_bridge * 24
    )  # support cubics, bounds, M+ under axles
    directions = 2 - float(np.mean(beams.mirrors))
    _, cpu = timed(lambda: train_effects(beams, load))
    a, b = np.random.default_rng(1).random((2, 600, 600))
    wall, peak_cpu = timed(lambda: a @ b)
    peak = 600**3 / max(wall, peak_cpu)  # multiply-adds a second and processor
    needed = pieces * each * directions
    return {"layouts": len(layouts), "multiplications": needed, "seconds_cpu": cpu, "peak_per_s": peak,
            "share_of_peak": needed / cpu / peak}  # fmt: skip


def cold_start(*words: str) -> float:
    """The command from the shell, with cached kernels."""
    command = [sys.executable, "-m", "dajian.cli", "bridge", *words]
    return timed(lambda: subprocess.run(command, check=True, capture_output=True))[0]


def write_vehicle(folder: Path) -> str:
    vehicle = {
        "height_m": VEHICLE.height_m, "width_m": VEHICLE.width_m, "length_m": VEHICLE.length_m,
        "trailer": VEHICLE.trailer, "axle_loads_t": TRAIN.loads_t, "axle_spacings_m": TRAIN.spacings_m,
        "first_trailer_axle": VEHICLE.first_trailer_axle, "axle_files": VEHICLE.axle_files,
    }  # fmt: skip
    (folder / "v.json").write_text(json.dumps(vehicle))
    return str(folder / "v.json")


def cold_starts(folder: Path) -> list[Row]:
    """Effects of a design load, and a list of 100 bridges screened."""
    write_columns(folder / "few.csv", mixed(100), {})
    few = ("screen", write_vehicle(folder), str(folder / "few.csv"), "--json")
    effects = ("effects", "--load", "car-20", "--spans", "20+25+20")
    return [
        Row("dajian bridge effects from the shell", cold_start(*effects), "s", 1.0, "cached kernels"),
        Row("dajian bridge screen of 100 bridges from the shell", cold_start(*few), "s", 1.0, "cached kernels"),
    ]


def grown(rows: int, folder: Path) -> tuple[float, float]:
    """Wall seconds and most memory [MB] of the command on a list of so many rows, 1 % of them broken."""
    write_columns(folder / "grown.parquet", mixed(rows, broken=0.01), {})
    words = ["screen", write_vehicle(folder), str(folder / "grown.parquet"), "--out", str(folder / "out.parquet")]
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "dajian.cli", "bridge", *words], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    assert len(read_columns(folder / "out.parquet")) == rows
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure() -> list[Row]:
    """The table."""
    rows: list[Row] = []
    sizes = [("30 000 mixed", mixed(30_000), 0.5), ("30 000 distinct continuous", mixed(30_000, distinct=True), 5.0)]
    with tempfile.TemporaryDirectory() as name:
        rows += cold_starts(Path(name))
        for title, source, limit in sizes:
            one = whole_run(source, Path(name))
            rows += [
                Row(f"{title}: file to file, design effects known", one["warm_wall"], "s", limit,
                    f"processor {one['warm_cpu']:.2f} s"),
                Row(f"{title}: design effects anew", one["cold_wall"], "s", None, f"processor {one['cold_cpu']:.2f} s"),
            ]  # fmt: skip
        for count in (30_000, 100_000, 300_000, 1_000_000):
            seconds, memory = grown(count, Path(name))
            title = f"the command on {count:,} rows, 1 % broken".replace(",", " ")
            rows += [Row(title, seconds, "s"), Row(f"{title}: most memory", memory, "MB", 2048.0)]
    limits = arithmetic(sizes[1][1])
    needed = f"{limits['multiplications']:.3g} multiplications in {limits['seconds_cpu']:.3f} s of one processor"
    return [*rows, Row("share of the machine's multiply-add peak", limits["share_of_peak"], "", None, needed)]


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:<64}{row.value:10.3f} {row.unit:<6}{row.limit or '':>6}  {row.note}")
