"""Correct makers of oversize equipment, invented: every record is accepted by the questionnaire as it stands."""

from __future__ import annotations

from datetime import date

from dajian.demo import units
from dajian.demo.blocks import association, contacts, partners, routes, unknown, voice
from dajian.demo.cargo import pieces, sizes
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words

TOPIC = "manufacturers"
COST_PARTS = ("freight", "toll", "escort", "survey", "reinforce", "filing", "insurance", "other")


def make(seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n makers, as units.make; one in fifteen cannot give its output, its cost or when it ships."""
    return units.make(MANUFACTURERS, seed, n, area, on=on)


def _record(draw: Draw) -> Record:
    return (
        contacts(draw)
        | _firm(draw)
        | _output(draw)
        | {"product": [_product(draw, piece) for piece in pieces(draw, 3)]}
        | _cost(draw)
        | _sales(draw)
        | {"route": routes(draw)}
        | _yard(draw)
        | partners(draw, "main_carrier", "carrier", words(TOPIC)["carriers"])
        | association(draw)
        | _orders(draw)
        | voice(draw)
    )


def _firm(draw: Draw) -> Record:
    if draw.often(0.3):
        return {}
    found: Record = {"industry": draw.code("industry"), "employees": draw.randint(40, 6000), "key_firm": "no"}
    if draw.often(0.4):
        found |= {"key_firm": "yes", "key_firm_level": draw.code("firm_level")}
    return found


def _output(draw: Draw) -> Record:
    if draw.often(1 / 15):
        return unknown(draw, TOPIC, "output")
    output = draw.amount(2_000, 400_000)
    return {"output_10k": output, "oversize_output_10k": round(output * draw.uniform(0.05, 0.95), 2)}


def _product(draw: Draw, piece: dict) -> Record:
    planned = draw.randint(0, 60)
    row = {
        "product_name": piece["name"],
        "product_model": draw.choice(piece["models"]),
        "cargo_kind": piece["kind"],
        **sizes(draw, piece),
        "made_last_year": draw.randint(0, 60),
        "planned_this_year": planned,
    }
    quarters = dict(zip(("ship_q1", "ship_q2", "ship_q3", "ship_q4"), draw.parts(4, planned), strict=True))
    row |= unknown(draw, TOPIC, "ship") if draw.often(1 / 15) else quarters
    if draw.often(0.5):
        row |= {"divisible": "no", "cog_text": draw.choice(words(TOPIC)["cog"]), "batch": draw.code("yes_no")}
    return row


def _cost(draw: Draw) -> Record:
    if draw.often(1 / 15):
        return unknown(draw, TOPIC, "cost")
    cost = draw.amount(20, 9_000)
    found = {"transport_cost_10k": cost}
    if draw.often(0.5):
        shares = draw.shares(len(COST_PARTS), cost)
        found |= {f"cost_{part}_10k": amount for part, amount in zip(COST_PARTS, shares, strict=True)}
        found["cost_share_pct"] = draw.amount(1, 18, 1)
    return found


def _sales(draw: Draw) -> Record:
    regions = draw.sample(list(draw.known.choices["province_or_abroad"]), draw.randint(1, 4))
    silent = draw.often(1 / 15)
    rows: list[Record] = [
        {"sales_province": region}
        | ({"sales_country": draw.choice(words(TOPIC)["countries"])} if region == "abroad" else {})
        | ({} if silent else {"sales_share_pct": share})
        for region, share in zip(regions, draw.shares(len(regions), 100), strict=True)
    ]
    return {"sales": rows} | (unknown(draw, TOPIC, "sales_share") if silent else {})


def _yard(draw: Draw) -> Record:
    if draw.often(0.4):
        return {}
    return {
        "gate_width_m": draw.amount(5, 14, 1),
        "gate_height_m": draw.amount(4.5, 9, 1),
        "crane_t": float(draw.choice((32, 50, 100, 200, 400))),
        "transport_mode": draw.code("transport_mode"),
        "permits_last_year": draw.randint(0, 400),
    }


def _orders(draw: Draw) -> Record:
    if draw.often(0.5):
        return {}
    return {
        "order_ahead": [
            {
                "order_cargo_kind": piece["kind"],
                "order_pieces": draw.randint(1, 24),
                "order_dest_province": draw.code("province"),
                "order_ship_from": draw.day(10, 60),
                "order_ship_to": draw.day(61, 240),
            }
            for piece in pieces(draw, 2)
        ]
    }


MANUFACTURERS = units.Kind(TOPIC, _record, units.firm_names)
