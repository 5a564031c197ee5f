"""Correct carriers, invented: every record is accepted by the questionnaire as it stands.

Nothing here reads the questionnaire's rules; the figures keep them because they are drawn that way.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from dajian.demo import numbers
from dajian.demo.questionnaire import carrier, words

Record = dict  # {question: value}, a repeat's rows as a list of records, as dajian.forms.model has it
HYDRAULIC = ("hydraulic", "self_propelled", "girder", "drop_frame")
COST_PARTS = (
    "fuel",
    "toll",
    "labour",
    "depreciation",
    "escort",
    "survey",
    "reinforce",
    "insurance",
    "filing",
    "fines",
    "other",
)


def cities() -> dict[str, str]:
    """{code: label} of the areas that `make` knows besides their counties, the province's first one first."""
    return {city["code"]: city["name"] for city in words()["city"]}


def make(seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n carriers of a city (or of one county): the same for the same arguments, each independent of n.

    About one in thirty is not eligible, one in fifteen cannot give its figures. Dates are before `on`.
    Raises KeyError for an area that the province does not have.
    """
    known = carrier()
    place = next((c for c in words()["city"] if area == c["code"] or area in known.counties[c["name"]]), None)
    if place is None:
        raise KeyError(area)
    counties = known.counties[place["name"]] if area == place["code"] else (area,)
    start = Random(f"{seed}/{area}")
    names, serial = _names(start), start.randrange(30**6)
    short = place["name"].removesuffix("市").removesuffix("综合实验区")
    return [
        _record(_Draw(f"{seed}/{area}/{i}", place, on), _name(names, i, short), counties[i % len(counties)], serial + i)
        for i in range(n)
    ]


def _names(start: Random) -> list[str]:
    parts = words()["names"]
    names = [a + b + trade for a in parts["first"] for b in parts["second"] for trade in parts["trade"] if a != b]
    start.shuffle(names)
    return names


def _name(names: list[str], i: int, place: str) -> str:
    again = i // len(names) + 1
    return f"示例{place}{names[i % len(names)]}{again if again > 1 else ''}有限公司"


class _Draw(Random):
    """The dice of one carrier, with what they are thrown about."""

    def __init__(self, seed: str, city: dict, on: date):
        super().__init__(seed)
        self.city, self.on = city, on

    def often(self, share: float) -> bool:
        return self.random() < share

    def code(self, of: str, *but: str) -> str:
        """One choice of a list."""
        return self.choice([code for code in carrier().choices[of] if code not in but])

    def codes(self, of: str, most: int, *but: str) -> list[str]:
        """Some choices of a list, in its order."""
        known = [code for code in carrier().choices[of] if code not in but]
        taken = set(self.sample(known, self.randint(1, min(most, len(known)))))
        return [code for code in known if code in taken]

    def day(self, first: int, last: int) -> str:
        """A date so many days from `on`."""
        return (self.on + timedelta(days=self.randint(first, last))).isoformat()

    def person(self) -> str:
        return self.choice(words()["names"]["surname"]) + self.choice(words()["names"]["given"])

    def shares(self, n: int, total: float) -> list[float]:
        """n amounts with two decimals that add up to no more than the total."""
        weights = [self.uniform(0.2, 1) for _ in range(n)]
        return [int(total * 100 * w / sum(weights)) / 100 for w in weights]


def _record(draw: _Draw, name: str, county: str, serial: int) -> Record:
    unit = {"unit_name": name, "unit_credit_code": numbers.credit_code(county, serial), "unit_area": county}
    if draw.often(1 / 30):
        closed = {"eligible": "no", "ineligible_reason": draw.choice(words()["trade"]["reasons"])}
        return unit | closed | {"unit_status": draw.code("unit_status", "operating")} | _confirmation(draw)
    fleet = _fleet(draw)
    return (
        unit
        | {"eligible": "yes", "unit_status": "operating"}
        | _contacts(draw, county)
        | _licence(draw)
        | {"vehicle": fleet}
        | _money(draw, sum(row["quantity"] for row in fleet))
        | _business(draw)
        | {"route": _routes(draw, county)}
        | _permits(draw)
        | _association(draw)
        | _clients(draw, county)
        | _voice(draw)
        | _confirmation(draw)
    )


def _contacts(draw: _Draw, county: str) -> Record:
    street = draw.choice(words()["names"]["streets"])
    found = {
        "unit_address": f"{carrier().choices['area'][county]}{street}{draw.randint(1, 399)}号",
        "legal_person": draw.person(),
        "contact_name": draw.person(),
        "contact_post": draw.choice(words()["names"]["posts"]),
        "contact_mobile": numbers.mobile(draw),
    }
    if draw.often(0.4):
        found |= {"contact2_name": draw.person(), "contact2_mobile": numbers.land_line(draw.city["dial"], draw)}
    return found


def _licence(draw: _Draw) -> Record:
    drivers, escorts, engineers = draw.randint(2, 60), draw.randint(0, 12), draw.randint(0, 6)
    return {
        "licence_no": words()["names"]["licence"].format(dial=draw.city["dial"], number=draw.randrange(10**6)),
        "licence_until": draw.day(90, 1400),
        "licence_scope": draw.codes("licence_scope", 3, "other"),
        "capital_10k": float(draw.choice((200, 500, 800, 1000, 2000, 5000))),
        "employees": drivers + escorts + engineers + draw.randint(3, 40),
        "drivers": drivers,
        "escorts": escorts,
        "engineers": engineers,
    }


def _fleet(draw: _Draw) -> list[Record]:
    kinds = [
        "tractor",
        *draw.sample([k for k in carrier().choices["vehicle_kind"] if k != "tractor"], draw.randint(0, 2)),
    ]
    return [_vehicle(draw, kind) for kind in kinds]


def _vehicle(draw: _Draw, kind: str) -> Record:
    single = draw.often(0.3)
    quantity = 1 if single else draw.randint(1, 24)
    row: Record = {
        "vehicle_kind": kind,
        "quantity": quantity,
        "registration": draw.choice(("registered", "registered", "temporary", "none", "unknown")),
        "is_hydraulic": "yes" if kind in HYDRAULIC else "no",
    }
    if kind in HYDRAULIC:
        row |= {"axle_lines": quantity * draw.randint(4, 12), "axle_files": draw.randint(2, 4)}
    if row["registration"] == "temporary":
        row["temp_plate_until"] = draw.day(10, 80)
    if single and row["registration"] in ("registered", "temporary"):
        last = "超" if row["registration"] == "temporary" else "" if kind in ("tractor", "escort") else "挂"
        row |= {"plate": numbers.plate(draw.city["plate"], last, draw), "vin": numbers.vin(draw)}
    if draw.often(0.6):
        row |= _details(draw, kind)
    return row


def _details(draw: _Draw, kind: str) -> Record:
    axles = 3 if kind == "tractor" else draw.randint(2, 12)
    found = {
        "brand_model": draw.choice(words()["trade"]["makes"]),
        "bought_year": draw.on.year - draw.randint(1, 12),
        "kerb_t": round(draw.uniform(8, 45), 1),
        "payload_t": round(draw.uniform(20, 260), 1),
        "axles": axles,
        "tyres": axles * 4,
        "max_length_m": round(draw.uniform(6.5, 24), 2),
        "max_width_m": round(draw.uniform(2.5, 3.6), 2),
        "ownership": draw.code("ownership"),
        "tracked": draw.code("yes_no"),
    }
    return found | ({"drive": draw.code("drive")} if kind == "tractor" else {})


def _money(draw: _Draw, vehicles: int) -> Record:
    revenue = round(vehicles * draw.uniform(30, 110), 2)
    if draw.often(1 / 15):
        known = {"revenue_10k": revenue} if draw.often(0.3) else {}
        reason = draw.choice(words()["trade"]["unknown"])
        return known | {"revenue_unknown": ["unknown"], "revenue_unknown_reason": reason}
    expense = round(revenue * draw.uniform(0.7, 1.1), 2)
    found = {"revenue_10k": revenue, "expense_10k": expense}
    if draw.often(0.6):
        parts = draw.shares(len(COST_PARTS), expense)
        found |= {f"exp_{part}_10k": amount for part, amount in zip(COST_PARTS, parts, strict=True)}
        found["oversize_revenue_10k"] = round(revenue * draw.uniform(0.1, 0.9), 2)
    return found


def _business(draw: _Draw) -> Record:
    kinds = draw.codes("cargo_kind", 4)
    found: Record = {"cargo_kinds": kinds}
    if draw.often(0.7):
        piece = round(draw.uniform(20, 320), 1)
        found |= {
            "trips": draw.randint(10, 900),
            "cargo_t": round(draw.uniform(800, 60_000), 1),
            "max_piece_t": piece,
            "max_gross_t": round(piece + draw.uniform(20, 130), 1),
        }
    if draw.often(0.3):
        shares = draw.shares(len(kinds), 100)
        found["cargo_share"] = [
            {"share_kind": kind, "share_of_trips_pct": share} for kind, share in zip(kinds, shares, strict=True)
        ]
    return found


def _routes(draw: _Draw, county: str) -> list[Record]:
    n = draw.randint(1, 2)
    return [_route(draw, county, share) for share in draw.shares(n, 100)]


def _route(draw: _Draw, county: str, share: float) -> Record:
    roads = words()["roads"]
    row: Record = {
        "origin_area": county if draw.often(0.7) else draw.code("origin"),
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
    return row


def _permits(draw: _Draw) -> Record:
    if draw.often(0.4):
        return {}
    first, second, third = draw.randint(0, 300), draw.randint(0, 120), draw.randint(0, 40)
    cross = draw.randint(0, first + second + third)
    return {
        "permits_1": first,
        "permits_2": second,
        "permits_3": third,
        "permits_cross": cross,
        "permits_inside": first + second + third - cross,
        "escort_mode": draw.codes("escort_mode", 2),
        "violations": draw.randint(0, 6),
        "accidents": draw.randint(0, 2),
    }


def _association(draw: _Draw) -> Record:
    names = words()["trade"]["associations"]
    if draw.often(0.4):
        return {"in_association": "no"}
    first, second = draw.sample(names, 2)
    found: Record = {"in_association": "yes", "association_name": first}
    if draw.often(0.7):
        found |= {"association_level": draw.code("level"), "association_role": draw.code("association_role")}
    if draw.often(0.2):
        found["more_association"] = [{"more_name": second, "more_level": draw.code("level")}]
    return found


def _clients(draw: _Draw, county: str) -> Record:
    if draw.often(0.6):
        return {}
    shares = draw.shares(draw.randint(1, 3), 90)
    kinds = draw.sample(words()["trade"]["clients"], len(shares))
    return {
        "client": [
            {
                "client_name": f"示例{draw.city['name'][:2]}{kind}有限公司",
                "client_credit_code": numbers.digits_only_code(county, draw),
                "client_share_pct": share,
            }
            for kind, share in zip(kinds, shares, strict=True)
        ]
    }


def _voice(draw: _Draw) -> Record:
    trouble = words()["trade"]
    kinds = ["none"] if draw.often(0.1) else draw.codes("problem", 5, "none")
    found: Record = {
        "problem_kinds": kinds,
        "suggestions": draw.choice(trouble["suggestions"]),
        "policy_known": ["none"] if draw.often(0.1) else draw.codes("policy", 4, "none"),
    }
    if kinds != ["none"] and draw.often(0.4):
        row = {"problem_kind": kinds[0], "problem_text": draw.choice(trouble["troubles"])}
        found["problem"] = [
            row | {"problem_cost_10k": round(draw.uniform(0.5, 40), 2), "problem_wish": draw.choice(trouble["wishes"])}
        ]
    if draw.often(0.6):
        agency = draw.often(0.3)
        found |= {
            "satisfaction": draw.code("satisfaction"),
            "wants_liaison": draw.code("wants_liaison"),
            "filers_full": draw.randint(0, 4),
            "filers_part": draw.randint(0, 6),
            "uses_filing_agency": "yes" if agency else "no",
            "training_wish": draw.codes("training", 3),
        }
        found |= (
            {"filing_agency_name": "示例许可代办服务部", "filing_fee_yuan": float(draw.randint(2, 30) * 100)}
            if agency
            else {}
        )
    return found


def _confirmation(draw: _Draw) -> Record:
    return {
        "survey_mode": draw.codes("survey_mode", 2),
        "filled_by": draw.person(),
        "filled_on": draw.day(-60, -1),
        "truth_confirmed": "yes",
    }
