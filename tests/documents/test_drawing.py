"""The outline drawing: its coordinates are the train's millimetres, its texts keep clear of each other."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from lxml import etree

from dajian.documents.drawing import outline_pdf, outline_png, outline_svg
from dajian.documents.sheet import PAPER_MM
from dajian.engine.loading.arrangement import Option, Place
from dajian.engine.loading.candidates import arrange
from dajian.engine.loading.propose import loading_policy, propose_like
from dajian.engine.vehicle.catalogue import Pair, Rigid, catalogue
from tests.engine.loading.cargoes import CARGOES, LAW, cargo, proposed

SVG = "{http://www.w3.org/2000/svg}"
EVERY = [
    pytest.param(proposal, id=f"{name}-{number}")
    for name in CARGOES
    for number, proposal in enumerate(proposed(name).proposals, start=1)
]


def _fewest_lines(entry):
    match entry:
        case Rigid():
            return len(entry.tyres)
        case Pair():
            return 2 * entry.lines_each[0]
        case _:
            return entry.axle_lines[0]


def _of_each_entry():
    """One loaded combination of every entry of the catalogue."""
    for entry in catalogue().entries.values():
        length, mass = {"truck": (6.0, 5.0), "long_load": (28.0, 30.0), "blade_lifter": (60.0, 18.0)}.get(
            entry.trailer, (7.0, 20.0)
        )
        load = cargo(length_m=length, width_m=2.8, height_m=2.6, mass_t=mass, held_by_ends=True,
                     centre_of_gravity_m=[length * (0.3 if length > 50 else 0.5), 1.4, 1.3])  # fmt: skip
        tractors = getattr(entry, "tractors", ())
        tractor = catalogue().tractors[tractors[-1]] if tractors else None
        files = getattr(entry, "axle_files", None)
        files = files[-1] if isinstance(files, tuple) else files
        option = Option(entry, _fewest_lines(entry), files, tractor, 1 if tractor else 0)
        found = arrange(option, load, Place(), loading_policy())
        (proposal,) = propose_like(option, Place(found.cargo_front_m, found.span_m), load, LAW).proposals
        yield pytest.param(proposal, id=entry.key)


EVERY += _of_each_entry()


def _drawn(proposal):
    return etree.fromstring(outline_svg(proposal).encode())


def _dimensions(root):
    """Length in metres of every dimension line, as its end points give it."""
    found = {}
    for line in root.iter(f"{SVG}line"):
        if name := line.get("data-dimension"):
            x1, y1, x2, y2 = (float(line.get(key)) for key in ("x1", "y1", "x2", "y2"))
            found[name] = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / 1000
    return found


def _boxes(root):
    """Box of each text: full-width signs one em, others .56 em (Noto Sans SC), ascent .88, descent .12 em."""
    boxes = []
    for text in root.iter(f"{SVG}text"):
        em, words = float(text.get("font-size")), text.text or ""
        width = sum(em if ord(sign) > 0x2E80 else 0.56 * em for sign in words)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[text.get("text-anchor")]
        x, y = float(text.get("x")) - shift, float(text.get("y"))
        boxes.append((words, x, y - 0.88 * em, x + width, y + 0.12 * em))
    return boxes


@pytest.mark.parametrize("proposal", EVERY)
def test_dimensions_measured_in_the_drawing_are_the_declared_ones(proposal):
    found = proposal.ranked.arrangement
    vehicle, load = found.vehicle, found.load
    drawn = _dimensions(_drawn(proposal))
    declared = {
        "length": vehicle.length_m,
        "width": vehicle.width_m,
        "rear_width": vehicle.width_m,
        "height": vehicle.height_m,
        "rear_height": vehicle.height_m,
        "deck_height": found.deck_height_m,
        "cargo_front": abs(found.cargo_front_m),
        "cargo_length": load.length_m,
        "cargo_width": load.width_m,
        "cargo_height": load.height_m,
    }
    assert {name: drawn[name] for name in declared} == pytest.approx(declared, abs=0.001)
    chain = sum(length for name, length in drawn.items() if name.startswith("axle_spacing_"))
    assert chain == pytest.approx(sum(vehicle.train.spacings_m), abs=0.001)


@pytest.mark.parametrize("proposal", EVERY)
def test_every_axle_has_its_wheel_at_its_place(proposal):
    found = proposal.ranked.arrangement
    root = _drawn(proposal)
    radius_of_hub = {}
    for circle in root.iter(f"{SVG}circle"):
        if circle.get("fill") == "#374151":  # a tyre, from the side
            radius_of_hub[float(circle.get("cx"))] = float(circle.get("r"))
    places = sorted(radius_of_hub)
    gaps = [(b - a) / 1000 for a, b in pairwise(places)]
    assert gaps == pytest.approx(list(found.vehicle.train.spacings_m), abs=0.001)


@pytest.mark.parametrize("proposal", EVERY)
def test_no_two_texts_overlap_and_all_lie_on_the_paper(proposal):
    root = _drawn(proposal)
    scale = float(root.get("data-scale"))
    boxes = _boxes(root)
    touching = [
        (a[0], b[0]) for a, b in combinations(boxes, 2) if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]
    assert touching == []
    width, height = (side * scale for side in PAPER_MM)
    outside = [box[0] for box in boxes if box[1] < 0 or box[2] < 0 or box[3] > width or box[4] > height]
    assert outside == []


@pytest.mark.parametrize("name", ["transformer_220kv", "wheel_loader", "blade"])
def test_the_figures_that_article_10_asks_for_are_written(name):
    proposal = proposed(name).proposals[0]
    vehicle = proposal.ranked.arrangement.vehicle
    words = " ".join(text.text or "" for text in _drawn(proposal).iter(f"{SVG}text"))
    for figure in (
        f"总长 {vehicle.length_m:g}",
        f"总宽 {vehicle.width_m:g}",
        f"总高 {vehicle.height_m:g}",
        "轴荷 t",
        "轴距 m",
    ):
        assert figure in words
    printed = re.findall(r"(?:(\d+)×)?([\d.]+)", words.split("轴荷 t：")[1].split("轴距 m：")[0])
    total = sum(int(count or 1) * float(load) for count, load in printed)
    assert total == pytest.approx(vehicle.train.mass_t, abs=1e-6)


@pytest.mark.parametrize(
    ("entry", "lines", "files", "size"),
    [
        ("hydraulic", 40, 2, {"length_m": 67.963, "width_m": 3.0, "height_m": 0.216, "mass_t": 62.969}),
        ("hydraulic", 20, 2, {"length_m": 30.9, "width_m": 2.5, "height_m": 0.4, "mass_t": 84.1}),
        ("lowbed", 3, None, {"length_m": 8.0, "width_m": 2.5, "height_m": 0.05, "mass_t": 20.0}),
    ],
)
def test_texts_keep_clear_over_a_thin_cargo_with_a_long_name(entry, lines, files, size):
    made = catalogue().entries[entry]
    tractor = catalogue().tractors[made.tractors[-1]]
    load = cargo(name="Main transformer of the pumped storage station, " * 4, **size)
    option = Option(made, lines, files, tractor, 1)
    found = arrange(option, load, Place(), loading_policy())
    (proposal,) = propose_like(option, Place(found.cargo_front_m, found.span_m), load, LAW).proposals
    test_no_two_texts_overlap_and_all_lie_on_the_paper(proposal)


def test_support_figure_and_tipping_edge_are_drawn():
    proposal = proposed("transformer_220kv").proposals[0]
    root = _drawn(proposal)
    dashed = [line for line in root.iter(f"{SVG}line") if line.get("stroke-dasharray")]
    (x1, y1), (x2, y2) = proposal.grouping.tipping.edge
    edge = dashed[0]
    drawn = (float(edge.get("x2")) - float(edge.get("x1")), float(edge.get("y1")) - float(edge.get("y2")))
    assert drawn == pytest.approx(((x2 - x1) * 1000, (y2 - y1) * 1000), abs=1.0)


def test_a_name_with_markup_stays_words():
    option = Option(catalogue().entries["lowbed"], 3, None, catalogue().tractors["tractor_6x4"], 1)
    load = cargo(name='<script>&"', length_m=8, width_m=3, height_m=3, mass_t=20)
    (proposal,) = propose_like(option, Place(8.0), load, LAW).proposals
    root = _drawn(proposal)
    assert any('<script>&"' in (text.text or "") for text in root.iter(f"{SVG}text"))
    assert next(root.iter(f"{SVG}script"), None) is None


def test_the_longest_train_of_the_catalogue_fits_on_the_paper():
    option = Option(catalogue().entries["hydraulic"], 40, 2, catalogue().tractors["ballast_8x8"], 3)
    load = cargo(length_m=60, width_m=3, height_m=5, mass_t=400)
    (proposal,) = propose_like(option, Place(30.0), load, LAW).proposals
    root = _drawn(proposal)
    limit = PAPER_MM[0] * float(root.get("data-scale"))
    ends = [float(line.get("x2")) for line in root.iter(f"{SVG}line")]
    assert max(ends) < limit


def test_the_drawing_is_also_a_pdf_and_a_picture():
    svg = outline_svg(proposed("wheel_loader").proposals[0])
    assert outline_pdf(svg).startswith(b"%PDF")
    assert outline_png(svg, 50).startswith(b"\x89PNG")
