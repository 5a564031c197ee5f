"""Policy: readings and thresholds that are nobody's law. Each has a default and says who decided otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dajian.engine.alike import alike
from dajian.engine.findings import InputFault, Unusable, shown

Policy = Mapping[str, Any]  # by name: `decided` where a body decided, else `default`


@cache
def policy(file: Path) -> Policy:
    """The values of one policy file by name."""
    entries = tomllib.loads(file.read_text("utf-8"))
    return {name: entry.get("decided", entry["default"]) for name, entry in entries.items()}


def decided(own: Path, files: Iterable[Path]) -> Policy:
    """The policy of our own file with what further files decide: `[traction]` `altitude_m = 1200` changes that alone.

    Raises Unusable: names what the policy does not know, and what cannot be.
    """
    found: dict[str, Any] = dict(policy(own))
    faults: list[InputFault] = []
    most = {name: entry.get("most", {}) for name, entry in tomllib.loads(own.read_text("utf-8")).items()}
    for file in files:
        try:
            tables = tomllib.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise Unusable((InputFault(file.name, str(error), "可读的 TOML 取值文件"),)) from error
        for name, table in tables.items():
            known = found.get(name)
            if not isinstance(known, Mapping) or not isinstance(table, Mapping):
                faults.append(InputFault(f"{file.name} [{name}]", "未知的表", "、".join(found)))
                continue
            faults += _strange(f"{file.name} [{name}]", table, known, most.get(name, {}))
            found[name] = {**known, **table}
    if faults:
        raise Unusable(tuple(faults))
    return found


def _strange(
    place: str, table: Mapping[str, Any], known: Mapping[str, Any], most: Mapping[str, float]
) -> Iterator[InputFault]:
    for key, value in table.items():
        if key not in known:
            yield InputFault(f"{place} {key}", "未知的键", "、".join(known))
        elif not alike(value, known[key]):
            yield InputFault(f"{place} {key}", shown(value), f"与 {known[key]} 同类的值")
        elif key in most and value > most[key]:
            yield InputFault(f"{place} {key}", shown(value), f"不大于 {most[key]}")
