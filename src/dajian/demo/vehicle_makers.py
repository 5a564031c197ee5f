"""Correct makers and converters of vehicles, invented: every record is accepted by the questionnaire as it stands."""

from __future__ import annotations

from datetime import date

from dajian.demo import units
from dajian.demo.blocks import contacts, unknown, voice
from dajian.demo.carriers import HYDRAULIC
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import words

TOPIC = "vehicle_makers"


def make(seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n makers of vehicles, as units.make; one in fifteen cannot give its sales."""
    return units.make(VEHICLE_MAKERS, seed, n, area, on=on)


def _record(draw: Draw) -> Record:
    silent = draw.often(1 / 15)
    kinds = draw.sample([k for k in draw.known.choices["vehicle_kind"] if k != "other"], draw.randint(1, 3))
    models = [_model(draw, kind, silent) for kind in kinds]
    return (
        contacts(draw)
        | {"maker_kind": draw.codes("maker_kind", 2), "model": models}
        | (unknown(draw, TOPIC, "sales") if silent else {})
        | _ability(draw)
        | voice(draw)
    )


def _model(draw: Draw, kind: str, silent: bool) -> Record:
    made = draw.randint(0, 120)
    row: Record = {
        "vehicle_kind": kind,
        "made_last_year": made,
        "expected_this_year": draw.randint(0, 150),
        "in_catalogue": draw.code("in_catalogue"),
    }
    if not silent:
        row["sales_10k"] = round(made * draw.uniform(15, 180), 2)
    if row["in_catalogue"] == "yes":
        batch = f"第{draw.randint(290, 330)}批"
        row |= {"catalogue_batch": batch, "catalogue_no": f"示例ZX9{draw.randrange(1000):03d}"}
    elif row["in_catalogue"] != "unknown" and draw.often(0.6):
        row["not_in_reason"] = draw.choice(words(TOPIC)["not_in"])
    return row | (_details(draw, kind) if draw.often(0.6) else {})


def _details(draw: Draw, kind: str) -> Record:
    length, axles = draw.amount(6, 24), draw.randint(2, 12)
    found = {
        "model_code": f"SL9{draw.randrange(1000):03d}",
        "brand": draw.choice(words(TOPIC)["brands"]),
        "count_unit": "line" if kind in HYDRAULIC else "vehicle",
        "axles": axles,
        "tyres": axles * 4,
        "kerb_t": draw.amount(6, 60, 1),
        "payload_t": draw.amount(20, 300, 1),
        "length_m": length,
        "width_m": draw.amount(2.5, 3.6),
        "deck_height_m": draw.amount(0.8, 1.3),
        "extend_to_m": round(length + draw.uniform(0, 20), 2),
        "registrable": draw.code("registrable"),
    }
    if kind in HYDRAULIC:
        found |= {
            "axle_lines": draw.randint(2, 24),
            "axle_files": draw.randint(2, 4),
            "line_capacity_t": draw.amount(18, 45, 1),
        }
    return found


def _ability(draw: Draw) -> Record:
    if draw.often(0.5):
        return {}
    said = words(TOPIC)
    return {
        "capacity_per_year": draw.randint(20, 2000),
        "test_ability": draw.choice(said["tests"]),
        "standard_problem": draw.choice(said["standards"]),
    }


VEHICLE_MAKERS = units.Kind(TOPIC, _record, units.firm_names)
