"""Who may see, export and reach by phone what the registry holds."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import AREA, OWN, PROVINCE, Holders, rule
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import by_duty
from dajian.service.registry.models import Export, RegistryEntry, Subject

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
rule(Subject, "read", READ, by_duty("units__item_id", "area__path"))
rule(Export, "read", {"own": OWN}, _own_account)
