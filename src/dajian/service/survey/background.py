"""The two jobs of an import."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.utils import timezone

from dajian.forms.workbook import mark, read
from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.campaign.questionnaires import form_of
from dajian.service.files.actions import path_of, store_bytes
from dajian.service.files.models import File
from dajian.service.jobs.kinds import Kind, register
from dajian.service.jobs.models import Job
from dajian.service.notices.actions import tell
from dajian.service.organisations.queries import actor_of_membership
from dajian.service.registry.subjects import kind_of
from dajian.service.survey.actions.imports import CHUNK
from dajian.service.survey.importing import Met, areas_by_word, judge_rows, write_rows
from dajian.service.survey.models import ImportBatch, ImportRow
from dajian.service.survey.states import IMPORT
from dajian.service.survey.unit_list import read_list
from dajian.service.workflow.move import move
from dajian.tables.faults import Fault, Unreadable


@dataclass(frozen=True)
class Found:
    """What reading a workbook gave: records, faults, and the workbook with its faults marked."""

    met: tuple[Met, ...] = ()
    problems: tuple[dict[str, Any], ...] = ()
    marked: bytes = b""
    unreadable: str = ""


def batch_of(job: Job) -> ImportBatch:
    rows = ImportBatch.unscoped.select_related("item__campaign", "area", "file", "source", "questionnaire_version")
    return rows.get(pk=job.object_id)


def acting(job: Job) -> Actor:
    """For whom the job works; refused when he has left meanwhile."""
    actor = actor_of_membership(job.membership_id or 0, job.account_id or 0, timezone.localdate())
    if actor is None:
        raise Refused("提交人已不在该单位任职，导入已停止。请由现任经办人重新提交。")
    return actor


def read_workbook(job: Job, n: int) -> Found:
    """Outside any transaction: reads, judges each record by the form, marks the faults."""
    batch = batch_of(job)
    path = path_of(batch.file)
    try:
        if batch.kind == "units":
            listing = read_list(path, batch.item, areas_by_word(acting(job), batch), name=batch.file.name)
            return Found(listing.met, tuple(_told(p) for p in listing.problems), _marked(batch.file, listing.problems))
        assert batch.questionnaire_version is not None
        campaign = batch.item.campaign
        reading = read(
            form_of(batch.questionnaire_version),
            path,
            on=timezone.localdate(batch.at),
            years=(campaign.reference_year, campaign.plan_year),
            name=batch.file.name,
        )
    except Unreadable as error:
        return Found(unreadable=error.message)
    met = tuple(Met(e.sheet, e.row, e.record, {}) for e in reading.entries if e.accepted)
    return Found(met, tuple(_told(p) for p in reading.problems), _marked(batch.file, reading.problems))


def _told(fault: Fault) -> dict[str, Any]:
    return {"sheet": fault.sheet, "cell": fault.cell, "code": fault.code, "message": fault.message}


def _marked(file: File, problems: tuple[Fault, ...]) -> bytes:
    if not problems:
        return b""
    out = BytesIO()
    try:
        mark(path_of(file), problems, out, name=file.name)
    except Unreadable:  # too large to be marked: the faults are listed on the page all the same
        return b""
    return out.getvalue()


def keep_preview(job: Job, n: int) -> None:
    """In one transaction: the rows with what writing them would do, the faults, the marked workbook."""
    batch, found, at = batch_of(job), job.prepared, timezone.now()
    if found.unreadable:
        return refuse(batch, found.unreadable)
    rows = judge_rows(batch, found.met, acting(job))
    ImportRow.unscoped.bulk_create(rows, batch_size=200)
    fields: dict[str, Any] = {"problems": list(found.problems)}
    if found.marked:
        name = f"{PurePath(batch.file.name).stem}_标注错误.xlsx"
        fields["marked"] = store_bytes(name, found.marked, account_id=batch.account_id, at=at)
    action = "read" if any(row.effect in ("new", "changed") for row in rows) else "read_nothing"
    return move(IMPORT, batch, action, None, at=at, details={"problems": len(found.problems)}, fields=fields)


def refuse(batch: ImportBatch, reason: str) -> None:
    move(IMPORT, batch, "fail", None, at=timezone.now(), reason=reason, fields={"told": reason})


def reading_failed(job: Job, error: str) -> None:
    refuse(batch_of(job), error)


def write_chunk(job: Job, n: int) -> None:
    """The next rows that are not written yet; their mark and their effect are one transaction."""
    batch = batch_of(job)
    rows = ImportRow.unscoped.filter(batch=batch, written=False, effect__in=("new", "changed")).order_by("n")[:CHUNK]
    write_rows(batch, list(rows), acting(job), at=timezone.now())


def written(job: Job) -> None:
    batch, at = batch_of(job), timezone.now()
    number = batch.rows.filter(written=True, effect__in=("new", "changed")).count()
    move(IMPORT, batch, "finish", None, at=at, details={"rows": number})
    text = f"“{batch.file.name}”导入完成：{number} {kind_of(batch.item.subject_role).counter}"
    tell([batch.account_id], "import", text, f"/imports/{batch.pk}", at=at)


def link(job: Job) -> str:
    return f"/imports/{job.object_id}"


register(
    "survey.read",
    Kind("读取表格", step=keep_preview, prepare=read_workbook, failed=reading_failed, link=link),
)
register("survey.write", Kind("写入资料", step=write_chunk, finish=written, link=link))
