"""A drawing sheet: SVG whose coordinates are millimetres of the real thing, so that a drawing can be measured.

Paper sizes are given in millimetres of paper and multiplied by the scale. A text knows its box; labels look for a
row in which they touch no other text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]
Box = tuple[float, float, float, float]
PAPER_MM = (420.0, 297.0)  # A3, landscape
TEXT_MM = 2.6
_COLOURS = {"outline": "#1f2933", "cargo": "#b45309", "dim": "#475569", "support": "#1d4ed8", "danger": "#b91c1c"}


class Sheet:
    """Collects the elements of one drawing at 1:`scale`."""

    def __init__(self, scale: float, title: str):
        self.scale = scale
        self.title = title
        self._parts: list[str] = []
        self._boxes: list[Box] = []

    def paper(self, millimetres: float) -> float:
        """Sheet units of a length on paper."""
        return millimetres * self.scale

    def line(self, a: Point, b: Point, colour: str = "outline", *, width: float = 0.25, dash: str = "") -> None:
        self._add("line", f'x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}"', colour, width, dash=dash)

    def rect(self, corner: Point, size: Point, colour: str = "outline", fill: str = "none", *, name: str = "") -> None:
        tag = f' data-part="{escape(name)}"' if name else ""
        place = f'x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}"{tag}'
        self._add("rect", place, colour, 0.3, fill)

    def circle(self, centre: Point, radius: float, colour: str = "outline", fill: str = "none") -> None:
        self._add("circle", f'cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{radius:.1f}"', colour, 0.25, fill)

    def polygon(self, points: Sequence[Point], colour: str = "outline", fill: str = "none", *, dash: str = "") -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._add("polygon", f'points="{path}"', colour, 0.3, fill, dash=dash)

    def mark(self, at: Point, colour: str) -> None:
        """A centre of gravity: a circle with two opposite quarters filled."""
        radius = self.paper(1.3)
        x, y = at
        self.circle(at, radius, colour, "white")
        for sign in (1, -1):
            arc = f"A{radius:.1f},{radius:.1f} 0 0 1 {x + sign * radius:.1f},{y:.1f}"
            path = f"M{x:.1f},{y:.1f} v{-sign * radius:.1f} {arc} z"
            self._add("path", f'd="{path}"', colour, 0.1, _COLOURS.get(colour, colour))

    def text(self, at: Point, words: str, *, size: float = TEXT_MM, anchor: str = "middle", bold: bool = False) -> None:
        """Words on a base line, whatever stands there already."""
        self._boxes.append(self.text_box(at, words, size, anchor))
        weight = ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{self.paper(size):.1f}" text-anchor="{anchor}"'
            f'{weight}>{escape(words)}</text>'
        )  # fmt: skip

    def label(self, at: Point, words: str, *, down: bool, size: float = TEXT_MM) -> float:
        """Words at `at`, or in the next free row below (or above); returns the base line that was taken."""
        x, y = at
        step = self.paper(size * 1.35) * (1 if down else -1)
        while not self._is_free(self.text_box((x, y), words, size, "middle")):
            y += step
        self.text((x, y), words, size=size)
        return y

    def text_box(self, at: Point, words: str, size: float, anchor: str) -> Box:
        """The box of words: full-width signs one em, others 0.6 em, a little more than the font takes."""
        em = self.paper(size)
        width = sum(em if ord(sign) > 0x2E80 else 0.6 * em for sign in words)
        left = at[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        return left, at[1] - 0.9 * em, left + width, at[1] + 0.22 * em

    def measured(self, name: str, a: Point, b: Point) -> None:
        """A line whose length is a dimension; a reader of the SVG finds it by `data-dimension`."""
        place = f'x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" data-dimension="{escape(name)}"'
        self._add("line", place, "dim", 0.18)

    def dimension(self, name: str, a: Point, b: Point, words: str) -> None:
        """A dimension line from a to b, level or upright, ticks at its ends, its figure beside it."""
        tick = self.paper(1.0)
        self.measured(name, a, b)
        for x, y in (a, b):
            self.line((x - tick / 2, y + tick / 2), (x + tick / 2, y - tick / 2), "dim", width=0.3)
        if a[1] == b[1]:
            self.label(((a[0] + b[0]) / 2, a[1] - self.paper(0.7)), words, down=False)
            return
        x, y = max(a[0], b[0]) + self.paper(1.2), (a[1] + b[1]) / 2 + self.paper(TEXT_MM / 3)
        while not self._is_free(self.text_box((x, y), words, TEXT_MM, "start")):  # a thin thing: above its neighbour
            y -= self.paper(TEXT_MM / 4)
        self.text((x, y), words, anchor="start")

    def svg(self) -> str:
        """The drawing as an SVG document."""
        width, height = PAPER_MM
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
            f'viewBox="0 0 {self.paper(width):.1f} {self.paper(height):.1f}" font-family="Noto Sans SC, sans-serif" '
            f'fill="#1f2933" data-scale="{self.scale:g}"><title>{escape(self.title)}</title>\n'
            f'<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(self._parts) + "\n</svg>\n"
        )

    def _add(self, element: str, place: str, colour: str, width: float, fill: str = "none", *, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{self.paper(1.6):.0f} {self.paper(1.0):.0f}"' if dash else ""
        stroke = _COLOURS.get(colour, colour)
        self._parts.append(
            f'<{element} {place} stroke="{stroke}" stroke-width="{self.paper(width):.1f}" fill="{fill}"{dashes}/>'
        )

    def _is_free(self, box: Box) -> bool:
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in self._boxes
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a view lies on the sheet: millimetres of the thing to sheet units, y downwards."""

    sheet: Sheet
    origin_x: float  # the first axle, or the centre line of the rear view
    base_y: float  # the ground, or the centre line of the plan

    def at(self, along_m: float, across_m: float) -> tuple[float, float]:
        """A place: along behind the first axle, across upwards (plan: to the right-hand side, which is up)."""
        return self.origin_x + along_m * 1000, self.base_y - across_m * 1000
