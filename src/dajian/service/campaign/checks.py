"""What a campaign's definition must be, and what a person should know of its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from dajian.engine.findings import Unusable
from dajian.engine.workdays.calendar import Calendar
from dajian.service.campaign.definition import Definition, ItemRow

YEARS_APART = 3  # a reference or plan year further from the campaign's own is a slip of the pen
PHONE = re.compile(r"0\d{2,3}-?\d{7,8}|1\d{10}|\d{5,12}")


def faults(definition: Definition) -> list[str]:
    """Every reason why the campaign cannot run as it stands (plan rules 3, 5, 10)."""
    return [*_head(definition), *stage_faults(definition), *_years(definition), *_items(definition.items)]


def _head(definition: Definition) -> Iterator[str]:
    if len(definition.title.strip()) < 2:
        yield _("请填写活动名称（至少2个字）。")
    for phone in definition.phones:
        if not PHONE.fullmatch(phone):
            yield _("监督电话“%(phone)s”不像电话号码。请写成 0591-12345678 的样子，多个号码各占一行。") % {
                "phone": phone
            }


def stage_faults(definition: Definition) -> Iterator[str]:
    """Stages cover the campaign day by day, the last day included, without gap or overlap (rule 3)."""
    stages = definition.stages
    if not stages:
        yield _("活动至少要有一个阶段。")
        return
    for stage in stages:
        if stage.ends < stage.starts:
            yield _("“%(title)s”阶段的结束日 %(ends)s 早于开始日 %(starts)s。") % {
                "title": stage.title,
                "ends": stage.ends,
                "starts": stage.starts,
            }
    if stages[0].starts != definition.starts:
        yield _("第一阶段从 %(starts)s 开始，活动从 %(definition_starts)s 开始，两者应为同一天。") % {
            "starts": stages[0].starts,
            "definition_starts": definition.starts,
        }
    for before, after in pairwise(stages):
        expected = before.ends + timedelta(days=1)
        if after.starts > expected:
            yield _("“%(before)s”与“%(after)s”之间空了 %(first)s 至 %(last)s。") % {
                "before": before.title,
                "after": after.title,
                "first": expected,
                "last": after.starts - timedelta(days=1),
            }
        elif after.starts < expected:
            yield _("“%(before)s”与“%(after)s”重叠：%(first)s 至 %(last)s。") % {
                "before": before.title,
                "after": after.title,
                "first": after.starts,
                "last": before.ends,
            }
    if stages[-1].ends != definition.ends:
        yield _("最后一个阶段到 %(ends)s 结束，活动到 %(definition_ends)s 结束，两者应为同一天。") % {
            "ends": stages[-1].ends,
            "definition_ends": definition.ends,
        }


def _years(definition: Definition) -> Iterator[str]:
    own = definition.starts.year
    if not own - YEARS_APART <= definition.reference_year <= own:
        yield _("基准年度 %(reference_year)s 应在 %(first)s 到 %(own)s 之间（活动从 %(own)s 年开始）。") % {
            "reference_year": definition.reference_year,
            "first": own - YEARS_APART,
            "own": own,
        }
    if not definition.reference_year <= definition.plan_year <= own + YEARS_APART:
        yield _("计划年度 %(plan_year)s 应在 %(reference_year)s 到 %(last)s 之间。") % {
            "plan_year": definition.plan_year,
            "reference_year": definition.reference_year,
            "last": own + YEARS_APART,
        }


def _items(items: tuple[ItemRow, ...]) -> Iterator[str]:
    if not items:
        yield _("活动至少要有一项摸底内容。")
    for item in items:
        yield from duty_faults(item)


def duty_faults(item: ItemRow) -> Iterator[str]:
    """One function leads; nobody has the same duty twice."""
    variant = f"（{item.variant}）" if item.variant else ""
    called = _("第 %(number)s 项%(variant)s") % {"number": item.number, "variant": variant}
    leads = [duty for duty in item.duties if duty.kind == "lead"]
    if len(leads) != 1:
        yield _("%(called)s应有且只有一个牵头职能，现在有 %(n)s 个。") % {"called": called, "n": len(leads)}
    if len(set(item.duties)) < len(item.duties):
        yield _("%(called)s的分工有重复的行，请删去一行。") % {"called": called}
    if len([duty for duty in item.duties if duty.kind == "approve"]) > 1:
        yield _("%(called)s只能由一个职能审定。") % {"called": called}


@dataclass(frozen=True)
class DayNote:
    """A last day that deserves a look: it is no working day, or nobody can tell yet."""

    what: str
    day: date
    told: str


def day_notes(definition: Definition, calendar: Calendar) -> list[DayNote]:
    """Last days of stages that are not working days (rule 6). Told, never moved."""
    days = [(_("“%(title)s”阶段的最后一天") % {"title": stage.title}, stage.ends) for stage in definition.stages]
    return [DayNote(what, day, told) for what, day in days if (told := _about(day, calendar))]


def _about(day: date, calendar: Calendar) -> str:
    try:
        return "" if calendar.is_workday(day) else _("不是工作日")
    except Unusable:
        return _("%(year)s 年节假日安排尚未公布，不能判断是否工作日") % {"year": day.year}
