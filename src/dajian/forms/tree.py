"""The shape of a form's data: one Node an element, rows of a repeat folded into one.

The primary instance is a tree of groups, repeats and leaves; a secondary instance (a choice list, a CSV) is a table:
a root with one repeat `item`. In data groups are transparent: a row is a dict of its leaves' keys and repeats' lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False)
class Node:
    name: str
    parent: Node | None = None
    kind: str = "group"  # group repeat leaf
    value: str = "text"  # of a leaf: text int float list
    table: str = ""  # id of the secondary instance that it belongs to, "" in the primary one
    key: str = ""  # in the data of its scope
    children: dict[str, Node] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.parent.path if self.parent else ''}/{self.name}"

    @property
    def scope(self) -> Node:
        """The repeat, or the root, whose rows hold this node's value; a repeat's own value lies in the outer scope."""
        node = self.parent
        while node and node.parent and node.kind != "repeat":
            node = node.parent
        return node or self

    def add(self, name: str, **more: str) -> Node:
        self.children[name] = Node(name, self, table=self.table, **more)  # type: ignore[arg-type]
        return self.children[name]

    def repeats(self) -> list[Node]:
        """The repeats around this node, itself included, outermost first."""
        return [node for node in self.line() if node.kind == "repeat"]

    def line(self) -> list[Node]:
        """From the root down to this node."""
        return [*(self.parent.line() if self.parent else ()), self]

    def walk(self) -> Iterator[Node]:
        """This node and all below, in the document's order."""
        yield self
        for child in self.children.values():
            yield from child.walk()

    def find(self, path: str) -> Node | None:
        """The node of an absolute path without predicates."""
        names = path.strip().strip("/").split("/")
        if names[0] != self.name:
            return None
        node: Node | None = self
        for name in names[1:]:
            node = node.children.get(name.rpartition(":")[2]) if node else None
        return node


def assign_keys(root: Node) -> None:
    """Give every leaf and repeat its key: its name, or "group/name" where its scope has that name twice."""
    pools: dict[tuple[int, str], list[Node]] = {}
    repeats: dict[str, list[Node]] = {}
    for node in root.walk():
        if node.kind != "group":
            pools.setdefault((id(node.scope), node.name), []).append(node)
        if node.kind == "repeat":
            repeats.setdefault(node.name, []).append(node)
    twins = {id(node) for group in (*pools.values(), *repeats.values()) if len(group) > 1 for node in group}
    for node in root.walk():
        if node.kind == "group":
            continue
        node.key = node.name
        if id(node) in twins and node.parent and node.parent is not root:
            node.key = f"{node.parent.name}/{node.name}"
    _lengthen(root)


def _lengthen(root: Node) -> None:
    """Where even "group/name" stands twice in a scope, the whole path within the form tells them apart."""
    seen: dict[tuple[int, str], Node] = {}
    for node in root.walk():
        if node.kind != "group" and seen.setdefault((id(node.scope), node.key), node) is not node:
            node.key = node.path.partition("/")[2].partition("/")[2]
