"""State machines as tables; `dajian states` prints and draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor

# Pure: (object, actor) -> reasons why not, empty when all is met.
Need = Callable[[Any, Actor], list[str]]


@dataclass(frozen=True)
class Move:
    action: str
    sources: tuple[str, ...]
    to: str
    who: str  # the right (access.rules) on the object that the action asks for
    clock: str = ""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Machine:
    name: str
    label: str
    states: dict[str, str]  # state -> its Chinese name, marked with gettext_noop; as is the label
    moves: tuple[Move, ...]

    def said(self, state: str) -> str:
        """The state's name in the page's language."""
        return _(self.states[state])

    def move(self, action: str, state: str) -> Move | None:
        return next((m for m in self.moves if m.action == action and state in m.sources), None)


MACHINES: dict[str, Machine] = {}


def table(name: str, label: str, states: dict[str, str], *rows: tuple) -> Machine:
    """A machine from rows (action, "from from", to, who, clock, needs…); registered under `name`."""
    moves = tuple(
        Move(action, tuple(source.split()), to, who, clock, tuple(needs))
        for action, source, to, who, clock, *needs in rows
    )
    unknown = {s for m in moves for s in (*m.sources, m.to)} - set(states)
    if unknown or name in MACHINES:
        raise ValueError(f"{name}: {unknown or 'twice'}")
    MACHINES[name] = Machine(name, label, states, moves)
    return MACHINES[name]
