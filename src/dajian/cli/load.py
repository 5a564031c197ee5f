"""`dajian load`: ranked combinations for a cargo, and every combination that cannot run with its reasons."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dajian.cli.answer import Unusable, add_common, answer
from dajian.cli.check import law_of
from dajian.cli.input_file import read_input, unusable
from dajian.engine import findings
from dajian.engine.findings import say
from dajian.engine.loading.arrangement import Load, known_load
from dajian.engine.loading.candidates import Rejected
from dajian.engine.loading.proposal import Answer, Proposal
from dajian.engine.loading.proposal_file import proposal_document, read_like, rejected_document
from dajian.engine.loading.propose import POLICY, propose, propose_like
from dajian.engine.policy import Policy, decided
from dajian.engine.vehicle.catalogue import Catalogue, catalogue
from dajian.engine.vehicle.reading import read_cargo

CLASSES = {None: "不超限", "I": "一类", "II": "二类", "III": "三类"}


def register(subparsers: Any) -> None:
    parser = add_common(subparsers.add_parser("load", help="货物怎样装车最好"), on=True)
    parser.add_argument("cargo", metavar="CARGO", help="货物文件（YAML 或 JSON，只有 cargo:）")
    parser.add_argument("--top", type=int, default=None, metavar="N", help="只列前 N 个方案（默认全部）")
    parser.add_argument("--like", metavar="PROPOSAL.json", help="按这个方案的车组和位置计算本货物")
    parser.add_argument("--catalogue", action="append", default=[], metavar="FILE", help="另加的车型文件（TOML）")
    parser.add_argument("--policy", action="append", default=[], metavar="FILE", help="另定的取值：坡度、海拔、权重等")
    parser.add_argument("--rules", action="append", default=[], metavar="FILE", help="另加的规则版本（TOML）")
    parser.add_argument("--drawings", metavar="DIR", help="把每个方案的轮廓图（SVG、PDF）写到这个文件夹")
    parser.set_defaults(run=load)


def load(args: argparse.Namespace) -> int:
    """Proposals ranked: refused last, then by class, then by score."""
    if args.top is not None and args.top < 1:
        raise Unusable(f"--top: 现为 {args.top}，应为不小于 1 的整数")
    cargo = known_load(read_input(args.cargo, read_cargo))
    law, stock, rules = law_of(args), _stock(args.catalogue), _rules(args.policy)
    try:
        if args.like:
            option, place = read_input(args.like, lambda given: read_like(given, stock))
            found = propose_like(option, place, cargo, law, rules)
        else:
            found = propose(cargo, law, stock=stock, rules=rules)
    except findings.Unusable as error:
        raise unusable(args.cargo, error) from error
    shown = found.proposals[: args.top]
    if args.drawings:
        _draw(shown, Path(args.drawings))
    document = {
        "assumed": list(cargo.assumed),
        "weights": found.weights,
        "proposals": [proposal_document(proposal) for proposal in shown],
        "rejected": [rejected_document(one) for one in found.rejected],
    }
    return answer(args, document, lines(cargo, found, shown))


def lines(cargo: Load, found: Answer, shown: tuple[Proposal, ...]) -> Iterator[str]:
    """The answer for people."""
    size = f"{cargo.length_m} × {cargo.width_m} × {cargo.height_m} m，{cargo.mass_t} t"
    yield f"货物：{cargo.name or '（未填名称）'}，{size}"
    yield "排序：不予许可的在后，然后按类别、评分（低者先）；权重 " + "、".join(
        f"{name} {weight}" for name, weight in found.weights.items()
    )
    for number, proposal in enumerate(shown, start=1):
        yield from _told(number, proposal)
    if not shown:
        yield "没有可行的方案。"
    yield "不能用的组合（每类车型受什么限制）："
    yield from _stopped(found.rejected)


def _told(number: int, proposal: Proposal) -> Iterator[str]:
    ranked, found = proposal.ranked, proposal.ranked.arrangement
    vehicle, option = found.vehicle, found.option
    tractors = f"，{option.tractors} 台 {option.tractor.name}" if option.tractor else ""
    refused = "，不予许可" if ranked.refused else ""
    yield f"{number}. {vehicle.name}{tractors}：{CLASSES[ranked.permit_class]}{refused}，评分 {proposal.score}"
    yield (
        f"   车货 {vehicle.length_m} × {vehicle.width_m} × {vehicle.height_m} m，总质量 {vehicle.train.mass_t} t，"
        f"最大轴荷 {max(vehicle.train.loads_t)} t，费用指数 {ranked.cost_index}"
    )
    yield f"   货物前端在第一轴后 {found.cargo_front_m} m，货物底面高 {found.deck_height_m} m"
    yield from (f"   {say(finding)}" for finding in ranked.refusals)
    yield from (f"   · {say(finding)}" for finding in ranked.notes)
    marks = {"exceed": "✗", "pass": "✓"}
    yield from (f"   {marks.get(check.verdict, '·')} {say(check)}" for check in proposal.checks)


def _stopped(rejected: tuple[Rejected, ...]) -> Iterator[str]:
    """For each type of vehicle every limit that stopped it, with the candidate that came closest."""
    closest: dict[str, dict[str, findings.Finding]] = defaultdict(dict)
    for one in rejected:
        for reason in one.reasons:
            kept = closest[one.option.entry.name].get(reason.code)
            if kept is None or _ratio(reason) < _ratio(kept):
                closest[one.option.entry.name][reason.code] = reason
    for name, reasons in closest.items():
        yield f"  {name}：" + "；".join(say(reason) for reason in reasons.values())


def _ratio(reason: findings.Finding) -> float:
    if not reason.limit or reason.value is None:
        return float("inf")
    return max(reason.value / reason.limit, reason.limit / reason.value if reason.value > 0 else 0.0)


def _stock(files: list[str]) -> Catalogue:
    try:
        return catalogue().extended(map(Path, files)) if files else catalogue()
    except findings.Unusable as error:
        raise unusable("车型", error) from error


def _rules(files: list[str]) -> Policy:
    try:
        return decided(POLICY, map(Path, files))
    except findings.Unusable as error:
        raise unusable("取值", error) from error


def _draw(shown: tuple[Proposal, ...], folder: Path) -> None:
    from dajian.documents.drawing import outline_pdf, outline_svg  # the typesetter is loaded only to draw

    folder.mkdir(parents=True, exist_ok=True)
    for number, proposal in enumerate(shown, start=1):
        svg = outline_svg(proposal)
        for suffix, content in (("svg", svg.encode()), ("pdf", outline_pdf(svg))):
            part = folder / f".{number}.{suffix}.part"
            part.write_bytes(content)
            part.replace(folder / f"{number}.{suffix}")
