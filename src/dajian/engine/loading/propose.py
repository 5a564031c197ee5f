"""`propose`: the whole catalogue searched for a cargo, and the combinations worth choosing from, ranked.

Worth choosing from: nothing else is allowed at least as well and better in class, gross mass, length or cost index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Arrangement, Load, Option, Place, over
from dajian.engine.loading.candidates import Rejected, arrange, candidates
from dajian.engine.loading.checks import checks
from dajian.engine.loading.empty_run import empty_train
from dajian.engine.loading.grouping import best_grouping, steadiest_deg
from dajian.engine.loading.proposal import Answer, Proposal, Ranked
from dajian.engine.loading.sides import side_load
from dajian.engine.policy import Policy, policy
from dajian.engine.regulation import readings
from dajian.engine.regulation.assess import classify
from dajian.engine.regulation.assessment import CLASS_ORDER
from dajian.engine.rules import Law
from dajian.engine.vehicle.catalogue import Catalogue, catalogue

POLICY = Path(__file__).parent / "policy.toml"


def loading_policy() -> Policy:
    """Grades, angles, coefficients and weights of this package."""
    return policy(POLICY)


def propose(load: Load, law: Law, *, stock: Catalogue | None = None, rules: Policy | None = None) -> Answer:
    """Ranked proposals for a cargo: refused last, then by class, then by score, lower first.

    Every combination of the catalogue is looked at; what cannot run is in `rejected` with every reason.
    """
    rules = loading_policy() if rules is None else rules
    stock = catalogue() if stock is None else stock
    able: list[Ranked] = []
    rejected: list[Rejected] = []
    for found in candidates(load, stock, rules):
        if isinstance(found, Rejected):
            rejected.append(found)
            continue
        if reasons := _unsteady(found, rules):
            rejected.append(Rejected(found.option, reasons))
            continue
        able.append(_ranked(found, law, rules))
    proposals = [_proposal(one, law, rules) for one in pareto(able)]
    proposals.sort(key=_order)
    return Answer(tuple(proposals), tuple(rejected), dict(rules["score"]))


def _unsteady(found: Arrangement, rules: Policy) -> tuple[Finding, ...]:
    """Why no setting of the points lets it run: it tips too early, or one side is overloaded."""
    angle, least = steadiest_deg(found), rules["stability"]["least_deg"]
    reasons = () if angle >= least else (over("stability", angle, least, "°"),)
    side = side_load(found, next(iter(found.suspension.figures)), found.suspension.front_lines)
    return reasons if side.fits else (*reasons, over("side_capacity", side.load_t, side.limit_t, "t",
                                                     share=round(side.share * 100, 1)))  # fmt: skip


def propose_like(option: Option, place: Place, load: Load, law: Law, rules: Policy | None = None) -> Answer:
    """One combination with its place kept, allowed or not. What it breaks stands in the checks and refusals.

    Where the load would lift an axle there is no train to show: then it is `rejected`.
    """
    rules = loading_policy() if rules is None else rules
    found = arrange(option, load, place, rules)
    if any(reason.code in ("axle_lifts", "group_lifts", "kingpin_lifts") for reason in found.reasons):
        return Answer((), (Rejected(option, found.reasons),), dict(rules["score"]))
    proposal = _proposal(_ranked(found, law, rules), law, rules)
    return Answer((proposal,), (), dict(rules["score"]))


def pareto(able: Sequence[Ranked]) -> list[Ranked]:
    """Those that no other beats: no worse in refusal, class, gross mass, length and cost, better in one."""
    keyed = sorted(((_criteria(one), one) for one in able), key=lambda pair: pair[0])
    front: list[tuple[tuple[float, ...], Ranked]] = []
    for own, one in keyed:  # in this order only an earlier one can beat a later one
        if not any(all(a <= b for a, b in zip(other, own, strict=True)) for other, _ in front):
            front.append((own, one))
    return [one for _, one in front]


def _criteria(one: Ranked) -> tuple[float, ...]:
    vehicle = one.arrangement.vehicle
    return (one.refused, CLASS_ORDER[one.permit_class], vehicle.train.mass_t, vehicle.length_m, one.cost_index)


def _ranked(found: Arrangement, law: Law, rules: Policy) -> Ranked:
    verdict = classify(found.vehicle, law, readings())
    cost = found.cost + _outline_cost(found, verdict.permit_class, rules["cost"])
    seventeen = verdict.article17
    return Ranked(found, verdict.permit_class, seventeen.refusals, seventeen.notes, round(cost, 3))


def _outline_cost(found: Arrangement, permit_class: str | None, rates: Mapping) -> float:
    """What class and outline add: escort, obstacles to be moved, the way round."""
    vehicle = found.vehicle
    total = rates.get(f"class_{permit_class}", 0.0) + rates["extra_tractor"] * max(found.option.tractors - 1, 0)
    for side in ("height", "width", "length"):
        extent = getattr(vehicle, f"{side}_m")
        for above, rate in rates[f"{side}_over_m"]:
            total += max(0.0, extent - above) * rate
    return float(total)


def _proposal(one: Ranked, law: Law, rules: Policy) -> Proposal:
    found = one.arrangement
    grouping = best_grouping(found, rules)
    empty = empty_train(found, rules)
    empty_class = classify(empty, law, readings()).permit_class
    weights = rules["score"]
    found_checks = checks(found, grouping, empty, rules)
    short = max(0.0, rules["stability"]["wanted_deg"] - grouping.tipping.angle_deg)
    parts = {
        "cost_index": one.cost_index * weights["cost_index"],
        "gross_per_cargo": found.vehicle.train.mass_t / found.load.mass_t * weights["gross_per_cargo"],
        "length_per_10_m": found.vehicle.length_m / 10 * weights["length_per_10_m"],
        "stability_short_deg": short * weights["stability_short_deg"],
        "failed_checks": sum(check.verdict == "exceed" for check in found_checks) * weights["failed_checks"],
    }
    parts = {name: round(part, 3) for name, part in parts.items()}
    score = round(sum(parts.values()), 3)
    return Proposal(one, grouping, found_checks, empty, empty_class, score, parts)


def _order(proposal: Proposal) -> tuple[float, ...]:
    one = proposal.ranked
    return (one.refused, CLASS_ORDER[one.permit_class], proposal.score)
