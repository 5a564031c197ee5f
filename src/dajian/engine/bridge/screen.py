"""Every bridge of an inventory screened against one vehicle by JTG/T 2213—2023 (初筛)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dajian.engine.bridge.cases import Casework, lay_out
from dajian.engine.bridge.choice import choose
from dajian.engine.bridge.deck import wheel_lines
from dajian.engine.bridge.design_load import codes, rule
from dajian.engine.bridge.effects import EFFECTS
from dajian.engine.bridge.inventory import EMPTY, Inventory
from dajian.engine.bridge.ratios import case_ratios
from dajian.engine.findings import sentences
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.tables.columns import Coded

SCREENING = "初筛"  # stands on every output
VERDICTS = ("pass", "conditional", "verify", "barred", "manual")
PASS, CONDITIONAL, VERIFY, BARRED, MANUAL = range(5)


@dataclass(frozen=True)
class Screening:
    """One row of each array per bridge. ratios, plain: (n, 5) by effect as driven (NaN: no such effect).

    ratio_with: S_d / S_b with the measures (NaN without). reasons, assumptions, changes: sentences joined by ；;
    changes are the data and deeds that would change the verdict.
    """

    verdict: np.ndarray
    effect: np.ndarray
    ratio: np.ndarray
    plain: np.ndarray
    by_effect: np.ndarray
    measures: Coded
    ratio_with: np.ndarray
    reasons: Coded
    assumptions: Coded
    changes: Coded
    policy: dict[str, Any]

    def counts(self) -> dict[str, int]:
        found = np.bincount(self.verdict, minlength=len(VERDICTS))
        return {"bridges": len(self.verdict), **dict(zip(VERDICTS, map(int, found), strict=True))}

    def columns(self) -> dict[str, Coded | np.ndarray]:
        """What is added to the inventory's columns."""
        effect = Coded(np.where(self.effect < 0, len(EFFECTS), self.effect), [*EFFECTS, ""])
        by_effect = {f"ratio_{name}": self.by_effect[:, at] for at, name in enumerate(EFFECTS)}
        same = np.zeros(len(self.verdict), int)
        return {
            "verdict": Coded(self.verdict, list(VERDICTS)),
            "effect": effect,
            "ratio": self.ratio,
            "plain_ratio": self.plain,
            "measures": self.measures,
            "ratio_with_measures": self.ratio_with,
            "reasons": self.reasons,
            "assumptions": self.assumptions,
            "would_change": self.changes,
            **by_effect,
            "kind_of_check": Coded(same, [SCREENING]),
            "policy": Coded(same, [f"{self.policy['name']} {self.policy['dated']}"]),
        }


def screen(
    vehicle: Vehicle, inventory: Inventory, reading: Policy, on: date, *, given: int = 0, change_train: bool = False
) -> Screening:
    """Verdict, governing effect, ratios, measures, reasons and assumptions of every row.

    given: measures that are taken anyway (bits CRAWL, CLOSE, CENTRE); the ratios are those with them. change_train:
    where no way of crossing passes, try the changes of the train as well.
    """
    codes().on(on)["effect_factors"]  # Unusable before the standard was in force
    work = lay_out(inventory, reading, wheel_lines(vehicle))
    ratios, plain = case_ratios(work, vehicle, reading, on)
    reasons, assumed = row_findings(inventory, vehicle, work, reading, on)
    choice = choose(work, ratios.min(axis=2), vehicle, reading, on, given, change_train=change_train)
    known = work.row_case >= 0
    case = work.row_case[known]
    verdict = np.full(len(inventory), MANUAL)
    verdict[known] = np.select(
        [choice.way[case] < 0, (choice.way[case] != given) | (choice.change[case] > 0)], [VERIFY, CONDITIONAL], PASS
    )
    reasons["bridge_effect"] = verdict == VERIFY
    verdict[reasons["bridge_condition_3"]] = VERIFY
    for names, code in ((MANUAL_REASONS, MANUAL), (BARRING, BARRED)):
        for name in names:
            verdict[reasons[name]] = code
        if code == MANUAL:
            verdict[list(inventory.faults)] = MANUAL

    def by_row(values: np.ndarray) -> np.ndarray:
        """Values of cases as those of rows; NaN where there is no case or no such effect."""
        found = np.full((len(inventory), *values.shape[1:]), np.nan)
        found[known] = np.where(np.isinf(values), np.nan, values)[case]
        return np.round(found, 6)

    effect = np.full(len(inventory), -1)
    effect[known] = ratios[:, given].argmin(axis=1)[case]
    conditional = verdict == CONDITIONAL
    mend = {row: ["改正所列的格"] for row in inventory.faults}
    row_case = np.where(known, work.row_case, 0)
    return Screening(
        verdict,
        effect,
        by_row(ratios[:, given].min(axis=1)),
        by_row(plain[:, given].min(axis=1)),
        by_row(ratios[:, given]),
        choice.texts(row_case, conditional) if len(ratios) else Coded(np.zeros(len(inventory), int), [""]),
        np.where(conditional, by_row(choice.ratio), np.nan),
        texts(reasons, inventory.faults),
        texts(assumed, {}),
        texts({**reasons, "assume_section": assumed["assume_section"] & (verdict == VERIFY)}, mend, "change_zh"),
        {"name": reading["name"], "dated": reading["dated"], "least_ratio": reading["least_ratio"]},
    )


