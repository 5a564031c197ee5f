"""A lead's share of the plan: which units, who acts, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from dajian.demo.associations import ASSOCIATIONS
from dajian.demo.carriers import CARRIERS
from dajian.demo.manufacturers import MANUFACTURERS
from dajian.demo.permit_offices import PERMIT_OFFICES
from dajian.demo.projects import PROJECTS
from dajian.demo.questionnaire import words
from dajian.demo.units import make
from dajian.demo.vehicle_makers import VEHICLE_MAKERS
from dajian.service.access.actor import Actor
from dajian.service.campaign.models import Item
from dajian.service.organisations.models import Area
from dajian.service.survey.models import Submission

Record = dict[str, Any]
KINDS = {  # by the item's questionnaire
    words(kind.topic)["questionnaire"]: kind
    for kind in (MANUFACTURERS, PROJECTS, VEHICLE_MAKERS, CARRIERS, ASSOCIATIONS, PERMIT_OFFICES)
}


@dataclass
class Clock:
    """Working hours one after the other, from a first morning on; never later than now."""

    first: datetime
    now: datetime
    deeds: int = 0

    def on(self, day: int) -> datetime:
        """A moment of the n-th day (0: the first), later than those asked for on that day before."""
        self.deeds += 1
        at = self.first + timedelta(days=day, minutes=self.deeds * 7 % 470)
        return min(at, self.now - timedelta(minutes=1))


@dataclass
class Share:
    """A lead's row of the plan: one item in one area, with everything that acting needs."""

    row: dict[str, Any]
    said: dict[str, str]
    item: Item
    cast: dict[str, Actor]
    clock: Clock
    done: dict[str, list[Submission]] = field(default_factory=dict)

    @property
    def checker(self) -> Actor:
        return self.cast[self.row["officers"][1]]

    @property
    def approvers(self) -> list[Actor]:
        """The persons of the 审定 body; none where two persons of the lead decide."""
        duty = self.item.duties.select_related("function").filter(kind="approve").first()
        return [a for a in self.cast.values() if duty and any(p.function == duty.function.code for p in a.posts)]

    @property
    def guide(self) -> Actor:
        """Who has a word to say: the guiding body, else the campaign's owner."""
        duty = self.item.duties.select_related("function").filter(kind="guide").first()
        function = duty.function if duty else self.item.campaign.owner
        return next(a for a in self.cast.values() if any(post.function == function.code for post in a.posts))

    @property
    def reporter(self) -> Actor:
        """Not who decides: the checker, where another body does."""
        return self.checker if self.approvers else self.cast[self.row["officers"][0]]

    def decider(self, n: int = 0) -> Actor:
        """Who 审定s: the persons of the approving body in turn, else the lead's second person."""
        able = self.approvers or [self.checker]
        return able[n % len(able)]

    def enterer(self, county: str) -> Actor:
        return self.cast[self.row.get("enters", {}).get(county, self.row["officers"][0])]

    def records(self, number: int) -> Iterator[tuple[Record, str]]:
        """So many records, each with the code of its unit's area. The row may say who the units are, and where."""
        kind, on = KINDS[self.item.questionnaire.key], timezone.localdate(self.clock.first)  # type: ignore[union-attr]
        near = self.row.get("near", "")
        made = make(kind, f"demo {near}".strip(), number, near or self.row["area"], on=on)
        named = self.row.get("units", [])
        for n, record in enumerate(made):
            known = self.row.get("answers", {}) | (named[n] if named else {})
            area = known.get("area", record["unit_area"])
            yield record | {key: value for key, value in known.items() if key != "area"}, area


def area_of(code: str) -> Area:
    """Of a city and a county with one code the city."""
    return Area.unscoped.filter(code=code).order_by("path")[0]
