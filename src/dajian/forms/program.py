"""A compiled form as the evaluator runs it: scopes with their fields, and units in the order of what they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from dajian.forms.answers import Reader
from dajian.forms.model import Question, Repeat
from dajian.forms.tree import Node
from dajian.forms.xpath_compile import Compiled

Run: TypeAlias = Callable[..., Any]
Gate: TypeAlias = tuple[int, int]  # depth of the scope, slot of the condition in it


@dataclass(frozen=True)
class Field:
    """One leaf: how its answer is read and judged."""

    key: str
    question: Question
    read: Reader
    order: int  # place in the form
    required: Run | None = None  # None: not required
    constraint: Run | None = None
    warning: Run | None = None
    warning_message: str = ""
    names: Mapping[str, int] | None = None  # fixed choices: name -> place
    items: Run | None = None  # filtered choices: yields the rows that are offered
    item_name: str = ""  # key of a choice's name in such a row
    bounds: tuple[float, float] | None = None
    calculated: bool = False


@dataclass
class Scope:
    """The form itself or one repeat."""

    node: Node
    depth: int
    repeat: Repeat | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    inner: dict[str, Scope] = field(default_factory=dict)  # repeats directly in it, by key
    order: int = 0  # place in the form of its first question
    slots: int = 0
    gate: Gate | None = None  # the condition that governs the repeat, in an outer scope
    row_slot: int | None = None  # the condition that governs each row by what is in it
    count: Run | None = None
    least: Run | None = None  # yields whether at least one row is wanted
    required: tuple[Field, ...] = ()
    checked: tuple[Field, ...] = ()

    @property
    def key(self) -> str:
        return self.repeat.key if self.repeat else ""


@dataclass(frozen=True)
class Relevance:
    """A `relevant` of a question, group or repeat, and what falls away when it does not hold."""

    slot: int
    gate: Gate | None  # of what is around it
    run: Run
    keys: tuple[str, ...]
    repeats: tuple[str, ...]


@dataclass(frozen=True)
class Calculation:
    field: Field
    run: Run
    volatile: bool


Unit: TypeAlias = Relevance | Calculation


@dataclass(frozen=True)
class Stage:
    """Units of one scope that run row by row before the next stage begins."""

    scope: Scope
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Program:
    root: Scope
    scopes: tuple[Scope, ...]  # outer before inner
    stages: tuple[Stage, ...]
    version: str
    expressions: tuple[Compiled, ...] = ()  # all of the form, for who wants to look
