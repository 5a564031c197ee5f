"""Named trains of the case tables, and a short way to declare them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dajian.engine.vehicle.declaration import Declaration
from dajian.engine.vehicle.reading import read_declaration

_SIX = {"axle_spacings_m": [3.3, 1.35, 6.0, 1.35, 1.35], "first_trailer_axle": 4, "drive_axles": [2, 3]}
_DOUBLE = [2, 4, 4, 4, 4, 4]
_LINES = {
    "axle_spacings_m": [1.9, 2.6, 1.4, 5.5, 1.5, 1.5, 1.5],
    "tyres_per_axle": [2, 2, 4, 4, 8, 8, 8, 8],
    "drive_axles": [3, 4],
    "first_trailer_axle": 5,
}


def _six(trailer: str, **other: Any) -> dict[str, Any]:
    return {"trailer": trailer, **_SIX, "tyres_per_axle": _DOUBLE, **other}


def _without(train: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in train.items() if key not in keys}


def _flat(axles: int) -> dict[str, Any]:
    """A low-bed of many axles behind a 6×4 tractor; trailer axles 2 m apart, so that no group limit binds."""
    gaps = [3.3, 1.35, 6.0] + [2.0] * (axles - 4)
    return {
        "trailer": "lowbed",
        "axle_spacings_m": gaps,
        "tyres_per_axle": [2] + [4] * (axles - 1),
        "drive_axles": [2, 3],
        "first_trailer_axle": 4,
    }


TRAINS: dict[str, dict[str, Any]] = {
    "二轴货车": {"trailer": "truck", "axle_spacings_m": [5.0], "tyres_per_axle": [2, 4], "drive_axles": [2]},
    "三轴货车": {
        "trailer": "truck",
        "axle_spacings_m": [4.5, 1.35],
        "tyres_per_axle": [2, 4, 4],
        "drive_axles": [2, 3],
    },
    "三轴货车短轴距": {
        "trailer": "truck",
        "axle_spacings_m": [4.5, 1.2],
        "tyres_per_axle": [2, 4, 4],
        "drive_axles": [2, 3],
    },
    "四轴货车": {
        "trailer": "truck",
        "axle_spacings_m": [1.9, 4.0, 1.35],
        "tyres_per_axle": [2, 2, 4, 4],
        "drive_axles": [3, 4],
    },
    "五轴货车": {
        "trailer": "truck",
        "axle_spacings_m": [1.9, 3.0, 1.35, 1.35],
        "tyres_per_axle": [2, 2, 4, 4, 4],
        "drive_axles": [3, 4],
    },
    "三轴列车": {
        "trailer": "flatbed",
        "axle_spacings_m": [3.6, 6.5],
        "tyres_per_axle": [2, 4, 4],
        "drive_axles": [2],
        "first_trailer_axle": 3,
    },
    "四轴列车": {
        "trailer": "flatbed",
        "axle_spacings_m": [3.6, 6.0, 1.35],
        "tyres_per_axle": [2, 4, 4, 4],
        "drive_axles": [2],
        "first_trailer_axle": 3,
    },
    "四轴列车短轴距": {
        "trailer": "flatbed",
        "axle_spacings_m": [3.6, 0.9, 6.0],
        "tyres_per_axle": [2, 4, 4, 4],
        "drive_axles": [2, 3],
        "first_trailer_axle": 4,
    },
    "五轴列车": {
        "trailer": "flatbed",
        "axle_spacings_m": [3.3, 1.35, 6.0, 1.35],
        "tyres_per_axle": [2, 4, 4, 4, 4],
        "drive_axles": [2, 3],
        "first_trailer_axle": 4,
    },
    "五轴列车二拖三": {
        "trailer": "flatbed",
        "axle_spacings_m": [3.6, 6.0, 1.35, 1.35],
        "tyres_per_axle": [2, 4, 4, 4, 4],
        "drive_axles": [2],
        "first_trailer_axle": 3,
    },
    "六轴列车": _six("flatbed"),
    "六轴单驱列车": _six("flatbed", drive_axles=[2]),
    "六轴列车轴距1.3": _six("flatbed", axle_spacings_m=[3.3, 1.35, 6.0, 1.3, 1.3]),
    "六轴列车挂车单胎": _six("flatbed", tyres_per_axle=[2, 4, 4, 2, 2, 2]),
    "六轴列车驱动单胎": _six("flatbed", tyres_per_axle=[2, 2, 2, 4, 4, 4]),
    "六轴列车未填轮胎": _without(_six("flatbed"), "tyres_per_axle"),
    "六轴列车未填驱动轴": _without(_six("flatbed"), "drive_axles"),
    "六轴低平板": _six("lowbed"),
    "六轴凹板": _six("drop_deck"),
    "六轴抽拉板": _six("extendable"),
    "六轴长货车": _six("long_load"),
    "六轴叶片车": _six("blade_lifter"),
    "七轴列车": _flat(7),
    "十轴低平板": _flat(10),
    "十一轴低平板": _flat(11),
    "两纵列液压车": {"trailer": "hydraulic", "axle_files": 2, **_LINES},
    "三纵列液压车": {"trailer": "hydraulic", "axle_files": 3, **_LINES, "tyres_per_axle": [2, 2, 4, 4, *[12] * 4]},
    "四纵列液压车": {"trailer": "hydraulic", "axle_files": 4, **_LINES, "tyres_per_axle": [2, 2, 4, 4, *[16] * 4]},
    "桥式": {"trailer": "girder", "axle_files": 2, **_LINES},
    "液压凹底": {"trailer": "drop_deck", "axle_files": 2, **_LINES},
    "自行式": {
        "trailer": "self_propelled",
        "axle_files": 2,
        "axle_spacings_m": [1.4, 1.4, 1.4],
        "tyres_per_axle": [8, 8, 8, 8],
        "drive_axles": [2],
        "first_trailer_axle": 1,
    },
    "轻载液压车": {
        "trailer": "hydraulic",
        "axle_files": 2,
        "axle_spacings_m": [3.3, 1.4, 5.5, 1.5, 1.5],
        "tyres_per_axle": [2, 4, 4, 8, 8, 8],
        "drive_axles": [2, 3],
        "first_trailer_axle": 4,
    },
}
START = date(2026, 12, 1)
STATED: dict[str, dict[str, Any]] = {
    "可分载": {"cargo": {"divisible": True}},
    "不可分载": {"cargo": {"divisible": False}},
    "无大件资质": {"carrier": {"licensed_oversize": False}},
    "有大件资质": {"carrier": {"licensed_oversize": True}},
    "限制期": {"carrier": {"restricted_until": START}},
    "限制期已满": {"carrier": {"restricted_until": START - timedelta(days=1)}},
    "临牌90日": {"plates": {"temporary_from": START, "temporary_until": START + timedelta(days=89)}},
    "临牌91日": {"plates": {"temporary_from": START, "temporary_until": START + timedelta(days=90)}},
}


def loads(text: str) -> list[float]:
    """`6+2*8+3*8.5` as a list of axle loads."""
    found: list[float] = []
    for piece in text.split("+"):
        count, _, load = piece.rpartition("*")
        found += [float(load)] * int(count or 1)
    return found


def declared(
    train: str, height_m: float, width_m: float, length_m: float, axle_loads: str, **sections: Any
) -> Declaration:
    """A declaration of a named train that starts on 2026-12-01."""
    outline = {"height_m": height_m, "width_m": width_m, "length_m": length_m}
    trip = {"trip": {"start": START, "end": START}}
    return read_declaration({**TRAINS[train], **outline, "axle_loads_t": loads(axle_loads), **trip, **sections})
