"""How long an inventory takes: `python -m benchmarks bridges_screen`.

Wall and processor seconds of the same machine and run; beside them a step-grid reference in plain numpy, the number of
multiplications that the positions need, and the share of the machine's measured peak.
"""

from __future__ import annotations

import os
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
from dajian.engine.bridge.effects import extremes, train_effects
from dajian.engine.bridge.influence import ordinates, section_of
from dajian.engine.bridge.inventory import read_inventory
from dajian.engine.bridge.screen import screen
from dajian.engine.bridge.trains import moving, moving_train
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


def step_grid(layouts: list[tuple[float, ...]], step: float) -> np.ndarray:
    """Reference: influence lines of 41 sections a span, the train moved by steps; the largest M+ and M- of each."""
    loads, offsets = np.array(TRAIN.loads_kn), np.array(TRAIN.positions_m)
    found = np.zeros((len(layouts), 2))
    for row, spans in enumerate(layouts):
        length = sum(spans)
        front = np.arange(0.0, length + offsets[-1] + step, step)
        grid = np.arange(0.0, length + step, step)
        at = np.concatenate([[0.0], np.cumsum(spans)])
        lines = [
            ordinates(spans, section_of(spans, j, float(at[j] + t * spans[j])), grid)
            for j in range(len(spans))
            for t in np.linspace(0.02, 0.98, 41)
        ]
        lines += [ordinates(spans, section_of(spans, 12 + b), grid) for b in range(1, len(spans))]
        for axles in (front[:, None] - offsets, front[:, None] - (offsets[-1] - offsets)):
            for number, line in enumerate(lines):
                moment = np.interp(axles, grid, line, left=0.0, right=0.0) @ loads
                inner = number >= 41 * len(spans)
                found[row, int(inner)] = max(found[row, int(inner)], -moment.min() if inner else moment.max())
    return found


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


def reference() -> dict[str, float]:
    """The step grid and the kernels on the same 20 layouts; the grid is made fine enough for 0.02 %."""
    rng = np.random.default_rng(3)
    layouts = [tuple(np.round(rng.uniform(15, 45, rng.integers(2, 6)), 1).tolist()) for _ in range(20)]
    beams, load = beams_of(layouts), moving(TRAIN.loads_kn, TRAIN.spacings_m)
    rows = [extremes(row) for row in train_effects(beams, load)]
    exact = np.array([[row.m_pos_knm, -row.m_neg_knm] for row in rows])
    wall, cpu = timed(lambda: step_grid(layouts, 0.1), 1)
    off = float(np.abs(step_grid(layouts, 0.1) / exact - 1).max())
    mine = timed(lambda: train_effects(beams, load))
    return {"grid_cpu": cpu, "kernel_cpu": mine[1] or mine[0], "ratio": wall / mine[0], "largest_difference": off}


def cold_start() -> float:
    """The command from the shell, with cached kernels."""
    words = [sys.executable, "-m", "dajian.cli", "bridge", "effects", "--load", "car-20", "--spans", "20+25+20"]
    return timed(lambda: subprocess.run(words, check=True, capture_output=True))[0]


def measure() -> list[Row]:
    """The table; with DAJIAN_MILLION set the longer lists too."""
    rows = [Row("dajian bridge effects from the shell", cold_start(), "s", 1.0, "cached kernels")]
    sizes = [("30 000 mixed", mixed(30_000), 0.5), ("30 000 distinct continuous", mixed(30_000, distinct=True), 5.0)]
    if os.environ.get("DAJIAN_MILLION"):
        sizes += [("100 000 mixed", mixed(100_000), None)]  # type: ignore[list-item]
        sizes += [("1 000 000 mixed, 1 % broken", mixed(1_000_000, broken=0.01), None)]  # type: ignore[list-item]
    with tempfile.TemporaryDirectory() as name:
        for title, source, limit in sizes:
            one = whole_run(source, Path(name))
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            warm = f"processor {one['warm_cpu']:.2f} s; most memory so far {used:.0f} MB"
            rows += [
                Row(f"{title}: file to file, design effects known", one["warm_wall"], "s", limit, warm),
                Row(f"{title}: design effects anew", one["cold_wall"], "s", None, f"processor {one['cold_cpu']:.2f} s"),
            ]
    limits = arithmetic(sizes[1][1])
    needed = f"{limits['multiplications']:.3g} multiplications in {limits['seconds_cpu']:.3f} s of one processor"
    rows.append(Row("share of the machine's multiply-add peak", limits["share_of_peak"], "", None, needed))
    beside = reference()
    near = f"grid {beside['grid_cpu']:.2f} s, off by {beside['largest_difference']:.2%} at most"
    return [
        *rows,
        Row("step grid in plain numpy against the kernels, 20 layouts", beside["ratio"], "times", None, near),
    ]


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:<64}{row.value:10.3f} {row.unit:<6}{row.limit or '':>6}  {row.note}")
