"""Putting a province's areas, functions and bodies in: again without twins and without undoing a page's work."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime

from django.db import transaction

from dajian.service.history.record import record_many
from dajian.service.organisations.models import (
    LEVELS,
    Area,
    Function,
    FunctionKind,
    Organisation,
    OrganisationName,
)
from dajian.service.organisations.province import AreaRow, BodyRow, KindRow, Province

Place = tuple[str, str]  # code, level


@transaction.atomic
def load_province(province: Province, *, at: datetime) -> int:
    """Brings areas, kinds of functions and bodies in, as the system; returns how many bodies are new.

    Areas and kinds follow the folder. A body is only ever added: where somebody holds or held the function, or a body
    without functions has that name, nothing changes.
    """
    areas = load_areas(province.areas, since=province.since)
    kinds = _load_kinds(province.kinds)
    return _load_bodies(province.bodies, areas, kinds, since=province.since, at=at)


def load_areas(rows: tuple[AreaRow, ...], *, since: date) -> dict[Place, Area]:
    """Areas by code and level, those above first; a name that changed is taken over."""
    known = {(area.code, area.level): area for area in Area.unscoped.filter(ends=None)}
    for depth, (level, _) in enumerate(LEVELS):
        above = {code: area for (code, at_level), area in known.items() if at_level == LEVELS[depth - 1][0]}
        here = [row for row in rows if row.level == level]
        fresh = [_area(row, above.get(row.parent), since) for row in here if (row.code, level) not in known]
        known |= {(area.code, area.level): area for area in Area.unscoped.bulk_create(fresh)}
        for row in here:
            area = known[row.code, level]
            if area.name != row.name:
                area.name = row.name
                area.save(update_fields=["name"])
    return known


def _area(row: AreaRow, above: Area | None, since: date) -> Area:
    path = f"{above.path if above else '/'}{row.code}/"
    return Area(code=row.code, level=row.level, name=row.name, parent=above, path=path, starts=since)


def _load_kinds(rows: tuple[KindRow, ...]) -> dict[str, FunctionKind]:
    return {
        row.code: FunctionKind.unscoped.update_or_create(
            code=row.code, defaults={f.name: getattr(row, f.name) for f in fields(row) if f.name != "code"}
        )[0]
        for row in rows
    }


def _load_bodies(
    rows: tuple[BodyRow, ...],
    areas: dict[Place, Area],
    kinds: dict[str, FunctionKind],
    *,
    since: date,
    at: datetime,
) -> int:
    held = set(Function.unscoped.values_list("kind__code", "area_id"))
    without = set(Organisation.unscoped.filter(functions=None, kind="body").values_list("name", flat=True))
    fresh = [
        row
        for row in rows
        if not (any((f, areas[row.area].pk) in held for f in row.functions) if row.functions else row.name in without)
    ]
    made = Organisation.unscoped.bulk_create(
        [Organisation(kind="body", name=row.name, area=areas[row.area], assumed=row.assumed) for row in fresh]
    )
    OrganisationName.unscoped.bulk_create(
        [OrganisationName(organisation=body, name=body.name, starts=since) for body in made]
    )
    Function.unscoped.bulk_create(
        [
            Function(organisation=body, kind=kinds[code], area=areas[row.area], starts=since)
            for body, row in zip(made, fresh, strict=True)
            for code in row.functions
        ]
    )
    record_many([(body, {"name": body.name}) for body in made], "create_body", None, at=at)
    return len(made)
