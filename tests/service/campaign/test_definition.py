"""A campaign's definition: the plan's own, and what must hold of any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from dajian.engine.workdays.calendar import read_calendar
from dajian.service.campaign.checks import day_notes, faults, stage_faults
from dajian.service.campaign.definition import Definition, DutyRow, StageRow, by_years, read_definition

PLAN = read_definition(settings.PROVINCE / "campaign_2019.toml")


def stages(*ends: date) -> tuple[StageRow, ...]:
    """Stages one after the other, the last days given."""
    starts = [PLAN.starts, *(end + timedelta(days=1) for end in ends[:-1])]
    return tuple(StageRow(str(n), first, last) for n, (first, last) in enumerate(zip(starts, ends, strict=True)))


def test_rule_2_the_campaign_runs_151_days_and_keeps_the_plans_words_for_it() -> None:
    assert (PLAN.ends - PLAN.starts).days + 1 == 151
    assert PLAN.duration == "为期4个月"


def test_rule_3_four_stages_of_13_46_61_and_31_days_cover_it() -> None:
    assert [(s.ends - s.starts).days + 1 for s in PLAN.stages] == [13, 46, 61, 31]
    assert faults(PLAN) == []


def test_rule_10_says_who_does_what() -> None:
    lead = {(i.number, i.variant): [d.function for d in i.duties if d.kind == "lead"] for i in PLAN.items}
    city = ["competent"]
    assert lead == {
        (1, ""): city,
        (2, ""): city,
        (3, ""): city,
        (4, ""): city,
        (5, "市、县层面"): city,
        (5, "省级层面"): ["province_transport"],
        (6, "普通国省干线、农村公路"): city,
        (6, "高速公路"): ["expressway"],
    }
    approved = [(i.number, i.variant) for i in PLAN.items if any(d.kind == "approve" for d in i.duties)]
    assert approved == [(4, ""), (5, "市、县层面")]
    assert [i.way for i in PLAN.items] == ["questionnaire"] * 6 + ["return"] * 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"stages": ()}, "至少要有一个阶段"),
        ({"starts": date(2019, 4, 2)}, "第一阶段从 2019-04-03 开始，活动从 2019-04-02 开始"),
        ({"ends": date(2019, 9, 1)}, "最后一个阶段到 2019-08-31 结束"),
        ({"reference_year": 2020}, "基准年度 2020"),
        ({"reference_year": 2015}, "基准年度 2015"),
        ({"plan_year": 2017}, "计划年度 2017"),
        ({"plan_year": 2023}, "计划年度 2023"),
        ({"phones": ("0591",)}, "监督电话“0591”"),
        ({"title": " "}, "活动名称"),
        ({"items": ()}, "至少要有一项"),
    ],
)
def test_what_cannot_be_is_told(changed: dict, told: str) -> None:
    assert any(told in fault for fault in faults(replace(PLAN, **changed)))


@pytest.mark.parametrize("changed", [{"reference_year": 2016}, {"plan_year": 2022}, {"phones": ("12328",)}])
def test_what_can_be_at_its_edge_is_not(changed: dict) -> None:
    assert faults(replace(PLAN, **changed)) == []


def test_a_gap_and_an_overlap_are_told_by_their_days() -> None:
    first, second, *rest = PLAN.stages
    gap = replace(PLAN, stages=(replace(first, ends=date(2019, 4, 13)), second, *rest))
    assert faults(gap) == ["“方案制定”与“调查摸底”之间空了 2019-04-14 至 2019-04-15。"]
    overlap = replace(PLAN, stages=(replace(first, ends=date(2019, 4, 17)), second, *rest))
    assert faults(overlap) == ["“方案制定”与“调查摸底”重叠：2019-04-16 至 2019-04-17。"]
    backwards = replace(PLAN, stages=(first, replace(second, ends=date(2019, 4, 15)), *rest))
    assert any("早于开始日" in fault for fault in faults(backwards))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_stages_that_follow_each_other_are_whole_and_any_shifted_one_is_not(lengths: list[int]) -> None:
    ends = [PLAN.starts + timedelta(days=sum(lengths[: n + 1]) - 1) for n in range(len(lengths))]
    whole = replace(PLAN, ends=ends[-1], stages=stages(*ends))
    assert faults(whole) == []
    for n, stage in enumerate(whole.stages):
        later = replace(stage, starts=stage.starts + timedelta(days=1), ends=stage.ends + timedelta(days=1))
        assert faults(replace(whole, stages=(*whole.stages[:n], later, *whole.stages[n + 1 :])))


@pytest.mark.parametrize(
    ("duties", "told"),
    [
        ((), "有且只有一个牵头"),
        ((DutyRow("lead", "competent", "city"), DutyRow("lead", "highway", "city")), "有且只有一个牵头"),
        ((DutyRow("lead", "competent", "city"), DutyRow("guide", "policy", "province")) * 1, ""),
        ((DutyRow("lead", "competent", "city"),) + (DutyRow("guide", "policy", "province"),) * 2, "重复"),
        (
            (
                DutyRow("lead", "competent", "city"),
                DutyRow("approve", "policy", "province"),
                DutyRow("approve", "expressway", "province"),
            ),
            "只能由一个职能审定",
        ),
    ],
)
def test_an_item_has_one_lead_and_at_most_one_that_approves(duties: tuple[DutyRow, ...], told: str) -> None:
    found = faults(replace(PLAN, items=(replace(PLAN.items[0], duties=duties),)))
    assert (found == []) if not told else any(told in fault for fault in found)


@given(st.integers(-4000, 4000))
def test_a_campaign_moved_by_days_keeps_every_length(days: int) -> None:
    to = PLAN.starts + timedelta(days=days)
    moved = PLAN.moved(to)
    assert moved.starts == to
    assert faults(replace(moved, reference_year=to.year, plan_year=to.year)) == []
    if (to.month, to.day) != (4, 3):
        assert (moved.ends - moved.starts) == (PLAN.ends - PLAN.starts)


def test_a_campaign_moved_by_whole_years_keeps_month_and_day() -> None:
    moved = PLAN.moved(date(2021, 4, 3))
    assert [(s.starts.month, s.starts.day) for s in moved.stages] == [(4, 3), (4, 16), (6, 1), (8, 1)]
    assert moved.ends == date(2021, 8, 31)


@given(st.dates(date(1999, 2, 1), date(2024, 2, 20)), st.lists(st.integers(2, 60), min_size=2), st.integers(-20, 20))
def test_stages_shifted_by_whole_years_stay_whole_over_leap_days(first: date, lengths: list[int], years: int) -> None:
    rows, starts = [], first
    for n, length in enumerate(lengths):
        rows.append(StageRow(str(n), starts, starts + timedelta(days=length - 1)))
        starts += timedelta(days=length)
    whole = replace(PLAN, starts=first, ends=rows[-1].ends, stages=tuple(rows))
    assert not list(stage_faults(whole.shifted(by_years(years))))


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2019, 4, 3), 2, date(2021, 4, 3)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2020, 2, 29), 1, date(2021, 3, 1)),
    ],
)
def test_a_day_shifted_by_years_keeps_month_and_day(day: date, years: int, expected: date) -> None:
    assert by_years(years)(day) == expected


# Rule 6: all dates of 2019 are working days except 08-31, a Saturday.
@pytest.mark.parametrize(
    ("starts", "told"),
    [
        (date(2019, 4, 3), [(date(2019, 8, 31), "不是工作日")]),
        (date(2021, 4, 3), [(date(2021, 7, 31), "不是工作日")]),
    ],
)
def test_rule_6_last_days_that_are_no_working_days_are_told(starts: date, told: list) -> None:
    notes = day_notes(PLAN.moved(starts), read_calendar())
    assert [(note.day, note.told) for note in notes] == told


def test_a_year_whose_holidays_nobody_published_is_told_and_not_guessed() -> None:
    notes = day_notes(PLAN.moved(date(2099, 4, 3)), read_calendar())
    assert len(notes) == 4
    assert all("尚未公布" in note.told for note in notes)


def test_an_unknown_key_in_the_file_is_an_error(tmp_path) -> None:
    text = (settings.PROVINCE / "campaign_2019.toml").read_text(encoding="utf-8")
    (tmp_path / "campaign.toml").write_text('colour = "red"\n' + text, encoding="utf-8")
    with pytest.raises(TypeError, match="colour"):
        read_definition(tmp_path / "campaign.toml")
    assert isinstance(PLAN, Definition)
