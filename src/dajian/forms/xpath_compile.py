"""ODK expressions -> Python functions, compiled once when a form is loaded.

A compiled expression is called as `run(env, r0[, r1, p1[, r2, p2 …]])`: the environment, the row of the form, then for
each repeat around its node the row and its 1-based position. Types are settled at load as far as they show, `if` and
`coalesce` read only what they need, and comparison, arithmetic and truth follow XPath 1.0 with ODK's dates.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from dajian.forms.functions import FUNCTIONS, Function
from dajian.forms.runtime import NAMESPACE, function_name
from dajian.forms.secondary import Table
from dajian.forms.text_functions import pattern_fault
from dajian.forms.tree import Node
from dajian.forms.xpath_calls import CALLS, OWN
from dajian.forms.xpath_code import ROOT_ROW, Code, Context, Reads, nodes_needed
from dajian.forms.xpath_parse import Binary, Call, Expr, Literal, Negate, Path, Variable, XPathFault, parse
from dajian.forms.xpath_paths import path_code

_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Compiled:
    """One expression: `run` yields a number, text or truth (asked for by `compile_text`), or a list of table rows."""

    text: str
    run: Callable[..., Any]
    kind: str
    reads: Mapping[Node, bool]
    volatile: bool
    source: str


@dataclass
class Compiler:
    """Compiles the expressions of one form; holds its tree, its tables and the functions generated so far."""

    tree: Node
    tables: Mapping[str, Table]
    itext: Callable[[str], str]
    itemset: Callable[[Node, Context], str]  # source of a list of (name, label) for the choices of a question
    missing_file: Callable[[str], str | None] = lambda table_id: None  # name of a file that was not given
    namespace: dict[str, Any] = field(default_factory=lambda: dict(NAMESPACE))
    reads: Reads = field(default_factory=Reads)
    _count: int = 0

    def compile_text(self, text: str, node: Node, kind: str, *, outer: bool = False) -> Compiled:
        """Compile an expression bound to `node`, its result as kind: num, str, bool, any or rows.

        outer: a repeat's own condition or count, asked before there is a row of it. Raises XPathFault.
        """
        self.reads = Reads()
        context = self.context(node, outer=outer)
        try:
            code = self.compile(parse(text), context)
            return self._finish(text, self._as(code, kind), code, context)
        except (RecursionError, MemoryError, SyntaxError) as fault:
            raise XPathFault("表达式嵌套太深，请拆成几道计算题") from fault

    def _finish(self, text: str, source: str, code: Code, context: Context) -> Compiled:
        params = [
            "E",
            ROOT_ROW,
            *(
                name
                for node in context.rows
                if node.kind == "repeat"
                for name in (context.rows[node], context.places[node])
            ),
        ]
        source = f"lambda {', '.join(params)}: {source}"
        return Compiled(text, eval(source, self.namespace), code.kind, self.reads.nodes, self.reads.volatile, source)  # noqa: S307 our own source

    @staticmethod
    def _as(code: Code, kind: str) -> str:
        if kind == "rows":
            return code.src
        return {"num": code.as_num, "str": code.as_str, "bool": code.as_bool, "any": code.as_any}[kind]

    def context(self, node: Node, *, outer: bool = False) -> Context:
        repeats = [repeat for repeat in node.repeats() if not (outer and repeat is node)]
        rows = {self.tree: ROOT_ROW, **{repeat: f"r{depth}" for depth, repeat in enumerate(repeats, 1)}}
        return Context(node, rows, {repeat: f"p{depth}" for depth, repeat in enumerate(repeats, 1)})

    # what paths and calls ask for

    def name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}_"

    def root(self) -> Node:
        return self.tree

    def constant(self, value: object) -> str:
        name = self.name("C")
        self.namespace[name] = value
        return name

    def table(self, table_id: str, at: int) -> Node:
        if file := self.missing_file(table_id):
            raise XPathFault(f"缺少文件「{file}」，请与问卷一起上传", at)
        if table_id not in self.tables:
            raise XPathFault(f"没有选项表「{table_id}」，请在 choices 表里加上，或改正名称", at)
        return self.tables[table_id].root

    def table_root(self, node: Node) -> str:
        name = f"T_{list(self.tables).index(node.table)}"
        self.namespace[name] = self.tables[node.table].data
        return name

    def csv_table(self, file: str, at: int) -> Node:
        self.table(file, at)
        return self.tables[file].item

    def index(self, table: Node, key: str) -> str:
        name = f"X_{list(self.tables).index(table.table)}_{list(table.children).index(key)}"
        if name not in self.namespace:
            found: dict[str, list[dict[str, str]]] = {}
            for row in self.tables[table.table].data[table.key]:
                found.setdefault(row.get(key, ""), []).append(row)
            self.namespace[name] = found
        return name

    def call_itemset(self, node: Node, context: Context) -> str:
        return self.itemset(node, context)

    # the expressions themselves

    def compile(self, expr: Expr, context: Context) -> Code:
        if isinstance(expr, Literal):
            return Code(repr(expr.value), "str" if isinstance(expr.value, str) else "num")
        if isinstance(expr, Negate):
            return Code(f"(-{self.compile(expr.operand, context).as_num})", "num")
        if isinstance(expr, Binary):
            return self._binary(expr, context)
        if isinstance(expr, Path):
            return path_code(self, expr, context)
        if isinstance(expr, Call):
            return self._call(expr, context)
        raise XPathFault(f"问卷里没有题目「{expr.name}」", expr.at)

    def _binary(self, expr: Binary, context: Context) -> Code:
        if expr.op in ("and", "or"):
            parts = [self.compile(part, context).as_bool for part in _chain(expr, (expr.op,))]
            return Code(f"({f' {expr.op} '.join(parts)})", "bool")
        if expr.op in ("+", "-", "*"):
            return self._sum(expr, ("*",) if expr.op == "*" else ("+", "-"), context)
        left, right = self.compile(expr.left, context), self.compile(expr.right, context)
        if expr.op in ("div", "mod"):
            return self._quotient(expr.op, left, right)
        if expr.op == "|":
            return self._union(left, right, expr)
        return Code(_comparison(expr.op, left, right), "bool")

    def _sum(self, expr: Binary, ops: tuple[str, ...], context: Context) -> Code:
        """A chain of one level without nested parentheses: Python allows 200 of them, forms have longer sums."""
        parts: list[str] = []
        node: Expr = expr
        while isinstance(node, Binary) and node.op in ops:
            parts += [self.compile(node.right, context).as_num, node.op]
            node = node.left
        parts.append(self.compile(node, context).as_num)
        return Code(f"({' '.join(reversed(parts))})", "num")

    @staticmethod
    def _quotient(op: str, left: Code, right: Code) -> Code:
        return Code(f"{'divide' if op == 'div' else 'modulo'}({left.as_num}, {right.as_num})", "num")

    @staticmethod
    def _union(left: Code, right: Code, expr: Binary) -> Code:
        sides = [code.src if code.kind == "nodes" else f"[{code.src}]" for code in (left, right)]
        if not {left.kind, right.kind} <= {"node", "nodes"}:
            raise XPathFault("「|」两边应是题目的引用", expr.at)
        return Code(f"[value for value in [*{sides[0]}, *{sides[1]}] if value is not None]", "nodes")

    def _call(self, call: Call, context: Context) -> Code:
        if not call.args and call.name in OWN:
            return OWN[call.name](self, call, context)
        if call.name in CALLS:
            compile_call, least, most = CALLS[call.name]
            _count_args(call, least, most)
            return compile_call(self, call, context)
        function = known_function(call)
        args = [self._argument(call, place, letter, context) for place, letter in enumerate(_letters(function, call))]
        choice = call.args[1] if call.name == "selected" else None
        if isinstance(choice, Literal) and str(choice.value).strip() and self._is_list(call.args[0], context):
            return Code(f"({str(choice.value).strip()!r} in ({args[0]} or ()))", "bool")
        return Code(f"{function_name(call.name)}({', '.join(args)})", function.gives)

    def _is_list(self, expr: Expr, context: Context) -> bool:
        return isinstance(expr, Path) and (code := self.compile(expr, context)).kind == "node" and code.value == "list"

    def _argument(self, call: Call, place: int, letter: str, context: Context) -> str:
        arg = call.args[place]
        code = self.compile(arg, context)
        if letter == "N":
            if code.kind == "node":
                return f"[{code.src}]"
            if code.kind != "nodes":
                raise nodes_needed(call.name, place + 1, call.at)
            return code.src
        if (
            call.name == "regex"
            and place == 1
            and isinstance(arg, Literal)
            and (fault := pattern_fault(str(arg.value)))
        ):
            raise XPathFault(f"正则表达式「{arg.value}」写错了（{fault}）", arg.at)
        return {"n": code.as_num, "s": code.as_str, "b": code.as_bool, "v": code.as_any, "V": code.as_many}[letter]


def known_function(call: Call) -> Function:
    """The function of that name, or XPathFault with the nearest known name; the number of arguments is checked."""
    function = FUNCTIONS.get(call.name)
    if not function:
        near = get_close_matches(call.name, [*FUNCTIONS, *CALLS], 1)
        raise XPathFault(
            f"没有名为 {call.name}() 的函数" + (f"，是否要写 {near[0]}()？" if near else "，请改用已有的函数"), call.at
        )
    _count_args(call, function.least, 999 if function.rest else max(len(function.reads), function.least))
    return function


def check_calls(expr: Expr) -> None:
    """Raise XPathFault for a call of an unknown function or with a wrong number of arguments."""
    for part in walk(expr):
        if not isinstance(part, Call):
            continue
        if part.name in CALLS:
            _count_args(part, *CALLS[part.name][1:])
        elif part.args or part.name not in OWN:
            known_function(part)


def variables(expr: Expr) -> list[Variable]:
    return [part for part in walk(expr) if isinstance(part, Variable)]


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and all inside it, from left to right; without recursion, since sums can be long."""
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(_inside(part))


