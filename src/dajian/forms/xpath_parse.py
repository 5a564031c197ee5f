"""ODK XPath text -> syntax tree.

The grammar is XPath 1.0's expressions with what forms use: `${name}` (XLSForm cells only), `jr:` functions, paths that
start at a call (`instance('x')/root/item[…]`). Axes other than child, parent and self do not occur in forms and are
refused. Raises XPathFault with the place in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias


class XPathFault(Exception):
    """An expression that cannot be read or compiled: `at` is the 0-based place in its text."""

    def __init__(self, message: str, at: int = 0):
        super().__init__(message)
        self.message = message
        self.at = at


@dataclass(frozen=True)
class Literal:
    value: str | float
    at: int = 0


@dataclass(frozen=True)
class Variable:
    """`${name}` or, from a last-saved record, `${last-saved#name}`."""

    name: str
    at: int = 0


@dataclass(frozen=True)
class Binary:
    op: str  # or and = != < <= > >= + - * div mod |
    left: Expr
    right: Expr
    at: int = 0


@dataclass(frozen=True)
class Negate:
    operand: Expr
    at: int = 0


@dataclass(frozen=True)
class Call:
    name: str
    args: tuple[Expr, ...]
    at: int = 0


@dataclass(frozen=True)
class Step:
    axis: str  # child parent self
    name: str  # "*" for any
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class Path:
    start: Expr | str  # "root", "context", or the call whose nodes it starts from
    steps: tuple[Step, ...]
    at: int = 0


Expr: TypeAlias = "Literal | Variable | Binary | Negate | Call | Path"

_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<variable>\$\{{\s*(?:last-saved\#)?{_NAME}\s*\}})
    | (?P<name>{_NAME}(?::(?!:){_NAME})?)
    | (?P<mark>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*])
    )""",
    re.VERBOSE,
)
_WORDS = {"and", "or", "div", "mod"}
_LEVELS = {
    "or": 0,
    "and": 1,
    "=": 2,
    "!=": 2,
    "<": 3,
    "<=": 3,
    ">": 3,
    ">=": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "div": 5,
    "mod": 5,
}
_DEEPEST = 80  # parentheses and predicates within each other: far above any form, far below Python's own limit


@dataclass(frozen=True)
class _Token:
    kind: str  # number text variable name mark operator end
    value: str
    at: int


def parse(text: str) -> Expr:
    """The syntax tree of one expression. Raises XPathFault: unreadable mark, missing or superfluous part."""
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if not match:
            place += len(text[place:]) - len(text[place:].lstrip())
            raise XPathFault(_unreadable(text, place), place)
        group = kind = str(match.lastgroup)
        value = match[group]
        if (value in _WORDS or value == "*") and tokens and _ends_operand(tokens[-1]):
            kind = "operator"
        tokens.append(_Token(kind, value, match.start(group)))
        place = match.end()
    tokens.append(_Token("end", "", end))
    return tokens


def _ends_operand(token: _Token) -> bool:
    """After an operand `*`, `and`, `div` … are operators; anywhere else they are names (XPath 1.0, 3.7)."""
    return token.kind in ("number", "text", "variable", "name") or token.value in (")", "]", ".", "..", "*")


def _unreadable(text: str, place: int) -> str:
    mark = text[place]
    if mark in "'\"":
        return f"引号 {mark} 没有配对，请补上另一半"
    if mark == "$":
        return "引用题目应写成 ${题目名称}，花括号里只写名称"
    return f"有不能识别的符号「{mark}」，请删除或改正"


