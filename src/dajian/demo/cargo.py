"""Pieces of oversize cargo for those who make them and those who need them."""

from __future__ import annotations

from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words

SIZES = ("length_m", "width_m", "height_m", "mass_t")


def pieces(draw: Draw, most: int) -> list[dict]:
    """Some different kinds of cargo, as rows of the province's table."""
    table = words("province")["cargo"]
    return draw.sample(table, draw.randint(1, min(most, len(table))))


def sizes(draw: Draw, piece: dict) -> Record:
    """Metres and tonnes of one piece."""
    return {name: draw.amount(*piece[name]) for name in SIZES}