def _inside(expr: Expr) -> list[Expr]:
    if isinstance(expr, Binary):
        return [expr.left, expr.right]
    if isinstance(expr, Negate):
        return [expr.operand]
    if isinstance(expr, Call):
        return list(expr.args)
    if isinstance(expr, Path):
        start = [] if isinstance(expr.start, str) else [expr.start]
        return [*start, *(predicate for step in expr.steps for predicate in step.predicates)]
    return []


def _count_args(call: Call, least: int, most: int) -> None:
    given = len(call.args)
    if least <= given <= most:
        return
    wanted = f"{least} 个" if least == most else f"至少 {least} 个" if most > 900 else f"{least} 至 {most} 个"
    raise XPathFault(f"{call.name}() 要 {wanted}参数，这里有 {given} 个", call.at)


def _letters(function: Function, call: Call) -> str:
    return (function.reads + function.rest * len(call.args))[: len(call.args)]


def _chain(expr: Expr, ops: tuple[str, ...]) -> list[Expr]:
    parts: list[Expr] = []
    while isinstance(expr, Binary) and expr.op in ops:
        parts.append(expr.right)
        expr = expr.left
    return [expr, *reversed(parts)]


def _comparison(op: str, left: Code, right: Code) -> str:
    kinds = {left.kind, right.kind}
    equality = op in ("=", "!=")
    sign = "==" if op == "=" else op
    if equality and "bool" in kinds:
        return f"({left.as_bool} {sign} {right.as_bool})"
    if kinds & {"nodes", "rows"}:
        return _some(op, left, right, texts=equality and "num" not in kinds)
    if not equality or "num" in kinds:
        return f"({left.as_num} {sign} {right.as_num})"
    if "any" in kinds:
        return f"{'equal' if op == '=' else 'differ'}({left.as_any}, {right.as_any})"
    for node, text in ((left, right), (right, left)):
        # None differs from any text but '': no conversion is needed
        if (
            node.kind == "node"
            and node.value == "text"
            and text.kind == "str"
            and text.src not in ("''", '""')
            and text.src[0] in "'\""
            and text.src[-1] == text.src[0]
        ):
            return f"({node.src} {sign} {text.src})"
    return f"({left.as_str} {sign} {right.as_str})"


def _some(op: str, left: Code, right: Code, *, texts: bool) -> str:
    convert, one = ("strings", "as_str") if texts else ("numbers", "as_num")
    sides = [f"{convert}({code.src})" if code.kind == "nodes" else f"({getattr(code, one)},)" for code in (left, right)]
    return f"some({_OPERATOR[op]}, {sides[0]}, {sides[1]})"


_OPERATOR = {op: f"op_{function.__name__}" for op, function in _COMPARE.items()}
NAMESPACE.update({_OPERATOR[op]: function for op, function in _COMPARE.items()})
