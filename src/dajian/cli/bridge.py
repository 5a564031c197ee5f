"""`dajian bridge`: effects of a train or design load, and a whole inventory screened (初筛) by JTG/T 2213—2023."""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from dajian.cli.answer import Unusable, add_common, answer, day
from dajian.cli.input_file import read_input, unusable
from dajian.documents.bridge_html import sheet_html
from dajian.documents.bridge_sheet import bridge_sheet, overview, sheet_pdf
from dajian.documents.bridge_words import NOTICE
from dajian.engine import findings
from dajian.engine.bridge import words
from dajian.engine.bridge.beams import MOST_SPANS, Spans, beams_of
from dajian.engine.bridge.choice import MEASURES
from dajian.engine.bridge.design_load import SINGLE, load_effects, screening_policy
from dajian.engine.bridge.detail import detail
from dajian.engine.bridge.effects import Extremes, extremes, train_effects
from dajian.engine.bridge.envelope import corridor, envelope, read_family
from dajian.engine.bridge.inventory import Inventory, read_inventory
from dajian.engine.bridge.policy_check import own_policy
from dajian.engine.bridge.screen import SCREENING, VERDICTS, Screening, screen
from dajian.engine.bridge.trains import moving_train
from dajian.engine.policy import Policy, policy
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.reading import read_declaration
from dajian.tables.columns import Coded, read_columns, write_columns
from dajian.tables.write import replacing

NAMED = {
    "pass": "通过",
    "conditional": "采取措施后通过",
    "verify": "须验算",
    "barred": "不可通行",
    "manual": "人工判断",
}


def register(subparsers: Any) -> None:
    group = subparsers.add_parser("bridge", help="桥梁初筛").add_subparsers(
        dest="what", required=True, metavar="做什么"
    )
    one = add_common(group.add_parser("effects", help="车组或设计荷载在一联梁上的最大效应"))
    one.add_argument("vehicle", nargs="?", metavar="VEHICLE", help="车辆文件（YAML 或 JSON）")
    one.add_argument("--load", choices=SINGLE, metavar="LOAD", help="改用设计荷载：" + "、".join(SINGLE))
    one.add_argument("--spans", required=True, metavar="SPANS", help="跨径（m），例如 20+25+20、5x30")
    one.add_argument("--structure", default="simple", metavar="STRUCTURE", help="simple（默认）或 continuous")
    one.set_defaults(run=effects)
    many = add_common(group.add_parser("screen", help="清单中每座桥的初筛"), on=True)
    add_inputs(many)
    many.add_argument("--out", metavar="FILE", help="结果写到 .csv、.xlsx 或 .parquet，每行输入一行")
    many.add_argument(
        "--change-train", action="store_true", help="怎样通行都不通过的，再试改变车组（均载、加轴线、加大轴距）"
    )
    many.set_defaults(run=screen_all)

    sheet = add_common(group.add_parser("report", help="一座桥的初筛单；不给 --id 或给多个时为概述"), on=True)
    add_inputs(sheet)
    sheet.add_argument("--id", action="append", default=[], metavar="ID", help="桥的编号，可以多次")
    sheet.add_argument("out", metavar="OUT", help="写到 .pdf 或 .html")
    sheet.set_defaults(run=report)

    most = add_common(group.add_parser("envelope", help="一族车组中每座桥能通过的最重者"), on=True)
    most.add_argument(
        "family", metavar="FAMILY", help="车族文件（YAML 或 JSON）：牵引车、轴线数、每轴线荷载、间距、措施"
    )
    most.add_argument("bridges", metavar="BRIDGES", help="桥梁清单（CSV、XLSX 或 Parquet）")
    most.add_argument("--policy", metavar="FILE", help="初筛取值表（TOML），盖过默认值")
    most.add_argument("--out", metavar="FILE", help="结果写到 .csv、.xlsx 或 .parquet")
    most.set_defaults(run=envelopes)


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Vehicle, inventory, policy and the measures taken anyway."""
    parser.add_argument("vehicle", metavar="VEHICLE", help="车辆文件（YAML 或 JSON）")
    parser.add_argument("bridges", metavar="BRIDGES", help="桥梁清单（CSV、XLSX 或 Parquet）")
    parser.add_argument("--policy", metavar="FILE", help="初筛取值表（TOML），盖过默认值")
    names = ",".join(MEASURES.values())
    parser.add_argument("--with", dest="given", default="", metavar="MEASURES", help=f"已定的措施，逗号分隔：{names}")


def effects(args: argparse.Namespace) -> int:
    """The five extremes: of each simple span by itself, or of one continuous beam."""
    if (args.vehicle is None) == (args.load is None):
        raise Unusable("bridge effects: VEHICLE 和 --load 恰好给出一个")
    beams = beams_of(_layouts(args.spans, args.structure))
    if args.load:
        found = load_effects(args.load, beams, screening_policy())
    else:
        found = train_effects(beams, moving_train(read_vehicle(args.vehicle).train))
    largest = extremes(found.max(axis=0))
    return answer(args, effects_document(largest), _effect_lines(largest))


def effects_document(found: Extremes) -> dict[str, float]:
    """The keys of contract.md, to a thousandth."""
    return {name: round(getattr(found, name), 3) + 0.0 for name in found.__dataclass_fields__}


def _effect_lines(found: Extremes) -> Iterator[str]:
    for name, label in (
        ("m_pos_knm", "M+"),
        ("m_neg_knm", "M-"),
        ("v_kn", "V"),
        ("r_max_kn", "R max"),
        ("r_min_kn", "R min"),
    ):
        yield f"{label:<6}{getattr(found, name):12.1f} {'kN·m' if name.endswith('knm') else 'kN'}"


def _layouts(text: str, structure: str) -> list[Spans]:
    try:
        spans = words.spans(screening_policy()["longest_span_m"])(text)
    except ValueError as error:
        raise Unusable(f"--spans: 现为 {text}，应为{error}") from None
    try:
        kind = words.choice(words.STRUCTURES)(structure)
    except ValueError as error:
        raise Unusable(f"--structure: 现为 {structure}，应为{error}") from None
    if kind == "other":
        raise Unusable("--structure: 现为 other，应为 simple 或 continuous（其他体系不在方法之内）")
    if kind == "continuous" and len(spans) > MOST_SPANS:
        raise Unusable(f"--spans: 现为连续 {len(spans)} 跨，应为最多 {MOST_SPANS} 跨")
    return [spans] if kind == "continuous" else [(span,) for span in sorted(set(spans))]


def read_vehicle(path: str) -> Vehicle:
    return read_input(path, read_declaration).vehicle


def policy_of(args: argparse.Namespace) -> Policy:
    """The default policy with the entries of --policy over it; a policy of one's own says its name and date."""
    if not args.policy:
        return screening_policy()
    try:
        return own_policy(policy(Path(args.policy)))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, KeyError, TypeError) as error:
        raise Unusable(f"{args.policy}: {error}，应为 TOML，每个取值一节，有 default 或 decided") from None
    except findings.Unusable as error:
        raise unusable(args.policy, error) from error


