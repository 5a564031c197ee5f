"""The sheet of one bridge and the overview of many (评价结果概述), marked 初筛, as plain data, HTML and PDF.

The data is what `--json` prints; both papers show its figures as they stand there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dajian.documents.bridge_picture import picture
from dajian.documents.bridge_words import (
    ADVICE,
    EFFECT_WORDS,
    LABELS,
    NOTICE,
    VERDICT_WORDS,
    WORDS,
    measure_words,
    shown,
)
from dajian.documents.typeset import pdf, png
from dajian.engine.bridge.choice import MEASURES
from dajian.engine.bridge.detail import Detail
from dajian.engine.bridge.effects import EFFECTS
from dajian.engine.bridge.inventory import Inventory, spans_text
from dajian.engine.bridge.screen import SCREENING, VERDICTS, Screening
from dajian.engine.findings import figure
from dajian.engine.units import exact
from dajian.engine.vehicle.axle_train import TRAILERS, Vehicle
from dajian.engine.vehicle.declaration import Declaration

TEMPLATE = Path(__file__).parent / "bridge_sheet.typ"
BASIS = "JTG/T 2213—2023 第7章、附录D，车辆荷载效应对比法"
BLANK = "________"  # to be written by hand


def train_facts(vehicle: Vehicle) -> list[list[str]]:
    """Name, masses and axles as a permit prints them."""
    train = vehicle.train
    return [
        ["车组", vehicle.name or "（未填名称）"],
        ["类型", TRAILERS[vehicle.trailer]],
        ["总质量", f"{figure(train.mass_t)} t"],
        ["轴荷（t）", _runs(train.loads_t, "+")],
        ["轴距（m）", "-".join(figure(gap) for gap in train.spacings_m) or "—"],
        ["外廓（m）", f"长 {figure(vehicle.length_m)}，宽 {figure(vehicle.width_m)}，高 {figure(vehicle.height_m)}"],
    ]


def _runs(values: Sequence[float], mark: str) -> str:
    """10+2*10+5*18: runs of equal figures."""
    pieces: list[tuple[float, int]] = []
    for value in values:
        if pieces and pieces[-1][0] == value:
            pieces[-1] = (value, pieces[-1][1] + 1)
        else:
            pieces.append((value, 1))
    return mark.join(f"{count}*{figure(value)}" if count > 1 else figure(value) for value, count in pieces)


def bridge_sheet(vehicle: Vehicle, inventory: Inventory, row: int, found: Detail, on: date) -> dict[str, Any]:
    """The sheet of one bridge."""
    screening = found.screening
    verdict = VERDICTS[screening.verdict[row]]
    steps = found.ladder
    compared = verdict in ("pass", "conditional", "verify") and inventory.numbers["condition"][row] != 3
    best = steps.best if steps and compared else None
    return {
        "check": SCREENING,
        "notice": NOTICE,
        "title": "公路大件运输桥梁初筛单",
        "basis": BASIS,
        "on": on.isoformat(),
        "policy": _policy_words(screening),
        "id": str(inventory.ids[row]),
        "bridge": _bridge_facts(inventory, row, found.design),
        "train": train_facts(vehicle),
        "verdict": verdict,
        "verdict_words": VERDICT_WORDS[verdict],
        "effect": EFFECTS[screening.effect[row]] if screening.effect[row] >= 0 else None,
        "ratio": _number(screening.ratio[row], 3),
        "plain_ratio": _number(screening.plain[row], 3),
        "reasons": _split(screening.reasons.text(row)),
        "would_change": _split(screening.changes.text(row)),
        "assumptions": _split(screening.assumptions.text(row)),
        "effects": [
            {
                "effect": one.effect,
                "words": EFFECT_WORDS[one.effect],
                "section": one.section,
                "train": round(one.train, 1),
                "design": round(one.design, 1),
                "check_load": None if one.check is None else round(one.check, 1),
                "ratio": round(one.ratio, 3),
                "plain_ratio": round(one.plain, 3),
                "ratio_own_code": round(one.own, 3),
                "ratio_today_code": None if one.today is None else round(one.today, 3),
            }
            for one in found.rows
        ],
        "measures": _ladder_rows(found),
        "temporary_support": _support(found),
        "best": None
        if best is None or not best.measures
        else {"words": "、".join(map(measure_words, best.measures)), "ratio": round(best.ratio, 3)},
        "acting": {name: round(value, 1) for name, value in found.position.with_it.items()} if found.position else {},
        "picture": picture(found.spans, found.position) if found.position else "",
    }


def _policy_words(screening: Screening) -> str:
    used = screening.policy
    return f"{used['name']}（{used['dated']}），效应比值须大于 {figure(used['least_ratio'])}"


def _ladder_rows(found: Detail) -> list[dict[str, Any]]:
    if not found.ladder:
        return []
    base = found.ladder.base.ratio
    rows = [
        {
            "words": measure_words(step.measures[0]),
            "ratio": round(step.ratio, 3),
            "gain": round(step.ratio - base, 3),
            "passes": step.passes,
        }
        for step in found.ladder.each
    ]
    if (support := found.ladder.support) is not None:
        words = measure_words("temporary_support")
        ratio = float(support.by_way[found.ladder.given])
        rows.append({"words": words, "ratio": round(ratio, 3), "gain": round(ratio - base, 3), "passes": False})
    return rows


def _support(found: Detail) -> dict[str, Any] | None:
    """What an institute has to verify where a temporary support stands, and what has to be done beside it."""
    if not found.ladder or not (support := found.ladder.support):
        return None
    way = found.ladder.support_way
    beside = [measure_words(name) for bit, name in MEASURES.items() if (way or 0) & bit & ~found.ladder.given]
    figures = {
        "hogging_knm": round(support.hogging_knm, 1),
        "reaction_kn": round(support.reaction_kn, 1),
        "uplift_kn": round(support.uplift_kn, 1),
    }
    told = "新支点和端支座须由有资质的单位验算（大件车静力）：新支点负弯矩 {hogging_knm} kN·m、反力 {reaction_kn} kN，"
    words = [(told + "端支座上拔 {uplift_kn} kN。").format(**figures)]
    if way is None:
        words.append("原有截面设临时支承后，采取各种通行方式仍不通过。")
    else:
        ratio = round(float(support.by_way[way]), 3)
        with_it = f"并{'、'.join(beside)}，" if beside else ""
        words.append(f"设临时支承后{with_it}原有截面的效应比值为 {shown(ratio)}，通过；初筛不因此判为通过。")
        figures |= {"ratio": ratio}
    return {**figures, "words": words, "measures": beside}


def _bridge_facts(inventory: Inventory, row: int, design: str) -> list[list[str]]:
    table = inventory.source
    given = {name: str(table.texts(name)[row]) for name in table.names}
    spans = inventory.spans.at(row)
    shown = {"spans_m": spans_text(spans) if spans else given.get("spans_m", "")}
    for name, column in inventory.words.items():
        if (word := column.at(row)) in WORDS:
            shown[name] = WORDS[word]
    if design:
        shown["design_load"] = f"{given.get('design_load', '')}（{design}）"
    return [[label, shown.get(name) or given.get(name, "") or "—"] for name, label in LABELS.items() if name in given]


def application_facts(declared: Declaration, inventory: Inventory, rows: np.ndarray, on: date) -> list[list[str]]:
    """What heads an institute's overview, in its order; a line to write on where it is not declared."""
    conditions = Counter(inventory.numbers["condition"][rows].tolist())
    known = "、".join(f"{kind} 类 {conditions[kind]} 座" for kind in range(1, 6) if conditions[kind])
    places = [place for place in (declared.trip.origin, *declared.trip.via, declared.trip.destination) if place]
    cargo = declared.cargo
    return [
        ["出具日期", on.isoformat()],
        ["承运单位", declared.carrier.name or BLANK],
        ["平台申请编号", BLANK],
        ["路线", " — ".join(places) or BLANK],
        ["检查的桥", f"{len(rows)} 座（技术状况 {known or '未知'}）"],
        ["依据和方法", BASIS],
        ["货物", cargo.name or BLANK],
        ["货物质量", BLANK if cargo.mass_t is None else f"{figure(cargo.mass_t)} t"],
    ]


