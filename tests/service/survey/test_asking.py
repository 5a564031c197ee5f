"""An officer who fills in for a unit says how and when he asked it; a unit's own account answers for the unit alone."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.service.access.errors import Forbidden, NotFound, Refused
from dajian.service.access.rules import may
from dajian.service.history.record import of
from dajian.service.organisations.actions.slips import redeem
from dajian.service.organisations.models import Slip
from dajian.service.survey.actions import accounts, submissions, units
from dajian.service.survey.actions.submissions import Asked
from dajian.service.survey.models import Submission
from tests.service.survey.chain import Chain
from tests.service.world import PASSWORD, World


def test_how_and_when_a_unit_was_asked_stays_with_the_version(world: World, chain: Chain) -> None:
    unit, record = chain.unit()
    county = world.actor("lianjiang1")
    begun = submissions.begin(county, unit.pk, asked=Asked("phone", date(2019, 4, 20)), at=world.now)
    saved = submissions.save_draft(county, begun.pk, draft=record, version=begun.version)
    first = submissions.send(county, saved.pk, version=saved.version, at=world.now)
    assert first.current
    assert (first.current.asked_how, first.current.asked_on) == ("phone", date(2019, 4, 20))
    back = submissions.take_back(county, first.pk, version=first.version, at=world.now)
    submissions.set_asked(county, back.pk, asked=Asked("visit", date(2019, 4, 22)), at=world.now)
    second = submissions.send(county, back.pk, version=back.version, at=world.now)
    kept = second.versions.order_by("n").values_list("asked_how", "asked_on")
    assert list(kept) == [("phone", date(2019, 4, 20)), ("visit", date(2019, 4, 22))]
    assert "电话询问" in world.client("fz1").get(f"/submissions/{first.pk}?n=1").content.decode()


@pytest.mark.parametrize(
    ("how", "on", "told"), [("rumour", date(2019, 4, 20), "询问方式"), ("visit", date(2019, 4, 23), "不能晚于今天")]
)
def test_it_is_a_known_way_and_not_a_day_to_come(world: World, chain: Chain, how: str, on: date, told: str) -> None:
    unit, _ = chain.unit()
    with pytest.raises(Refused, match=told):
        submissions.begin(world.actor("lianjiang1"), unit.pk, asked=Asked(how, on), at=world.now)
    assert not Submission.unscoped.exists()


def test_the_page_asks_for_it_before_the_questionnaire_is_begun(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    client = world.client("lianjiang1")
    assert client.post(f"/units/{unit.pk}/begin").status_code == 422
    assert client.post(f"/units/{unit.pk}/begin", {"asked-how": "meeting", "asked-on": "2019-04-18"}).status_code == 302
    begun = Submission.unscoped.get()
    assert (begun.asked_how, begun.asked_on) == ("meeting", date(2019, 4, 18))


def test_a_body_that_answers_for_itself_is_not_asked_how(world: World) -> None:
    item = world.item(6, "高速")
    unit = units.add_unit(
        world.actor("gaosu1"), item.pk, name="示例高速许可中心", code="", area_code="350102", source="编制文件",
        at=world.now,
    )  # fmt: skip
    assert world.client("gaosu1").post(f"/units/{unit.pk}/begin").status_code == 302


def test_a_units_account_answers_for_its_own_questionnaires_alone(world: World, chain: Chain) -> None:
    unit, record = chain.unit()
    foreign = chain.sent(n=1)
    invited = accounts.open_account(
        world.actor("lianjiang1"), unit.pk, name="企业填报人", username="firm1", at=world.now
    )
    redeem(invited.token, password=PASSWORD, at=world.now)
    actor, client = world.actor("firm1"), world.client("firm1")
    assert client.get("/own")["Location"] == f"/own/{unit.pk}"
    begun = submissions.begin(actor, unit.pk, at=world.now)
    saved = submissions.save_draft(actor, begun.pk, draft=record, version=begun.version)
    sent = submissions.send(actor, saved.pk, version=saved.version, at=world.now)
    assert sent.current
    assert (sent.state, sent.current.mode, sent.current.person_name) == ("sent", "unit", "企业填报人")
    assert not any(may(sent, actor, right) for right in ("check", "report", "decide", "correct"))
    for address in (f"/submissions/{foreign.pk}", f"/own/{foreign.unit_id}", f"/items/{world.item().pk}/"):
        assert client.get(address).status_code == 404
    assert client.get("/campaigns").status_code in (200, 403, 404)
    assert world.client("fz1").get(f"/submissions/{sent.pk}").status_code == 200


def test_who_does_not_serve_the_unit_opens_no_account_for_it(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    for login in ("qz1", "yunguan1", "zhengfa1"):
        with pytest.raises((NotFound, Forbidden)):
            accounts.open_account(world.actor(login), unit.pk, name="企业填报人", username="firm1", at=world.now)


def test_an_officer_gives_a_unit_that_forgot_its_password_a_new_link(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    invited = accounts.open_account(
        world.actor("lianjiang1"), unit.pk, name="企业填报人", username="firm1", at=world.now
    )
    redeem(invited.token, password=PASSWORD, at=world.now)
    client = world.client("lianjiang1")
    person = world.account("firm1").person_id
    assert "firm1" in client.get(f"/units/{unit.pk}").content.decode()
    answer = client.post(f"/units/{unit.pk}/account/reset", {"person": person})
    assert answer["Cache-Control"] == "no-store"
    token = answer.content.decode().partition("/slip/")[2].split()[0].partition("<")[0]
    assert world.account("firm1").check_password(PASSWORD)  # good until the link is used
    redeem(token, password="another horse 2019", at=world.now)
    assert world.account("firm1").check_password("another horse 2019")
    assert of(unit).filter(action="reset_unit_account").count() == 1


def test_a_link_is_given_for_the_units_own_people_alone(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    other, _ = chain.unit(n=1)
    accounts.open_account(world.actor("lianjiang1"), other.pk, name="别家填报人", username="firm2", at=world.now)
    county, slips = world.actor("lianjiang1"), Slip.unscoped.count()
    for login in ("firm2", "lianjiang2", "fz1"):
        with pytest.raises(Refused, match="本单位的账号"):
            accounts.reset_account(county, unit.pk, person_id=world.account(login).person_id, at=world.now)
    for login in ("qz1", "yunguan1", "zhengfa1"):
        with pytest.raises((NotFound, Forbidden)):
            accounts.reset_account(
                world.actor(login), other.pk, person_id=world.account("firm2").person_id, at=world.now
            )
    assert Slip.unscoped.count() == slips
