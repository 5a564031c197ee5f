"""Correct key projects, invented: every record is accepted by the questionnaire as it stands."""

from __future__ import annotations

from datetime import date

from dajian.demo import units
from dajian.demo.blocks import contacts, routes, unknown, voice
from dajian.demo.cargo import pieces, sizes
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words

TOPIC = "projects"


def make(seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n projects, as units.make, each under its own code; one in fifteen answers does not know where from or when."""
    return units.make(PROJECTS, seed, n, area, on=on)


def _identity(draw: Draw, name: str) -> Record:
    """The unit's name is the project's; its owner stands in its place."""
    owner = f"示例{draw.city['name'][:2]}{draw.choice(words(TOPIC)['owners'])}有限公司"
    listed = {
        "list_issuer": draw.code("list_issuer"),
        "list_level": draw.code("level"),
        "list_year": draw.on.year - draw.randint(0, 2),
        "list_number": f"示例发改〔{draw.on.year}〕{draw.randint(1, 99)}号",
    }
    return {
        "unit_name": owner,
        "project_name": name,
        "project_code": f"{draw.on.year - 1}-{draw.county}-{draw.randint(10, 99)}-0{draw.randint(1, 3)}-"
        f"{draw.randrange(10**6):06d}",
    } | (unknown(draw, TOPIC, "list") if draw.often(1 / 20) else listed)


def _record(draw: Draw) -> Record:
    route = routes(draw, more=True)
    by_water = any(row.get("mode") == "water_road" for row in route)
    return (
        contacts(draw)
        | _site(draw)
        | {"demand": [_demand(draw, piece, by_water) for piece in pieces(draw, 4)], "route": route}
        | _access(draw)
        | voice(draw)
    )


def _site(draw: Draw) -> Record:
    if draw.often(0.3):
        return {}
    return {
        "sector": draw.code("sector"),
        "investment_10k": float(draw.randint(5_000, 3_000_000)),
        "site_area": draw.county,
        "site_access_text": draw.choice(words(TOPIC)["access"]),
        "phase": draw.code("phase", "finished", "paused"),
        "start_on": draw.day(-700, -20),
        "finish_on": draw.day(200, 1200),
    }


def _demand(draw: Draw, piece: dict, by_water: bool) -> Record:
    row = {
        "equipment_name": piece["name"],
        "cargo_kind": piece["kind"],
        "pieces": draw.randint(1, 40),
        **sizes(draw, piece),
    }
    row |= unknown(draw, TOPIC, "source") if draw.often(1 / 15) else _source(draw, piece)
    row |= unknown(draw, TOPIC, "schedule") if draw.often(1 / 15) else _schedule(draw)
    if by_water:
        row["quay_text"] = draw.choice(words(TOPIC)["quays"])
    if draw.often(0.5):
        row |= {"carrier_chosen": "no", "permit_state": "none"}
    elif draw.often(0.5):
        row |= {
            "carrier_chosen": "yes",
            "carrier_name": f"示例{draw.city['name'][:2]}大件运输有限公司",
            "permit_state": draw.code("permit_state"),
        }
    return row


def _source(draw: Draw, piece: dict) -> Record:
    return {
        "maker_name": f"示例{piece['name']}制造有限公司",
        "from_province": draw.code("province_or_abroad"),
        "from_text": draw.choice(words(TOPIC)["origins"]),
    }


def _schedule(draw: Draw) -> Record:
    return {
        "ship_from": draw.day(20, 90),
        "ship_to": draw.day(91, 300),
        "milestone": draw.choice(words(TOPIC)["milestones"]),
        "latest_arrival": draw.day(120, 330),
        "flexible": draw.code("flexible"),
        "delay_effect": draw.choice(words(TOPIC)["effects"]),
    }


def _access(draw: Draw) -> Record:
    if draw.often(0.5):
        return {}
    works = {"access_works": "yes", "access_owner": "示例建设单位", "access_done_on": draw.day(10, 100)}
    return (works if draw.often(0.4) else {"access_works": "no"}) | {"transport_party": draw.code("transport_party")}


PROJECTS = units.Kind(TOPIC, _record, units.firm_names, more=_identity)
