"""A lead's units of an item on their way from the list to the registry, by the verbs that its officers use."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from dajian.demo import messy
from dajian.demo.share import Record, Share, area_of
from dajian.service.access.actor import Actor
from dajian.service.files.actions import store_path
from dajian.service.survey.actions import comments, imports, reports, submissions, units
from dajian.service.survey.actions.submissions import Asked
from dajian.service.survey.models import ItemReport, ReportEntry, SourceList, Submission, SurveyUnit

SENT_ON = ("approved", "sent_back", "whole", "reported", "checked", "sent", "returned")  # kinds of units, as they end
ENDS = (*SENT_ON, "draft", "not_begun")
HALF = 12  # answers that a draft already has
HOW = ("visit", "meeting", "phone")  # officers asked the units


def fill(share: Share) -> None:
    """Brings the units of a share as far as its row says."""
    row = share.row
    wanted = {kind: row.get(kind, 0) for kind in ENDS}
    outcomes = row.get("outcomes", [])
    records = share.records(sum(wanted.values()) + len(outcomes))
    source = _source(share)
    for n, (outcome, (record, area)) in enumerate(zip(outcomes, islice(records, len(outcomes)), strict=True), start=1):
        _close(share, _list(share, source, n, record, area), outcome)
    listed = len(outcomes)
    for kind, number in wanted.items():
        share.done[kind] = list(_enter(share, source, kind, listed, list(islice(records, number))))
        listed += number
    _first_report(share)
    _whole_report(share)
    _second_report(share)
    for submission in share.done["checked"]:
        _check(share, submission, 20)
    _return(share)
    _upload(share)


def _upload(share: Share) -> None:
    """A workbook with faults, read by the worker as soon as it runs: a preview that waits to be confirmed."""
    workbook = share.row.get("workbook")
    if workbook:
        actor, now = share.checker, share.clock.now
        with TemporaryDirectory() as folder:
            path = Path(folder) / workbook["name"]
            messy.workbook(workbook["rows"], workbook["seed"], share.row["area"], timezone.localdate(now), path)
            stored = store_path(path, path.name, account_id=actor.account_id, at=now)
        imports.start(actor, share.item.pk, kind="submissions", file=stored, at=now)


def _source(share: Share) -> SourceList:
    """The list from which the units come, with its issuer, level, year and number where it has them."""
    facts = share.row["list"]
    if "number" in facts:
        year = timezone.localdate(share.clock.first).year
        facts = facts | {"year": year, "number": facts["number"].format(year=year)}
    area = area_of(share.row["area"])
    return SourceList.unscoped.create(item=share.item, area=area, kind="list", at=share.clock.on(1), **facts)


def _list(share: Share, source: SourceList, row: int, record: Record, area_code: str) -> SurveyUnit:
    """A row of the list, as an import writes it."""
    keys, at = share.item.keys, share.clock.on(1)
    name, code = record[keys["name"]], record.get(keys["code"], "")
    own = "units" in share.row  # bodies and what has no code of its own are known by name
    listed = units.Listed(row + 1, name, "" if own else code, area_code, {"name": name, "code": code})
    return units.join_list(share.item, source, listed, area_of(area_code), share.reporter, at=at)


def _close(share: Share, unit: SurveyUnit, outcome: dict[str, Any]) -> None:
    at = share.clock.on(9)
    units.close_unit(
        share.enterer(unit.area.code),
        unit.pk,
        outcome=outcome["outcome"],
        reason=outcome["reason"],
        visited_on=timezone.localdate(at) if outcome.get("visited") else None,
        version=unit.version,
        at=at,
    )


def _enter(
    share: Share, source: SourceList, kind: str, listed: int, records: list[tuple[Record, str]]
) -> Iterator[Submission]:
    """Lists the units and enters what their kind asks for."""
    for n, (record, area) in enumerate(records, start=listed + 1):
        unit = _list(share, source, n, record, area)
        if kind == "not_begun":
            continue
        sender = share.enterer(area)
        writer = _own_officer(share, unit) or sender
        at = share.clock.on(3)
        asked = Asked(HOW[n % len(HOW)], timezone.localdate(at)) if share.item.way == "questionnaire" else None
        begun = submissions.begin(writer, unit.pk, asked=asked, at=at)
        draft = _of_list(begun, record) if kind != "draft" else dict(islice(record.items(), HALF))
        saved = submissions.save_draft(writer, begun.pk, draft=draft, version=begun.version)
        if kind in SENT_ON:
            day = 18 if kind == "sent" else 6
            saved = submissions.send(sender, saved.pk, version=saved.version, at=share.clock.on(day))
        yield saved


def _own_officer(share: Share, unit: SurveyUnit) -> Actor | None:
    """Of a body that is surveyed: its own officer fills in for it."""
    body = unit.subject.organisation_id
    return next((actor for actor in share.cast.values() if body and actor.organisation_id == body), None)


def _of_list(begun: Submission, record: Record) -> Record:
    """What the list says of the unit stands as the list has it."""
    said = [pair.partition(":")[2] for pair in begun.unit.item.keys.get("source_questions", "").split()]
    known = {key: begun.draft[key] for key in said if begun.draft and key in begun.draft and key in record}
    return record | known


def _check(share: Share, submission: Submission, day: int) -> None:
    submissions.check(share.checker, submission.pk, version=submission.version, at=share.clock.on(day))


def _report(share: Share, kinds: tuple[str, ...], cover: str, day: int) -> ItemReport | None:
    """Checks these kinds and reports what is checked."""
    held = [submission for kind in kinds for submission in share.done[kind]]
    if not held:
        return None
    for submission in held:
        _check(share, submission, day - 2)
    who, area = share.reporter, area_of(share.row["area"])
    opened = reports.open_report(who, share.item.pk, area_id=area.pk, at=share.clock.on(day))
    return reports.report(who, opened.pk, cover=share.said[cover], version=opened.version, at=share.clock.on(day))


def _first_report(share: Share) -> None:
    """Approved but for the ones that are sent back."""
    report = _report(share, ("approved", "sent_back"), "first", 12)
    if report is None:
        return
    decider = share.decider()
    for submission in share.done["sent_back"]:
        entry = ReportEntry.unscoped.get(report=report, version__submission=submission)
        reason = share.said["sent_back"]
        reports.send_back(
            decider, report.pk, entry_id=entry.pk, reason=reason, version=report.version, at=share.clock.on(14)
        )
    report.refresh_from_db()
    reports.approve(decider, report.pk, version=report.version, at=share.clock.on(15))


def _whole_report(share: Share) -> None:
    """Reported and returned as a whole."""
    report = _report(share, ("whole",), "first", 13)
    if report:
        reason = share.said["whole"]
        reports.return_report(share.decider(1), report.pk, reason=reason, version=report.version, at=share.clock.on(16))


def _second_report(share: Share) -> None:
    """Waits for 审定, with a word of guidance on its first unit."""
    report = _report(share, ("reported",), "second", 21)
    if report:
        first = share.done["reported"][0]
        comments.comment(share.guide, first.pk, text=share.said["comment"], at=share.clock.on(22))


def _return(share: Share) -> None:
    for submission in share.done["returned"]:
        submissions.return_submission(
            share.checker,
            submission.pk,
            reason=share.said["returned"],
            version=submission.version,
            at=share.clock.on(19),
        )


def report_zero(share: Share) -> None:
    """零报告 of an area without a unit of the kind, approved."""
    who, clock = share.reporter, share.clock
    opened = reports.open_report(who, share.item.pk, area_id=area_of(share.row["area"]).pk, zero=True, at=clock.on(10))
    sent = reports.report(
        who, opened.pk, cover="", how_checked=share.said["zero"], version=opened.version, at=clock.on(10)
    )
    reports.approve(share.decider(), sent.pk, version=sent.version, at=clock.on(13))
