"""The two jobs of an import: `read` judges a workbook into rows, `write` puts confirmed rows into the survey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from dajian.forms.instance import digest
from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.campaign.standing import areas_in_reach, reach_of
from dajian.service.history.record import record, record_many
from dajian.service.organisations.models import Area
from dajian.service.registry.subjects import kind_of, taken
from dajian.service.survey.actions.submissions import add_version
from dajian.service.survey.actions.units import Listed, join_list
from dajian.service.survey.answers import key_of
from dajian.service.survey.meeting import changes, hold_lists, hold_units, known_units, met
from dajian.service.survey.models import ImportBatch, ImportRow, SourceList, Submission, SurveyUnit
from dajian.service.survey.rights import ENTER, LIST, SEND
from dajian.service.survey.states import SUBMISSION, UNIT, campaign_open
from dajian.service.workflow.move import last_deed, move_many

WRITTEN = ("new", "changed")  # effects of rows that are written


@dataclass(frozen=True)
class Met:
    """One record of the workbook as the reader gave it."""

    sheet: str
    row: int
    record: dict[str, Any]
    raw: dict[str, str]  # the row as it was written, of a unit list


def _reach(actor: Actor, batch: ImportBatch) -> dict[str, Area]:
    """Code → area where the actor works on the item; of a code that city and county share, the county."""
    holders = LIST if batch.kind == "units" else ENTER
    return {area.code: area for area in areas_in_reach(actor, batch.item, holders)}


def areas_by_word(actor: Actor, batch: ImportBatch) -> dict[str, str]:
    """Names and codes of the areas in reach to which units of the item may belong → code."""
    found: dict[str, str] = {}
    levels = kind_of(batch.item.subject_role).levels
    for area in _reach(actor, batch).values():
        if area.level in levels:
            found |= {area.code: area.code, area.name: area.code}
    return found


def judge_rows(batch: ImportBatch, found: Sequence[Met], actor: Actor) -> list[ImportRow]:
    """What writing each record would do, compared with what stands. Nothing is written."""
    item, work = batch.item, _work(actor, batch)
    keys = [tuple(key_of(item, one.record, what) for what in ("name", "code", "area")) for one in found]
    known = known_units(item, [code for _, code, _ in keys], [name for name, _, _ in keys])
    rows = []
    for n, (one, (name, code, area_code)) in enumerate(zip(found, keys, strict=True), start=1):
        row = ImportRow(
            batch=batch,
            n=n,
            sheet=one.sheet,
            row=one.row,
            name=name,
            code=code,
            area_code=area_code,
            record=one.record,
            raw=one.raw,
        )
        unit = met(known, code, name, area_code)
        row.effect, row.told = _effect(batch, row, unit, work)
        row.unlisted = unit is None and batch.kind == "submissions"
        rows.append(row)
    return rows


@dataclass(frozen=True)
class Work:
    """Where the actor works on the item of an import, and the beginnings of the paths where he also sends."""

    reach: dict[str, Area]
    sends: tuple[str, ...]

    def may_send(self, area: Area) -> bool:
        return area.path.startswith(self.sends)


def _work(actor: Actor, batch: ImportBatch) -> Work:
    return Work(_reach(actor, batch), tuple(reach_of(actor, batch.item, SEND)))


def _effect(batch: ImportBatch, row: ImportRow, unit: SurveyUnit | None, work: Work) -> tuple[str, str]:
    """What writing the row does to the unit that it means, and why."""
    if row.area_code not in work.reach:
        return "refused", "所属区域不在您的工作范围内。"
    if unit is None:
        return "new", ""
    if unit.area.code not in work.reach:
        return "refused", f"该单位已列入{unit.area.name}名单，不在您的工作范围内。"
    if taken(unit.subject, row.code):
        return "refused", f"代码“{row.code}”登记在另一单位名下，请核对。"
    if batch.kind == "units":
        told = changes(unit, name=row.name, code=row.code, area=work.reach[row.area_code])
        return ("changed" if told else "unchanged"), ""
    if unit.state not in ("open", "approved"):
        return "refused", f"该单位已登记为“{UNIT.states[unit.state]}”，请先重新列入。"
    return _effect_on(getattr(unit, "submission", None), digest(row.record), sends=work.may_send(unit.area))


def _effect_on(submission: Submission | None, hash: str, *, sends: bool) -> tuple[str, str]:
    """On a questionnaire: who sends makes a version of the row, who does not makes a draft that waits to be sent."""
    if submission is None:
        return "new", ""
    if sends:
        same = submission.current is not None and submission.current.hash == hash
    else:
        stands = submission.draft or (submission.current.record if submission.current else None)
        same = stands is not None and digest(stands) == hash
    if same:
        return "unchanged", ""
    if submission.state not in (("draft", "returned", "sent") if sends else ("draft", "returned")):
        way = "撤回、退回或提出更正" if submission.state == "sent" else "退回或提出更正"
        return "refused", f"该单位调查表已处于“{SUBMISSION.states[submission.state]}”，请先{way}。"
    told = "原有草稿将由本表替换，草稿内容保留在历史中。" if submission.draft else ""
    return ("changed" if submission.current else "new"), told


def write_rows(batch: ImportBatch, rows: list[ImportRow], actor: Actor, *, at: datetime) -> None:
    """Writes one chunk: units join the list; questionnaires get their version and are sent where the actor may send,
    elsewhere they become drafts that wait for who may.

    Each row is judged again: what changed since the preview is refused, and said at its row. Refused: the campaign was
    closed meanwhile.
    """
    if reasons := campaign_open(batch, actor):
        raise Refused(*reasons)
    work = _work(actor, batch)
    hold_lists([batch.area, *(work.reach[row.area_code] for row in rows if row.area_code in work.reach)])
    source = batch.source or _own_source(batch, at)
    named = [row.code for row in rows], [row.name for row in rows]
    hold_units(known_units(batch.item, *named).values())
    known = known_units(batch.item, *named)
    sent: list[Submission] = []
    for row in rows:
        unit = met(known, row.code, row.name, row.area_code)
        row.effect, row.told = _effect(batch, row, unit, work)
        row.written = True
        if row.effect not in WRITTEN:
            continue
        listed = Listed(row.row, row.name, row.code, row.area_code, row.raw or {"name": row.name, "code": row.code})
        area, listing = work.reach[row.area_code], batch.kind == "units"
        unit = join_list(batch.item, source, listed, area, actor, at=at, known=unit, renews=listing)
        if listing:
            continue
        row.effect, row.told = _effect(batch, row, unit, work)  # its body may stand on the list by another name
        if row.effect in WRITTEN:
            sent += _take_in(batch, unit, row, actor, sends=work.may_send(unit.area), at=at)
    _send(sent, batch, actor, at=at)
    ImportRow.unscoped.bulk_update(rows, ["effect", "told", "written"])


def _send(rows: list[Submission], batch: ImportBatch, actor: Actor, *, at: datetime) -> None:
    """Sends what waits; what the city has not yet looked at keeps its state and gets the newer version."""
    details = {"import": batch.pk}
    replaced = [(row, details) for row in rows if row.state == "sent"]
    move_many(SUBMISSION, [row for row in rows if row.state != "sent"], "send", actor, at=at, details=details)
    record_many(replaced, "replace", actor, at=at, states=("sent", "sent"))


def _own_source(batch: ImportBatch, at: datetime) -> SourceList:
    """The workbook itself is the source of the units that were met in it."""
    source, _ = SourceList.unscoped.get_or_create(
        item=batch.item,
        area=batch.area,
        kind="workbook",
        title=f"调查表：{batch.file.name}"[:120],
        defaults={"file": batch.file, "at": at},
    )
    return source


def _take_in(
    batch: ImportBatch, unit: SurveyUnit, row: ImportRow, actor: Actor, *, sends: bool, at: datetime
) -> list[Submission]:
    """The unit's questionnaire with this record: as its newest version, about to be sent and so the answer; or as a
    draft, since there is no version before somebody sends it."""
    assert batch.questionnaire_version_id is not None
    new = not hasattr(unit, "submission")
    submission = _begun(unit, actor)
    fields: dict[str, Any] = {"prefilled": {}, "moved": []}
    if not sends:
        _replace(submission, fields | {"draft": row.record, "draft_version": batch.questionnaire_version}, actor, at=at)
        if new:
            record(submission, "enter", actor, at=at, details={"import": batch.pk}, states=("", "draft"))
        return []
    made = add_version(
        submission,
        batch.questionnaire_version_id,
        row.record,
        digest(row.record),
        "workbook",
        actor,
        at=at,
        file_id=batch.file_id,
    )
    fields |= {"current": made, "draft": None, "draft_version": None, "remark": ""}
    _replace(submission, fields, actor, at=at)
    return [submission]


def _begun(unit: SurveyUnit, actor: Actor) -> Submission:
    """The questionnaire as it was judged, or a new one."""
    if hasattr(unit, "submission"):
        return unit.submission
    return Submission.unscoped.create(unit=unit, state="draft", organisation_id=actor.organisation_id)


def _replace(submission: Submission, fields: dict[str, Any], actor: Actor, *, at: datetime) -> None:
    """Writes what stands from now on; who saw the earlier version is told. A draft that gives way is kept in history.

    Stale: it is no longer what was judged.
    """
    same = Submission.unscoped.filter(pk=submission.pk, version=submission.version, state=submission.state)
    if not same.update(**fields, version=F("version") + 1):
        raise Stale(last_deed(submission))
    if submission.draft:
        record(submission, "replace_draft", actor, at=at, details={"draft": submission.draft})
    submission.version += 1
    for name, value in fields.items():
        setattr(submission, name, value)
