"""The picture of a bridge sheet: the beam, the influence line of the governing section, and the train upon it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from dajian.engine.bridge.beams import Spans
from dajian.engine.bridge.influence import Position, ordinates

WIDTH_MM, HEIGHT_MM = 180.0, 64.0
_LEFT, _BEAM_Y, _LINE_Y, _TALL = 8.0, 26.0, 48.0, 11.0
_FONT = "Noto Sans SC"
_INK, _LOAD, _LINE = "#1f2933", "#b45309", "#1d4ed8"


def picture(spans: Spans, position: Position) -> str:
    """SVG in millimetres: axles with their loads [kN] over the beam, influence line below, the section marked."""
    length = sum(spans)
    scale = (WIDTH_MM - 2 * _LEFT) / length
    parts = [*_beam(spans, scale), *_axles(position, length, scale), *_influence(spans, position, scale)]
    box = f'viewBox="0 0 {WIDTH_MM:g} {HEIGHT_MM:g}" width="{WIDTH_MM:g}mm" height="{HEIGHT_MM:g}mm"'
    title = escape(f"{position.section} 的影响线和最不利轮位")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" font-family="{_FONT}"><title>{title}</title>'
        + "".join(parts)
        + "</svg>"
    )


def _text(x: float, y: float, words: str, size: float = 2.8, colour: str = _INK, anchor: str = "middle") -> str:
    place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {place}>{escape(words)}</text>"


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str = _INK, width: float = 0.3, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    style = f'stroke="{colour}" stroke-width="{width:g}" fill="none"{dashed}'
    return f'<path d="M{x1:.2f},{y1:.2f} L{x2:.2f},{y2:.2f}" {style}/>'


def _beam(spans: Spans, scale: float) -> Iterator[str]:
    at = 0.0
    for number, span in enumerate((*spans, 0.0)):
        x = _LEFT + at * scale
        yield f'<path d="M{x:.2f},{_BEAM_Y + 1:.2f} l-1.6,3 h3.2 z" fill="none" stroke="{_INK}" stroke-width="0.3"/>'
        yield _text(x, _BEAM_Y + 7.5, str(number + 1), 2.4)
        if span:
            yield _text(x + span * scale / 2, _BEAM_Y + 5, f"{span:g} m")
        at += span
    yield _stroke(_LEFT, _BEAM_Y, _LEFT + at * scale, _BEAM_Y, width=1.0)


def _axles(position: Position, length: float, scale: float) -> Iterator[str]:
    heaviest = max(position.loads_kn)
    taken: list[float] = []
    for place, load in zip(position.axles_m, position.loads_kn, strict=True):
        if not -1e-6 <= place <= length + 1e-6:
            continue
        x, tall = _LEFT + place * scale, 4 + 8 * load / heaviest
        yield _stroke(x, _BEAM_Y - 0.6 - tall, x, _BEAM_Y - 0.6, _LOAD, 0.35)
        yield f'<path d="M{x:.2f},{_BEAM_Y - 0.5:.2f} l-0.8,-1.8 h1.6 z" fill="{_LOAD}"/>'
        if all(abs(x - other) >= 5.6 for other in taken):  # a label where there is room
            taken.append(x)
            yield _text(x, _BEAM_Y - 2 - tall, f"{load:.0f}", 2.3, _LOAD)
    arrow = "车组向右" if position.direction == "→" else "车组向左"
    yield _text(_LEFT, 6, f"最不利轮位（{arrow}，轴荷 kN）：{position.section}", 3.2, anchor="start")
    first = position.axles_m[0]
    yield _text(WIDTH_MM - _LEFT, 6, f"第一轴距左端 {first:.3f} m", 2.8, anchor="end")


def _influence(spans: Spans, position: Position, scale: float) -> Iterator[str]:
    at = np.concatenate([[0.0], np.cumsum(spans)])
    places = np.unique(np.concatenate([np.linspace(0, at[-1], 401), at + 1e-6, at - 1e-6, [position.section.place_m]]))
    places = places[(places >= 0) & (places <= at[-1])]
    values = ordinates(spans, position.section, places)
    largest = float(np.abs(values).max()) or 1.0
    up = 1 if position.section.effect in ("v", "r_max", "r_min") else -1  # moments are drawn on the tension side
    points = " ".join(
        f"{_LEFT + x * scale:.2f},{_LINE_Y - up * y / largest * _TALL:.2f}" for x, y in zip(places, values, strict=True)
    )
    right = _LEFT + at[-1] * scale
    around = f"{_LEFT:.2f},{_LINE_Y:.2f} {points} {right:.2f},{_LINE_Y:.2f}"
    style = f'fill="{_LINE}" fill-opacity="0.14" stroke="{_LINE}" stroke-width="0.35"'
    yield f'<polygon points="{around}" {style}/>'
    yield _stroke(_LEFT, _LINE_Y, right, _LINE_Y, width=0.25)
    x = _LEFT + position.section.place_m * scale
    yield _stroke(x, _BEAM_Y, x, HEIGHT_MM - 2, "#b91c1c", 0.3, "1.2 0.8")
    peak = int(np.abs(values).argmax())
    unit = " m" if position.section.effect.startswith("m") else ""
    y = _LINE_Y - up * values[peak] / largest * _TALL
    label_x = min(max(_LEFT + places[peak] * scale, 26.0), WIDTH_MM - 26.0)
    yield _text(label_x, y + (3.2 if y > _LINE_Y else -1.2), f"影响线峰值 {values[peak]:.3f}{unit}", 2.6, _LINE)
