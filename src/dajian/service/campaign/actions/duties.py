"""The duty table: a changed row moves the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.access.rules import take
from dajian.service.campaign.actions.campaigns import write_duties
from dajian.service.campaign.checks import duty_faults
from dajian.service.campaign.definition import DutyRow
from dajian.service.campaign.models import Duty, Item
from dajian.service.campaign.queries import item_row
from dajian.service.history.record import record
from dajian.service.language import recorded
from dajian.service.notices.actions import tell
from dajian.service.organisations.models import LEVELS, FunctionKind
from dajian.service.organisations.queries import working_accounts


@transaction.atomic
def edit_duties(actor: Actor, item_id: int, *, duties: tuple[DutyRow, ...], version: int, at: datetime) -> Item:
    """The item's duties from now on; what was decided stays decided. Bodies that gain or lose a duty are told.

    Refused: not exactly one lead, a row twice, two that approve.
    """
    item = take(Item, item_id, actor, "define", version=version)
    old = item_row(item)
    if reasons := list(duty_faults(replace(old, duties=duties))):
        raise Refused(*reasons)
    gained, lost = sorted(set(duties) - set(old.duties)), sorted(set(old.duties) - set(duties))
    if not gained and not lost:
        return item
    if not Item.unscoped.filter(pk=item.pk, version=version).update(version=F("version") + 1):
        raise Stale(obj=item)
    write_duties(item, duties)
    actor.memo.clear()  # his own standing may have changed with it
    with recorded():
        details = {"gained": [_words(d) for d in gained], "lost": [_words(d) for d in lost]}
        record(item, "edit_duties", actor, at=at, details=details)
        _tell(item, gained, lost, actor, at)
    return Item.unscoped.get(pk=item.pk)


def _words(duty: DutyRow) -> str:
    name = FunctionKind.unscoped.get(code=duty.function).name
    return f"{dict(Duty.KINDS)[duty.kind]}：{name}（{dict(LEVELS)[duty.level]}级）"


def _tell(item: Item, gained: list[DutyRow], lost: list[DutyRow], actor: Actor, at: datetime) -> None:
    for rows, text in ((gained, "新增分工"), (lost, "不再承担")):
        for duty in rows:
            holding = Q(kind__code=duty.function, area__level=duty.level)
            accounts = working_accounts(holding, timezone.localdate(at))
            told = f"“{item.campaign.title}”第{item.number}项“{item.title}”{text}：{dict(Duty.KINDS)[duty.kind]}"
            tell(accounts, "duties", told, f"/campaigns/{item.campaign_id}", at=at, but=actor)
