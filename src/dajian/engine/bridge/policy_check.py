"""A policy of one's own over the default one: every value is checked, for a wrong one could let a bridge pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from dajian.engine.bridge.design_load import LANES, screening_policy
from dajian.engine.findings import InputFault, Unusable, figure
from dajian.engine.policy import Policy

Check = tuple[str, Callable[[Any], bool]]  # what is expected, and whether a value is that


def _real(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(low: float, high: float) -> Check:
    return f"{figure(low)} 到 {figure(high)} 的数", lambda value: _real(value) and low <= value <= high


def numbers(low: float, high: float, count: int | None = None) -> Check:
    """A rising list."""

    def fits(value: Any) -> bool:
        if not isinstance(value, list) or not value or count not in (None, len(value)):
            return False
        return all(_real(one) and low <= one <= high for one in value) and value == sorted(value)

    return f"{f'{count} 个' if count else ''}{figure(low)} 到 {figure(high)} 的数，从小到大，放在 [ ] 内", fits


def one_of(*options: Any) -> Check:
    return "下列之一：" + "、".join(map(str, options)), lambda value: value in options


def _dated(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


TEXT: Check = ("文字", lambda value: isinstance(value, str) and bool(value.strip()))
GRADE = one_of(*sorted({load.rsplit("-", 1)[0] for load in LANES}))
CHECKS: Mapping[str, Check | Mapping[str, Check]] = {
    "name": TEXT,
    "dated": ("日期 YYYY-MM-DD", _dated),
    "least_ratio": number(1.0, 10.0),  # the standard's 1.0 or stricter
    "today_code_decides": ("true 或 false", lambda value: isinstance(value, bool)),
    "today_class": dict.fromkeys(("car-super20", "car-20", "car-15", "car-10"), GRADE),
    "heavy_gap": one_of("ahead", "behind"),
    "super20_main": one_of(200, 300),
    "frequency": numbers(1.0, 1000.0, 2),
    "least_span_m": number(5.0, 100.0),
    "longest_span_m": number(5.0, 5000.0),
    "deck": {
        "kerb_m": number(0.25, 3.0),
        "between_m": number(0.5, 5.0),
        "gauge_m": number(1.0, 3.0),
        "train_edge_m": number(0.0, 5.0),
        "barrier_m": number(0.0, 3.0),
        "centre_play_m": number(0.0, 5.0),
        "torsion": numbers(0.05, 10.0),
        "wide": number(0.0, 2.0),
        "stiffness": numbers(0.5, 10.0),
        "twist": numbers(0.0, 1.0),
        "line_pitch_m": number(0.3, 3.0),
    },
    "measures": {
        "more_lines": ("1 到 60 的整数，放在 [ ] 内", lambda value: numbers(1, 60)[1](value) and all(
            isinstance(one, int) for one in value)),
        "line_tare_t": number(0.5, 20.0),
        "wider": number(1.0, 3.0),
    },
}  # fmt: skip


def own_policy(own: Policy) -> Policy:
    """The default policy with these entries over it; it says its own name and date. Unusable: every fault by entry."""
    faults = [InputFault(name, "缺少", "取值表的名称和日期") for name in ("name", "dated") if name not in own]
    faults += _faults(own, CHECKS, "")
    if faults:
        raise Unusable(tuple(faults))
    known = screening_policy()
    return {
        **known, **{name: known[name] | value if isinstance(value, dict) else value for name, value in own.items()}
    }  # fmt: skip


def _faults(given: Mapping[str, Any], checks: Mapping[str, Any], under: str) -> Iterator[InputFault]:
    for name, value in given.items():
        check = checks.get(name)
        if check is None:
            yield InputFault(f"{under}{name}", "未知的取值", "下列之一：" + "、".join(checks))
        elif isinstance(check, Mapping):
            if isinstance(value, Mapping):
                yield from _faults(value, check, f"{name}.")
            else:
                yield InputFault(f"{under}{name}", f"{value}", "一节，写各项取值")
        elif not check[1](value):
            yield InputFault(f"{under}{name}", f"{value}", check[0])
