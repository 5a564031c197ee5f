"""What the questionnaires of several kinds of units ask alike, answered."""

from __future__ import annotations

from dajian.demo import numbers
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words


def contacts(draw: Draw, *, legal_person: bool = True) -> Record:
    names = words("province")["names"]
    found = {
        "unit_address": f"{draw.known.choices['area'][draw.county]}{draw.choice(names['streets'])}"
        f"{draw.randint(1, 399)}号",
        "contact_name": draw.person(),
        "contact_post": draw.choice(names["posts"]),
        "contact_mobile": numbers.mobile(draw),
    }
    if legal_person:
        found["legal_person"] = draw.person()
    if draw.often(0.4):
        found |= {"contact2_name": draw.person(), "contact2_mobile": numbers.land_line(draw.city["dial"], draw)}
    return found


def unknown(draw: Draw, topic: str, stem: str) -> Record:
    """The tick 无法提供 of a block, with its reason."""
    return {f"{stem}_unknown": ["unknown"], f"{stem}_unknown_reason": draw.choice(words(topic)["unknown"])}


def routes(draw: Draw, *, more: bool = False) -> list[Record]:
    """One or two. more: with what a project's routes ask besides."""
    return [_route(draw, share, more) for share in draw.shares(draw.randint(1, 2), 100)]


def _route(draw: Draw, share: float, more: bool) -> Record:
    roads = words("province")["roads"]
    row: Record = {
        "origin_area": draw.county if draw.often(0.7) else draw.code("origin"),
        "origin_text": draw.choice(draw.city["places"]),
        "dest_province": draw.code("province"),
        "dest_text": f"示例{draw.choice(roads['sites'])}",
        "via_text": "–".join(draw.sample(roads["numbers"], draw.randint(2, 4))),
    }
    if draw.often(0.5):
        row |= {
            "entry_station": f"{draw.city['name'][:2]}{draw.choice(roads['stations'])}",
            "mode": draw.code("route_mode"),
            "trips_per_year": draw.randint(2, 300),
            "share_pct": share,
            "difficult_points": draw.choice(roads["narrow"]),
        }
    if more and draw.often(0.5):
        row |= {"is_last_mile": draw.code("yes_no"), "works_needed_text": draw.choice(roads["works"])}
    return row


def association(draw: Draw) -> Record:
    if draw.often(0.4):
        return {"in_association": "no"}
    first, second = draw.sample(words("province")["associations"]["names"], 2)
    found: Record = {"in_association": "yes", "association_name": first}
    if draw.often(0.7):
        found |= {"association_level": draw.code("level"), "association_role": draw.code("association_role")}
    if draw.often(0.2):
        found["more_association"] = [{"more_name": second, "more_level": draw.code("level")}]
    return found


def partners(draw: Draw, repeat: str, stem: str, kinds: list[str], *, often: float = 0.4) -> Record:
    """Firms that a unit deals with, in up to three rows: name, credit code, share."""
    if not draw.often(often):
        return {}
    shares = draw.shares(draw.randint(1, 3), 90)
    return {
        repeat: [
            {
                f"{stem}_name": f"示例{draw.city['name'][:2]}{kind}有限公司",
                f"{stem}_credit_code": numbers.digits_only_code(draw.county, draw),
                f"{stem}_share_pct": share,
            }
            for kind, share in zip(draw.sample(kinds, len(shares)), shares, strict=True)
        ]
    }


def voice(draw: Draw, *, applies: bool = True) -> Record:
    """applies: the unit itself applies for permits."""
    said = words("province")["voice"]
    kinds = ["none"] if draw.often(0.1) else draw.codes("problem", 5, "none")
    found: Record = {
        "problem_kinds": kinds,
        "suggestions": draw.choice(said["suggestions"]),
        "policy_known": ["none"] if draw.often(0.1) else draw.codes("policy", 4, "none"),
    }
    if kinds != ["none"] and draw.often(0.4):
        row = {"problem_kind": kinds[0], "problem_text": draw.choice(said["troubles"])}
        found["problem"] = [
            row | {"problem_cost_10k": draw.amount(0.5, 40), "problem_wish": draw.choice(said["wishes"])}
        ]
    if draw.often(0.6):
        found |= {
            "satisfaction": draw.code("satisfaction"),
            "wants_liaison": draw.code("wants_liaison"),
            "training_wish": draw.codes("training", 3),
        }
        found |= _filing(draw, said["agency"]) if applies else {}
    return found


def _filing(draw: Draw, agency: str) -> Record:
    found: Record = {
        "filers_full": draw.randint(0, 4),
        "filers_part": draw.randint(0, 6),
        "uses_filing_agency": "yes" if draw.often(0.3) else "no",
    }
    if found["uses_filing_agency"] == "yes":
        found |= {"filing_agency_name": agency, "filing_fee_yuan": float(draw.randint(2, 30) * 100)}
    return found


def confirmation(draw: Draw) -> Record:
    return {
        "survey_mode": draw.codes("survey_mode", 2),
        "filled_by": draw.person(),
        "filled_on": draw.day(-60, -1),
        "truth_confirmed": "yes",
    }
