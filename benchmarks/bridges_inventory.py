"""Invented inventories for the benchmarks: a mix, distinct continuous layouts, expressway bridges."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from dajian.tables.columns import Columns

LOADS = ("公路-I级", "公路-I级", "汽车-超20级/挂车-120", "汽车-20级/挂车-100", "公路-II级")
SIMPLE = (8, 10, 13, 16, 20, 25, 30, 35, 40)
EQUAL = (20, 25, 30, 35, 40)
KINDS = ("simple", "continuous")
DECK_COLUMNS = ("section", "lanes", "girders", "girder_spacing_m", "deck_width_m")
DECKS = {  # in the order of their names
    "a: nothing known": ("", "", "", "", ""),
    "b: box, two lanes": ("box", "2", "", "", ""),
    "c: box, three lanes": ("box", "3", "", "", ""),
    "d: slabs": ("hollow_slab", "2", "12", "1", "12"),
    "e: slabs, country road": ("hollow_slab", "2", "9", "1", "9"),
    "f: T-girders": ("t_girder", "2", "5", "2.4", "12"),
    "g: T-girders, wide": ("t_girder", "3", "7", "2.3", "16.5"),
    "h: small boxes": ("small_box", "2", "4", "3", "12"),
}


def _spans(rng: np.random.Generator, *, distinct: bool) -> tuple[str, str]:
    count = int(rng.integers(2, 7))
    if distinct:
        return "+".join(f"{span:g}" for span in np.round(rng.uniform(15, 50, count), 1)), "continuous"
    if rng.random() >= 0.35:
        return f"{rng.integers(1, 9)}x{rng.choice(SIMPLE)}", "simple"
    if rng.random() < 0.6:
        return f"{count}x{rng.choice(EQUAL)}", "continuous"
    side = int(rng.integers(15, 40))
    middle = int(side * 1.3) + int(rng.integers(0, 8))
    return "+".join(map(str, [side, *[middle] * (count - 1), side])), "continuous"


def mixed(rows: int, *, distinct: bool = False, broken: float = 0.0) -> Columns:
    """A province's mix of spans, structures, loads, years and decks; a share of the rows with broken spans."""
    rng = np.random.default_rng(7)
    spans, structures = zip(*(_spans(rng, distinct=distinct) for _ in range(min(rows, 30_000))), strict=True)
    pick = np.arange(rows) if rows <= 30_000 else rng.integers(0, 30_000, rows)
    texts = np.array(spans, object)[pick]
    texts[rng.random(rows) < broken] = "20++30"
    kind = rng.choice(list(DECKS), rows)
    deck = np.array([DECKS[name] for name in DECKS], object)[np.searchsorted(sorted(DECKS), kind)]
    columns = {
        "id": np.char.add("B", np.arange(rows).astype(str)),
        "spans_m": texts,
        "structure": np.array(structures, object)[pick],
        "design_load": np.array(LOADS, object)[rng.integers(0, len(LOADS), rows)],
        "condition": rng.choice(["1", "2", "2", "2", "3"], rows),
        "year": rng.integers(1990, 2024, rows).astype(str),
        **{name: deck[:, at] for at, name in enumerate(DECK_COLUMNS)},
        "piers": np.full(rows, "ordinary"),
        "kind": np.full(rows, "main"),
    }
    return Columns(pa.table({name: pa.array(column.astype(object), pa.string()) for name, column in columns.items()}))


def expressway() -> Columns:
    """Hollow slabs and T-girders of 10 to 40 m, simple and in continuous runs, and boxes of 40+70+40."""
    rows: list[dict[str, str]] = []
    loads = (("highway-I-2004", "2010"), ("highway-I-2015", "2018"), ("car-super20/trailer-120", "1999"))
    for load, year in loads:
        shared = {
            "design_load": load,
            "year": year,
            "condition": "2",
            "piers": "ordinary",
            "kind": "main",
            "lanes": "2",
        }
        for span in (10, 13, 16, 20):
            slab = {"section": "hollow_slab", "girders": "12", "girder_spacing_m": "1", "deck_width_m": "12"}
            rows += [{**shared, **slab, "spans_m": f"3x{span}", "structure": kind} for kind in KINDS]
        for span in (30, 35, 40):
            beam = {"section": "t_girder", "girders": "5", "girder_spacing_m": "2.4", "deck_width_m": "12"}
            rows += [{**shared, **beam, "spans_m": f"4x{span}", "structure": kind} for kind in KINDS]
        for span in (20, 25, 30):
            small = {"section": "small_box", "girders": "4", "girder_spacing_m": "3", "deck_width_m": "12"}
            rows += [
                {**shared, **small, "spans_m": f"4x{span}", "structure": kind} for kind in ("simple", "continuous")
            ]
        rows.append({**shared, "section": "box", "spans_m": "40+70+40", "structure": "continuous"})
    names = ["id", *rows[0], *(name for name in ("girders", "girder_spacing_m", "deck_width_m") if name not in rows[0])]
    numbered = [{"id": f"E{n}", **row} for n, row in enumerate(rows, start=1)]
    return Columns(pa.table({name: pa.array([row.get(name, "") for row in numbered], pa.string()) for name in names}))
