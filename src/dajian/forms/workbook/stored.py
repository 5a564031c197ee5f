"""Results of formulas carried over: openpyxl keeps a formula but drops the result that Excel had stored with it."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from dajian.tables.read import sheet_parts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def keep_results(original: bytes, saved: bytes) -> bytes:
    """`saved` (written by openpyxl from `original`) with the stored results of its formulas put back, by sheet name."""
    with zipfile.ZipFile(io.BytesIO(original)) as before:
        parts = sheet_parts(before)[0]
        all_results = {name: _results(before.read(part)) for name, part in parts.items() if part}
    results = {name: found for name, found in all_results.items() if found}
    if not results:
        return saved
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as after, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as mended:
        names = {part: name for name, part in sheet_parts(after)[0].items()}
        for item in after.infolist():
            body, name = after.read(item), names.get(item.filename, "")
            body = _put_back(body, results[name]) if name in results else body
            mended.writestr(item, body)
    return out.getvalue()


def _results(xml: bytes) -> dict[str, tuple[str | None, str]]:
    """(type, result) of each formula cell that has one, by address."""
    if not _HAS_FORMULA.search(xml):
        return {}
    found: dict[str, tuple[str | None, str]] = {}
    for cell in _cells(xml):
        value = cell.find(f"{_MAIN}v")
        if cell.find(f"{_MAIN}f") is not None and value is not None and cell.get("r"):
            found[cell.get("r", "")] = cell.get("t"), value.text or ""
    return found


def _put_back(xml: bytes, results: dict[str, tuple[str | None, str]]) -> bytes:
    root = etree.fromstring(xml, _parser())
    for cell in root.iter(f"{_MAIN}c"):
        kept = results.get(cell.get("r", ""))
        if kept is None or cell.find(f"{_MAIN}f") is None:
            continue
        value = cell.find(f"{_MAIN}v")
        if value is None:
            value = etree.SubElement(cell, f"{_MAIN}v")
        value.text = kept[1]
        if kept[0] is None:
            cell.attrib.pop("t", "")
        else:
            cell.set("t", kept[0])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cells(xml: bytes) -> list[etree._Element]:
    return list(etree.fromstring(xml, _parser()).iter(f"{_MAIN}c"))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
