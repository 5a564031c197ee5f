"""The first screen before log-in and after it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from dajian.service.notices.queries import unread
from dajian.service.organisations.models import Account, Membership
from dajian.service.public.queries import home
from dajian.service.survey.actions import reports, units
from dajian.service.survey.queries import board
from tests.service.survey.chain import Chain
from tests.service.world import SECURITY, World


@pytest.fixture
def chain(world: World) -> Chain:
    return Chain(world)


def test_before_log_in_one_learns_what_this_is_the_campaign_and_the_phones(world):
    page = Client().get("/").content.decode()
    for told in ("大件运输许可服务大走访活动", "监督电话", *world.campaign.phones, "深度调研、精准对接、主动服务"):
        assert told in page


def test_a_demo_shows_its_accounts_before_log_in_and_no_other_mode_does(world, settings):
    Account.unscoped.filter(username="fz1").update(demo=True)
    assert "fz1" not in Client().get("/").content.decode()
    settings.MODE = "demo"
    page = Client().get("/").content.decode()
    assert "fz1" in page
    assert settings.DEMO_PASSWORD in page


def test_the_first_screen_says_for_whom_one_acts(world):
    page = world.client("lianjiang1").get("/").content.decode()
    for told in (world.body("competent", "350122").name, "连江一", "经办人", "连江县", world.campaign.title):
        assert told in page


def test_the_first_screen_knows_the_stage_and_the_days_left(world):
    found = home(world.actor("lianjiang1"), date(2019, 4, 22))
    assert (found.today.stage.title, found.today.days_left) == ("调查摸底", 40)  # to 31 May, today counted
    assert home(world.actor("lianjiang1"), date(2019, 3, 31)).today.begins_in == 3
    assert home(world.actor("lianjiang1"), date(2019, 9, 1)).today.stage is None


@pytest.mark.parametrize(
    ("who", "place", "verb", "url"),
    [
        ("lianjiang1", "draft", "继续填报", "units?place=draft&own=1"),
        ("fz1", "sent", "核查调查表", "units?place=sent"),
        ("fz1", "checked", "报送已核查的调查表", "reports"),
        ("yunguan1", "reported", "审定报送", "reports"),
    ],
)
def test_the_next_step_is_what_waits_and_leads_to_it(world, chain, who, place, verb, url):
    {"draft": chain.draft, "sent": chain.sent, "checked": chain.checked, "reported": chain.checked}[place]()
    if place == "reported":
        chain.report("fz2")
    step = home(world.actor(who), world.now.date()).step
    assert (step.verb, step.url) == (verb, f"/items/{world.item().pk}/{url}")
    assert world.client(who).get(step.url).status_code == 200


def test_each_number_that_waits_is_the_number_of_rows_where_it_leads(world, chain):
    chain.draft("lianjiang1", 0)
    chain.draft("minhou1", 1, "350121")
    chain.sent("lianjiang1", 2)
    for who in ("lianjiang1", "minhou1", "fz1", "yunguan1", "ljtransport1", "qz1"):
        for work in home(world.actor(who), world.now.date()).work:
            for waits in work.waiting:
                page = world.client(who).get(waits.url).context["page"]
                assert page.paginator.count == waits.number, (who, waits)


def test_who_has_nothing_to_do_is_told_so_and_what_is_next(world):
    assert home(world.actor("lianjiang1"), world.now.date()).step.verb == "导入单位名单"
    assert home(world.actor("gonglu1"), world.now.date()).step.verb == "查看进度"
    assert home(world.actor("jiandu1"), world.now.date()).step is None


def test_progress_of_the_first_screen_adds_up_to_the_board(world, chain):
    chain.checked("lianjiang1", 0)
    chain.sent("lianjiang1", 1)
    chain.report("fz2")
    work = next(w for w in home(world.actor("fz1"), world.now.date()).work if w.mine.item == world.item())
    assert (work.listed, work.under_way, work.approved, work.otherwise) == (2, 2, 0, 0)


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [
        ("fz1", ["/campaigns", "/registry/", "/bodies"], []),
        ("jiandu1", ["/campaigns", "/bodies"], ["/registry/"]),
        (SECURITY, ["/bodies"], ["/campaigns", "/registry/"]),
        ("system1", ["/bodies"], ["/campaigns", "/registry/"]),
    ],
)
def test_the_navigation_offers_only_what_opens(world, who, shown, hidden):
    client = world.client(who)
    offered = [url for _, url, _ in client.get("/").context["site"]["navigation"]]
    assert set(shown) <= set(offered)
    assert not set(hidden) & set(offered)
    assert [client.get(url).status_code for url in offered] == [200] * len(offered)


def test_the_present_door_is_marked(world):
    navigation = world.client("fz1").get("/registry/").context["site"]["navigation"]
    assert [url for _, url, active in navigation if active] == ["/registry/"]


def test_who_has_two_memberships_may_choose_on_the_first_screen(world):
    client = world.client("fz1")
    assert "更换身份" not in client.get("/").content.decode()
    second = world.body("permit_office", "350100")
    person = world.account("fz1").person
    Membership.unscoped.create(person=person, organisation=second, role="officer", starts=date(2019, 4, 1))
    page = client.get("/").content.decode()
    assert "更换身份" in page
    assert second.name in page


def test_unread_notices_are_counted_in_the_head(world, chain):
    before = {who: unread(world.actor(who)) for who in ("fz1", "qz1")}
    chain.sent("lianjiang1")
    for who, more in {"fz1": 1, "qz1": 0}.items():
        assert world.client(who).get("/").context["site"]["unread"] == before[who] + more == unread(world.actor(who))


def test_who_said_that_there_is_none_is_not_asked_for_a_list_any_more(world):
    item, city = world.item(5, "市"), world.actor("fz1")
    opened = reports.open_report(city, item.pk, area_id=world.area("350100").pk, zero=True, at=world.now)
    reports.report(city, opened.pk, cover="", how_checked="查阅登记名册", version=opened.version, at=world.now)
    for login in ("fz1", "lianjiang1"):  # what the city said holds in its counties
        found = home(world.actor(login), world.now.date())
        assert [one.mine.item for one in found.work if one.empty] == [item]
        assert "零报告" in world.client(login).get("/").content.decode()
        assert not any(line.outstanding for line in board(world.actor(login), item))
    assert not any(one.empty for one in home(world.actor("qz1"), world.now.date()).work)


def test_a_body_that_is_surveyed_is_led_to_its_own_return(world):
    item, office = world.item(6, "普通"), world.actor("fzpermit1")
    assert home(office, world.now.date()).step.verb == "查看进度"
    names = (office.organisation_name, "福州市公路管理机构")
    for name in names:
        units.add_unit(
            world.actor("fz1"), item.pk, name=name, code="", area_code="350100", source="编制文件", at=world.now
        )
    found = home(office, world.now.date())
    assert (found.step.verb, found.work[0].waiting[0].number) == ("填报本单位的情况", 1)
    assert home(world.actor("fzhighway1"), world.now.date()).work[3].waiting[0].number == 1


def test_what_one_entered_or_reported_oneself_waits_for_another(world, chain):
    chain.sent("fz1")
    assert home(world.actor("fz1"), world.now.date()).step.verb != "核查调查表"
    assert home(world.actor("fz2"), world.now.date()).step.verb == "核查调查表"
    zero = reports.open_report(
        world.actor("fz1"), world.item(3).pk, area_id=world.area("350100").pk, zero=True, at=world.now
    )
    reports.report(world.actor("fz1"), zero.pk, cover="", how_checked="逐一核实", version=zero.version, at=world.now)
    assert home(world.actor("fz1"), world.now.date()).step.verb != "审定报送"
    assert home(world.actor("fz2"), world.now.date()).step.verb == "审定报送"
