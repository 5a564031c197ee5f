"""What calamine does not tell about a worksheet, read from its XML: its extent, unusable formulas, percent cells.

calamine gives an empty text both for an error cell (#REF!) and for a formula whose result was never stored, and it
lays a sheet out as one dense block from its first to its last cell, so that one far cell costs gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

Position = tuple[int, int]  # row, column, both from 0
Cell = tuple[int, int, bytes, bytes]  # row and column from 0, attributes of its tag, content

_PREFIX = rb"(?:[^<>\s/:]+:)?"
# Most programs write every cell as <c r="B5" …>. _ODD finds one that is written otherwise.
_USUAL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>')
_STRETCH = 4 * 2**20
_ODD = re.compile(rb'<c(?:[^a-zA-Z ]| (?!r="[A-Z]{1,3}\d{1,7}"))')
_PREFIXED = re.compile(rb":c[\s/>]")
_TAG = re.compile(rb"<" + _PREFIX + rb"(row|c)((?:\s[^>]*?)?)(/?)>")
_CLOSING = re.compile(rb"</" + _PREFIX + rb"c\s*>")
_ADDRESS = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_RANGE = re.compile(
    rb"<"
    + _PREFIX
    + rb"(?:mergeCell|hyperlink)\s(?:[^>]*?\s)?ref\s*=\s*[\"']\$?([A-Za-z]+)\$?(\d+):\$?([A-Za-z]+)\$?(\d+)"
)
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f[\s/>]")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v(?:\s[^>]*)?(?:/>|>(.*?)</" + _PREFIX + rb"v\s*>)", re.DOTALL)
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)""")
_STRING = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)


@dataclass(frozen=True)
class SheetFacts:
    rows: int = 0
    columns: int = 0
    cells: int = 0
    unusable: dict[Position, str] = field(default_factory=dict)  # error text, or "" for a formula without stored value
    percent: frozenset[Position] = frozenset()
    spread: int = 0  # cells under merged ranges and links, which some readers make one by one
    written: int = 0  # cells in the file, with content or only with a format


def scan(xml: bytes, percent_styles: frozenset[bytes] = frozenset()) -> SheetFacts:
    """Extent over the cells with content, cells whose formula gives nothing, and cells shown as percent.

    Raises ValueError for a cell or row whose address is none.
    """
    written = xml.count(b"<c ") + xml.count(b"<c>") + xml.count(b":c ") + xml.count(b":c>")
    if _ODD.search(xml) or _PREFIXED.search(xml):
        return replace(_facts(_cells(xml), percent_styles), spread=_spread(xml), written=written)
    facts = _facts(_usual_cells(xml) if percent_styles else _usual_formulas(xml), percent_styles)
    rows, columns, cells = _usual_extent(xml)
    return SheetFacts(rows, columns, cells, facts.unusable, facts.percent, _spread(xml), written)


def column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _facts(cells: Iterable[Cell], percent_styles: frozenset[bytes]) -> SheetFacts:
    rows = columns = count = 0
    unusable: dict[Position, str] = {}
    percent: set[Position] = set()
    for row, column, tag, body in cells:
        rows, columns, count = max(rows, row + 1), max(columns, column + 1), count + 1
        if (text := _unusable(tag, body)) is not None:
            unusable[row, column] = text
        if percent_styles and _attribute(tag, b"s") in percent_styles:
            percent.add((row, column))
    return SheetFacts(rows, columns, count, unusable, frozenset(percent))


def _usual_extent(xml: bytes) -> tuple[int, int, int]:
    """Rows, columns and number of the usual cells, a stretch at a time: a million addresses at once fill the memory."""
    rows = columns = count = start = 0
    while start < len(xml):
        end = xml.find(b"<c ", start + _STRETCH)
        end = end if end > 0 else len(xml)
        found = _USUAL.findall(xml, start, end)
        rows = max(rows, max((int(row) for _, row, _ in found), default=0))
        columns = max(columns, max((column_number(letters) for letters in {c for c, _, _ in found}), default=0))
        count, start = count + len(found), end
    return rows, columns, count


