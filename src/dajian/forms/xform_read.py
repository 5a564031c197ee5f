"""An XForm's XML -> its parts as plain data: tree, binds, controls, choice tables, texts. Nothing is compiled here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dajian.forms.body import Control, Section, read_body
from dajian.forms.itext import Texts
from dajian.forms.safe_xml import Element, child, children, local
from dajian.forms.secondary import Table, read_tables
from dajian.forms.tree import Node, assign_keys

JR = "{http://openrosa.org/javarosa}"
DAJIAN = "urn:dajian:xforms"

_VALUES = {"int": "int", "integer": "int", "decimal": "float"}


@dataclass(frozen=True)
class Bind:
    """One <bind>: the expressions as written, "" for none."""

    node: Node
    type: str = "string"
    relevant: str = ""
    required: str = ""
    readonly: str = ""
    constraint: str = ""
    calculate: str = ""
    constraint_message: str = ""
    required_message: str = ""
    warning: str = ""  # soft check: an expression that should hold
    warning_message: str = ""
    preload: str = ""


@dataclass(frozen=True)
class SetValue:
    node: Node
    value: str
    events: tuple[str, ...]


@dataclass
class XForm:
    form_id: str
    version: str
    title: str
    root: Node
    texts: Texts
    tables: dict[str, Table]
    missing_files: dict[str, str]  # table id -> file that was not given with the form
    binds: dict[Node, Bind] = field(default_factory=dict)
    controls: dict[Node, Control] = field(default_factory=dict)
    sections: dict[Node, Section] = field(default_factory=dict)
    setvalues: list[SetValue] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)  # path, message


def read_xform(html: Element, media: Mapping[str, bytes]) -> XForm:
    """Raises ValueError, with a sentence, for a document that is no XForm at all."""
    head, body = child(html, "head"), child(html, "body")
    model = child(head, "model") if head is not None else None
    instance = child(model, "instance") if model is not None else None
    if local(html) != "html" or model is None or body is None or instance is None or not len(instance):
        raise ValueError("这不是 XForm：缺少 h:html、model、instance 或 h:body")
    assert head is not None
    main = instance[0]
    texts = Texts.read(child(model, "itext"))
    tables, missing = read_tables(children(model, "instance")[1:], texts, media)
    title = child(head, "title")
    form = XForm(
        main.get("id") or local(main),
        main.get("version") or main.get("{http://openrosa.org/xforms}version") or "",
        (title.text or "" if title is not None else "").strip() or local(main),
        Node(local(main)),
        texts,
        tables,
        missing,
    )
    _grow(form.root, main)
    form.controls, form.sections = read_body(body, form.root, texts, form.faults)
    for section in form.sections.values():
        if section.repeat:
            section.node.kind = "repeat"
    _read_binds(form, model)
    _read_setvalues(form, html)
    _settle_values(form)
    assign_keys(form.root)
    return form


def _grow(node: Node, element: Element) -> None:
    for part in element:
        name = local(part)
        below = node.children.get(name) or node.add(name)
        if part.get(f"{JR}template") is not None:
            below.kind = "repeat"
        if len(part):
            _grow(below, part)
        elif not below.children:
            below.kind = "repeat" if below.kind == "repeat" else "leaf"


def _read_binds(form: XForm, model: Element) -> None:
    for element in children(model, "bind"):
        path = element.get("nodeset") or element.get("ref") or ""
        node = form.root.find(path)
        if "/@" in path:  # of an entity: nothing that a respondent answers
            continue
        if node is None:
            form.faults.append((path, f"bind 指向问卷里没有的节点「{path}」"))
            continue
        if node in form.binds:
            form.faults.append((path, f"节点「{path}」有两个 bind，请合并成一个"))
            continue
        form.binds[node] = _bind(element, node, form.texts)


def _bind(element: Element, node: Node, texts: Texts) -> Bind:
    def plain(name: str) -> str:
        return (element.get(name) or "").strip()

    def message(*names: str) -> str:
        return next((texts.resolve(found) for name in names if (found := element.get(name))), "")

    return Bind(
        node,
        plain("type").rpartition(":")[2] or "string",
        plain("relevant"),
        plain("required"),
        plain("readonly"),
        plain("constraint"),
        plain("calculate"),
        message(f"{JR}constraintMsg"),
        message(f"{JR}requiredMsg"),
        plain(f"{{{DAJIAN}}}warning"),
        message(f"{{{DAJIAN}}}warningMsg"),
        plain(f"{JR}preloadParams") or plain(f"{JR}preload"),
    )


def _read_setvalues(form: XForm, html: Element) -> None:
    for element in html.iter("{*}setvalue"):
        path = (element.get("ref") or element.get("bind") or "").partition("/@")[0]
        node = form.root.find(path)
        if node is None:
            form.faults.append((path, f"setvalue 指向问卷里没有的节点「{path}」"))
            continue
        value = element.get("value")
        written = value if value is not None else repr((element.text or "").strip())
        form.setvalues.append(SetValue(node, written, tuple((element.get("event") or "").split())))


def _settle_values(form: XForm) -> None:
    """What a leaf's value is in data; a calculated text may turn out a number."""
    for node in form.root.walk():
        if node.kind != "leaf":
            continue
        bind, control = form.binds.get(node), form.controls.get(node)
        if control and control.tag in ("select", "rank"):
            node.value = "list"
        elif bind and not (control and control.tag == "select1"):
            node.value = _VALUES.get(bind.type, "any" if bind.calculate else "text")
