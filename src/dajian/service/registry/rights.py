"""Who may see, export and reach by phone what the registry holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.access.pages import watch
from dajian.service.access.rules import AREA, OWN, PROVINCE, Holders, rule
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import READ, by_duty
from dajian.service.files.models import File
from dajian.service.files.owners import owned_by
from dajian.service.history.record import record
from dajian.service.jobs.models import Job
from dajian.service.registry.models import EXPORT_JOB, EntryVersion, Export, RegistryEntry, Subject
from dajian.service.workflow.move import ACTION_NAMES

PHONES = {"lead": AREA, "lead_below": AREA, "cooperates": AREA}
ON_NEED = {"owner": PROVINCE, "approves": PROVINCE}


def _own_account(actor: Actor, holders: Holders) -> Q:
    """An export is its maker's, and only while he acts as he did: other rights, other rows."""
    return Q(account_id=actor.account_id, membership_id=actor.membership_id)


rule(Item, "registry", READ, by_duty("pk", ""))
_ENTRY = by_duty("item_id", "area_path")
rule(RegistryEntry, "read", READ, _ENTRY)
rule(RegistryEntry, "phones", PHONES, _ENTRY)
rule(RegistryEntry, "phones_on_need", ON_NEED, _ENTRY)
rule(EntryVersion, "read", READ, by_duty("entry__item_id", "entry__area_path"))
rule(Subject, "read", READ, by_duty("units__item_id", "area__path"))
rule(Export, "read", {"own": OWN}, _own_account)
owned_by(Export, "file")


def _note_try(find: Callable[[Any], QuerySet[Export]]) -> Callable[[Actor, Any], None]:
    """Who asks for another's export, by whatever address, stands in its history."""

    def note(actor: Actor, pk: Any) -> None:
        for export in find(pk):
            record(export, "foreign_export", actor, at=timezone.now())

    return note


watch(Export, _note_try(lambda pk: Export.unscoped.filter(pk=pk)))
watch(File, _note_try(lambda pk: Export.unscoped.filter(file=pk)))
_OF_JOB = Job.unscoped.filter(kind=EXPORT_JOB).values("object_id")
watch(Job, _note_try(lambda pk: Export.unscoped.filter(pk__in=_OF_JOB.filter(pk=pk))))

ACTION_NAMES |= {
    "withdraw": N_("退出资源库"),
    "reveal": N_("查看完整号码"),
    "export": N_("申请导出"),
    "exported": N_("导出完成"),
    "foreign_export": N_("试图打开他人的导出"),
}
