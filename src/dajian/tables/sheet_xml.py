"""What calamine does not tell about a worksheet, read from its XML: its extent, unusable formulas, percent cells.

calamine gives an empty text both for an error cell (#REF!) and for a formula whose result was never stored, and it
lays a sheet out as one dense block from its first to its last cell, so that one far cell costs gigabytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

Position = tuple[int, int]  # row, column, both from 0

# a cell with an address and a content: its column, its row
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,7})(\d{1,9})["'][^>]*(?<!/)>""")
_USUAL_CELL = re.compile(
    rb'<c r="([A-Z]{1,7})(\d{1,9})"[^>]*(?<!/)>'
)  # the same as most programs write it: thrice as quick
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?v\s*>)", re.DOTALL)
_SUSPECT = re.compile(rb"""<(?:\w+:)?f[\s/>]|\st\s*=\s*["']e["']""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)""")
_STRING = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)
_PREFIX = re.compile(rb"<(\w+:)?sheetData[\s/>]")


@dataclass(frozen=True)
class SheetFacts:
    rows: int = 0
    columns: int = 0
    cells: int = 0
    unusable: dict[Position, str] = field(default_factory=dict)  # error text, or "" for a formula without stored value
    percent: frozenset[Position] = frozenset()


def scan(xml: bytes, percent_styles: frozenset[bytes] = frozenset()) -> SheetFacts:
    """Extent over the cells with content, cells whose formula gives nothing, and cells shown as percent."""
    cells = sum(xml.count(tag) for tag in (b"<c ", b"<c>", b":c ", b":c>"))
    usual = cells == xml.count(b'<c r="')
    found = (_USUAL_CELL if usual else _CELL).findall(xml)
    return SheetFacts(
        rows=max((int(row) for _, row in found), default=0),
        columns=max((column_number(letters) for letters in {column for column, _ in found}), default=0),
        cells=cells,
        unusable={at: text for at, text in _formulas(xml) if text is not None},
        percent=_percent(xml, percent_styles),
    )


def column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _formulas(xml: bytes) -> Iterator[tuple[Position, str | None]]:
    """Cells with a formula or an error: error text, "" where no result is stored, None where one is."""
    if not any(mark in xml for mark in (b"<f>", b"<f ", b"<f/", b":f", b'"e"', b"'e'")):
        return
    prefix = match[1] or b"" if (match := _PREFIX.search(xml)) else b""
    opening, closing = b"<" + prefix + b"c", b"</" + prefix + b"c"
    for suspect in _SUSPECT.finditer(xml):
        start = xml.rfind(opening + b" ", 0, suspect.end())
        end_tag = xml.find(b">", start)
        end = xml.find(closing, start)
        if start < 0 or not start < suspect.start() < end:  # not in a cell
            continue
        cell = _CELL.match(xml, start)
        if cell is None:  # a cell without address: count as the writer did
            yield from _counted(xml)
            return
        kind, body = _attribute(xml[start : end_tag + 1], b"t"), xml[end_tag + 1 : end]
        value = _VALUE.search(body)
        yield (int(cell[2]) - 1, column_number(cell[1]) - 1), _unusable(kind, value[1] or b"" if value else None)


def _unusable(kind: bytes, value: bytes | None) -> str | None:
    if kind == b"e":
        return (value or b"").decode("utf-8", "replace") or "#N/A"
    if value is None or (not value and kind != b"str"):  # Excel stores an empty result as t="str"
        return ""
    return None


def _counted(xml: bytes) -> Iterator[tuple[Position, str | None]]:
    """The same where cells stand without address: each lies right of the one before it."""
    row, column = -1, -1
    for event, element in etree.iterparse(io.BytesIO(xml), events=("start", "end"), resolve_entities=False):
        name = etree.QName(element).localname
        if event == "start" and name == "row":
            row, column = int(element.get("r") or row + 2) - 1, -1
        elif event == "start" and name == "c":
            place = re.match(r"([A-Za-z]+)", element.get("r") or "")
            column = column_number(place[1].encode()) - 1 if place else column + 1
        elif event == "end" and name == "c":
            kind, value = (element.get("t") or "").encode(), element.find("{*}v")
            if kind == b"e" or element.find("{*}f") is not None:
                yield (row, column), _unusable(kind, None if value is None else (value.text or "").encode())
            element.clear()


def _attribute(tag: bytes, name: bytes) -> bytes:
    match = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return match[1] if match else b""


def _percent(xml: bytes, styles: frozenset[bytes]) -> frozenset[Position]:
    if not styles:
        return frozenset()
    cells = (m for m in _CELL.finditer(xml) if _attribute(m[0], b"s") in styles)
    return frozenset((int(m[2]) - 1, column_number(m[1]) - 1) for m in cells)


def percent_styles(styles_xml: bytes) -> frozenset[bytes]:
    """Indices (as they stand in s="…") of the cell formats that show a number as percent."""
    formats = {b"9", b"10"}  # the built-in 0% and 0.00%
    for tag in re.findall(rb"<(?:\w+:)?numFmt\s[^>]*>", styles_xml):
        if b"%" in _attribute(tag, b"formatCode"):
            formats.add(_attribute(tag, b"numFmtId"))
    block = re.search(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", styles_xml, re.DOTALL)
    tags = re.findall(rb"<(?:\w+:)?xf[\s>][^>]*>?", block[0]) if block else []
    return frozenset(str(i).encode() for i, tag in enumerate(tags) if _attribute(tag, b"numFmtId") in formats)


def string_sizes(shared_strings_xml: bytes) -> list[int]:
    """Bytes of each shared string."""
    return [len(body) for body in _STRING.findall(shared_strings_xml)]


def expanded_text(sheet_xml: bytes, sizes: list[int]) -> int:
    """Bytes of a sheet's text once every cell holds its own copy of its shared string."""
    used = (int(i) for i in _SHARED.findall(sheet_xml))
    return sum(sizes[i] for i in used if i < len(sizes))
