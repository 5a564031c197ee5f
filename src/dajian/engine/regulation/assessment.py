"""The answer to "what does the law say of this train": plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dajian.engine.findings import Finding

PermitClass = Literal["I", "II", "III"]
CLASS_ORDER: Mapping[PermitClass | None, int] = {None: 0, "I": 1, "II": 2, "III": 3}
DOCUMENTS: Mapping[str, str] = {
    "application_form": "公路超限运输申请表",
    "transport_licence": "道路运输经营许可证",
    "proxy_identity": "经办人身份证件",
    "power_of_attorney": "授权委托书",
    "vehicle_licence": "机动车行驶证或临时行驶车号牌",
    "outline_drawing": "车货总体外廓尺寸的轮廓图",
    "escort_plan": "护送方案",
}


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides by article 8: level and area; area None where the trip does not say it."""

    level: Literal["origin_province", "province", "city", "county"]
    area: str | None
    article: str


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a permit may hold: the trip's window, or up to six months; then what caps it."""

    kind: Literal["trip", "multiple"]
    holds_from: date | None
    until: date | None
    article: str
    conditions: Mapping[str, bool | None]  # of article 19: met, not met, not declared
    caps: Mapping[str, date]  # what ends earlier than asked, and when


@dataclass(frozen=True, slots=True)
class Assessment:
    permit_class: PermitClass | None
    oversize: bool
    excesses: tuple[Finding, ...]  # over article 3
    class_grounds: tuple[Finding, ...]  # over the bounds of classes I and II
    escort_grounds: tuple[Finding, ...]  # over article 10 ¶2
    refusals: tuple[Finding, ...]
    documents: tuple[str, ...]
    escort: bool  # by dimension or mass; the officer's own ground stays open
    decision_days: Mapping[str, int] | None
    authority: Authority | None
    validity: Validity | None
    disagreements: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    notes: tuple[Finding, ...]
