"""Short ways to a place in the chain, through the real verbs."""

from __future__ import annotations

from dataclasses import dataclass

from dajian.demo.carriers import make
from dajian.service.registry.models import RegistryEntry
from dajian.service.survey.actions import reports, submissions, units
from dajian.service.survey.models import ItemReport, Submission, SurveyUnit
from tests.service.world import World


@dataclass(frozen=True)
class Chain:
    world: World

    def unit(self, who: str = "lianjiang1", n: int = 0, area: str = "350122") -> tuple[SurveyUnit, dict]:
        """A listed carrier and the answers that it would give."""
        record = make(7, n + 1, area, on=self.world.now.date())[n]
        made = units.add_unit(
            self.world.actor(who), self.world.item().pk, name=record["unit_name"], code=record["unit_credit_code"],
            area_code=area, source="走访中发现", at=self.world.now,
        )  # fmt: skip
        return made, record

    def draft(self, who: str = "lianjiang1", n: int = 0, area: str = "350122") -> Submission:
        unit, record = self.unit(who, n, area)
        begun = submissions.begin(self.world.actor(who), unit.pk, at=self.world.now)
        return submissions.save_draft(self.world.actor(who), begun.pk, draft=record, version=begun.version)

    def sent(self, who: str = "lianjiang1", n: int = 0, area: str = "350122") -> Submission:
        draft = self.draft(who, n, area)
        return submissions.send(self.world.actor(who), draft.pk, version=draft.version, at=self.world.now)

    def checked(self, who: str = "lianjiang1", n: int = 0, area: str = "350122", by: str = "fz1") -> Submission:
        sent = self.sent(who, n, area)
        return submissions.check(self.world.actor(by), sent.pk, version=sent.version, at=self.world.now)

    def report(self, by: str = "fz1", area: str = "350100") -> ItemReport:
        """The area's report with all that is checked."""
        found = reports.open_report(
            self.world.actor(by), self.world.item().pk, area_id=self.world.area(area).pk, at=self.world.now
        )
        return reports.report(
            self.world.actor(by), found.pk, cover="摸底完成", version=found.version, at=self.world.now
        )

    def registered(self) -> int:
        return RegistryEntry.unscoped.filter(item=self.world.item()).count()
