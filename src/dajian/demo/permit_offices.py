"""Correct permit offices, invented: every record is accepted by the questionnaire as it stands."""

from __future__ import annotations

from datetime import date

from dajian.demo import numbers, units
from dajian.demo.blocks import contacts
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words

TOPIC = "permit_offices"
PROMISES = {"1_own": 2, "1_cross": 5, "2_own": 5, "2_cross": 10, "3_own": 15, "3_cross": 20}  # the law's, working days
ASKS = ("review", "decide")  # roles whose holder asks others for their opinion
HANDLES = ("accept", *ASKS)
BANDS = ("mass_le_100", "mass_100_200", "mass_200_300", "mass_over_300")
DONE = ("done_at_once", "done_in_one_visit", "done_online")


def make(seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n offices, as units.make."""
    return units.make(PERMIT_OFFICES, seed, n, area, on=on)


def _record(draw: Draw) -> Record:
    roles = draw.codes("permit_role", 6)
    return (
        contacts(draw, legal_person=False)
        | _system(draw)
        | {"roles": roles, "systems": draw.codes("permit_system", 3), "step": _steps(draw)}
        | ({"consultation": _consultations(draw)} if set(roles) & set(ASKS) else {})
        | _checks(draw)
        | _people(draw)
        | (_permits(draw) if set(roles) & set(HANDLES) else {})
        | _window(draw)
        | _problems(draw)
    )


def _system(draw: Draw) -> Record:
    own = words(TOPIC)
    roads = draw.codes("road_kind", 4)
    return {
        "level": draw.code("office_level"),
        "office_kind": draw.code("office_kind"),
        "parent": f"示例{draw.city['name']}交通运输局",
        "power_basis": draw.code("power_basis"),
        "power_document": draw.choice(own["documents"]),
        "reform_text": draw.choice(own["reforms"]),
        "road_kinds": roads,
    } | {f"{road}_length_km": draw.amount(5, 3000, 1) for road in roads}


def _steps(draw: Draw) -> list[Record]:
    own = words(TOPIC)
    return [
        {
            "step_name": name,
            "step_unit": draw.choice(own["desks"]),
            "step_days": draw.choice((0.0, 0.5, 1.0, 2.0)),
            "step_online": draw.code("step_online"),
            "step_document": draw.choice(own["papers"]),
        }
        for name in own["steps"][: draw.randint(3, len(own["steps"]))]
    ]


def _consultations(draw: Draw) -> list[Record]:
    return [
        {
            "consulted": f"示例{draw.city['name']}{body}",
            "consult_when": draw.code("consult_case"),
            "consult_days": float(draw.randint(1, 7)),
        }
        for body in draw.sample(words(TOPIC)["consulted"], draw.randint(1, 3))
    ]


def _checks(draw: Draw) -> Record:
    found: Record = {}
    if draw.often(0.6):
        found |= {f"promise_{of}": round(most * draw.uniform(0.4, 1), 1) for of, most in PROMISES.items()}
        found |= {"check_mode": draw.code("check_mode"), "check_payer": draw.code("check_payer")}
    if draw.often(0.4):
        found["assets_ready"] = draw.codes("asset", 3)
        found["wide_lane_gates"] = [
            {
                "gate": f"{draw.city['name'][:2]}{station}收费站",
                "direction": draw.code("gate_direction"),
                "lane_width_m": draw.amount(3.5, 6),
                "clear_height_m": draw.amount(5, 6.5),
            }
            for station in draw.sample(words("province")["roads"]["stations"], draw.randint(1, 3))
        ]
    return found


def _people(draw: Draw) -> Record:
    total = draw.randint(2, 60)
    found = {"staff_total": total}
    for names in (
        ("staff_full", "staff_part"),
        ("staff_established", "staff_contract"),
        ("staff_degree_master", "staff_degree_bachelor", "staff_degree_other"),
        ("staff_under35", "staff_36_50", "staff_over50"),
    ):
        found |= dict(zip(names, draw.parts(len(names), total), strict=True))
    found |= {f"staff_{name}": draw.randint(0, total) for name in ("bridge", "law", "it", "certified")}
    if draw.often(0.5):
        pairs = draw.randint(1, 6)
        found |= {"liaison_a": pairs, "liaison_b": pairs}
    return found


def _permits(draw: Draw) -> Record:
    choices = draw.known.choices
    pairs = [(scope, of) for scope in choices["permit_scope"] for of in choices["permit_class"]]
    rows = [_handled(draw, scope, of) for scope, of in draw.sample(pairs, draw.randint(1, 5))]
    found: Record = {"permits": rows}
    if draw.often(0.5):
        granted = sum(row["granted"] for row in rows)
        found |= dict(zip(BANDS, draw.parts(len(BANDS), granted), strict=True))
        found["overdue"] = draw.randint(0, sum(row["accepted"] for row in rows) // 20)
    return found


def _handled(draw: Draw, scope: str, of: str) -> Record:
    granted, refused, withdrawn, left = (
        draw.randint(0, 400),
        draw.randint(0, 12),
        draw.randint(0, 8),
        draw.randint(0, 9),
    )
    accepted, not_accepted = granted + refused + withdrawn + left, draw.randint(0, 15)
    return {
        "scope": scope,
        "class": of,
        "received": accepted + not_accepted,
        "accepted": accepted,
        "not_accepted": not_accepted,
        "granted": granted,
        "refused": refused,
        "withdrawn": withdrawn,
        "six_month": draw.randint(0, granted),
        "mean_days": draw.amount(0.5, 18, 1),
    }


def _window(draw: Draw) -> Record:
    answer = draw.code("yes_partly_no")
    found: Record = {"one_window": answer}
    if answer != "no":
        found["one_window_scope"] = draw.codes("permit_matter", 4)
    if answer != "yes":
        found["one_window_gap"] = draw.choice(words(TOPIC)["gaps"])
        later = {"one_window_unknown": ["unknown"], "one_window_unknown_reason": draw.choice(words(TOPIC)["unknown"])}
        found |= later if draw.often(0.2) else {"one_window_by": draw.day(60, 600)}
    for name in DONE:
        if draw.often(0.5):
            found[name] = draw.code("yes_partly_no")
            found |= {f"{name}_share_pct": draw.amount(5, 100, 1)} if found[name] != "no" else {}
    if draw.often(0.6):
        phones = {name: numbers.land_line(draw.city["dial"], draw) for name in ("enquiry_phone", "complaint_phone")}
        hours = draw.choice(words(TOPIC)["hours"])
        found |= phones | {
            "windows": draw.randint(1, 6),
            "hours_text": hours,
            "holiday_duty": draw.code("holiday_duty"),
        }
    return found


def _problems(draw: Draw) -> Record:
    own = words(TOPIC)
    kinds = ["none"] if draw.often(0.15) else draw.codes("office_problem", 4, "none")
    found: Record = {
        "office_problem_kinds": kinds,
        "office_problems_text": "无" if kinds == ["none"] else draw.choice(own["problems"]),
        "advice_text": draw.choice(own["advice"]),
    }
    if draw.often(0.4):
        found |= {"measures_text": draw.choice(own["measures"]), "measures_effect": draw.choice(own["effects"])}
    return found


PERMIT_OFFICES = units.Kind(TOPIC, _record, units.body_names, register="12")
