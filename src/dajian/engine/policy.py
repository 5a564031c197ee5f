"""Policy: readings and thresholds that are nobody's law. Each has a default and says who decided otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dajian.engine.findings import InputFault, Unusable

Policy = Mapping[str, Any]  # by name: `decided` where a body decided, else `default`


@cache
def policy(file: Path) -> Policy:
    """The values of one policy file by name."""
    entries = tomllib.loads(file.read_text("utf-8"))
    return {name: entry.get("decided", entry["default"]) for name, entry in entries.items()}


def decided(base: Policy, files: Iterable[Path]) -> Policy:
    """The policy with what further files decide: `[traction]` with `altitude_m = 1200` changes that figure alone.

    Raises Unusable: names what the policy does not know.
    """
    found, faults = dict(base), []
    for file in files:
        try:
            tables = tomllib.loads(file.read_text("utf-8"))
        except ValueError as error:
            raise Unusable((InputFault(file.name, str(error), "可读的 TOML 取值文件"),)) from error
        for name, table in tables.items():
            known = found.get(name)
            if not isinstance(known, Mapping) or not isinstance(table, Mapping):
                faults.append(InputFault(f"{file.name} [{name}]", "未知的表", "、".join(found)))
                continue
            strange = [key for key in table if key not in known or type(table[key]) not in _LIKE[type(known[key])]]
            faults += [InputFault(f"{file.name} [{name}] {key}", str(table[key]), "、".join(known)) for key in strange]
            found[name] = {**known, **table}
    if faults:
        raise Unusable(tuple(faults))
    return found


_LIKE: Mapping[type, tuple[type, ...]] = {float: (float, int), int: (int,), str: (str,), bool: (bool,), list: (list,)}
