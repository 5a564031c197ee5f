"""The denominator: listed = under way + outcomes, in every area; an empty area is outstanding until its 零报告."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.service.access.errors import NotFound, Refused
from dajian.service.survey import queries
from dajian.service.survey.actions import reports, units
from dajian.service.survey.models import SurveyUnit
from dajian.service.survey.states import OUTCOMES
from tests.service.survey.chain import Chain
from tests.service.world import World


@pytest.fixture
def mixed(world: World, chain: Chain) -> Chain:
    """One unit at every place."""
    chain.unit(n=0)
    chain.draft(n=1)
    chain.checked(n=2)
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    chain.checked(n=3)
    chain.report()
    chain.checked(n=4)
    chain.sent(n=5)
    more = {"refuse": {"visited_on": date(2019, 4, 20)}, "duplicate": {"duplicate_of": SurveyUnit.unscoped.first().pk}}
    for n, outcome in enumerate(units.OUTCOME_ACTIONS, start=6):
        unit, _ = chain.unit(n=n)
        units.close_unit(
            world.actor("lianjiang1"), unit.pk, outcome=outcome, reason="上门核实", version=unit.version, at=world.now,
            **more.get(outcome, {}),
        )  # fmt: skip
    return chain


def test_listed_is_the_sum_of_all_places_in_every_area(world: World, mixed: Chain) -> None:
    lines = queries.board(world.actor("zhengfa1"), world.item())
    for line in lines:
        rows = SurveyUnit.unscoped.filter(item=world.item(), area__path__startswith=line.area.path)
        assert line.listed == rows.count()
        outcomes = sum(rows.filter(state=outcome).count() for outcome in OUTCOMES)
        assert line.listed == rows.filter(state="open").count() + outcomes
    county = next(line for line in lines if line.area.code == "350122")
    assert dict(county.counts) == dict.fromkeys(queries.PLACES, 1) | {"returned": 0} or county.counts["returned"] == 0
    assert county.listed == 11


def test_every_number_leads_to_as_many_rows(world: World, mixed: Chain) -> None:
    actor = world.actor("zhengfa1")
    for line in queries.board(actor, world.item()):
        for place, number in line.counts.items():
            assert queries.units(actor, world.item(), area=line.area.path, place=place).count() == number


def test_an_empty_area_is_outstanding_until_its_zero_report(world: World, chain: Chain) -> None:
    def outstanding() -> set[str]:
        lines = queries.board(world.actor("zhengfa1"), world.item())
        return {line.area.code for line in lines if line.outstanding}

    assert "350122" in outstanding()
    county = world.actor("lianjiang1")
    made = reports.open_report(county, world.item().pk, area_id=world.area("350122").pk, zero=True, at=world.now)
    assert "350122" in outstanding()
    reports.report(
        county, made.pk, cover="", how_checked="逐镇走访，与市场监管部门名录核对", version=made.version, at=world.now
    )
    assert "350122" not in outstanding()
    assert "350527" not in {line.area.code for line in queries.board(world.actor("zhengfa1"), world.item())}


def test_a_countys_zero_report_is_decided_by_its_city(world: World) -> None:
    county = world.actor("lianjiang1")
    made = reports.open_report(county, world.item().pk, area_id=world.area("350122").pk, zero=True, at=world.now)
    sent = reports.report(county, made.pk, cover="", how_checked="逐镇走访核实", version=made.version, at=world.now)
    done = reports.approve(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    assert done.state == "approved"


def test_a_zero_report_is_refused_while_units_are_under_way(world: World, chain: Chain) -> None:
    chain.unit()
    county = world.actor("lianjiang1")
    made = reports.open_report(county, world.item().pk, area_id=world.area("350122").pk, zero=True, at=world.now)
    with pytest.raises(Refused, match="在办"):
        reports.report(county, made.pk, cover="", how_checked="逐镇走访核实", version=made.version, at=world.now)


def test_a_county_opens_no_report_for_its_neighbour_nor_for_the_city(world: World) -> None:
    for code in ("350121", "350100", "350582"):
        with pytest.raises(NotFound):
            reports.open_report(
                world.actor("lianjiang1"), world.item().pk, area_id=world.area(code).pk, zero=True, at=world.now
            )


def test_an_outcome_needs_its_facts(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    county = world.actor("lianjiang1")
    for outcome, reason, what in [
        ("refuse", "不愿填报", "走访日期"),
        ("duplicate", "同一家", "与哪一家"),
        ("gone", "", "情况"),
        ("approve", "想直接通过", "选择一种结果"),
    ]:
        with pytest.raises(Refused, match=what):
            units.close_unit(county, unit.pk, outcome=outcome, reason=reason, version=unit.version, at=world.now)
    assert SurveyUnit.unscoped.get(pk=unit.pk).state == "open"


def test_no_outcome_while_a_questionnaire_is_under_way(world: World, chain: Chain) -> None:
    sent = chain.sent()
    unit = SurveyUnit.unscoped.get(pk=sent.unit_id)
    with pytest.raises(Refused, match="正在核查"):
        units.close_unit(
            world.actor("lianjiang1"), unit.pk, outcome="gone", reason="已注销", version=unit.version, at=world.now
        )


def test_an_outcome_can_be_taken_back(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    county = world.actor("lianjiang1")
    closed = units.close_unit(
        county, unit.pk, outcome="not_found", reason="地址无此单位", version=unit.version, at=world.now
    )
    again = units.reopen_unit(county, unit.pk, reason="已找到新址", version=closed.version, at=world.now)
    assert (again.state, again.outcome_reason) == ("open", "")


def test_the_overview_says_for_each_area_and_item_what_the_items_board_says(world: World, mixed: Chain) -> None:
    actor = world.actor("zhengfa1")
    shown = queries.overview(actor, world.campaign)
    assert len(shown.items) == 8
    at = [item.number for item in shown.items].index(4)
    board = {line.area.path: (line.closed, line.listed) for line in queries.board(actor, world.item())}
    cells = {area.path: cells[at] for area, cells in shown.rows}
    assert {path: (line.closed, line.listed) for path, line in cells.items() if line} == board
    page = world.client("zhengfa1").get(f"/campaigns/{world.campaign.pk}/board").content.decode()
    assert "连江县：6 家已有结果，共列入 11 家" in page
