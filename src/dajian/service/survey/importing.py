"""The two jobs of an import: `read` judges a workbook into rows, `write` puts confirmed rows into the survey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from dajian.forms.instance import digest
from dajian.service.access.actor import Actor
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import areas_in_reach, reach_of
from dajian.service.history.record import record, record_many
from dajian.service.organisations.models import Area
from dajian.service.registry.models import Subject
from dajian.service.registry.subjects import kept, kind_of, known_as, learn
from dajian.service.survey.actions.submissions import add_version
from dajian.service.survey.actions.units import Listed, join_list
from dajian.service.survey.answers import key_of
from dajian.service.survey.models import ImportBatch, ImportRow, SourceList, Submission, SurveyUnit
from dajian.service.survey.rights import ENTER, LIST, SEND
from dajian.service.survey.states import SUBMISSION, UNIT
from dajian.service.workflow.move import move_many


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


def judge_rows(batch: ImportBatch, met: Sequence[Met], actor: Actor) -> list[ImportRow]:
    """What writing each record would do, compared with what stands. Nothing is written."""
    item = batch.item
    reach = _reach(actor, batch)
    keys = [tuple(key_of(item, one.record, what) for what in ("name", "code", "area")) for one in met]
    known = _known_units(item, [code for _, code, _ in keys], [name for name, _, _ in keys])
    rows = []
    for n, (one, (name, code, area_code)) in enumerate(zip(met, keys, strict=True), start=1):
        unit = _met(known, code, name, area_code)
        effect, told = _effect(batch, one.record, area_code, unit, reach)
        rows.append(
            ImportRow(
                batch=batch,
                n=n,
                sheet=one.sheet,
                row=one.row,
                name=name,
                code=code,
                area_code=area_code,
                record=one.record,
                raw=one.raw,
                effect=effect,
                told=told,
                unlisted=unit is None and batch.kind == "submissions",
            )
        )
    return rows


def _known_units(item: Item, codes: list[str], names: list[str]) -> dict[str, SurveyUnit]:
    """The item's units among these, each by its code and by its name and area; of two alike, the one without a code."""
    found: dict[str, SurveyUnit] = {}
    for start in range(0, len(codes), 400):
        part = slice(start, start + 400)
        same = Q(subject__code__in=[c for c in codes[part] if c]) | Q(subject__name__in=names[part])
        rows = SurveyUnit.unscoped.filter(same, item=item, subject__merged_into=None).order_by("subject__code", "pk")
        for unit in rows.select_related("item__campaign", "subject__organisation", "area", "submission__current"):
            found.setdefault(f"{unit.subject.name}@{unit.area.code}", unit)
            if unit.subject.code:
                found[unit.subject.code] = unit
        _add_known_by_others(found, item, codes[part], names[part])
    return found


def _add_known_by_others(found: dict[str, SurveyUnit], item: Item, codes: list[str], names: list[str]) -> None:
    """The units of those that were met under a code or name that proved to be another's."""
    wanted = Q(code__in=[c for c in codes if c]) | Q(name__in=names)
    by_kept: dict[int, list[Subject]] = {}
    for subject in Subject.unscoped.filter(wanted).exclude(merged_into=None).select_related("area"):
        by_kept.setdefault(kept(subject).pk, []).append(subject)
    units = SurveyUnit.unscoped.filter(item=item, subject__in=list(by_kept)) if by_kept else ()
    for unit in units:
        for subject in by_kept[unit.subject_id]:
            found.setdefault(f"{subject.name}@{subject.area.code}", unit)
            if subject.code:
                found.setdefault(subject.code, unit)


def _met(known: dict[str, SurveyUnit], code: str, name: str, area_code: str) -> SurveyUnit | None:
    """The unit of a row: by code; by name and area where the row or the unit has none."""
    alike = known.get(f"{name}@{area_code}")
    return (known.get(code) if code else None) or (alike if alike and not (code and alike.subject.code) else None)


