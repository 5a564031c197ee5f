"""Records to and from the XML that ODK clients send, and the bytes by which a record is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from dajian.forms.answers import BadAnswer
from dajian.forms.model import Form
from dajian.forms.program import Program, Scope
from dajian.forms.questions import in_meta
from dajian.forms.safe_xml import BadXml, Element, local, parse_xml
from dajian.forms.tree import Node
from dajian.forms.values import string

_META = "http://openrosa.org/xforms"
_JR_TEMPLATE = "{http://openrosa.org/javarosa}template"


class BadInstance(Exception):
    """Not a submission of this form; `message` says why."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Instance:
    """A submission: whose form it is, which one it is, and its answers (not judged: see evaluate.validate)."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str  # of the submission that this one replaces, "" for a first one
    record: dict[str, Any]
    meta: dict[str, str] = field(default_factory=dict)


def read(form: Form, xml: bytes) -> Instance:
    """A submission's XML as a record, answers typed where they can be. Raises BadInstance."""
    try:
        root = parse_xml(xml)
    except BadXml as fault:
        raise BadInstance(fault.message) from fault
    scope = _root(form)
    sent_id = root.get("id") or form.form_id
    if sent_id != form.form_id:
        raise BadInstance(f"这份提交属于问卷「{sent_id}」，不是「{form.form_id}」，请交到对应的问卷")
    if local(root) != scope.node.name:
        raise BadInstance(
            f"这份提交的根是「{local(root)}」，问卷「{form.form_id}」的根是「{scope.node.name}」，请核对问卷版本"
        )
    record: dict[str, Any] = {}
    meta: dict[str, str] = {}
    _read(root, scope.node, scope, record, meta)
    return Instance(
        sent_id, root.get("version") or "", meta.get("instanceID", ""), meta.get("deprecatedID", ""), record, meta
    )


def _read(element: Element, node: Node, scope: Scope, record: dict[str, Any], meta: dict[str, str]) -> None:
    for part in element:
        name = local(part)
        if name == "meta" and node.parent is None:
            meta.update({local(found): (found.text or "").strip() for found in part})
            continue
        below = node.children.get(name)
        if below is None:
            record[name] = "".join(
                map(str, part.itertext())
            ).strip()  # the evaluator says that the form has no such field
        elif below.kind == "group":
            _read(part, below, scope, record, meta)
        elif below.kind == "repeat":
            if part.get(_JR_TEMPLATE) is None:
                row: dict[str, Any] = {}
                _read(part, below, scope.inner[below.key], row, meta)
                record.setdefault(below.key, []).append(row)
        elif part.text:
            _keep(record, scope, below.key, part.text)


def _keep(record: dict[str, Any], scope: Scope, key: str, text: str) -> None:
    try:
        value = scope.fields[key].read(text)
    except BadAnswer:
        value = text
    if value is not None:
        record[key] = value


def write(form: Form, record: Mapping[str, Any], *, instance_id: str, deprecated_id: str = "") -> bytes:
    """The record as an ODK submission; every question has its element, empty where there is no answer.

    Raises ValueError for a key that the form does not have: nothing is left out without a word.
    """
    scope = _root(form)
    root = etree.Element(scope.node.name, {"id": form.form_id}, nsmap={"orx": _META})
    if form.version:
        root.set("version", form.version)
    _write(root, scope.node, scope, record)
    meta = etree.SubElement(root, f"{{{_META}}}meta")
    etree.SubElement(meta, f"{{{_META}}}instanceID").text = instance_id
    if deprecated_id:
        etree.SubElement(meta, f"{{{_META}}}deprecatedID").text = deprecated_id
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write(element: Element, node: Node, scope: Scope, row: Mapping[str, Any]) -> None:
    if node is scope.node and (foreign := row.keys() - scope.fields.keys() - scope.inner.keys()):
        raise ValueError(f"问卷里没有「{'」「'.join(sorted(foreign))}」")
    for child in node.children.values():
        if in_meta(child):
            continue
        if child.kind == "repeat":
            for inner in row.get(child.key, ()):
                _write(etree.SubElement(element, child.name), child, scope.inner[child.key], inner)
        elif child.kind == "group":
            _write(etree.SubElement(element, child.name), child, scope, row)
        else:
            leaf = etree.SubElement(element, child.name)
            value = row.get(child.key)
            leaf.text = None if value is None else string(value)


def _root(form: Form) -> Scope:
    assert isinstance(form.program, Program)
    return form.program.root


def canonical(record: Mapping[str, Any]) -> bytes:
    """The one byte form of a record: sorted keys, no spaces, UTF-8. Raises ValueError for NaN and infinities."""
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(record: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, hexadecimal."""
    return hashlib.sha256(canonical(record)).hexdigest()


def with_years(text: str, year: int, plan_year: int) -> str:
    """A label with the campaign's reference year for {Y} and its plan year for {Y1}."""
    return text.replace("{Y1}", str(plan_year)).replace("{Y}", str(year))