def overview(
    declared: Declaration,
    inventory: Inventory,
    rows: Sequence[int],
    screening: Screening,
    on: date,
    crossing: Sequence[str],
) -> dict[str, Any]:
    """One page on many bridges, with the items of the institutes' 评价结果概述 in their order.

    The lowest ratio of a range is cut, not rounded, so that what does not pass is never printed as 1.00.
    """
    some = np.array(rows, int)
    verdicts = Counter(VERDICTS[code] for code in screening.verdict[some])
    ranges = []
    for at, name in enumerate(EFFECTS):
        values = screening.by_effect[some, at]
        values = values[~np.isnan(values)]
        if len(values):
            ranges.append(
                {
                    "effect": name,
                    "words": EFFECT_WORDS[name],
                    "bridges": len(values),
                    "low": math.floor(float(values.min()) * 100) / 100,
                    "high": round(float(values.max()), 2),
                }
            )
    worst = [row for row in some.tolist() if VERDICTS[screening.verdict[row]] != "pass"]
    worst.sort(key=lambda row: (-int(screening.verdict[row]), float(np.nan_to_num(screening.ratio[row]))))
    return {
        "check": SCREENING,
        "notice": NOTICE,
        "title": "公路大件运输安全通行初筛结果概述",
        "basis": BASIS,
        "on": on.isoformat(),
        "policy": _policy_words(screening),
        "crossing": [measure_words(name) for name in crossing] or ["不采取措施（车速不大于 20 km/h，其他车道有车）"],
        "application": application_facts(declared, inventory, some, on),
        "train": train_facts(declared.vehicle),
        "checked": len(some),
        "verdicts": [{"verdict": name, "words": VERDICT_WORDS[name], "bridges": verdicts[name]} for name in VERDICTS],
        "ranges": ranges,
        "groups": [
            {"title": title, "rows": _grouped(inventory, some, screening, key)}
            for title, key in (("按路线", "road"), ("按结构体系", "structure"), ("按年代", "year"))
        ],
        "not_passing": [
            {
                "id": str(inventory.ids[row]),
                "words": VERDICT_WORDS[VERDICTS[screening.verdict[row]]],
                "ratio": _number(screening.ratio[row], 3),
                "why": "；".join(
                    filter(None, [_measure_list(screening.measures.text(row)), screening.reasons.text(row)])
                ),
            }
            for row in worst[:40]
        ],
        "left_off": max(0, len(worst) - 40),
        "advice": list(ADVICE),
        "signed": ["计算", "复核", "审核"],
    }


