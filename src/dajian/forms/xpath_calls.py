"""Calls that need the form, or must not read all their arguments -> Python. One small function each, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dajian.forms.tree import Node
from dajian.forms.xpath_code import Code, Compiling, Context, nodes_needed
from dajian.forms.xpath_parse import Binary, Call, Expr, Literal, Path, XPathFault, parse
from dajian.forms.xpath_paths import Branch, branch_code, branches, join, path_code

Compile = Callable[[Compiling, Call, Context], Code]


def _if(c: Compiling, call: Call, context: Context) -> Code:
    condition = c.compile(call.args[0], context).as_bool
    yes, no = c.compile(call.args[1], context), c.compile(call.args[2], context)
    kind = yes.kind if yes.kind == no.kind and yes.kind in ("num", "str", "bool") else "any"
    bare = f"{yes.as_any} if {condition} else {no.bare or no.as_any}"
    return Code(f"({bare})", kind, bare=bare)


def _coalesce(c: Compiling, call: Call, context: Context) -> Code:
    first, second = c.compile(call.args[0], context), c.compile(call.args[1], context)
    if first.kind == "node" and second.kind == "num" and first.value in ("int", "float"):
        return Code(f"coalesce_number({first.src}, lambda: {second.src})", "num")
    return Code(f"coalesce({first.as_any}, lambda: {second.as_any})", "any")


def _once(c: Compiling, call: Call, context: Context) -> Code:
    """The stored value is kept by the evaluator, which never recomputes what is volatile."""
    c.reads.volatile = True
    return c.compile(call.args[0], context)


def _position(c: Compiling, call: Call, context: Context) -> Code:
    """Without an argument, of the item in its predicate; of a repeat's row among its sisters; 1 of anything else."""
    if not call.args:
        return Code(context.place or "1", "num")
    found = _branches(c, call, 0, context)[0]
    node = found.node
    if node.kind != "repeat":
        return Code("1", "num")
    if found.loops:
        rows = f"{found.rows[node.scope]}.get({node.key!r})" if node.scope in context.current.rows else "None"
        return Code(f"place_of([{found.rows[node]} {' '.join(found.loops)}], {rows})", "num")
    return Code(found.places[node], "num")


def _last(c: Compiling, call: Call, context: Context) -> Code:
    return Code(context.last or "1", "num")


def _count(c: Compiling, call: Call, context: Context) -> Code:
    counts = {"nodes": "len({0.src})", "rows": "len({0.src})", "row": "1", "node": "int({0.there})"}
    codes = _node_codes(c, call, call.args[0], context)
    return Code(f"({' + '.join(counts[code.kind].format(code) for code in codes)})", "num")


def _count_non_empty(c: Compiling, call: Call, context: Context) -> Code:
    code = join(_node_codes(c, call, call.args[0], context))
    source = code.src if code.kind == "nodes" else f"({code.as_any},)"
    return Code(f"count_non_empty({source})", "num")


def _node_codes(c: Compiling, call: Call, arg: Expr, context: Context) -> list[Code]:
    if isinstance(arg, Binary) and arg.op == "|":
        return [*_node_codes(c, call, arg.left, context), *_node_codes(c, call, arg.right, context)]
    return [branch_code(c, branch) for branch in _branches(c, replace(call, args=(arg,)), 0, context)]


def _branches(c: Compiling, call: Call, place: int, context: Context) -> list[Branch]:
    path = call.args[place]
    if isinstance(path, Call) and path.name in ("current", "instance", "randomize"):
        path = Path(path, (), path.at)
    if not isinstance(path, Path):
        raise nodes_needed(call.name, place + 1, call.at)
    return branches(c, path, context)


def _nodes(c: Compiling, call: Call, context: Context) -> Code:
    """current(), instance('x') and randomize(…) where their nodes are the value."""
    return path_code(c, Path(call, (), call.at), context)


def _indexed_repeat(c: Compiling, call: Call, context: Context) -> Code:
    if len(call.args) % 2 == 0:
        raise XPathFault("indexed-repeat() 的参数应是：题目，然后每层一对（重复组，第几行）", call.at)
    target = _branches(c, call, 0, context)[0].node
    indexes: dict[Node, str] = {}
    for place in range(1, len(call.args), 2):
        repeat = _branches(c, call, place, context)[0].node
        if repeat not in target.repeats():
            raise XPathFault(f"indexed-repeat()：题目「{target.name}」不在重复组「{repeat.name}」里", call.at)
        indexes[repeat] = c.compile(call.args[place + 1], context.current).as_num
    rows, loops = dict(context.current.rows), []
    for repeat in target.repeats():
        if repeat in indexes:
            var = c.name("e")
            loops.append(f"for {var} in nth({rows[repeat.scope]}.get({repeat.key!r}) or (), {indexes[repeat]})")
        elif repeat in rows and not loops:
            continue
        else:
            var = c.name("e")
            loops.append(f"for {var} in {rows[repeat.scope]}.get({repeat.key!r}) or ()")
        rows[repeat] = var
        c.reads.nodes[repeat] = True
    return branch_code(c, Branch(target, rows, {}, tuple(loops)))


