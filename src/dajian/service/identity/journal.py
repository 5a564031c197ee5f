"""What a merger writes, noted so that it can be taken back to the letter.

The one place that writes rows of other apps: a merger reaches through all of them, and every step must be known to
undo it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from dajian.service.survey.models import SurveyUnit
from dajian.service.survey.states import UNIT
from dajian.service.workflow.move import move

Step = list[Any]  # [model, number, values before, values after]
STATE = ("state", "duplicate_of_id", "outcome_reason")


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@dataclass
class Journal:
    at: datetime
    steps: list[Step] = field(default_factory=list)
    aside: list[Step] = field(default_factory=list)

    def write(self, row: Any, **values: Any) -> None:
        """Sets columns (a foreign key by its `_id`), where they change."""
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed:
            before = {name: plain(getattr(row, name)) for name in changed}
            self.steps.append([row._meta.label, row.pk, before, {k: plain(v) for k, v in changed.items()}])
            type(row).unscoped.filter(pk=row.pk).update(**changed)
            for name, value in changed.items():
                setattr(row, name, value)

    def give_way(self, unit: SurveyUnit, other: SurveyUnit, reason: str) -> None:
        """Closes a unit as the other's duplicate."""
        before = {name: getattr(unit, name) for name in STATE}
        move(UNIT, unit, "absorb", None, at=self.at, reason=reason,
             fields={"duplicate_of_id": other.pk, "outcome_reason": reason})  # fmt: skip
        self.steps.append(["state", unit.pk, before, {name: getattr(unit, name) for name in STATE}])

    def take_out(self, rows: Sequence[Model]) -> None:
        """Deletes rows, in this order, and keeps them whole."""
        for row in rows:
            values = {str(f.attname): plain(getattr(row, f.attname)) for f in row._meta.concrete_fields}
            self.aside.append([row._meta.label, row.pk, values, {}])
            row.delete()


def take_back(steps: Sequence[Step], aside: Sequence[Step], *, at: datetime) -> list[Step]:
    """Undoes in reverse order. A row that somebody changed since keeps what he wrote: those steps are answered."""
    left = []
    for step in reversed(steps):
        label, pk, before, after = step
        row: Any = (SurveyUnit if label == "state" else apps.get_model(label)).unscoped.filter(pk=pk).first()
        if row is None or any(plain(getattr(row, name)) != value for name, value in after.items()):
            left.append(step)
        elif label == "state":
            rest = {name: before[name] for name in STATE[1:]}
            move(UNIT, row, f"part_as_{before['state']}", None, at=at, fields=rest)
        else:
            type(row).unscoped.filter(pk=pk).update(**_thawed(type(row), before))
    for label, _, values, _ in reversed(aside):
        model = apps.get_model(label)
        model(**_thawed(model, values)).save(force_insert=True)
    return left


def _thawed(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    fields = {str(f.attname): f for f in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}