def _measure_list(text: str) -> str:
    return "须" + "、".join(map(measure_words, text.split("+"))) if text else ""


def _grouped(inventory: Inventory, rows: np.ndarray, screening: Screening, key: str) -> list[dict[str, Any]]:
    if key == "year":
        years = inventory.numbers["year"][rows]
        names = ["未填" if np.isnan(year) else f"{int(year) // 10 * 10} 年代" for year in years]
    elif key == "structure":
        names = [WORDS.get(inventory.words[key].at(row), "未填") for row in rows.tolist()]
    else:
        column = inventory.source.coded(key)
        names = [(column.text(row) or "未填") if column else "未填" for row in rows.tolist()]
    counted: dict[str, Counter[str]] = {}
    for name, code in zip(names, screening.verdict[rows], strict=True):
        counted.setdefault(name, Counter())[VERDICTS[code]] += 1
    top = sorted(counted.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:12]
    return [{"name": name, **{verdict: count[verdict] for verdict in VERDICTS}} for name, count in top]


def sheet_pdf(data: Mapping[str, Any]) -> bytes:
    """Either paper as PDF."""
    return pdf(TEMPLATE, data)


def sheet_png(data: Mapping[str, Any], ppi: float = 110) -> bytes:
    """Its first page as a picture."""
    return png(TEMPLATE, data, ppi)


FIELD = re.compile(rf"(?<![a-z_])({'|'.join(LABELS)})(?![a-z_])")


def _split(text: str) -> list[str]:
    """The sentences, columns called as the sheet calls them."""
    said = FIELD.sub(lambda found: f"“{LABELS[found[0]]}”", text)
    return said.split("；") if said else []


def _number(value: float, digits: int) -> float | None:
    return None if np.isnan(value) else exact(round(float(value), digits))
