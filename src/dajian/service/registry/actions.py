"""What may be done with the registry: enter what was approved; export; show a phone in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import take
from dajian.service.campaign.models import Item
from dajian.service.history.record import record, record_many
from dajian.service.jobs.actions import submit
from dajian.service.jobs.models import Job
from dajian.service.language import recorded
from dajian.service.organisations.actions.firms import identify, note_addresses
from dajian.service.registry import queries
from dajian.service.registry.deriving import derived, former_names
from dajian.service.registry.filters import answer_of
from dajian.service.registry.models import EXPORT_JOB, STANDS, EntryVersion, Export, RegistryEntry, Subject
from dajian.service.registry.search_index import renew

EXPORT_STEP = 500  # entries that one step of an export reads
# What a newer approval replaces in an entry: everything but whose it is.
DERIVED = [f.name for f in RegistryEntry._meta.concrete_fields if f.name not in ("id", "subject", "item", "campaign")]


@dataclass(frozen=True)
class Approved:
    """What approval hands over: values with their provenance, as plain data."""

    subject_id: int
    item_id: int
    area_id: int
    area_path: str
    name: str
    code: str
    values: dict[str, Any]
    questionnaire_version_id: int
    submission_version_id: int
    submission_version_n: int
    source_url: str = ""  # the page of the questionnaire that was approved


@transaction.atomic
def enter(item: Item, rows: list[Approved], actor: Actor, *, at: datetime) -> None:
    """Puts approved versions into the registry; the subject's earlier one of this item stays as an earlier version."""
    former = former_names([row.subject_id for row in rows])
    entries = [
        RegistryEntry(
            subject_id=row.subject_id,
            campaign_id=item.campaign_id,
            item_id=row.item_id,
            area_id=row.area_id,
            area_path=row.area_path,
            name=row.name,
            code=row.code,
            n=row.submission_version_n,
            approved_at=at,
            **derived(item, row.name, row.code, row.values, former.get(row.subject_id, ())),
        )
        for row in rows
    ]
    RegistryEntry.unscoped.bulk_create(
        entries, batch_size=200, update_conflicts=True, unique_fields=["subject", "item"], update_fields=DERIVED
    )
    versions = [
        EntryVersion(
            entry=entry,
            n=row.submission_version_n,
            values=row.values,
            questionnaire_version_id=row.questionnaire_version_id,
            submission_version_id=row.submission_version_id,
            source_url=row.source_url,
            approved_by=actor.person_name,
            approved_for=actor.organisation_name,
            approved_at=at,
        )
        for entry, row in zip(entries, rows, strict=True)
    ]
    EntryVersion.unscoped.bulk_create(versions, batch_size=200)
    renew(entries)
    _note_identities(item, rows, at=at)
    details = [{"n": v.n, "questionnaire_version": v.questionnaire_version_id} for v in versions]
    record_many(zip(entries, details, strict=True), "approve", actor, at=at)


def _note_identities(item: Item, rows: list[Approved], *, at: datetime) -> None:
    """What was approved tells where a firm is, and whose a project is."""
    subjects = Subject.unscoped.filter(pk__in=[row.subject_id for row in rows]).select_related("organisation", "area")
    by_pk = {subject.pk: subject for subject in subjects}
    told = {}
    for row in rows:
        subject = by_pk[row.subject_id]
        if subject.organisation and subject.organisation.kind != "body":
            told[subject.organisation] = answer_of(item, row.values, "address")
        elif owner := answer_of(item, row.values, "owner_name"):
            code = answer_of(item, row.values, "owner_code")
            subject.owner = identify(name=owner, code=code, area=subject.area, at=at)
            subject.save(update_fields=["owner"])
    note_addresses(told, at=at)


@transaction.atomic
def withdraw(item: Item, subject_ids: list[int], outcome: str, actor: Actor, *, at: datetime) -> None:
    """Takes units out of the registry that turned out not to belong or to be no more; their versions stay readable."""
    standing = RegistryEntry.unscoped.filter(STANDS, item=item, subject__in=subject_ids)
    entries = list(standing)
    standing.update(withdrawn=outcome)
    record_many([(entry, {"outcome": outcome}) for entry in entries], "withdraw", actor, at=at)


@transaction.atomic
def reveal(actor: Actor, entry_id: int, *, reason: str, at: datetime) -> RegistryEntry:
    """Shows a unit's phones in full to a body that must say why (access.md: need + audit)."""
    entry = take(RegistryEntry, entry_id, actor, "phones_on_need")
    if len(reason.strip()) < 4:
        raise Refused(_("请写明查看完整号码的用途（至少4个字）。"))
    record(entry, "reveal", actor, at=at, reason=reason.strip())
    return entry


@transaction.atomic
def export(actor: Actor, item_id: int, *, format: str, query: dict[str, str], at: datetime) -> tuple[Export, Job]:
    """Orders a file of what the actor may see of an item, filtered as on the screen. Written in the background."""
    item = take(Item, item_id, actor, "registry")
    if format not in dict(Export.FORMATS):
        raise Refused(_("请选择导出为 XLSX、CSV 或 Parquet。"))
    asked = queries.asked(item, queries.areas_of(actor, item), query)
    rows = queries.entries(actor, item, asked).order_by().count()
    if not rows:
        raise Refused(_("没有符合条件的单位可以导出。请放宽条件后重试。"))
    with recorded():
        told = asked.told
    made = Export.unscoped.create(
        account_id=actor.account_id,
        membership_id=actor.membership_id,
        item=item,
        format=format,
        query=asked.params,
        told=told,
        rows=rows,
        at=at,
    )
    record(made, "export", actor, at=at, details={"item": item_id, "format": format, "query": asked.params})
    return made, submit(EXPORT_JOB, made.pk, actor, total=-(-rows // EXPORT_STEP) + 1, at=at)
