"""A city's carriers on their way from the list to the registry, by the verbs that its officers use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from dajian.demo import carriers, messy
from dajian.service.access.actor import Actor
from dajian.service.campaign.models import Item
from dajian.service.files.actions import store_path
from dajian.service.organisations.models import Area
from dajian.service.survey.actions import comments, imports, reports, submissions, units
from dajian.service.survey.models import ItemReport, ReportEntry, Submission, SurveyUnit

Record = dict[str, Any]
SENT_ON = ("approved", "sent_back", "whole", "reported", "checked", "sent", "returned")  # kinds of units, as they end
KINDS = (*SENT_ON, "draft", "not_begun")
HALF = 12  # answers that a draft already has


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
class City:
    """One city's row of the plan with everything that acting needs."""

    row: dict[str, Any]
    said: dict[str, str]
    item: Item
    cast: dict[str, Actor]
    clock: Clock
    done: dict[str, list[Submission]] = field(default_factory=dict)

    @property
    def checker(self) -> Actor:
        return self.cast[self.row["officers"][1]]

    def enterer(self, county: str) -> Actor:
        return self.cast[self.row.get("enters", {}).get(county, self.row["officers"][0])]

    def decider(self, n: int = 0) -> Actor:
        """Who 审定s: the persons of the approving body in turn."""
        duty = self.item.duties.select_related("function").get(kind="approve")
        able = [a for a in self.cast.values() if any(post.function == duty.function.code for post in a.posts)]
        return able[n % len(able)]


def fill(city: City) -> None:
    """Brings the city's units as far as its row says."""
    day = timezone.localdate(city.clock.first)
    row = city.row
    wanted = {kind: row.get(kind, 0) for kind in KINDS}
    outcomes = row.get("outcomes", [])
    records = iter(carriers.make("demo", sum(wanted.values()) + len(outcomes), row["area"], on=day))
    for outcome, record in zip(outcomes, islice(records, len(outcomes)), strict=True):
        _close(city, _list(city, record), outcome)
    for kind, number in wanted.items():
        city.done[kind] = list(_enter(city, kind, list(islice(records, number))))
    _first_report(city)
    _whole_report(city)
    _second_report(city)
    for submission in city.done["checked"]:
        _check(city, submission, 20)
    _return(city)
    _upload(city)


def _upload(city: City) -> None:
    """A workbook with faults, read by the worker as soon as it runs: a preview that waits to be confirmed."""
    workbook = city.row.get("workbook")
    if workbook:
        actor, now = city.checker, city.clock.now
        with TemporaryDirectory() as folder:
            path = Path(folder) / workbook["name"]
            messy.workbook(workbook["rows"], workbook["seed"], city.row["area"], timezone.localdate(now), path)
            stored = store_path(path, path.name, account_id=actor.account_id, at=now)
        imports.start(actor, city.item.pk, kind="submissions", file=stored, at=now)


def _list(city: City, record: Record) -> SurveyUnit:
    actor = city.enterer(record["unit_area"])
    keys = city.item.keys
    return units.add_unit(
        actor,
        city.item.pk,
        name=record[keys["name"]],
        code=record[keys["code"]],
        area_code=record[keys["area"]],
        source=city.row["source"],
        at=city.clock.on(1),
    )


def _close(city: City, unit: SurveyUnit, outcome: dict[str, Any]) -> None:
    at = city.clock.on(9)
    units.close_unit(
        city.enterer(unit.area.code),
        unit.pk,
        outcome=outcome["outcome"],
        reason=outcome["reason"],
        visited_on=timezone.localdate(at) if outcome.get("visited") else None,
        version=unit.version,
        at=at,
    )


def _enter(city: City, kind: str, records: list[Record]) -> Iterator[Submission]:
    """Lists the units and enters what their kind asks for."""
    for record in records:
        unit = _list(city, record)
        if kind == "not_begun":
            continue
        actor = city.enterer(record["unit_area"])
        begun = submissions.begin(actor, unit.pk, at=city.clock.on(3))
        draft = record if kind != "draft" else dict(islice(record.items(), HALF))
        saved = submissions.save_draft(actor, begun.pk, draft=draft, version=begun.version)
        if kind in SENT_ON:
            saved = submissions.send(
                actor, saved.pk, version=saved.version, at=city.clock.on(18 if kind == "sent" else 6)
            )
        yield saved


def _check(city: City, submission: Submission, day: int) -> None:
    submissions.check(city.checker, submission.pk, version=submission.version, at=city.clock.on(day))


def _report(city: City, kinds: tuple[str, ...], cover: str, day: int) -> ItemReport | None:
    """Checks these kinds and reports what is checked."""
    held = [submission for kind in kinds for submission in city.done[kind]]
    if not held:
        return None
    for submission in held:
        _check(city, submission, day - 2)
    area = Area.unscoped.filter(code=city.row["area"]).order_by("path")[0]
    opened = reports.open_report(city.checker, city.item.pk, area_id=area.pk, at=city.clock.on(day))
    return reports.report(city.checker, opened.pk, cover=cover, version=opened.version, at=city.clock.on(day))


def _first_report(city: City) -> None:
    """Approved but for the ones that are sent back."""
    report = _report(city, ("approved", "sent_back"), "第一批企业，已逐家走访核对行驶证和许可证。", 12)
    if report is None:
        return
    decider = city.decider()
    for submission in city.done["sent_back"]:
        entry = ReportEntry.unscoped.get(report=report, version__submission=submission)
        reason = city.said["sent_back"]
        reports.send_back(
            decider, report.pk, entry_id=entry.pk, reason=reason, version=report.version, at=city.clock.on(14)
        )
    report.refresh_from_db()
    reports.approve(decider, report.pk, version=report.version, at=city.clock.on(15))


def _whole_report(city: City) -> None:
    """Reported and returned as a whole."""
    report = _report(city, ("whole",), "首次报送。", 13)
    if report:
        reason = city.said["whole"]
        reports.return_report(city.decider(1), report.pk, reason=reason, version=report.version, at=city.clock.on(16))


def _second_report(city: City) -> None:
    """Waits for 审定, with a word of guidance on its first unit."""
    report = _report(city, ("reported",), "第二批企业。", 21)
    if report:
        first = city.done["reported"][0]
        comments.comment(city.decider(1), first.pk, text=city.said["comment"], at=city.clock.on(22))


def _return(city: City) -> None:
    for submission in city.done["returned"]:
        submissions.return_submission(
            city.checker,
            submission.pk,
            reason=city.said["returned"],
            version=submission.version,
            at=city.clock.on(19),
        )


def report_zero(
    officer: Actor, item: Item, area_code: str, said: dict[str, str], cast: dict[str, Actor], clock: Clock
) -> None:
    """零报告 of an area without a carrier, approved."""
    area = Area.unscoped.filter(code=area_code).order_by("path")[0]
    opened = reports.open_report(officer, item.pk, area_id=area.pk, zero=True, at=clock.on(10))
    sent = reports.report(
        officer, opened.pk, cover="", how_checked=said["zero"], version=opened.version, at=clock.on(10)
    )
    decider = City({}, said, item, cast, clock).decider()
    reports.approve(decider, sent.pk, version=sent.version, at=clock.on(13))
