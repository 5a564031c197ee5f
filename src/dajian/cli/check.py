"""`dajian check`: what the law says of a declaration; `dajian compare`: may one train stand in for another."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dajian.cli.answer import add_common, answer, day
from dajian.cli.input_file import read_input, unusable
from dajian.engine import findings
from dajian.engine.findings import Finding, as_json, figure, say
from dajian.engine.passability.judge import Judgement, judge
from dajian.engine.passability.stand_in import Worse, compare
from dajian.engine.regulation import rulebook
from dajian.engine.regulation.assessment import DOCUMENTS, Authority
from dajian.engine.rules import Law
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.reading import read_declaration

LEVELS = {"origin_province": "起运地省级", "province": "省级", "city": "市级", "county": "县级"}
CONDITIONS = {
    "same_vehicle": "同一车辆",
    "fixed_route": "固定路线",
    "same_loading": "同一装载方式和货物",
    "no_reinforcement": "无须加固",
    "transport_plan": "有运输计划",
}
CAPS = {"temporary_plate": "临时号牌", "insurance": "交强险"}


def register(subparsers: Any) -> None:
    check_parser = add_common(subparsers.add_parser("check", help="这一车货依法怎样"), on=True)
    check_parser.add_argument("declaration", metavar="DECLARATION", help="申报文件（YAML 或 JSON）")
    compare_parser = add_common(subparsers.add_parser("compare", help="乙车能否代替甲车"), on=True)
    compare_parser.add_argument("a", metavar="A", help="原车")
    compare_parser.add_argument("b", metavar="B", help="替换的车")
    compare_parser.add_argument("--bridges", metavar="BRIDGES", help="桥梁清单：逐桥比较荷载效应")
    for parser, run in ((check_parser, check), (compare_parser, compare_trains)):
        parser.add_argument("--rules", action="append", default=[], metavar="FILE", help="另加的规则版本（TOML）")
        parser.set_defaults(run=run)


def law_of(args: argparse.Namespace) -> Law:
    """The law of the day asked for, with the versions of further rule files."""
    try:
        book = rulebook().extended(Path(file) for file in args.rules) if args.rules else rulebook()
        return book.on(day(args))
    except findings.Unusable as error:
        raise unusable("规则", error) from error


def check(args: argparse.Namespace) -> int:
    """Class, excesses, refusals, papers, escort, days, authority, validity, grades and what is missing."""
    declaration = read_input(args.declaration, read_declaration)
    law = law_of(args)
    try:
        judgement = judge(declaration, law, on=day(args))
    except findings.Unusable as error:
        raise unusable(args.declaration, error) from error
    return answer(args, {"on": day(args).isoformat(), **document(judgement)}, lines(judgement))


def compare_trains(args: argparse.Namespace) -> int:
    """Whether B is no worse than A in every limit."""
    a, b = read_input(args.a, read_declaration).vehicle, read_input(args.b, read_declaration).vehicle
    try:
        worse = compare(a, b, law_of(args))
    except findings.Unusable as error:
        raise unusable(args.b, error) from error
    if args.bridges:
        worse = (*worse, *_worse_on_bridges(args.bridges, a, b))
    rows = [{"limit": w.limit, "a": w.a, "b": w.b, "unit": w.unit, "where": w.where} for w in worse]
    told = [f"  {w.limit}：{figure(w.a)} → {figure(w.b)} {w.unit}（{w.where}）" for w in worse]
    first = "乙车不能代替甲车，下列各项更差：" if worse else "乙车在各项限值上都不比甲车差，可以代替。"
    return answer(args, {"no_worse": not worse, "worse": rows}, [first, *told])


def _worse_on_bridges(path: str, a: Vehicle, b: Vehicle) -> Iterator[Worse]:
    """Bridges on which an effect of B is larger, or cannot be compared."""
    from dajian.cli.bridge import inventory_of  # only here: loads the bridge kernels
    from dajian.engine.bridge.design_load import screening_policy
    from dajian.engine.bridge.effects import EFFECTS
    from dajian.engine.bridge.no_worse import no_worse

    reading = screening_policy()
    inventory = inventory_of(path, reading)
    found = no_worse(a, b, inventory, reading)
    if found.fewer_lines:
        yield Worse("wheel_lines", None, None, "", "初筛：乙车横向轮组较少，不能逐梁比较")
    for row in (~found.proved).nonzero()[0].tolist():
        if found.effect[row] < 0:
            yield Worse("bridge", 1.0, None, "", f"初筛：{inventory.ids[row]} 跨径或结构未知，不能证明")
        elif found.ratio[row] > 1:
            where = f"初筛：{inventory.ids[row]} {EFFECTS[found.effect[row]]}（乙车效应/甲车效应）"
            yield Worse("bridge", 1.0, round(float(found.ratio[row]), 4), "", where)


def document(judgement: Judgement) -> dict[str, Any]:
    """The answer of `dajian check` as contract.md lists it."""
    found = judgement.assessment
    authority, validity = found.authority, found.validity
    return {
        "class": found.permit_class,
        "oversize": found.oversize,
        "excesses": [_excess(finding) for finding in found.excesses],
        "class_grounds": [as_json(finding) for finding in found.class_grounds],
        "refusals": [{"kind": finding.verdict, **as_json(finding)} for finding in found.refusals],
        "documents": list(found.documents),
        "escort": found.escort,
        "escort_grounds": [as_json(finding) for finding in found.escort_grounds],
        "decision_working_days": dict(found.decision_days) if found.decision_days else None,
        "authority": authority and {"level": authority.level, "area": authority.area, "article": authority.article},
        "validity": validity
        and {
            "kind": validity.kind,
            "from": validity.holds_from and validity.holds_from.isoformat(),
            "until": validity.until and validity.until.isoformat(),
            "article": validity.article,
            "conditions": dict(validity.conditions),
            "caps": {name: end.isoformat() for name, end in validity.caps.items()},
        },
        "grades": {"outline": judgement.grades.outline, "axle": judgement.grades.axle},
        "disagreements": [_disagreement(finding) for finding in found.disagreements],
        "missing": [{"key": finding.rule, "message": say(finding)} for finding in found.missing],
        "notes": [_note(finding) for finding in (*found.notes, *judgement.grades.notes)],
    }


def lines(judgement: Judgement) -> Iterator[str]:
    """The answer for people."""
    found, grades = judgement.assessment, judgement.grades
    named = {None: "不属于超限运输", "I": "一类大件", "II": "二类大件", "III": "三类大件"}
    yield f"类别：{named[found.permit_class]}"
    for title, group in (
        ("超限", found.excesses),
        ("类别依据", found.class_grounds),
        ("护送依据", found.escort_grounds),
        ("不予受理、不予许可", found.refusals),
    ):
        yield from _listed(title, group)
    if found.documents:
        yield "材料：" + "、".join(DOCUMENTS.get(paper, paper) for paper in found.documents)
        yield f"护送：{'须按护送方案护送' if found.escort else '按尺寸和质量不须护送'}"
    if found.decision_days:
        days = found.decision_days
        yield f"决定期限：本辖区 {days['own']} 个、跨省 {days['cross_province']} 个工作日"
    if found.oversize:
        yield f"许可机关：{_authority(found.authority)}"
    if validity := found.validity:
        kind = "可多次通行，不超过六个月" if validity.kind == "multiple" else "批准的行程时间"
        met = "、".join(f"{CONDITIONS[key]} {figure(value)}" for key, value in validity.conditions.items())
        yield f"有效期：{kind}；{figure(validity.holds_from)} 至 {figure(validity.until)}；条件：{met}"
        yield from (f"  {CAPS[name]}只到 {end}" for name, end in validity.caps.items())
    yield f"等级（JTG/T 2213）：尺寸 {grades.outline or '无'}，质量 {grades.axle or '无'}"
    for title, group in (("前后不一致", found.disagreements), ("还缺", found.missing)):
        yield from _listed(title, group)
    yield from _listed("说明", (*found.notes, *grades.notes))


def _listed(title: str, group: tuple[Finding, ...]) -> Iterator[str]:
    if group:
        yield f"{title}："
        yield from (f"  {say(finding)}" for finding in group)


def _authority(authority: Authority | None) -> str:
    return f"{LEVELS[authority.level]}（{authority.area or '区域未填'}）" if authority else "不能确定"


def _excess(finding: Finding) -> dict[str, Any]:
    over = round(finding.value - finding.limit, 6)
    percent = round(over / finding.limit * 100, 2) if finding.limit else None
    return {**as_json(finding), "over": over, "percent": percent}


def _disagreement(finding: Finding) -> dict[str, Any]:
    sides = [{"place": finding.params[f"place_{side}"], "value": _plain(finding.params[side])} for side in "ab"]
    return {"code": finding.code, "places": sides, "unit": finding.unit, "message": say(finding)}


def _note(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "article": finding.article, "message": say(finding)}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str) else figure(value)
