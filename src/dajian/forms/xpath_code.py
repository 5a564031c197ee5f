"""What compiling yields while it runs: pieces of Python with their static kind, and the place they are compiled for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from dajian.forms.tree import Node
from dajian.forms.xpath_parse import Expr, XPathFault

ROOT_ROW = "r0"


@dataclass(frozen=True)
class Code:
    """One piece of Python source and what it yields.

    kind: num str bool any (a scalar, never None); node (one leaf's value, None when empty or absent); nodes (list of
    leaf values, "" for empty ones); row, rows (a group or repeat, which has no value of its own).
    """

    src: str
    kind: str
    value: str = ""  # of a node: text int float list
    there: str = ""  # of a node: source of whether it exists (is relevant)
    bare: str = ""  # of a conditional: its source without the parentheses, so that long if-chains do not nest
    alone: bool = True  # of rows and nodes: False where several branches were joined

    @property
    def as_num(self) -> str:
        if self.kind == "num":
            return self.src
        if self.kind in ("nodes", "rows"):
            return f"number(first({self.src}))"
        return "NAN" if self.kind == "row" else f"number({self.src})"

    @property
    def as_str(self) -> str:
        if self.kind == "str":
            return self.src
        if self.kind in ("nodes", "rows"):
            return f"string(first({self.src}))"
        if self.kind == "row":
            return '""'
        return f'({self.src} or "")' if self.kind == "node" and self.value == "text" else f"string({self.src})"

    @property
    def as_bool(self) -> str:
        """A node is true when it exists, whatever it holds (XPath 1.0, and what the browser's engine does)."""
        if self.kind == "bool":
            return self.src
        if self.kind == "node":
            return self.there
        if self.kind == "row":
            return "True"
        return f"bool({self.src})" if self.kind in ("str", "nodes", "rows") else f"truth({self.src})"

    @property
    def as_any(self) -> str:
        """One value of any type: the first of several."""
        if self.kind in ("nodes", "rows"):
            return f"first({self.src})"
        return "None" if self.kind == "row" else self.src

    @property
    def as_many(self) -> str:
        """A node-set as a list; a scalar stays one value (concat, join, max take both)."""
        if self.kind == "nodes":
            return f"NodeList({self.src})"
        return self.as_any


@dataclass(frozen=True)
class Context:
    """Where an expression stands: its node, and which rows of which repeats are at hand, by the variable's name."""

    node: Node
    rows: dict[Node, str]
    places: dict[Node, str]
    bound: Context | None = None  # what current() means inside a predicate
    place: str = ""  # variable of position() inside a predicate
    last: str = ""

    @property
    def current(self) -> Context:
        return self.bound or self


@dataclass
class Reads:
    """What one expression reads: node -> whether rows other than the context's own are read; and what it depends on."""

    nodes: dict[Node, bool] = field(default_factory=dict)
    volatile: bool = False  # uuid, random, now, once: a server cannot recompute it
    rows: set[str] = field(default_factory=set)


class Compiling(Protocol):
    """What paths and calls ask of the compiler."""

    reads: Reads

    def compile(self, expr: Expr, context: Context) -> Code: ...
    def name(self, prefix: str) -> str: ...
    def table(self, table_id: str, at: int) -> Node: ...
    def table_root(self, node: Node) -> str: ...
    def index(self, table: Node, key: str) -> str: ...
    def call_itemset(self, node: Node, context: Context) -> str: ...
    def constant(self, value: object) -> str: ...
    def root(self) -> Node: ...
    def itext(self, label_id: str) -> str: ...
    def csv_table(self, file: str, at: int) -> Node: ...


def nodes_needed(function: str, place: int, at: int) -> XPathFault:
    return XPathFault(f"{function}() 的第 {place} 个参数应是题目、组或重复组的引用，如 ${{名称}}", at)
