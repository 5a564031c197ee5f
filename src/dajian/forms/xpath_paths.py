"""Paths -> Python: each step is settled at load, only rows of repeats are walked when it runs.

A path from inside a repeat means this row's node, absolute or not (XForms as ODK reads it); a path that ends at the
repeat itself, or comes back into it by `../..`, means all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dajian.forms.tree import Node
from dajian.forms.xpath_code import Code, Compiling, Context
from dajian.forms.xpath_parse import Binary, Call, Expr, Literal, Path, Step, XPathFault


@dataclass(frozen=True)
class Branch:
    """One static node that a path reaches, the variables of the rows on its way, and the loops that fill them."""

    node: Node
    rows: dict[Node, str]
    places: dict[Node, str]
    loops: tuple[str, ...] = ()


def path_code(c: Compiling, path: Path, context: Context) -> Code:
    """The value or node-set of a path. Raises XPathFault for a node that the form does not have."""
    return join([branch_code(c, branch) for branch in branches(c, path, context)])


def join(codes: list[Code]) -> Code:
    if len(codes) == 1:
        return codes[0]
    lists = [code.src if code.kind in ("nodes", "rows") else f"[{code.src}]" for code in codes if code.kind != "row"]
    return Code(f"[{', '.join('*' + src for src in lists)}]", "nodes", alone=False)


def branches(c: Compiling, path: Path, context: Context) -> list[Branch]:
    here, steps, absolute = _start(c, path, context)
    for place, step in enumerate(steps):
        into = absolute and place < len(steps) - 1
        reached = [found for branch in here for found in _step(c, branch, step, context, into)]
        if not reached:
            raise XPathFault(_missing(here[0].node, step.name), path.at)
        here = reached
    return here


def _start(c: Compiling, path: Path, context: Context) -> tuple[list[Branch], tuple[Step, ...], bool]:
    if path.start == "root":
        root = c.root()
        if path.steps and path.steps[0].name not in (root.name, "*"):
            raise XPathFault(f"路径 /{path.steps[0].name} 不在本问卷里，问卷的根是 /{root.name}", path.at)
        return [Branch(root, context.current.rows, context.current.places)], path.steps[1:], True
    if path.start == "context":
        return [Branch(context.node, context.rows, context.places)], path.steps, False
    call = path.start
    if isinstance(call, Call) and call.name == "current" and not call.args:
        bound = context.current
        return [Branch(bound.node, bound.rows, bound.places)], path.steps, False
    if isinstance(call, Call) and call.name == "instance":
        return [_instance(c, call)], path.steps, False
    if isinstance(call, Call) and call.name == "randomize" and call.args and isinstance(call.args[0], Path):
        return branches(c, call.args[0], context), path.steps, False
    if isinstance(call, Path):
        return branches(c, call, context), path.steps, False
    raise XPathFault("方括号和「/」只能跟在题目、路径、instance() 或 current() 之后", path.at)


def _instance(c: Compiling, call: Call) -> Branch:
    if len(call.args) != 1 or not isinstance(call.args[0], Literal):
        raise XPathFault("instance() 的参数应是用引号括起的选项表名称，如 instance('city')", call.at)
    table = c.table(str(call.args[0].value), call.at)
    above = Node("", None, table=table.table, children={table.name: table})
    return Branch(above, {table: c.table_root(table)}, {})


def _missing(node: Node, name: str) -> str:
    where = f"选项表「{node.table}」" if node.table else f"「{node.path}」"
    known = "、".join(list(node.children)[:8])
    return f"{where}里没有「{name}」" + (f"，有：{known}" if known else "，它下面没有内容")


def _step(c: Compiling, branch: Branch, step: Step, context: Context, into: bool) -> Iterator[Branch]:
    node = branch.node
    if step.axis == "self" or step.name == "text()":
        yield _filtered(c, branch, step, context)
    elif step.axis == "parent":
        if node.parent is None:
            return
        if node.kind == "repeat" and any(loop.startswith(f"for {branch.rows[node]} ") for loop in branch.loops):
            raise XPathFault("不支持从筛选出的各行再返回上一级")
        yield _filtered(c, replace(branch, node=node.parent), step, context)
    else:
        for child in node.children.values():
            if step.name not in ("*", child.name) and step.name.rpartition(":")[2] != child.name:
                continue
            if child.kind == "repeat":
                yield _into_repeat(c, branch, child, step, context, into)
            else:
                yield _filtered(c, replace(branch, node=child), step, context)


def _filtered(c: Compiling, branch: Branch, step: Step, context: Context) -> Branch:
    """Predicates on a node that is no repeat: it stays or it goes; its position is 1."""
    for predicate in step.predicates:
        inner = Context(branch.node, branch.rows, branch.places, context.current, "1", "1")
        condition = _condition(c.compile(predicate, inner), "1")
        branch = replace(branch, loops=(*branch.loops, f"for {c.name('o')} in (0,)", f"if {condition}"))
    return branch


def _into_repeat(c: Compiling, branch: Branch, child: Node, step: Step, context: Context, into: bool) -> Branch:
    node = replace(branch, node=child)
    if child in branch.rows and into and not step.predicates:
        return node
    c.reads.nodes[child] = True
    var = c.name("e")
    rows = {**branch.rows, child: var}
    source = f"({branch.rows[child.scope]}.get({child.key!r}) or ())"
    if child.table:
        source = f"{branch.rows[child.scope]}[{child.key!r}]"
    conditions = list(step.predicates)
    if child.table and conditions:
        source, conditions = _indexed(
            c, child, conditions, Context(child, rows, branch.places, context.current), var, source
        )
    places = dict(branch.places)
    for predicate in conditions:
        source, places = _filter_rows(c, source, predicate, var, Context(child, rows, places, context.current))
    return Branch(child, rows, places, (*branch.loops, f"for {var} in {source}"))


def _filter_rows(c: Compiling, source: str, predicate: Expr, var: str, context: Context) -> tuple[str, dict[Node, str]]:
    place, size, rows = c.name("p"), c.name("n"), c.name("l")
    inner = replace(context, place=place, last=size)
    code = c.compile(predicate, inner)
    if code.kind == "num" and place not in code.src and size not in code.src and var not in code.src:
        return f"nth({source}, {code.src})", context.places
    condition = _condition(code, place)
    if size in condition:
        loops = (
            f"for {rows} in (list({source}),) for {size} in (len({rows}),) for {place}, {var} in enumerate({rows}, 1)"
        )
    elif place in condition:
        loops = f"for {place}, {var} in enumerate({source}, 1)"
    else:
        loops = f"for {var} in {source}"
    return f"[{var} {loops} if {condition}]", context.places


def _condition(code: Code, place: str) -> str:
    if code.kind == "num":
        return f"{place} == {code.src}"
    return f"fits({code.src}, {place})" if code.kind == "any" else code.as_bool


def _indexed(
    c: Compiling, child: Node, predicates: list[Expr], context: Context, var: str, source: str
) -> tuple[str, list[Expr]]:
    """`item[key = value]` of a table by look-up instead of by scan, where value does not depend on the item."""
    parts = list(_conjuncts(predicates[0]))
    for place, part in enumerate(parts):
        for key, other in _equalities(part, child):
            code = c.compile(other, replace(context, place="", last=""))
            if code.kind in ("str", "node") and var not in code.src:
                rest = parts[:place] + parts[place + 1 :]
                first = [_all(rest)] if rest else []
                return f"{c.index(child, key)}.get({code.as_str}, ())", [*first, *predicates[1:]]
    return source, predicates


def _conjuncts(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Binary) and expr.op == "and":
        yield from _conjuncts(expr.left)
        yield from _conjuncts(expr.right)
    else:
        yield expr


def _all(parts: list[Expr]) -> Expr:
    whole = parts[0]
    for part in parts[1:]:
        whole = Binary("and", whole, part)
    return whole


def _equalities(expr: Expr, child: Node) -> Iterator[tuple[str, Expr]]:
    if not isinstance(expr, Binary) or expr.op != "=":
        return
    for side, other in ((expr.left, expr.right), (expr.right, expr.left)):
        if isinstance(side, Path) and side.start == "context" and not any(step.predicates for step in side.steps):
            names = [step for step in side.steps if step.axis != "self"]
            leaf = child.children.get(names[0].name) if len(names) == 1 and names[0].axis == "child" else None
            if leaf and leaf.kind == "leaf" and not _uses_position(other):
                yield leaf.key, other


def _uses_position(expr: Expr) -> bool:
    if isinstance(expr, Call):
        return expr.name in ("position", "last") or any(map(_uses_position, expr.args))
    return isinstance(expr, Binary) and (_uses_position(expr.left) or _uses_position(expr.right))


def branch_code(c: Compiling, branch: Branch) -> Code:
    node = branch.node
    c.reads.nodes[node] = c.reads.nodes.get(node, False) or bool(branch.loops)
    if node.kind != "leaf":
        if not branch.loops:
            return Code("", "row")
        row = branch.rows.get(node) or "{}"
        return Code(f"[{row} {' '.join(branch.loops)}]", "rows")
    if node.scope not in branch.rows:
        raise XPathFault(f"「{node.name}」在重复组「{node.scope.name}」的行里，这里还没有行")
    row = branch.rows[node.scope]
    if not branch.loops:
        read = f"{row}.get({node.key!r})"
        return Code(read, "node", node.value, f"({row}.get({node.key!r}, 0) is not None)")
    if node.table:
        return Code(f'[{row}.get({node.key!r}, "") {" ".join(branch.loops)}]', "nodes")
    var = c.name("v")
    loops = f'{" ".join(branch.loops)} for {var} in ({row}.get({node.key!r}, ""),) if {var} is not None'
    return Code(f"[{var} {loops}]", "nodes")
