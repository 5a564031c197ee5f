"""XForm bytes -> Form. Quick enough to be called wherever a form is needed: nothing is converted, only compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dajian.forms.build import ExpressionFault, build
from dajian.forms.model import BadForm, Form, FormProblem
from dajian.forms.safe_xml import BadXml, parse_xml
from dajian.forms.typography import excerpt
from dajian.forms.xform_read import read_xform


@dataclass(frozen=True)
class Loaded:
    form: Form
    faults: tuple[ExpressionFault, ...]


def load_xml(xml: bytes, *, media: Mapping[str, bytes] | None = None) -> Form:
    """The compiled form of an XForm. media: files given beside it (CSV, XML, GeoJSON), by name.

    Raises BadForm with every problem; sheet is "xml" and cell the node's path with the attribute.
    """
    loaded = compile_xml(xml, media or {})
    if loaded.faults:
        raise BadForm(tuple(FormProblem("xml", f"{f.path}@{f.column}", sentence(f)) for f in loaded.faults))
    return loaded.form


def compile_xml(xml: bytes, media: Mapping[str, bytes]) -> Loaded:
    """The form and the faults of its expressions. Raises BadForm for what is no XForm at all."""
    try:
        parts = read_xform(parse_xml(xml), media)
    except (BadXml, ValueError) as fault:
        raise BadForm((FormProblem("xml", "", str(fault)),)) from fault
    questions, repeats, program, faults = build(parts)
    faults = [*(ExpressionFault(path, "name", "", message) for path, message in parts.faults), *faults]
    form = Form(parts.form_id, parts.version, parts.title, xml, questions, repeats, program)
    return Loaded(form, tuple(faults))


def sentence(fault: ExpressionFault) -> str:
    return f"表达式 {excerpt(fault.text)} 有误：{fault.message}" if fault.text else fault.message
