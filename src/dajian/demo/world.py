"""The demo's world: an open campaign in its second stage, with units at every step of the chain.

Everything is done by the verbs that people use, at times before now, so that history, notices and registry are real.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from dajian.demo.cast import load_people
from dajian.demo.chain import fill, report_zero
from dajian.demo.share import Clock, Share
from dajian.service.access.actor import Actor
from dajian.service.campaign.actions.campaigns import create_campaign, open_campaign
from dajian.service.campaign.actions.loading import load_province
from dajian.service.campaign.definition import Definition, by_days
from dajian.service.campaign.models import Campaign
from dajian.service.notices.actions import read_all

READ_AFTER = timedelta(days=2)  # older notices were read


@transaction.atomic
def load_world(folder: Path, now: datetime) -> Campaign:
    """Loads the province and its demo, or leaves a demo that is there alone. All or nothing."""
    existing = Campaign.unscoped.filter(demo=True).first()
    if existing:
        return existing
    plan = tomllib.loads((folder / "demo" / "world.toml").read_text(encoding="utf-8"))
    today = timezone.localdate(now)
    definition = _shifted(load_province(folder, at=now), today, plan)
    begun = _at(definition.starts, 9)
    cast = load_people(plan["people"], plan["house"], since=begun.date().replace(month=1, day=1), at=begun)
    campaign = _campaign(definition, cast, begun)
    clock = Clock(_at(definition.stages[plan["stage"] - 1].starts, 9), now)
    shares = {kind: [_share(campaign, row, plan, cast, clock) for row in plan[kind]] for kind in ("share", "zero")}
    for share in shares["share"]:
        fill(share)
    for share in shares["zero"]:
        report_zero(share)
    for actor in cast.values():
        read_all(actor, at=now - READ_AFTER)
    return campaign


def _shifted(definition: Definition, today: date, plan: dict) -> Definition:
    """Today is the given day of the given stage; the year before is asked about."""
    stage = definition.stages[plan["stage"] - 1]
    shift = today - timedelta(days=plan["day"] - 1) - stage.starts
    return replace(definition.shifted(by_days(shift)), reference_year=today.year - 1, plan_year=today.year)


def _share(campaign: Campaign, row: dict, plan: dict, cast: dict[str, Actor], clock: Clock) -> Share:
    """A row of the plan; its item is told by the number and how the variant begins, as in `5市`."""
    number, variant = row["item"][:1], row["item"][1:]
    item = campaign.items.select_related("questionnaire").get(number=number, variant__startswith=variant)
    said = plan["said"]["all"] | plan["said"].get(item.questionnaire.key if item.questionnaire else "", {})
    return Share(row, said, item, cast, clock)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


def _campaign(definition: Definition, cast: dict[str, Actor], at: datetime) -> Campaign:
    owner = next(a for a in cast.values() if any(post.function == definition.owner for post in a.posts))
    made = create_campaign(owner, definition, demo=True, at=at)
    opened = open_campaign(owner, made.pk, version=made.version, at=at + timedelta(hours=1))
    for actor in cast.values():
        actor.memo.clear()  # their standings begin with the campaign
    return opened
