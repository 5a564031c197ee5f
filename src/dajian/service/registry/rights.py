"""Who may see, export and reach by phone what the registry holds."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import AREA, OWN, PROVINCE, Holders, rule
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import by_duty
from dajian.service.files.owners import owned_by
from dajian.service.registry.models import EntryVersion, Export, RegistryEntry, Subject
from dajian.service.workflow.move import ACTION_NAMES

READ = {
    "owner": PROVINCE,
    "lead": AREA,
    "lead_below": AREA,
    "cooperates": AREA,
    "guides": PROVINCE,
    "approves": PROVINCE,
}
PHONES = {"lead": AREA, "lead_below": AREA, "cooperates": AREA}
ON_NEED = {"owner": PROVINCE, "guides": PROVINCE, "approves": PROVINCE}


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

ACTION_NAMES |= {"reveal": "查看完整号码", "export": "导出资源库", "foreign_export": "试图打开他人的导出"}
