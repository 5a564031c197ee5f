"""The body of an XForm -> controls (questions as shown) and sections (groups and repeats), by node."""

from __future__ import annotations

from dataclasses import dataclass

from dajian.forms.itext import Texts
from dajian.forms.model import Choice
from dajian.forms.safe_xml import Element, child, children, local
from dajian.forms.tree import Node

_JR = "{http://openrosa.org/javarosa}"
_CONTROLS = {"input", "secret", "select", "select1", "upload", "trigger", "range", "rank", "textarea"}


@dataclass(frozen=True)
class Itemset:
    nodeset: str
    value: str  # name of the child that is the choice's name
    label: str  # name of the child that is its label


@dataclass(frozen=True)
class Control:
    node: Node
    tag: str
    label: str
    hint: str
    appearance: str
    groups: tuple[str, ...]  # labels of the groups around it inside its scope
    items: tuple[Choice, ...] = ()
    itemset: Itemset | None = None
    media: str = ""
    bounds: tuple[str, str] = ("", "")
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    node: Node
    label: str
    repeat: bool
    count: str
    groups: tuple[str, ...]
    outputs: tuple[str, ...] = ()


class _Reader:
    def __init__(self, root: Node, texts: Texts, faults: list[tuple[str, str]]):
        self.root, self.texts, self.faults = root, texts, faults
        self.controls: dict[Node, Control] = {}
        self.sections: dict[Node, Section] = {}

    def node(self, element: Element, around: Node) -> Node | None:
        path = (element.get("nodeset") or element.get("ref") or element.get("bind") or "").strip()
        if not path:
            return around
        absolute = path if path.startswith("/") else f"{around.path}/{path.removeprefix('./')}"
        found = self.root.find(absolute)
        if found is None:
            self.faults.append((absolute, f"题目指向问卷里没有的节点「{path}」"))
        return found

    def read(self, element: Element, around: Node, groups: tuple[str, ...], label: str = "") -> None:
        """`label`: of the group directly around, which a repeat takes as its own."""
        for part in element:
            name = local(part)
            node = self.node(part, around) if name in _CONTROLS or name in ("group", "repeat") else None
            if node is None:
                continue
            if name == "group":
                self.group(part, node, groups)
            elif name == "repeat":
                self.repeat(part, node, groups, label)
            elif node in self.controls:
                self.faults.append((node.path, f"「{node.path}」有两道题，一个节点只能有一道"))
            else:
                self.controls[node] = self.control(part, node, name, groups)

    def group(self, part: Element, node: Node, groups: tuple[str, ...]) -> None:
        label, outputs = self.texts.of(part, "label")
        repeat = child(part, "repeat")
        if repeat is None and part.get("ref"):
            self.sections.setdefault(node, Section(node, label, False, "", groups, outputs))
        inner = groups if repeat is not None or not label else (*groups, label)
        self.read(part, node, inner, label)

    def repeat(self, part: Element, node: Node, groups: tuple[str, ...], label: str) -> None:
        count = part.get(f"{_JR}count") or ""
        self.sections[node] = Section(node, label, True, count.strip(), groups)
        self.read(part, node, ())

    def control(self, part: Element, node: Node, tag: str, groups: tuple[str, ...]) -> Control:
        label, outputs = self.texts.of(part, "label")
        hint, more = self.texts.of(part, "hint")
        return Control(
            node,
            tag,
            label,
            hint,
            part.get("appearance") or "",
            groups,
            tuple(map(self.choice, children(part, "item"))),
            self.itemset(part),
            part.get("mediatype") or "",
            (part.get("start") or "", part.get("end") or ""),
            (*outputs, *more),
        )

    def choice(self, item: Element) -> Choice:
        value = child(item, "value")
        return Choice((value.text or "" if value is not None else "").strip(), self.texts.of(item, "label")[0])

    @staticmethod
    def itemset(part: Element) -> Itemset | None:
        found = child(part, "itemset")
        if found is None:
            return None
        value, label = child(found, "value"), child(found, "label")
        shown = (label.get("ref") or "label").strip() if label is not None else "label"
        if shown.startswith("jr:itext("):
            shown = "label"  # secondary.py puts the text of itextId there
        return Itemset(
            (found.get("nodeset") or "").strip(),
            ((value.get("ref") if value is not None else "") or "name").strip(),
            shown,
        )


def read_body(
    body: Element, root: Node, texts: Texts, faults: list[tuple[str, str]]
) -> tuple[dict[Node, Control], dict[Node, Section]]:
    """Both by node; what points nowhere is added to `faults` as (path, sentence)."""
    reader = _Reader(root, texts, faults)
    reader.read(body, root, ())
    return reader.controls, reader.sections
