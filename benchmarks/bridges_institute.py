"""The permit sheet's train (10+20+5*18 t) on invented expressway bridges, beside the ranges that an institute printed.

`python -m benchmarks.bridges_institute`: ranges of S_d / S_b by effect, crossing at crawl, closed, on the centre line.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from benchmarks.bridges_inventory import expressway
from benchmarks.rows import Row
from dajian.engine.bridge.design_load import screening_policy
from dajian.engine.bridge.effects import EFFECTS
from dajian.engine.bridge.inventory import read_inventory
from dajian.engine.bridge.judge import CENTRE, CLOSE, CRAWL
from dajian.engine.bridge.screen import screen
from dajian.engine.vehicle.axle_train import AxleTrain, Vehicle

TRAIN = AxleTrain((10.0, 10.0, 10.0, *[18.0] * 5), (3.3, 1.4, 7.0, *[1.45] * 4))
VEHICLE = Vehicle(4.2, 3.2, 25.0, "hydraulic", TRAIN, "许可证车组", (2, 4, 4, *[8] * 5), None, 4, 2)
INSTITUTE = {"m_pos": (1.07, 1.92), "m_neg": (1.43, 2.63), "v": (1.05, 2.06)}


WAYS = (("as it is", 0), ("crawl, closed, centred", CRAWL | CLOSE | CENTRE))


def measure() -> list[Row]:
    """Lowest and highest ratio of each effect; the institute's range stands in the note."""
    policy = screening_policy()
    inventory = read_inventory(expressway(), policy)
    rows = []
    for way, bits in WAYS:
        found = screen(VEHICLE, inventory, policy, date(2026, 11, 25), given=bits)
        counts = found.counts()
        for at, effect in enumerate(EFFECTS):
            for section in ("", *(inventory.words["section"].values if bits else ())):
                some = inventory.words["section"].mask(section) if section else slice(None)
                ratios = found.by_effect[some, at]
                if np.isnan(ratios).all():
                    continue
                low, high = INSTITUTE.get(effect, (0.0, 0.0))
                note = f"institute {low}–{high}; {counts}" if high and not section else ""
                title = f"{effect} {way} {section}".strip()
                rows += [
                    Row(f"lowest {title}", float(np.nanmin(ratios)), "", None, note),
                    Row(f"highest {title}", float(np.nanmax(ratios)), "", None, note),
                ]
    return rows


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:<48}{row.value:7.2f}  {row.note}")
