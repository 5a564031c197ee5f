"""`propose` over the whole catalogue, warm, and the drawing of its first proposal."""

from __future__ import annotations

from datetime import date

from benchmarks.rows import Row, median_s
from dajian.documents.drawing import outline_pdf, outline_svg
from dajian.engine.loading.arrangement import known_load
from dajian.engine.loading.propose import propose
from dajian.engine.regulation import rulebook
from dajian.engine.vehicle.reading import read_cargo

TRANSFORMER = {"cargo": {"name": "变压器", "length_m": 9.5, "width_m": 3.6, "height_m": 4.2, "mass_t": 250}}


def measure() -> list[Row]:
    load = known_load(read_cargo(TRANSFORMER))
    law = rulebook().on(date(2026, 12, 1))
    answer = propose(load, law)
    searched = len(answer.proposals) + len(answer.rejected)
    assert answer.proposals, "the transformer has a proposal"
    assert searched > 200
    proposing = median_s(lambda: propose(load, law), times=3) * 1000
    first = answer.proposals[0]
    drawing = median_s(lambda: outline_svg(first), times=20) * 1000
    svg = outline_svg(first)
    outline_pdf(svg)
    typeset = median_s(lambda: outline_pdf(svg)) * 1000
    note = f"250 t transformer, {len(answer.proposals)} proposals, {len(answer.rejected)} turned down"
    return [
        Row("propose: whole catalogue, warm", proposing, "ms", 50, note),
        Row("drawing as SVG", drawing, "ms", 20, first.ranked.arrangement.vehicle.name),
        Row("drawing as PDF", typeset, "ms", note="warm, the same drawing"),
    ]
