"""ODK's geography: "lat lon alt acc" points, traces and shapes joined by ";" (WGS84 degrees), on a sphere.

Answers are rounded to two decimals, as ODK's clients do."""

from __future__ import annotations

import math
from typing import TypeAlias

from dajian.forms.values import Value, string

_RADIUS_M = 6_378_100.0  # the sphere of ODK Collect

Point: TypeAlias = tuple[float, float]  # lat, lon [degrees]


def points(value: object) -> list[Point]:
    """The points of a geopoint, geotrace or geoshape text, or of a node-set of geopoints; [] if one is unreadable."""
    texts = [string(item) for item in value] if isinstance(value, list) else string(value).split(";")  # type: ignore[arg-type]
    found = []
    for text in texts:
        parts = text.split()
        if not parts:
            continue
        try:
            lat, lon = float(parts[0]), float(parts[1])
        except (ValueError, IndexError):
            return []
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            return []
        found.append((lat, lon))
    return found


def area_m2(*values: Value | list[Value]) -> float:
    """Area within the closed line [m²]; 0 for fewer than three points."""
    ring = points(values[0])
    if len(ring) < 3:
        return 0.0
    total = 0.0
    for (lat1, lon1), (lat2, lon2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        total += math.radians(lon2 - lon1) * (2 + math.sin(math.radians(lat1)) + math.sin(math.radians(lat2)))
    return round(abs(total) * _RADIUS_M**2 / 2, 2)


def distance_m(*values: Value | list[Value]) -> float:
    """Length of the line [m]; two or more arguments are the line's points."""
    line = [point for value in values for point in points(value)]
    return round(sum(_arc_m(a, b) for a, b in zip(line, line[1:], strict=False)), 2)


def _arc_m(a: Point, b: Point) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def inside(point: str, shape: str) -> bool:
    """Whether the first point lies in the closed shape (even-odd rule, on plain degrees)."""
    place, ring = points(point), points(shape)
    if not place or len(ring) < 3:
        return False
    lat, lon = place[0]
    crossings = 0
    for (lat1, lon1), (lat2, lon2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            crossings += 1
    return crossings % 2 == 1
