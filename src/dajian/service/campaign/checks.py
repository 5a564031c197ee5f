"""What a campaign's definition must be, and what a person should know of its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

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
        yield "请填写活动名称（至少2个字）。"
    for phone in definition.phones:
        if not PHONE.fullmatch(phone):
            yield f"监督电话“{phone}”不像电话号码。请写成 0591-12345678 的样子，多个号码各占一行。"


def stage_faults(definition: Definition) -> Iterator[str]:
    """Stages cover the campaign day by day, the last day included, without gap or overlap (rule 3)."""
    stages = definition.stages
    if not stages:
        yield "活动至少要有一个阶段。"
        return
    for stage in stages:
        if stage.ends < stage.starts:
            yield f"“{stage.title}”阶段的结束日 {stage.ends} 早于开始日 {stage.starts}。"
    if stages[0].starts != definition.starts:
        yield f"第一阶段从 {stages[0].starts} 开始，活动从 {definition.starts} 开始，两者应为同一天。"
    for before, after in pairwise(stages):
        expected = before.ends + timedelta(days=1)
        if after.starts > expected:
            yield f"“{before.title}”与“{after.title}”之间空了 {expected} 至 {after.starts - timedelta(days=1)}。"
        elif after.starts < expected:
            yield f"“{before.title}”与“{after.title}”重叠：{after.starts} 至 {before.ends}。"
    if stages[-1].ends != definition.ends:
        yield f"最后一个阶段到 {stages[-1].ends} 结束，活动到 {definition.ends} 结束，两者应为同一天。"


def _years(definition: Definition) -> Iterator[str]:
    own = definition.starts.year
    if not own - YEARS_APART <= definition.reference_year <= own:
        yield f"基准年度 {definition.reference_year} 应在 {own - YEARS_APART} 到 {own} 之间（活动从 {own} 年开始）。"
    if not definition.reference_year <= definition.plan_year <= own + YEARS_APART:
        yield f"计划年度 {definition.plan_year} 应在 {definition.reference_year} 到 {own + YEARS_APART} 之间。"


def _items(items: tuple[ItemRow, ...]) -> Iterator[str]:
    if not items:
        yield "活动至少要有一项摸底内容。"
    for item in items:
        yield from duty_faults(item)


def duty_faults(item: ItemRow) -> Iterator[str]:
    """One function leads; nobody has the same duty twice."""
    called = f"第 {item.number} 项{f'（{item.variant}）' if item.variant else ''}"
    leads = [duty for duty in item.duties if duty.kind == "lead"]
    if len(leads) != 1:
        yield f"{called}应有且只有一个牵头职能，现在有 {len(leads)} 个。"
    if len(set(item.duties)) < len(item.duties):
        yield f"{called}的分工有重复的行，请删去一行。"
    if len([duty for duty in item.duties if duty.kind == "approve"]) > 1:
        yield f"{called}只能由一个职能审定。"


@dataclass(frozen=True)
class DayNote:
    """A last day that deserves a look: it is no working day, or nobody can tell yet."""

    what: str
    day: date
    told: str


def day_notes(definition: Definition, calendar: Calendar) -> list[DayNote]:
    """Last days of stages that are not working days (rule 6). Told, never moved."""
    days = [(f"“{stage.title}”阶段的最后一天", stage.ends) for stage in definition.stages]
    return [DayNote(what, day, told) for what, day in days if (told := _about(day, calendar))]


def _about(day: date, calendar: Calendar) -> str:
    try:
        return "" if calendar.is_workday(day) else "不是工作日"
    except Unusable:
        return f"{day.year} 年节假日安排尚未公布，不能判断是否工作日"
