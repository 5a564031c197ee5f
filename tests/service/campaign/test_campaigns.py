"""A campaign's life: made, edited, opened, copied, closed; who may and who sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from dajian.service.access.errors import Forbidden, NotFound, Refused, Stale
from dajian.service.access.rules import may, scope
from dajian.service.campaign.actions import campaigns
from dajian.service.campaign.definition import read_definition
from dajian.service.campaign.models import Campaign, Item
from dajian.service.campaign.queries import (
    current_campaigns,
    definition_of,
    items_of_actor,
    today_in,
)
from dajian.service.history.record import of
from dajian.service.notices.models import OutboxMessage
from tests.service.world import World

PLAN = read_definition(settings.PROVINCE / "campaign_2019.toml")


def copied(world: World) -> Campaign:
    """The plan again for the year after, in preparation."""
    return campaigns.copy_campaign(
        world.actor("zhengfa1"),
        world.campaign.pk,
        title="大走访回头看",
        starts=date(2020, 4, 3),
        reference_year=2019,
        plan_year=2020,
        at=world.now,
    )


def test_a_campaign_gives_back_the_definition_that_it_was_made_from(world: World) -> None:
    made = definition_of(world.campaign)
    assert replace(made, questionnaires=PLAN.questionnaires) == replace(
        PLAN, items=tuple(replace(i, duties=tuple(sorted(i.duties))) for i in PLAN.items)
    )


def test_a_copy_is_the_same_but_for_its_dates_and_years(world: World) -> None:
    made = definition_of(copied(world))
    old = definition_of(world.campaign)
    assert made.items == old.items
    assert made.left_out == old.left_out
    assert (made.reference_year, made.plan_year, made.ends) == (2019, 2020, date(2020, 8, 31))
    assert world.campaign.reference_year == 2018


def test_the_owner_defines_and_those_who_take_part_read(world: World) -> None:
    for login, read, define in (
        ("zhengfa1", True, True),
        ("fz1", True, False),
        ("lianjiang1", True, False),
        ("fzhighway1", True, False),
        ("fzpermit1", True, False),
        ("yunguan1", True, False),
        ("gonglu1", True, False),
        ("gaosu1", True, False),
        ("jiandu1", True, False),
        ("security1", False, False),
        ("audit1", False, False),
        ("system1", False, False),
    ):
        actor = world.actor(login)
        assert may(world.campaign, actor, "read") is read, login
        assert may(world.campaign, actor, "define") is define, login


def test_a_draft_is_its_owners_alone(world: World) -> None:
    draft = copied(world)
    assert not may(draft, world.actor("fz1"), "read")
    assert not may(draft, world.actor("jiandu1"), "read")
    assert world.client("fz1").get(f"/campaigns/{draft.pk}").status_code == 404
    assert scope(Item, world.actor("fz1")).filter(campaign=draft).count() == 0
    campaigns.open_campaign(world.actor("zhengfa1"), draft.pk, version=draft.version, at=world.now)
    assert world.client("fz1").get(f"/campaigns/{draft.pk}").status_code == 200


def test_opening_tells_everybody_who_takes_part_and_nobody_else(world: World) -> None:
    draft = copied(world)
    campaigns.open_campaign(world.actor("zhengfa1"), draft.pk, version=draft.version, at=world.now)
    told = set(OutboxMessage.unscoped.filter(url=f"/campaigns/{draft.pk}").values_list("account_id", flat=True))
    for login in ("fz1", "lianjiang1", "qz1", "yunguan1", "gonglu1", "gaosu1", "ljtransport1"):
        assert world.account(login).pk in told, login
    for login in ("zhengfa1", "security1", "jiandu1"):
        assert world.account(login).pk not in told, login


def test_only_the_owners_function_may_create(world: World) -> None:
    for login in ("fz1", "yunguan1", "security1"):
        with pytest.raises(Forbidden):
            campaigns.create_campaign(world.actor(login), PLAN, at=world.now)
    with pytest.raises(Forbidden):
        campaigns.copy_campaign(
            world.actor("fz1"), world.campaign.pk, title="x", starts=date(2020, 1, 1), reference_year=2019,
            plan_year=2020, at=world.now,
        )  # fmt: skip
    with pytest.raises(NotFound):
        campaigns.close_campaign(world.actor("security1"), world.campaign.pk, version=2, at=world.now)


def test_a_definition_with_faults_makes_no_campaign(world: World) -> None:
    with pytest.raises(Refused, match="基准年度"):
        campaigns.create_campaign(world.actor("zhengfa1"), replace(PLAN, reference_year=2030), at=world.now)
    assert Campaign.unscoped.count() == 1


def test_an_edit_says_what_changed_and_the_second_of_two_is_told(world: World) -> None:
    owner, old = world.actor("zhengfa1"), world.campaign
    wanted = replace(definition_of(old), theme="新的主题", phones=("0591-12345678",))
    new = campaigns.edit_campaign(owner, old.pk, definition=wanted, version=old.version, at=world.now)
    assert definition_of(new) == wanted
    event = of(new).last()
    assert event is not None
    assert event.details["changed"]["theme"] == ["深度调研、精准对接、主动服务", "新的主题"]
    with pytest.raises(Stale):
        campaigns.edit_campaign(owner, old.pk, definition=wanted, version=old.version, at=world.now)
    again = campaigns.edit_campaign(owner, old.pk, definition=wanted, version=new.version, at=world.now)
    assert again.version == new.version  # nothing changed, nothing written


def test_rule_5_the_years_of_a_campaign_that_has_begun_stay(world: World) -> None:
    owner, running = world.actor("zhengfa1"), world.campaign
    wanted = replace(definition_of(running), reference_year=2017)
    with pytest.raises(Refused, match="年度不能再改"):
        campaigns.edit_campaign(owner, running.pk, definition=wanted, version=running.version, at=world.now)
    draft = copied(world)
    campaigns.edit_campaign(
        owner, draft.pk, definition=replace(definition_of(draft), reference_year=2018), version=1, at=world.now
    )
    assert Campaign.unscoped.get(pk=draft.pk).reference_year == 2018


def test_stages_are_moved_together_or_not_at_all(world: World) -> None:
    owner, running = world.actor("zhengfa1"), world.campaign
    old = definition_of(running)
    first, second, *rest = old.stages
    torn = replace(old, stages=(replace(first, ends=date(2019, 4, 10)), second, *rest))
    with pytest.raises(Refused, match="空了 2019-04-11 至 2019-04-15"):
        campaigns.edit_campaign(owner, running.pk, definition=torn, version=running.version, at=world.now)
    assert definition_of(world.campaign).stages == old.stages
    moved = (replace(first, ends=date(2019, 4, 10)), replace(second, starts=date(2019, 4, 11)), *rest)
    campaigns.edit_campaign(
        owner, running.pk, definition=replace(old, stages=moved), version=running.version, at=world.now
    )
    assert definition_of(world.campaign).stages == moved


def test_closed_and_reopened_with_a_reason(world: World) -> None:
    owner, running = world.actor("zhengfa1"), world.campaign
    closed = campaigns.close_campaign(owner, running.pk, version=running.version, at=world.now)
    assert not current_campaigns(world.actor("fz1")).exists()
    with pytest.raises(Refused, match="原因"):
        campaigns.reopen_campaign(owner, running.pk, reason="", version=closed.version, at=world.now)
    campaigns.reopen_campaign(owner, running.pk, reason="补报漏报的单位", version=closed.version, at=world.now)
    assert [e.action for e in of(running)][-3:] == ["open_campaign", "close_campaign", "reopen_campaign"]


@pytest.mark.parametrize(
    ("day", "stage", "days_left", "campaign_days", "begins_in"),
    [
        (date(2019, 4, 2), None, None, 151, 1),
        (date(2019, 4, 3), "方案制定", 13, 151, 0),
        (date(2019, 4, 15), "方案制定", 1, 139, 0),
        (date(2019, 4, 16), "调查摸底", 46, 138, 0),
        (date(2019, 8, 31), "总结完善", 1, 1, 0),
        (date(2019, 9, 1), None, None, 0, 0),
    ],
)
def test_a_day_falls_into_one_stage_and_counts_itself(
    world: World, day: date, stage: str | None, days_left: int | None, campaign_days: int, begins_in: int
) -> None:
    where = today_in(world.campaign, day)
    assert (where.stage.title if where.stage else None) == stage
    assert (where.days_left, where.campaign_days_left, where.begins_in) == (days_left, campaign_days, begins_in)


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("fz1", {1: "牵头", 2: "牵头", 3: "牵头", 4: "牵头", 5: "牵头", 6: "牵头"}),
        ("lianjiang1", dict.fromkeys(range(1, 7), "组织填报")),
        ("fzhighway1", {1: "配合", 2: "配合", 5: "配合", 6: "配合"}),
        ("ljtransport1", {4: "配合", 5: "配合"}),
        ("fzpermit1", {6: "配合"}),
        ("gonglu1", {6: "指导"}),
        ("gaosu1", {6: "牵头"}),
        ("jiandu1", {}),
    ],
)
def test_each_body_is_told_its_items_and_what_it_has_to_do(world: World, login: str, expected: dict) -> None:
    mine = items_of_actor(world.actor(login), world.campaign)
    assert {my.item.number: "、".join(my.words) for my in mine} == expected


def test_the_approving_bureau_guides_two_items_and_leads_one(world: World) -> None:
    mine = items_of_actor(world.actor("yunguan1"), world.campaign)
    assert [(my.item.number, my.item.variant, my.words) for my in mine] == [
        (4, "", ["指导", "审定"]),
        (5, "市、县层面", ["指导", "审定"]),
        (5, "省级层面", ["牵头"]),
    ]


class TestOnThePage:
    def test_the_plan_is_printed(self, world: World) -> None:
        page = world.client("fz1").get(f"/campaigns/{world.campaign.pk}").content.decode()
        for words in ("交公路函〔2019〕139号", "深度调研", "0591-87078376", "为期4个月", "省运管局（省）", "调查摸底"):
            assert words in page
        assert "调整分工" not in page

    def test_the_list_shows_what_one_takes_part_in(self, world: World) -> None:
        assert world.campaign.title in world.client("fz1").get("/campaigns").content.decode()
        assert "没有本单位参加的活动" in world.client("security1").get("/campaigns").content.decode()

    def test_the_owner_edits_copies_and_closes(self, world: World) -> None:
        owner, pk = world.client("zhengfa1"), world.campaign.pk
        form = owner.get(f"/campaigns/{pk}/edit").context["form"]
        given = {name: form[name].value() for name in form.fields} | {"version": world.campaign.version}
        given |= {f"stage-{n}-{k}": v for n, row in enumerate(form.stages.initial) for k, v in row.items()}
        given |= {"stage-TOTAL_FORMS": 5, "stage-INITIAL_FORMS": 4}
        assert owner.post(f"/campaigns/{pk}/edit", given | {"stage-1-starts": "2019-04-20"}).status_code == 422
        assert owner.post(f"/campaigns/{pk}/edit", given | {"theme": "新的主题"}).status_code == 302
        assert world.campaign.theme == "新的主题"
        assert owner.post(f"/campaigns/{pk}/edit", given | {"theme": "旧页面"}).status_code == 409
        assert owner.get(f"/campaigns/{pk}/copy").status_code == 200
        new = {"title": "回头看", "starts": "2020-04-03", "reference_year": 2019, "plan_year": 2020}
        made = owner.post(f"/campaigns/{pk}/copy", new).headers["Location"]
        assert "筹备中" in owner.get(made).content.decode()
        assert owner.post(f"{made}/open", {"version": 1}).status_code == 302
        assert owner.post(f"{made}/open", {"version": 2}).status_code == 422
        assert owner.post(f"{made}/close", {"version": 2}).status_code == 302
        assert owner.post(f"{made}/reopen", {"version": 3, "reason": "还有补报"}).status_code == 302

    def test_who_takes_part_may_not_and_a_stranger_learns_nothing(self, world: World) -> None:
        pk = world.campaign.pk
        for deed in ("edit", "copy"):
            assert world.client("fz1").get(f"/campaigns/{pk}/{deed}").status_code == 403
        for deed in ("edit", "copy", "open", "close", "reopen"):
            assert world.client("fz1").post(f"/campaigns/{pk}/{deed}").status_code == 403
            stranger = world.client("security1")
            absent = stranger.post(f"/campaigns/99999999/{deed}")
            foreign = stranger.post(f"/campaigns/{pk}/{deed}")
            assert (
                (foreign.status_code, foreign.content) == (absent.status_code, absent.content) == (404, absent.content)
            )
