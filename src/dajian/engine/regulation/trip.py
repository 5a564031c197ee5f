"""Who decides (article 8) and how long the permit may hold (article 19, capped by plate and insurance)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import fields
from datetime import date, timedelta
from types import MappingProxyType

from dajian.engine.policy import Policy
from dajian.engine.regulation.assessment import Authority, Validity
from dajian.engine.rules import Law
from dajian.engine.vehicle.declaration import Declaration, Repeat, Trip

CONDITIONS = tuple(field.name for field in fields(Repeat))
UNDECLARED = MappingProxyType(dict.fromkeys(CONDITIONS))


def authority(trip: Trip, law: Law, reading: Policy) -> Authority | None:
    """The competent authority; None where origin or destination is not declared and nothing else decides."""
    article = law["competent_authority"].article
    codes = [code for code in (trip.origin, *trip.via, trip.destination) if code]
    if trip.cross_province or len({code[:2] for code in codes}) > 1:
        return Authority("origin_province", f"{trip.origin[:2]}0000" if trip.origin else None, article)
    if trip.origin is None or trip.destination is None:
        return None
    own_city = reading["city_level_counties"]
    cities = {own_city.get(code, f"{code[:4]}00") for code in codes}
    if len(cities) > 1 or trip.origin.endswith("0000"):
        return Authority("province", f"{trip.origin[:2]}0000", article)
    if len(set(codes)) > 1 or trip.origin.endswith("00"):
        return Authority("city", cities.pop(), article)
    return Authority("county", trip.origin, article)


def validity(declaration: Declaration, law: Law) -> Validity:
    """Asked is the trip's window; with every condition of article 19 met, up to six months from its start."""
    trip, plates = declaration.trip, declaration.plates
    rule = law["multiple_use_months"]
    repeat = trip.repeat
    conditions = UNDECLARED if repeat is None else {name: getattr(repeat, name) for name in CONDITIONS}
    multiple = all(conditions.values())
    until = trip.end
    if multiple and trip.start:
        furthest = _months_later(trip.start, rule.value) - timedelta(days=1)
        until = min(until, furthest) if until else furthest
    plate_ends = plates.temporary_until
    longest = law.get("temporary_plate_days")
    if plates.temporary_from and longest:
        last = plates.temporary_from + timedelta(days=longest.value - 1)
        plate_ends = min(last, plate_ends or last)
    ends = (("temporary_plate", plate_ends), ("insurance", plates.insurance_until))
    caps = {name: end for name, end in ends if end and until and end < until}
    last_day = min([until, *caps.values()]) if until else None
    if last_day and trip.start and last_day < trip.start:  # no day is left: said among the disagreements
        last_day = None
    return Validity(
        "multiple" if multiple else "trip",
        trip.start,
        last_day,
        rule.article,
        conditions,
        caps,
    )


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