def measures_of(text: str) -> int:
    """--with as bits."""
    bits = {name: bit for bit, name in MEASURES.items()}
    asked = [name for name in text.replace("+", ",").split(",") if name]
    wrong = [name for name in asked if name not in bits]
    if wrong:
        raise Unusable(f"--with: 现为 {wrong[0]}，应为下列之一：{'、'.join(bits)}")
    return sum({bits[name] for name in asked})


def inventory_of(path: str, reading: Policy) -> Inventory:
    try:
        return read_inventory(read_columns(path), reading)
    except findings.Unusable as error:
        raise unusable(path, error) from error


def screen_all(args: argparse.Namespace) -> int:
    """Verdicts of all rows; with --out a list of every row, otherwise the rows stand in the answer."""
    reading, given = policy_of(args), measures_of(args.given)
    vehicle = read_vehicle(args.vehicle)
    start = time.perf_counter()
    inventory = inventory_of(args.bridges, reading)
    try:
        found = screen(vehicle, inventory, reading, day(args), given=given, change_train=args.change_train)
    except findings.Unusable as error:
        raise unusable("--on", error) from error
    columns = found.columns()
    if args.out:
        write_columns(args.out, inventory.source, columns)
    seconds = round(time.perf_counter() - start, 3)
    document = {
        "check": SCREENING,
        "on": day(args).isoformat(),
        "policy": found.policy,
        "given": [name for bit, name in MEASURES.items() if given & bit],
        **found.counts(),
        "seconds": seconds,
    }
    if not args.out:
        document["rows"] = list(rows_document(inventory, found)) if args.json else []
    return answer(args, document, _screen_lines(inventory, found, document))


def report(args: argparse.Namespace) -> int:
    """The sheet of one bridge, or the overview of several or of all."""
    suffix = Path(args.out).suffix.lower()
    if suffix not in (".pdf", ".html"):
        raise Unusable(f"{args.out}: 文件名以 {suffix or '无后缀'} 结尾，应为 .pdf 或 .html")
    reading, given = policy_of(args), measures_of(args.given)
    declared = read_input(args.vehicle, read_declaration)
    vehicle = declared.vehicle
    inventory = inventory_of(args.bridges, reading)
    try:
        rows = [inventory.row_of(one) for one in args.id]
        if len(rows) == 1:
            found = detail(vehicle, inventory, rows[0], reading, day(args), given=given)
            data = bridge_sheet(vehicle, inventory, rows[0], found, day(args))
        else:
            crossing = [name for bit, name in MEASURES.items() if given & bit]
            screening = screen(vehicle, inventory, reading, day(args), given=given)
            data = overview(declared, inventory, rows or range(len(inventory)), screening, day(args), crossing)
    except findings.Unusable as error:
        raise unusable(args.bridges, error) from error
    made = sheet_pdf(data) if suffix == ".pdf" else sheet_html(data).encode()
    with replacing(args.out) as temporary:
        temporary.write_bytes(made)
    told = [NOTICE, f"{data['title']} → {args.out}"]
    if "verdict" in data:
        told.append(f"{data['id']}：{data['verdict_words']}，效应比值 {data['ratio']}")
    return answer(args, {key: value for key, value in data.items() if key != "picture"}, told)


