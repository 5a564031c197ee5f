"""The job of an export: read in steps into a working folder, then put together as one file.

Memory stays small whatever the number of units; a worker that is killed goes on at the step at hand.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from dajian.forms.model import Form
from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import scope
from dajian.service.campaign.models import QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of, reader
from dajian.service.files.actions import store_path
from dajian.service.history.record import record
from dajian.service.jobs.kinds import Kind, register
from dajian.service.jobs.models import Job
from dajian.service.notices.actions import tell
from dajian.service.organisations.queries import actor_of_membership
from dajian.service.registry import queries
from dajian.service.registry.actions import EXPORT_STEP
from dajian.service.registry.export_files import Head, write
from dajian.service.registry.exporting import lines, tables, tellers
from dajian.service.registry.models import EXPORT_JOB, EntryVersion, Export, RegistryEntry


def export_of(job: Job) -> Export:
    return Export.unscoped.select_related("item__campaign").get(pk=job.object_id)


def acting(job: Job) -> Actor:
    """For whom the job works, with his rights of now."""
    actor = actor_of_membership(job.membership_id or 0, job.account_id or 0, timezone.localdate())
    if actor is None:
        raise Refused("申请导出的人已不在该单位任职，导出已停止。")
    return actor


def folder_of(job: Job) -> Path:
    return Path(settings.VAR) / "work" / f"export-{job.object_id}"


def prepare(job: Job, n: int) -> Path | None:
    """Outside any transaction. Step n reads its share of the entries; the last one writes the file."""
    export, actor, folder = export_of(job), acting(job), folder_of(job)
    if n == 0:
        folder.mkdir(parents=True, exist_ok=True)
        asked = queries.asked(export.item, queries.areas_of(actor, export.item), export.query)
        found = queries.entries(actor, export.item, asked).values_list("pk", flat=True)
        (folder / "entries.json").write_text(json.dumps(list(found)))
    entries = json.loads((folder / "entries.json").read_text())
    last = job.total - 1
    if n == last:
        return _written(export, actor, folder, last)
    share = entries[n * EXPORT_STEP :] if n == last - 1 else entries[n * EXPORT_STEP : (n + 1) * EXPORT_STEP]
    _read(export, actor, share, folder, n)
    return None


def _read(export: Export, actor: Actor, entries: list[int], folder: Path, n: int) -> None:
    """Writes these entries' rows, a file for each table, and what they are. What is seen no longer is left out."""
    campaign = export.item.campaign
    seen = scope(RegistryEntry, actor).filter(pk__in=entries)
    phones = set(scope(RegistryEntry, actor, "phones").filter(pk__in=entries).values_list("pk", flat=True))
    versions = EntryVersion.unscoped.filter(entry__in=seen, n=F("entry__n")).select_related("entry__area__parent")
    by_entry = {version.entry_id: version for version in versions}
    editions = {version.questionnaire_version_id for version in by_entry.values()}
    readers = {full: reader(campaign, phones=full) for full in (True, False)}
    forms = _forms(editions)
    told = {(edition, full): tellers(form, readers[full]) for edition, form in forms.items() for full in readers}
    with ExitStack() as opened:
        parts: dict[str, TextIO] = {}
        for pk in entries:
            if not (version := by_entry.get(pk)):
                continue
            edition, full = version.questionnaire_version_id, pk in phones
            for table, rows in lines(version, forms[edition], readers[full], told[edition, full]).items():
                if table not in parts:
                    parts[table] = opened.enter_context(_part(folder, n, table).open("w", encoding="utf-8"))
                parts[table].writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    whole = {"units": len(by_entry), "phones": bool(phones & set(by_entry)), "editions": sorted(editions)}
    (folder / f"{n}.json").write_text(json.dumps(whole))


def _part(folder: Path, n: int, table: str) -> Path:
    return folder / f"{n}.{quote(table, safe='')}.jsonl"


def _forms(editions: set[int]) -> dict[int, Form]:
    """The forms of these editions, the newest first."""
    found = QuestionnaireVersion.unscoped.filter(pk__in=editions).order_by("-n")
    return {edition.pk: form_of(edition) for edition in found}


def _written(export: Export, actor: Actor, folder: Path, parts: int) -> Path:
    """Puts the parts together as one file and notes what is in it."""
    told = [json.loads((folder / f"{n}.json").read_text()) for n in range(parts)]
    count, full = sum(part["units"] for part in told), any(part["phones"] for part in told)
    campaign = export.item.campaign
    sheets = tables(_forms({e for part in told for e in part["editions"]}).values(), reader(campaign, phones=full))
    head = Head(
        title=f"{campaign.title} {export.item.title} 资源库",
        conditions=tuple(export.told),
        viewer=f"{actor.organisation_name} {actor.person_name}（{actor.area_name}）",
        at=export.at,
        units=count,
        phones=full,
    )
    (folder / "told.json").write_text(json.dumps({"rows": count, "phones": full}))
    target = folder / f"file.{'xlsx' if export.format == 'xlsx' else 'zip'}"
    write(target, export.format, head, sheets, partial(_rows, folder, parts))
    return target


def _rows(folder: Path, parts: int, table: str) -> Iterator[dict[str, Any]]:
    for n in range(parts):
        if (part := _part(folder, n, table)).exists():
            with part.open(encoding="utf-8") as lines_of_part:
                yield from map(json.loads, lines_of_part)


def step(job: Job, n: int) -> None:
    """The last step keeps the file as its maker's own and tells him."""
    if job.prepared is None:
        return
    export, at, path = export_of(job), timezone.now(), job.prepared
    told = json.loads((folder_of(job) / "told.json").read_text())
    name = f"{export.item.unit_word}资源库_{timezone.localdate(export.at):%Y%m%d}{path.suffix}"
    export.rows, export.phones = told["rows"], told["phones"]
    export.file = store_path(path, name, account_id=export.account_id, at=at)
    export.save(update_fields=["rows", "phones", "file"])
    details = {"rows": export.rows, "phones": export.phones, "sha256": export.file.sha256}
    record(export, "exported", acting(job), at=at, details=details)
    text = f"“{export.item.unit_word}资源库”导出完成，共 {export.rows} 家"
    tell([export.account_id], "exported", text, link(job), at=at)


def link(job: Job) -> str:
    return f"/registry/exports/{job.object_id}"


def clear(job: Job, error: str = "") -> None:
    shutil.rmtree(folder_of(job), ignore_errors=True)


register(EXPORT_JOB, Kind(N_("导出资源库"), step, prepare=prepare, finish=clear, failed=clear, link=link))
