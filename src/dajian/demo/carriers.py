"""Correct carriers, invented: every record is accepted by the questionnaire as it stands.

Nothing here reads the questionnaire's rules; the figures keep them because they are drawn that way.
"""

from __future__ import annotations

from datetime import date

from dajian.demo import numbers, units
from dajian.demo.blocks import association, contacts, partners, routes, unknown, voice
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words

TOPIC = "carriers"
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


def make(seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n carriers, as units.make; one in fifteen cannot give its figures."""
    return units.make(CARRIERS, seed, n, area, on=on)


def _record(draw: Draw) -> Record:
    fleet = _fleet(draw)
    return (
        contacts(draw)
        | _licence(draw)
        | {"vehicle": fleet}
        | _money(draw, sum(row["quantity"] for row in fleet))
        | _business(draw)
        | {"route": routes(draw)}
        | _permits(draw)
        | association(draw)
        | partners(draw, "client", "client", words(TOPIC)["clients"])
        | voice(draw)
    )


def _licence(draw: Draw) -> Record:
    drivers, escorts, engineers = draw.randint(2, 60), draw.randint(0, 12), draw.randint(0, 6)
    return {
        "licence_no": words(TOPIC)["licence"].format(dial=draw.city["dial"], number=draw.randrange(10**6)),
        "licence_until": draw.day(90, 1400),
        "licence_scope": draw.codes("licence_scope", 3, "other"),
        "capital_10k": float(draw.choice((200, 500, 800, 1000, 2000, 5000))),
        "employees": drivers + escorts + engineers + draw.randint(3, 40),
        "drivers": drivers,
        "escorts": escorts,
        "engineers": engineers,
    }


def _fleet(draw: Draw) -> list[Record]:
    kinds = [
        "tractor",
        *draw.sample([k for k in draw.known.choices["vehicle_kind"] if k != "tractor"], draw.randint(0, 2)),
    ]
    return [_vehicle(draw, kind) for kind in kinds]


def _vehicle(draw: Draw, kind: str) -> Record:
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


def _details(draw: Draw, kind: str) -> Record:
    axles = 3 if kind == "tractor" else draw.randint(2, 12)
    found = {
        "brand_model": draw.choice(words(TOPIC)["makes"]),
        "bought_year": draw.on.year - draw.randint(1, 12),
        "kerb_t": draw.amount(8, 45, 1),
        "payload_t": draw.amount(20, 260, 1),
        "axles": axles,
        "tyres": axles * 4,
        "max_length_m": draw.amount(6.5, 24),
        "max_width_m": draw.amount(2.5, 3.6),
        "ownership": draw.code("ownership"),
        "tracked": draw.code("yes_no"),
    }
    return found | ({"drive": draw.code("drive")} if kind == "tractor" else {})


def _money(draw: Draw, vehicles: int) -> Record:
    revenue = round(vehicles * draw.uniform(30, 110), 2)
    if draw.often(1 / 15):
        known = {"revenue_10k": revenue} if draw.often(0.3) else {}
        return known | unknown(draw, TOPIC, "revenue")
    expense = round(revenue * draw.uniform(0.7, 1.1), 2)
    found = {"revenue_10k": revenue, "expense_10k": expense}
    if draw.often(0.6):
        parts = draw.shares(len(COST_PARTS), expense)
        found |= {f"exp_{part}_10k": amount for part, amount in zip(COST_PARTS, parts, strict=True)}
        found["oversize_revenue_10k"] = round(revenue * draw.uniform(0.1, 0.9), 2)
    return found


def _business(draw: Draw) -> Record:
    kinds = draw.codes("cargo_kind", 4)
    found: Record = {"cargo_kinds": kinds}
    if draw.often(0.7):
        piece = draw.amount(20, 320, 1)
        found |= {
            "trips": draw.randint(10, 900),
            "cargo_t": draw.amount(800, 60_000, 1),
            "max_piece_t": piece,
            "max_gross_t": round(piece + draw.uniform(20, 130), 1),
        }
    if draw.often(0.3):
        shares = draw.shares(len(kinds), 100)
        found["cargo_share"] = [
            {"share_kind": kind, "share_of_trips_pct": share} for kind, share in zip(kinds, shares, strict=True)
        ]
    return found


def _permits(draw: Draw) -> Record:
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


CARRIERS = units.Kind(TOPIC, _record, units.firm_names)
