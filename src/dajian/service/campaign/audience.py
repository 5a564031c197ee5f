"""Whom a piece of work concerns: the accounts behind a duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from dajian.service.access.paths import prefixes
from dajian.service.campaign.models import Duty
from dajian.service.organisations.models import LEVELS
from dajian.service.organisations.queries import working_accounts

LEVEL_CODES = [code for code, _ in LEVELS]  # from the province down


def accounts_with_duty(item_id: int, kind: str, area_path: str, *, at: datetime) -> Iterable[int]:
    """Officers of the bodies that have this duty for the item, where their area covers `area_path`."""
    held = Q(pk__in=[])
    for function, level in Duty.unscoped.filter(item_id=item_id, kind=kind).values_list("function_id", "level"):
        held |= Q(kind_id=function, area__level=level)
    covering = held & Q(area__path__in=prefixes(area_path))
    return working_accounts(covering, timezone.localdate(at))


def accounts_taking_part(campaign_id: int, *, at: datetime) -> Iterable[int]:
    """Officers of every body that has some duty in the campaign; who leads, with the same function's levels below."""
    rows = Duty.unscoped.filter(item__campaign=campaign_id).values_list("kind", "function_id", "level").distinct()
    held = Q(pk__in=[])
    for kind, function, level in rows:
        levels = LEVEL_CODES[LEVEL_CODES.index(level) :] if kind == "lead" else [level]
        held |= Q(kind_id=function, area__level__in=levels)
    return working_accounts(held & Q(area__campaigns=campaign_id), timezone.localdate(at))
