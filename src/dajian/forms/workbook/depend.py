"""Which answers the rules of a question rest on.

When a cell cannot be read, nobody knows whether the questions that rest on it were answered rightly: they are not
judged, so that one slip colours one cell and not thirty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from dajian.forms.model import Form

Rests = dict[str, dict[str, bool]]  # path -> {path that it rests on: in any row of its repeat, not only in this one}

_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_PATH = re.compile(r"[\w.-]*(?:/[\w.-]+)+|[^\W\d][\w.-]*")
_RULES = ("relevant", "required", "constraint")


def rests_on(form: Form) -> Rests:
    """For each question and repeat, by path, the questions on whose answers its verdict rests, directly or not."""
    return _Graph(form).closure()


def demanded(form: Form) -> frozenset[str]:
    """Paths of the questions that must be answered, at least in some case."""
    binds = _tree(form).iter("{*}bind")
    return frozenset(b.get("nodeset", "") for b in binds if b.get("required", "false()").strip() != "false()")


def _tree(form: Form) -> etree._Element:
    return etree.fromstring(form.xml, etree.XMLParser(resolve_entities=False, no_network=True))


class _Graph:
    def __init__(self, form: Form):
        self.scopes = {q.path: q.scope for q in form.questions} | {r.path: r.scope for r in form.repeats}
        self.parents = {r.key: r.scope for r in form.repeats}
        self.ends: dict[str, list[str]] = {}
        for path in self.scopes:
            self.ends.setdefault(path.rpartition("/")[2], []).append(path)
        root = _tree(form)
        self.binds = {b.get("nodeset", ""): dict(b.attrib) for b in root.iter("{*}bind")}
        self.others: dict[str, list[str]] = {}  # choice filters and row counts, which stand in the body
        for element in root.iter("{*}itemset", "{*}repeat"):
            holder = element.getparent() if str(element.tag).endswith("}itemset") else element
            own = (holder.get("ref") or holder.get("nodeset") or "") if holder is not None else ""
            texts = [str(v) for name, v in element.attrib.items() if str(name).endswith(("count", "nodeset"))]
            self.others.setdefault(own, []).extend(t for t in texts if t != own)

    def named(self, expression: str) -> set[str]:
        """Paths of the questions that an expression may name; by their last step where the path is relative."""
        found: set[str] = set()
        for token in _PATH.findall(_LITERAL.sub("''", expression)):
            if token in self.scopes:
                found.add(token)
            else:
                found.update(self.ends.get(token.rpartition("/")[2], ()))
        return found

    def own(self, path: str, *attributes: str) -> Iterator[str]:
        """Its expressions of some kinds."""
        bind = self.binds.get(path, {})
        yield from (bind[a] for a in attributes if a in bind)

    def relevance(self, path: str) -> Iterator[str]:
        """The conditions on it and on all groups around it."""
        steps = path.split("/")
        for n in range(2, len(steps) + 1):
            yield from self.own("/".join(steps[:n]), "relevant")

    def value_edges(self, path: str) -> set[str]:
        """What decides the value of a question: its calculation, and whether it applies."""
        return {t for e in (*self.own(path, "calculate"), *self.relevance(path)) for t in self.named(e)}

    def verdict_edges(self, path: str) -> set[str]:
        """What decides whether its answer is right."""
        texts = (*self.own(path, *_RULES), *self.relevance(path), *self.others.get(path, ()))
        return {t for e in texts for t in self.named(e)} - {path}

    def inside(self, inner: str, outer: str) -> bool:
        """Whether a scope lies in another, or is it."""
        while inner != outer and inner:
            inner = self.parents.get(inner, "")
        return inner == outer

    def closure(self) -> Rests:
        """For each path, all that its verdict rests on."""
        values = {path: self.value_edges(path) for path in self.scopes}
        return {path: self._reach(path, values) for path in self.scopes}

    def _reach(self, path: str, values: dict[str, set[str]]) -> dict[str, bool]:
        reached: dict[str, bool] = {}
        todo = [(path, target, False) for target in self.verdict_edges(path)]
        while todo:
            origin, target, anywhere = todo.pop()
            anywhere = anywhere or not self.inside(self.scopes[origin], self.scopes[target])
            if target in reached and reached[target] >= anywhere:
                continue
            reached[target] = anywhere or reached.get(target, False)
            todo += [(target, further, anywhere) for further in values.get(target, ())]
        return reached
