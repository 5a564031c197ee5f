"""XForm controls and binds -> Questions and Repeats in XLSForm's words."""

from __future__ import annotations

import re

from dajian.forms.body import Control
from dajian.forms.model import ROOT, Choice, Question, Repeat
from dajian.forms.secondary import Table
from dajian.forms.tree import Node
from dajian.forms.xform_read import Bind, XForm

_DATA_TYPES = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
}
_DATA_TYPES |= {name: name for name in ("geopoint", "geotrace", "geoshape", "barcode")}
_TAGS = {"select1": "select_one", "select": "select_multiple", "rank": "rank", "trigger": "acknowledge"}
_INSTANCE = re.compile(r"instance\(\s*(['\"])(.*?)\1")


def read_questions(form: XForm) -> tuple[tuple[Question, ...], tuple[Repeat, ...]]:
    """All but the metadata (`meta`), in the order of the form's data."""
    questions: list[Question] = []
    repeats: list[Repeat] = []
    for node in form.root.walk():
        if in_meta(node) or node is form.root:
            continue
        if node.kind == "leaf":
            questions.append(_question(form, node))
        elif node.kind == "repeat":
            section = form.sections.get(node)
            required = form.binds[node].required if node in form.binds else ""
            repeats.append(
                Repeat(
                    node.key,
                    node.path,
                    section.label if section and section.label else node.name,
                    scope_key(node),
                    section.count if section else "",
                    section.groups if section else (),
                    least=1 if constant(required) else 0,
                )
            )
    return tuple(questions), tuple(repeats)


def in_meta(node: Node) -> bool:
    return any(part.name == "meta" and part.parent and part.parent.parent is None for part in node.line())


def scope_key(node: Node) -> str:
    return node.scope.key if node.scope.kind == "repeat" else ROOT


def constant(expression: str) -> bool | None:
    """true() or false(); None for an expression that must be evaluated, False for none."""
    return {"": False, "true()": True, "false()": False}.get(expression.replace(" ", ""))


def _question(form: XForm, node: Node) -> Question:
    bind = form.binds.get(node) or Bind(node)
    control = form.controls.get(node)
    kind = _kind(bind, control)
    return Question(
        node.key,
        node.name,
        node.path,
        scope_key(node),
        kind,
        (control.label if control else "") or node.name,
        control.hint if control else "",
        constant(bind.required) is True,
        bool(bind.calculate) or constant(bind.readonly) is True,
        bind.constraint_message,
        bind.required_message,
        _choices(form, control) if control else (),
        control.appearance if control else "",
        groups=control.groups if control else (),
        datatype=_DATA_TYPES.get(bind.type, "text"),
        shown=control is not None,
    )


def _kind(bind: Bind, control: Control | None) -> str:
    if bind.calculate:
        return "calculate"
    if control is None:
        return bind.preload if bind.preload not in ("", "uid") else "hidden"
    if control.tag in _TAGS:
        return _TAGS[control.tag]
    if control.tag == "upload":
        return {"image": "image", "audio": "audio", "video": "video"}.get(control.media.partition("/")[0], "file")
    kind = _DATA_TYPES.get(bind.type, "text")
    if kind == "text" and control.tag == "input" and constant(bind.readonly) is True:
        return "note"
    return kind


def _choices(form: XForm, control: Control) -> tuple[Choice, ...]:
    if not control.itemset:
        return control.items
    table = table_of(form, control.itemset.nodeset)
    return table.choices(control.itemset.value, control.itemset.label) if table else ()


def table_of(form: XForm, nodeset: str) -> Table | None:
    """The table whose rows a select offers; None where they are rows of a repeat or come from a missing file."""
    found = _INSTANCE.search(nodeset)
    return form.tables.get(found[2]) if found else None