def _effect(
    batch: ImportBatch, record: dict[str, Any], area_code: str, unit: SurveyUnit | None, reach: dict[str, Area]
) -> tuple[str, str]:
    if area_code not in reach:
        return "refused", "所属区域不在您的工作范围内。"
    if unit is None:
        return "new", ""
    if unit.area.code not in reach:
        return "refused", f"该单位已列入{unit.area.name}名单，不在您的工作范围内。"
    if batch.kind == "units":
        name, code = (key_of(batch.item, record, what) for what in ("name", "code"))
        same = (name, code or unit.subject.code, area_code) == (unit.subject.name, unit.subject.code, unit.area.code)
        return ("unchanged", "") if same else ("changed", "")
    if unit.state not in ("open", "approved"):
        return "refused", f"该单位已登记为“{UNIT.states[unit.state]}”，请先重新列入。"
    submission = getattr(unit, "submission", None)
    if submission is None or submission.current is None:
        return "new", "原有草稿将由本表替换，草稿内容保留在历史中。" if submission and submission.draft else ""
    if submission.current.hash == digest(record):
        return "unchanged", ""
    if submission.state in ("draft", "returned", "sent"):
        return "changed", ""
    return "refused", f"该单位调查表已处于“{SUBMISSION.states[submission.state]}”，请先退回或提出更正。"


def write_rows(batch: ImportBatch, rows: list[ImportRow], actor: Actor, *, at: datetime) -> None:
    """Writes one chunk: units join the list, questionnaires get their version and are sent where the actor may send.

    Each row is judged again: what changed since the preview is refused, and said at its row.
    """
    reach = _reach(actor, batch)
    send_paths = tuple(reach_of(actor, batch.item, SEND))
    source = batch.source or _own_source(batch, at)
    known = _known_units(batch.item, [row.code for row in rows], [row.name for row in rows])
    sent: list[Submission] = []
    for row in rows:
        unit = _met(known, row.code, row.name, row.area_code)
        row.effect, row.told = _effect(batch, row.record, row.area_code, unit, reach)
        row.written = True
        if row.effect not in ("new", "changed"):
            continue
        area = reach[row.area_code]
        listed = Listed(row.row, row.name, row.code, row.area_code, row.raw or {"name": row.name, "code": row.code})
        unit = join_list(batch.item, source, listed, area, actor, at=at)
        if batch.kind == "units":
            _renew(unit, row, area, actor, at=at)
            continue
        submission = _take_in(batch, unit, row, actor, at=at)
        if area.path.startswith(send_paths):
            sent.append(submission)
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


def _renew(unit: SurveyUnit, row: ImportRow, area: Area, actor: Actor, *, at: datetime) -> None:
    """The unit as its newest list has it; what the list changed stands in the unit's history."""
    changed = {
        what: {"from": old, "to": new}
        for what, old, new in [("name", unit.subject.name, row.name), ("area", unit.area.name, area.name)]
        if old != new
    }
    if not changed or (set(changed) == {"name"} and known_as(unit.subject, row.name)):
        return  # an old list's name for it is no news
    learn(unit.subject, row.name, row.code, at=at)
    unit.area = area
    unit.save(update_fields=["area"])
    record(unit, "relist", actor, at=at, details=changed)


def _take_in(batch: ImportBatch, unit: SurveyUnit, row: ImportRow, actor: Actor, *, at: datetime) -> Submission:
    """The unit's questionnaire with this record as its newest version. A draft that gives way is kept in history."""
    submission, _ = Submission.unscoped.get_or_create(
        unit=unit, defaults={"state": "draft", "organisation_id": actor.organisation_id}
    )
    if submission.draft:
        record(submission, "replace_draft", actor, at=at, details={"draft": submission.draft})
    assert batch.questionnaire_version_id is not None
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
    fields = {"current": made, "draft": None, "draft_version": None, "remark": ""}
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(fields))
    return submission