def _choice_name(c: Compiling, call: Call, context: Context) -> Code:
    """The question is named by a path inside quotes, absolute or seen from the bound node."""
    where = call.args[1]
    if not isinstance(where, Literal):
        raise XPathFault("jr:choice-name() 的第 2 个参数应是用引号括起的题目，如 '${名称}'", call.at)
    try:
        node = _branches(c, replace(call, args=(parse(str(where.value)),)), 0, context.current)[0].node
    except XPathFault as fault:
        raise XPathFault(f"jr:choice-name() 里的题目「{where.value}」：{fault.message}", call.at) from fault
    return Code(f"choice_name({c.call_itemset(node, context)}, {c.compile(call.args[0], context).as_str})", "str")


def _itext(c: Compiling, call: Call, context: Context) -> Code:
    return Code(f"{c.constant(c.itext)}({c.compile(call.args[0], context).as_str})", "str")


def _pulldata(c: Compiling, call: Call, context: Context) -> Code:
    file, *names = (arg.value if isinstance(arg, Literal) else None for arg in call.args[:3])
    if not all(isinstance(name, str) for name in (file, *names)):
        raise XPathFault("pulldata() 的前三个参数（文件、取值列、键列）应是用引号括起的文字", call.at)
    item = c.csv_table(str(file), call.at)
    for name in names:
        if name not in item.children:
            raise XPathFault(f"pulldata()：「{file}.csv」里没有「{name}」列，有：{'、'.join(item.children)}", call.at)
    value = c.compile(call.args[3], context).as_str
    return Code(f"pull({c.index(item, str(names[1]))}, {names[0]!r}, {value})", "str")


def _clock(source: str) -> Compile:
    return lambda c, call, context: Code(source, "str")


def _now(c: Compiling, call: Call, context: Context) -> Code:
    c.reads.volatile = True
    return Code("E.now", "str")


def _random(c: Compiling, call: Call, context: Context) -> Code:
    c.reads.volatile = True
    return Code("random()", "num")


def _uuid(c: Compiling, call: Call, context: Context) -> Code:
    c.reads.volatile = True
    return Code(f"uuid({c.compile(call.args[0], context).as_num if call.args else ''})", "str")


def _own(function: str, kind: str) -> Compile:
    """string-length(), normalize-space(), string(), number() without an argument read the context node."""

    def compile_own(c: Compiling, call: Call, context: Context) -> Code:
        from_path = path_code(c, Path("context", (), call.at), context)
        return Code(
            f"{function}({from_path.as_num if kind == 'num' and function == 'float' else from_path.as_str})", kind
        )

    return compile_own


def _name_of(c: Compiling, call: Call, context: Context) -> Code:
    node = _branches(c, call, 0, context)[0].node if call.args else context.node
    return Code(repr(node.name), "str")


# name: how to compile, fewest and most arguments
CALLS: dict[str, tuple[Compile, int, int]] = {
    "if": (_if, 3, 3),
    "coalesce": (_coalesce, 2, 2),
    "once": (_once, 1, 1),
    "today": (_clock("E.today"), 0, 0),
    "now": (_now, 0, 0),
    "uuid": (_uuid, 0, 1),
    "random": (_random, 0, 0),
    "position": (_position, 0, 1),
    "last": (_last, 0, 0),
    "count": (_count, 1, 1),
    "count-non-empty": (_count_non_empty, 1, 1),
    "current": (_nodes, 0, 0),
    "instance": (_nodes, 1, 1),
    "randomize": (_nodes, 1, 2),
    "indexed-repeat": (_indexed_repeat, 3, 11),
    "jr:choice-name": (_choice_name, 2, 2),
    "jr:itext": (_itext, 1, 1),
    "pulldata": (_pulldata, 4, 4),
    "version": (_clock("E.version"), 0, 0),
    "local-name": (_name_of, 0, 1),
    "name": (_name_of, 0, 1),
}
OWN: dict[str, Compile] = {
    "string-length": _own("len", "num"),
    "normalize-space": _own("normalize_space", "str"),
    "string": _own("str", "str"),
    "number": _own("float", "num"),
}