# reasons in the order in which they are told
MANUAL_REASONS = (
    "bridge_id_empty", "bridge_twin_id", "bridge_spans_empty", "bridge_structure_empty", "bridge_design_load_empty",
    "bridge_condition_empty", "bridge_structure_other", "bridge_many_spans", "bridge_small_span", "bridge_culvert",
    "bridge_single_column", "bridge_piers_unknown",
)  # fmt: skip
BARRING = ("bridge_condition_bad", "bridge_posted_mass", "bridge_posted_axle", "bridge_clearance")


def row_findings(
    inventory: Inventory, vehicle: Vehicle, work: Casework, reading: Policy, on: date
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Which rows each reason and each assumption holds for."""
    number, word, spans = inventory.numbers, inventory.words, inventory.spans
    ids = inventory.ids.to_numpy(zero_copy_only=False)
    shortest = np.array([min(one) for one in spans.values] + [np.nan, np.nan])[spans.codes]
    many = np.array([len(one) > 12 for one in spans.values] + [False, False])[spans.codes]
    ramp = word["kind"].mask("ramp") | inventory.named_ramp
    no_piers = word["piers"].codes == EMPTY
    condition = number["condition"]
    age = on.toordinal() - number["rated_on"]
    reasons = {
        "bridge_id_empty": ids == "",
        "bridge_twin_id": inventory.twins,
        "bridge_spans_empty": spans.codes == EMPTY,
        "bridge_structure_empty": word["structure"].codes == EMPTY,
        "bridge_design_load_empty": word["design_load"].codes == EMPTY,
        "bridge_condition_empty": np.isnan(condition),
        "bridge_structure_other": word["structure"].mask("other"),
        "bridge_many_spans": many & word["structure"].mask("continuous"),
        "bridge_small_span": shortest < reading["least_span_m"],
        "bridge_culvert": word["kind"].mask("culvert"),
        "bridge_single_column": word["piers"].mask("single_column"),
        "bridge_piers_unknown": no_piers & ramp,
        "bridge_condition_3": condition == 3,
        "bridge_condition_bad": condition >= 4,
        "bridge_posted_mass": vehicle.train.mass_t > number["posted_mass_t"],
        "bridge_posted_axle": max(vehicle.train.loads_t) > number["posted_axle_t"],
        "bridge_clearance": vehicle.height_m > number["clearance_m"],
        "bridge_rating_old": age > rule("rating_age"),
    }
    used = work.row_case >= 0
    deck = np.zeros(len(ids), int)
    deck[used] = work.cases.deck[work.first[work.row_case[used]]]
    estimated = np.array([one.section in ("hollow_slab", "small_box", "t_girder") for one in work.decks])
    beamed = np.array([one.girders > 0 for one in work.decks])
    assumed = {
        "assume_piers": no_piers & ~ramp,
        "assume_kind": (word["kind"].codes == EMPTY) & ~ramp,
        "assume_rated_on": np.isnan(number["rated_on"]),
        "assume_section": used & (deck == 0),
        "assume_stiffness": estimated[deck],
        "assume_tyres": beamed[deck] & (vehicle.tyres_per_axle is None),
        "assume_frequency": used & np.isnan(number["frequency_hz"]),
        "assume_year": used & work.row_assumes["assume_year"],
        "assume_no_check_load": used & work.row_assumes["assume_no_check_load"],
        "assume_posted": np.isnan(number["posted_mass_t"]) | np.isnan(number["posted_axle_t"]),
        "assume_clearance": np.isnan(number["clearance_m"]),
    }
    return reasons, assumed


def texts(found: dict[str, np.ndarray], faults: Mapping[int, list[str]], form: str = "zh") -> Coded:
    """One text a row: its own faults, then the sentences that hold; equal texts are made once."""
    names = list(found)
    bits = np.zeros(len(next(iter(found.values()))), np.int64)
    for at, name in enumerate(names):
        bits |= found[name].astype(np.int64) << at
    distinct, codes_ = np.unique(bits, return_inverse=True)
    said = sentences()
    values = [
        "；".join(said[name][form] for at, name in enumerate(names) if key >> at & 1) for key in distinct.tolist()
    ]
    for row, messages in faults.items():
        values.append("；".join([f"第 {row + 2} 行 {'；'.join(messages)}", *filter(None, [values[codes_[row]]])]))
        codes_[row] = len(values) - 1
    return Coded(codes_, values)
