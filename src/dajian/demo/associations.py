"""Correct trade associations, invented: every record is accepted by the questionnaire as it stands."""

from __future__ import annotations

from datetime import date

from dajian.demo import numbers, units
from dajian.demo.blocks import contacts, voice
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words

TOPIC = "associations"
MEMBERS = ("members_carriers", "members_makers", "members_vehicle", "members_persons")
COUNTS = {  # service: what it counts, and how far
    "training": {"service_trainings": 12, "service_trained_persons": 800},
    "rights": {"service_rights_cases": 20},
    "agency": {"service_filing_cases": 300},
    "exchange": {"service_exchanges": 10},
}


def make(seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n associations, as units.make."""
    return units.make(ASSOCIATIONS, seed, n, area, on=on)


def _record(draw: Draw) -> Record:
    return (
        contacts(draw)
        | _registry(draw)
        | _membership(draw)
        | _services(draw)
        | _plan(draw)
        | _trade(draw)
        | voice(draw, applies=False)
    )


def _registry(draw: Draw) -> Record:
    place = draw.known.choices["area"][draw.county]
    found = {
        "level": draw.code("local_level"),
        "registrar": f"示例{place}民政局",
        "registration_no": f"示例社证字第{draw.randrange(10**4):04d}号",
        "founded_on": draw.day(-9000, -400),
        "supervisor": f"示例{place}交通运输局",
        "decoupled": draw.code("decoupled"),
    }
    return found | ({"kind": draw.code("association_kind")} if draw.often(0.6) else {})


def _membership(draw: Draw) -> Record:
    own = words(TOPIC)
    counts = [draw.randint(0, 60) for _ in MEMBERS]
    modes = ["none"] if draw.often(0.2) else draw.codes("management_mode", 3, "none")
    found: Record = {
        "members": sum(counts) + draw.randint(0, 40),
        **dict(zip(MEMBERS, counts, strict=True)),
        "management_mode": modes,
        "management_rules_text": "无" if modes == ["none"] else draw.choice(own["rules"]),
        "has_roster": draw.code("yes_no"),
    }
    if draw.often(0.5):
        found["area_carriers"] = draw.randint(1, 90)
    if draw.often(0.5):
        found["member"] = [_member(draw, trade) for trade in draw.sample(own["members"], draw.randint(1, 4))]
    return found


def _member(draw: Draw, trade: str) -> Record:
    name = f"示例{draw.city['name'][:2]}{trade}有限公司"
    return {"member_name": name, "member_credit_code": numbers.digits_only_code(draw.county, draw)}


def _services(draw: Draw) -> Record:
    given = ["none"] if draw.often(0.15) else draw.codes("service", 6, "none")
    found: Record = {"services": given}
    for service in given:
        found |= {name: draw.randint(0, most) for name, most in COUNTS.get(service, {}).items()}
    if draw.often(0.5):
        income = draw.amount(2, 200)
        found |= {
            "fees_text": draw.choice(words(TOPIC)["fees"]),
            "staff": draw.randint(1, 12),
            "income_10k": income,
            "expense_10k": round(income * draw.uniform(0.6, 1.1), 2),
        }
    return found


def _plan(draw: Draw) -> Record:
    if draw.often(0.5):
        return {"has_plan": "no"}
    first = draw.on.year - draw.randint(0, 2)
    points = draw.choice(words(TOPIC)["points"])
    return {"has_plan": "yes", "plan_from": first, "plan_to": first + draw.randint(1, 5), "plan_points": points}


def _trade(draw: Draw) -> Record:
    if draw.often(0.5):
        return {}
    own = words(TOPIC)
    return {
        "industry_problems": draw.choice(own["problems"]),
        "wishes": draw.choice(own["wishes"]),
        "can_do": draw.codes("service", 4, "none"),
    }


ASSOCIATIONS = units.Kind(TOPIC, _record, units.body_names, register="51")