def _usual_cells(xml: bytes) -> Iterator[Cell]:
    for match in _USUAL.finditer(xml):
        yield (
            int(match[2]) - 1,
            column_number(match[1]) - 1,
            match[3],
            xml[match.end() : xml.find(b"</c>", match.end())],
        )


def _usual_formulas(xml: bytes) -> Iterator[Cell]:
    """Of the usual cells those with a formula or an error, without looking at the others."""
    if not any(mark in xml for mark in (b"<f>", b"<f ", b"<f/", b":f", b'"e"', b"'e'")):
        return
    starts = (xml.rfind(b"<c ", 0, m.end()) for pattern in (_FORMULA, _ERROR) for m in pattern.finditer(xml))
    for start in set(starts):
        if match := _USUAL.match(xml, max(start, 0)):
            body = xml[match.end() : xml.find(b"</c>", match.end())]
            yield int(match[2]) - 1, column_number(match[1]) - 1, match[3], body


def _cells(xml: bytes) -> Iterator[Cell]:
    """Every cell with content, whoever wrote it: one without address lies right of the one before it."""
    row, column = -1, -1
    for match in _TAG.finditer(xml):
        address = _attribute(match[2], b"r")
        if match[1] == b"row":
            row, column = int(address or row + 2) - 1, -1
            continue
        place = _ADDRESS.fullmatch(address)
        if address and not place:
            raise ValueError(f"no address: {address!r}")
        row, column = (int(place[2]) - 1, column_number(place[1]) - 1) if place else (row, column + 1)
        if not match[3]:
            closing = _CLOSING.search(xml, match.end())
            yield row, column, match[2], xml[match.end() : closing.start()] if closing else b""


def _spread(xml: bytes) -> int:
    """Cells under all merged ranges and links."""
    sizes = (
        (abs(int(bottom) - int(top)) + 1) * (abs(column_number(right) - column_number(left)) + 1)
        for left, top, right, bottom in _RANGE.findall(xml)
    )
    return sum(sizes)


def _unusable(tag: bytes, body: bytes) -> str | None:
    """Error text, "" for a formula without stored result, None for any other cell."""
    kind = _attribute(tag, b"t")
    if kind != b"e" and not _FORMULA.search(body):
        return None
    value = _VALUE.search(body)
    if kind == b"e":
        return ((value[1] or b"") if value else b"").decode("utf-8", "replace") or "#N/A"
    return "" if value is None or (not value[1] and kind != b"str") else None  # Excel stores an empty text as t="str"


def _attribute(tag: bytes, name: bytes) -> bytes:
    match = tag and re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return match[1] if match else b""


def percent_styles(styles_xml: bytes) -> frozenset[bytes]:
    """Indices (as they stand in s="…") of the cell formats that show a number as percent."""
    formats = {b"9", b"10"}  # the built-in 0% and 0.00%
    for tag in re.findall(rb"<(?:\w+:)?numFmt\s[^>]*>", styles_xml):
        if b"%" in _attribute(tag, b"formatCode"):
            formats.add(_attribute(tag, b"numFmtId"))
    block = re.search(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", styles_xml, re.DOTALL)
    tags: Iterable[bytes] = re.findall(rb"<(?:\w+:)?xf[\s>][^>]*>?", block[0]) if block else []
    return frozenset(str(i).encode() for i, tag in enumerate(tags) if _attribute(tag, b"numFmtId") in formats)


def string_sizes(shared_strings_xml: bytes) -> list[int]:
    """Bytes of each shared string."""
    return [len(body) for body in _STRING.findall(shared_strings_xml)]


def expanded_text(sheet_xml: bytes, sizes: list[int]) -> int:
    """Bytes of a sheet's text once every cell holds its own copy of its shared string."""
    used = (int(i) for i in _SHARED.findall(sheet_xml))
    return sum(sizes[i] for i in used if i < len(sizes))