class _Parser:
    def __init__(self, tokens: list[_Token]):
        self.tokens = tokens
        self.index = 0
        self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.index]

    def take(self) -> _Token:
        token = self.now
        self.index += 1
        return token

    def accept(self, *values: str) -> bool:
        if self.now.kind in ("mark", "operator") and self.now.value in values:
            self.index += 1
            return True
        return False

    def expect(self, value: str) -> None:
        if not self.accept(value):
            raise self.fault(f"缺少「{value}」")

    def fault(self, message: str) -> XPathFault:
        token = self.now
        where = "结尾处" if token.kind == "end" else f"「{token.value}」处"
        return XPathFault(f"{where}{message}", token.at)

    def whole(self) -> Expr:
        if self.now.kind == "end":
            raise XPathFault("表达式是空的")
        expr = self.expression(0)
        if self.now.kind != "end":
            raise self.fault("前缺少运算符或逗号，或多出了一个括号")
        return expr

    def expression(self, lowest: int) -> Expr:
        """Precedence climbing: operators of at least the level `lowest`, left to right."""
        left = self.unary()
        while (level := self._level()) >= lowest:
            token = self.take()
            left = Binary(token.value, left, self.expression(level + 1), token.at)
        return left

    def _level(self) -> int:
        return _LEVELS.get(self.now.value, -1) if self.now.kind in ("mark", "operator") else -1

    def unary(self) -> Expr:
        token = self.now
        negative = False
        while self.accept("-"):
            negative = not negative
            token = token if negative else self.now
        operand = self.union()
        return Negate(operand, token.at) if negative else operand

    def union(self) -> Expr:
        left = self.path()
        while self.now.value == "|" and self.now.kind == "mark":
            token = self.take()
            left = Binary("|", left, self.path(), token.at)
        return left

    def path(self) -> Expr:
        token = self.now
        if self.accept("//"):
            raise XPathFault("不支持「//」，请写出完整路径或用 ${题目名称}", token.at)
        if self.accept("/"):
            return Path("root", self.steps() if self._begins_step() else (), token.at)
        if self._begins_step() and not self._begins_call():
            return Path("context", self.steps(), token.at)
        primary = self.primary()
        predicates = self.predicates()
        if predicates:
            primary = Path(primary, (Step("self", "*", predicates),), token.at)
        if self.now.value == "//":
            raise XPathFault("不支持「//」，请写出完整路径或用 ${题目名称}", self.now.at)
        if self.accept("/"):
            steps = self.steps()
            before = primary.steps if predicates and isinstance(primary, Path) else ()
            start = primary.start if predicates and isinstance(primary, Path) else primary
            return Path(start, (*before, *steps), token.at)
        return primary

    def _begins_step(self) -> bool:
        return self.now.kind == "name" or (self.now.kind == "mark" and self.now.value in (".", "..", "@", "*"))

    def _begins_call(self) -> bool:
        after = self.tokens[min(self.index + 1, len(self.tokens) - 1)]
        return self.now.kind == "name" and after.value == "(" and self.now.value not in ("node", "text")

    def steps(self) -> tuple[Step, ...]:
        steps = [self.step()]
        while self.now.kind == "mark" and self.now.value == "/":
            self.take()
            steps.append(self.step())
        if self.now.value == "//" and self.now.kind == "mark":
            raise XPathFault("不支持「//」，请写出完整路径或用 ${题目名称}", self.now.at)
        return tuple(steps)

    def step(self) -> Step:
        if self.accept(".."):
            return Step("parent", "*", self.predicates())
        if self.accept("."):
            return Step("self", "*", self.predicates())
        axis = "child"
        if self.now.kind == "name" and self.tokens[self.index + 1].value == "::":
            axis = self.take().value
            self.take()
            if axis not in ("child", "parent", "self"):
                raise XPathFault(f"不支持路径轴「{axis}::」，请用 ${{题目名称}} 或 ../", self.now.at)
        if self.now.value == "@":
            raise self.fault("不支持读取属性")
        token = self.take()
        if token.kind != "name" and token.value != "*":
            self.index -= 1
            raise self.fault("缺少一个名称或数值")
        name = token.value
        if name in ("node", "text") and self.accept("("):
            self.expect(")")
            name = "*" if name == "node" else "text()"
        return Step(axis, name, self.predicates())

    def predicates(self) -> tuple[Expr, ...]:
        found = []
        while self.accept("["):
            found.append(self.nested())
            self.expect("]")
        return tuple(found)

    def nested(self) -> Expr:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.fault(f"前括号嵌套超过 {_DEEPEST} 层，请拆成几道计算题")
        expr = self.expression(0)
        self.depth -= 1
        return expr

    def primary(self) -> Expr:
        token = self.now
        if token.kind == "number":
            return self.number()
        if token.kind == "text":
            return Literal(self.take().value[1:-1], token.at)
        if token.kind == "variable":
            return Variable(self.take().value[2:-1].strip(), token.at)
        if token.kind == "name":
            return self.call()
        if self.accept("("):
            expr = self.nested()
            self.expect(")")
            return expr
        raise self.fault("缺少一个数值、文字、题目或函数")

    def number(self) -> Expr:
        token = self.take()
        if len(token.value) > 300:
            raise XPathFault("数值超过 300 位", token.at)
        return Literal(float(token.value), token.at)

    def call(self) -> Expr:
        token = self.take()
        self.expect("(")
        args: list[Expr] = []
        if not self.accept(")"):
            args.append(self.nested())
            while self.accept(","):
                args.append(self.nested())
            self.expect(")")
        return Call(token.value, tuple(args), token.at)
