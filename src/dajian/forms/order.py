"""In which order conditions and calculations run: what is read comes first, row by row where rows read earlier rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Task(Generic[K]):
    """needs: what it reads -> whether it reads other rows than its own (so that all of them must be done before)."""

    key: K
    scope: int  # number of the repeat whose rows it runs over, 0 outside of repeats
    needs: Mapping[K, bool]


def stages(tasks: Iterable[Task[K]]) -> tuple[list[list[Task[K]]], list[list[K]]]:
    """Groups of tasks of one scope, in order, and the rings that were found (each broken to go on).

    A ring within one scope that closes only through other rows (a running total over the rows before) is no fault:
    its tasks run row by row.
    """
    by_key = {task.key: task for task in tasks}
    edges = {key: {need: other for need, other in task.needs.items() if need in by_key} for key, task in by_key.items()}
    running: set[tuple[K, K]] = set()
    rings: list[list[K]] = []
    while ring := _ring(edges):
        loose = [
            (key, need)
            for key, need in ring
            if edges[key][need] and by_key[key].scope == by_key[need].scope and by_key[key].scope
        ]
        if not loose:
            rings.append([key for key, _ in ring])
            loose = ring[:1]
        else:
            running.update(loose)
        for key, need in loose:
            del edges[key][need]
    return _grouped(by_key, edges), rings


def _ring(edges: Mapping[K, Mapping[K, bool]]) -> list[tuple[K, K]]:
    for key, needs in edges.items():
        if key in needs:
            return [(key, key)]
    try:
        TopologicalSorter({key: set(needs) for key, needs in edges.items()}).prepare()
    except CycleError as fault:
        path = list(reversed(fault.args[1]))  # each reads the next
        return list(zip(path, path[1:], strict=False))
    return []


def _grouped(by_key: Mapping[K, Task[K]], edges: Mapping[K, Mapping[K, bool]]) -> list[list[Task[K]]]:
    sorter = TopologicalSorter({key: set(needs) for key, needs in edges.items()})
    sorter.prepare()
    ready: list[K] = []
    groups: list[list[Task[K]]] = []
    current: set[K] = set()
    while sorter.is_active():
        ready += sorter.get_ready()
        scope = groups[-1][0].scope if groups else -1
        fitting = [
            key for key in ready if by_key[key].scope == scope and not any(edges[key].get(done) for done in current)
        ]
        chosen = fitting[0] if fitting else ready[0]
        if not fitting:
            groups.append([])
            current = set()
        ready.remove(chosen)
        groups[-1].append(by_key[chosen])
        current.add(chosen)
        sorter.done(chosen)
    return groups