def envelopes(args: argparse.Namespace) -> int:
    """The heaviest train of a family for each bridge, and for all of them as a corridor."""
    reading = policy_of(args)
    family = read_input(args.family, read_family)
    inventory = inventory_of(args.bridges, reading)
    try:
        found = envelope(family, inventory, reading, day(args))
    except findings.Unusable as error:
        raise unusable("--on", error) from error
    if args.out:
        write_columns(args.out, inventory.source, dict(found.columns()))
    ids = inventory.ids.to_pylist()
    whole = corridor(family, found)
    document: dict[str, Any] = {
        "check": SCREENING,
        "on": day(args).isoformat(),
        "policy": {"name": reading["name"], "dated": reading["dated"], "least_ratio": reading["least_ratio"]},
        "family": family.name,
        "measures": [name for bit, name in MEASURES.items() if family.given & bit],
        "bridges": len(ids),
        "without": int((found.lines == 0).sum()),
        "corridor": whole and {**whole, "row": None, "bridge": ids[whole["row"]]},
    }
    if whole:
        del document["corridor"]["row"]
    if not args.out:
        document["rows"] = list(_plain_rows(ids, found.columns()))
    return answer(args, document, _envelope_lines(document))


def _envelope_lines(document: dict[str, Any]) -> Iterator[str]:
    yield f"{SCREENING}；车族 {document['family']}；取值：{document['policy']['name']}（{document['policy']['dated']}）"
    if one := document["corridor"]:
        yield (
            f"全部 {document['bridges']} 座桥都能通过的最重车组：{one['lines']} 轴线，每轴线 {one['line_t']} t，"
            f"共 {one['gross_t']} t（受 {one['bridge']} 控制）"
        )
    else:
        yield f"{document['bridges']} 座桥中有 {document['without']} 座没有一种车组能通过"
    for row in document.get("rows", ()):
        if row["envelope_lines"]:
            yield (
                f"  {row['id']}  {row['envelope_lines']:g} 轴线 × {row['envelope_line_t']:g} t，"
                f"共 {row['envelope_gross_t']:g} t"
                f"（{row['envelope_effect']}，{row['envelope_bound']}）"
            )
        else:
            yield f"  {row['id']}  无"


def _plain_rows(ids: list[str], columns: Mapping[str, Coded | np.ndarray]) -> Iterator[dict[str, Any]]:
    for row, one in enumerate(ids):
        line: dict[str, Any] = {"id": one}
        for name, column in columns.items():
            if isinstance(column, Coded):
                line[name] = column.text(row) or None
            else:
                line[name] = None if np.isnan(column[row]) else float(column[row])
        yield line


def rows_document(inventory: Inventory, found: Screening) -> Iterator[dict[str, Any]]:
    """Each bridge as the contract prints it: lists of words, null where there is no figure."""
    columns = found.columns()
    listed = {"measures": "+", "reasons": "；", "assumptions": "；", "would_change": "；"}
    split = {name: [text.split(mark) if text else [] for text in columns[name].values] for name, mark in listed.items()}  # type: ignore[union-attr]
    for row, one in enumerate(inventory.ids.to_pylist()):
        line: dict[str, Any] = {"id": one}
        for name, column in columns.items():
            if isinstance(column, Coded):
                code = column.codes[row]
                line[name] = split[name][code] if name in split else column.values[code] or None
            else:
                line[name] = None if np.isnan(column[row]) else float(column[row])
        yield line


def _screen_lines(inventory: Inventory, found: Screening, document: dict[str, Any]) -> Iterator[str]:
    used = f"{found.policy['name']}（{found.policy['dated']}）"
    yield f"{SCREENING}（JTG/T 2213—2023 车辆荷载效应对比法；不是评价报告）；取值：{used}"
    yield f"{document['bridges']} 座桥，{document['seconds']} 秒：" + "，".join(
        f"{NAMED[name]} {document[name]}" for name in VERDICTS
    )
    if "rows" in document:
        for row in rows_document(inventory, found):
            ratio = f"{row['effect']} {row['ratio']:.3f}" if row["ratio"] is not None else "—"
            more = "；".join([*("措施 " + "+".join(row["measures"]) for _ in row["measures"][:1]), *row["reasons"]])
            yield f"  {row['id']}  {NAMED[row['verdict']]}  效应比值 {ratio}  {more}"
