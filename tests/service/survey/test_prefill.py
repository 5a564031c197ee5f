"""Ask once: a new round begins with what was approved, and says so; hints look back; minutes are added up."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.forms.present import Reader
from dajian.service.campaign.actions.campaigns import copy_campaign, open_campaign
from dajian.service.campaign.models import Item
from dajian.service.survey.actions import reports, submissions, units
from dajian.service.survey.comparing import hints_for
from dajian.service.survey.models import Submission
from dajian.service.survey.prefill import lasting
from dajian.service.survey.queries import board, burden
from tests.provinces.answers import REQUIRED_ALONE, form_of
from tests.service.survey.chain import Chain
from tests.service.world import World

AGAIN = date(2020, 4, 3)


@pytest.fixture
def approved(world: World, chain: Chain) -> dict:
    """The answers of a carrier that was approved in the first campaign."""
    checked = chain.checked()
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    assert checked.current
    return checked.current.record


def next_round(world: World) -> Item:
    """The carriers of a second campaign, a year later."""
    owner = world.actor("zhengfa1")
    made = copy_campaign(
        owner, world.campaign.pk, title="回访活动", starts=AGAIN, reference_year=2019, plan_year=2020, at=world.now
    )
    open_campaign(owner, made.pk, version=made.version, at=world.now)
    return Item.unscoped.get(campaign=made, number=4)


def begun_again(world: World, record: dict) -> Submission:
    county = world.actor("lianjiang1")
    unit = units.add_unit(
        county, next_round(world).pk, name=record["unit_name"], code=record["unit_credit_code"],
        area_code="350122", source="上次名单", at=world.now,
    )  # fmt: skip
    return submissions.begin(county, unit.pk, at=world.now)


def test_a_new_round_begins_with_what_was_approved_and_says_so(world: World, approved: dict) -> None:
    begun = begun_again(world, approved)
    assert begun.draft
    for key in ("unit_address", "licence_no", "association_name", "contact_mobile"):
        if key in approved:
            assert begun.draft[key] == approved[key]
    assert len(begun.draft["vehicle"]) == len(approved["vehicle"])
    assert (begun.prefilled["from"], begun.prefilled["year"]) == ("大件运输许可服务大走访活动", 2018)
    page = world.client("lianjiang1").get(f"/submissions/{begun.pk}/edit").content.decode()
    assert "2018 年度）中审定的资料预填" in page
    assert "已预填，请核对" in page


def test_figures_of_the_year_and_what_each_round_asks_anew_are_left_open(world: World, approved: dict) -> None:
    begun = begun_again(world, approved)
    assert begun.draft
    for key in ("revenue_10k", "expense_10k", "permits_1", "truth_confirmed", "survey_mode", "suggestions", "eligible"):
        assert key not in begun.draft, key


def test_a_first_round_is_filled_in_from_the_list_alone(world: World, chain: Chain) -> None:
    unit, record = chain.unit()
    begun = submissions.begin(world.actor("lianjiang1"), unit.pk, at=world.now)
    assert begun.prefilled == {}
    assert begun.draft == {k: record[k] for k in ("unit_name", "unit_credit_code")} | {"unit_area": "350122"}


def test_sending_forgets_what_was_prefilled(world: World, approved: dict) -> None:
    begun = begun_again(world, approved)
    county = world.actor("lianjiang1")
    saved = submissions.save_draft(county, begun.pk, draft=approved, version=begun.version)
    sent = submissions.send(county, saved.pk, version=saved.version, at=world.now)
    assert (sent.state, sent.prefilled) == ("sent", {})


def test_the_reviewer_is_told_what_changed_greatly_since_last_time(world: World, approved: dict) -> None:
    begun = begun_again(world, approved)
    county = world.actor("lianjiang1")
    grown = {**approved, "employees": approved["employees"] * 5}
    saved = submissions.save_draft(county, begun.pk, draft=grown, version=begun.version)
    sent = submissions.send(county, saved.pk, version=saved.version, at=world.now)
    assert sent.current
    told = [h.text for h in hints_for(world.actor("fz1"), sent, sent.current, Reader(2019, 2020))]
    assert any(text.startswith("“从业人员（人）”填") and "2018 年度为" in text for text in told)
    assert "核查参考" in world.client("fz1").get(f"/submissions/{sent.pk}").content.decode()
    assert "核查参考" not in world.client("lianjiang1").get(f"/submissions/{sent.pk}").content.decode()


def test_a_figure_out_of_line_is_told_at_the_review_and_others_are_named_in_ones_own_area_alone(
    world: World, chain: Chain
) -> None:
    words = "建议简化跨省大件运输许可办理流程，统一各省护送费用标准。"
    rows = []
    for n in range(12):
        unit, record = chain.unit("jinjiang1" if n == 11 else "lianjiang1", n, "350582" if n == 11 else "350122")
        who = world.actor("jinjiang1" if n == 11 else "lianjiang1")
        begun = submissions.begin(who, unit.pk, at=world.now)
        record = {**record, "suggestions": words if n in (0, 11) else f"第{n}家"}
        saved = submissions.save_draft(who, begun.pk, draft=record, version=begun.version)
        rows.append(submissions.send(who, saved.pk, version=saved.version, at=world.now))
    copied = rows[0]
    assert copied.current
    city = [h.kind for h in hints_for(world.actor("fz1"), copied, copied.current, Reader(2018, 2019))]
    province = [h.kind for h in hints_for(world.actor("yunguan1"), copied, copied.current, Reader(2018, 2019))]
    assert "alike" not in city
    assert "alike" in province


@pytest.mark.parametrize("key", sorted(REQUIRED_ALONE))
def test_what_lasts_holds_no_figure_of_a_year(key: str) -> None:
    form = form_of(key)
    kept = lasting(form, REQUIRED_ALONE[key])
    labels = [q.label for q in form.questions if q.scope == "" and q.key in kept]
    assert not any("{Y" in label for label in labels)
    assert kept["unit_name"] == REQUIRED_ALONE[key]["unit_name"]


def test_the_board_adds_up_the_minutes_of_each_area(world: World, chain: Chain) -> None:
    chain.unit(n=0)
    chain.sent(n=1)
    unit, _ = chain.unit(n=2)
    units.close_unit(
        world.actor("lianjiang1"), unit.pk, outcome="gone", reason="已注销", version=unit.version, at=world.now
    )
    lines = {line.area.code: line for line in board(world.actor("zhengfa1"), world.item())}
    each = lines["350122"].minutes_each
    assert each > 0
    assert lines["350122"].hours == lines["350100"].hours == 2 * each / 60
    assert lines["350121"].hours == 0
    assert str(each) in world.client("fz1").get(f"/items/{world.item().pk}/").content.decode()


def test_a_unit_is_told_all_that_the_campaign_asks_of_it(world: World, chain: Chain) -> None:
    unit, record = chain.unit()
    county = world.actor("lianjiang1")
    maker = units.add_unit(
        county, world.item(1).pk, name=record["unit_name"], code=record["unit_credit_code"],
        area_code="350122", source="走访中发现", at=world.now,
    )  # fmt: skip
    found = burden(county, maker)
    assert [item.number for item, _ in found] == [1, 4]
    assert all(minutes > 0 for _, minutes in found)
    assert burden(county, unit) == found
