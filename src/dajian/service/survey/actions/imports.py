"""A workbook of questionnaires or a list of units: read and judged first, written only when confirmed.

Both halves are jobs. A written row is marked in the same transaction as its effect, so that a killed worker goes on at
the next chunk and nothing is written twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_version
from dajian.service.files.models import File
from dajian.service.history.record import record
from dajian.service.jobs.actions import submit
from dajian.service.organisations.models import Area
from dajian.service.survey.actions.units import unknown_facts
from dajian.service.survey.models import ImportBatch, SourceList
from dajian.service.survey.states import IMPORT
from dajian.service.workflow.move import move

CHUNK = 50  # rows a step: well under the lease, few enough to lose little


@transaction.atomic
def start(
    actor: Actor, item_id: int, *, kind: str, file: File, at: datetime, source: dict | None = None
) -> ImportBatch:
    """Takes an uploaded workbook in and has it read in the background; nothing is written yet.

    The same bytes uploaded again while they are under way are that import, not another.

    kind "units": `source` tells title, issuer, level, year and number of the list.
    """
    item = take(Item, item_id, actor, "list" if kind == "units" else "enter")
    version = newest_version(item)
    if kind == "submissions" and version is None:
        raise Refused(_("本项尚未上传调查问卷，无法导入。"))
    if kind == "units" and not (source or {}).get("title", "").strip():
        raise Refused(_("请填写名单名称（来源）。"))
    if kind == "units" and (missing := unknown_facts(item, source or {})):
        raise Refused(missing)
    same = ImportBatch.unscoped.filter(
        kind=kind, item=item, organisation_id=actor.organisation_id, file__sha256=file.sha256
    )
    if under_way := same.filter(state__in=("reading", "ready", "writing")).first():
        return under_way
    area = Area.unscoped.get(path=actor.area_path)
    listed_from = None
    if kind == "units" and source:
        listed_from, __ = SourceList.unscoped.update_or_create(
            item=item,
            area=area,
            kind="list",
            title=source["title"].strip(),
            defaults={k: v for k, v in source.items() if k != "title"} | {"file": file, "at": at},
        )
    batch = ImportBatch.unscoped.create(
        kind=kind,
        item=item,
        area=area,
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        file=file,
        questionnaire_version=version,
        source=listed_from,
        state="reading",
        at=at,
    )
    record(batch, "import", actor, at=at, details={"file": file.name, "sha256": file.sha256}, states=("", "reading"))
    submit("survey.read", batch.pk, actor, total=1, at=at)
    return batch


@transaction.atomic
def confirm(actor: Actor, batch_id: int, *, version: int, at: datetime) -> ImportBatch:
    """Has the previewed rows written in the background."""
    batch = take(ImportBatch, batch_id, actor, "enter", version=version)
    take(Item, batch.item_id, actor, "list" if batch.kind == "units" else "enter")
    wanted = batch.rows.filter(effect__in=("new", "changed")).count()
    if not wanted:
        raise Refused(_("这份表格没有需要导入的内容。"))
    move(IMPORT, batch, "confirm", actor, at=at)
    submit("survey.write", batch.pk, actor, total=-(-wanted // CHUNK), at=at)
    return batch


@transaction.atomic
def cancel(actor: Actor, batch_id: int, *, version: int, at: datetime) -> ImportBatch:
    """Leaves the previewed rows unwritten; the file is kept."""
    batch = take(ImportBatch, batch_id, actor, "enter", version=version)
    move(IMPORT, batch, "cancel", actor, at=at)
    return batch
