"""A unit fills in its own questionnaire by link and short code; nothing opens for anybody else."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client

from dajian.service.access.errors import Forbidden, NotFound, Refused
from dajian.service.access.rules import RULES, may, scope
from dajian.service.history.record import of
from dajian.service.survey.actions import corrections, invitations, reports, submissions
from dajian.service.survey.actions.invitations import ALPHABET, Issued, open_by_code
from dajian.service.survey.models import Invitation, Submission, SurveyUnit
from dajian.service.survey.parties import invited
from tests.service.survey.chain import Chain
from tests.service.world import World


@dataclass(frozen=True)
class Letter:
    unit: SurveyUnit
    record: dict
    issued: Issued


@pytest.fixture(autouse=True)
def clock(world: World, monkeypatch) -> None:
    """Pages ask the clock; the world stands still in its campaign."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.now)


def letter(world: World, chain: Chain, n: int = 0, by: str = "lianjiang1") -> Letter:
    unit, record = chain.unit(n=n)
    return Letter(unit, record, invitations.invite(world.actor(by), unit.pk, at=world.now))


@pytest.fixture
def sent_letter(world: World, chain: Chain) -> Letter:
    return letter(world, chain)


def opened(found: Letter) -> Client:
    client = Client()
    answer = client.post(f"/i/{found.issued.token}", {"code": found.issued.code})
    assert (answer.status_code, answer["Location"]) == (302, f"/own/{found.unit.pk}")
    return client


def filled(world: World, found: Letter) -> Submission:
    """Begun, saved and sent by the invited respondent."""
    actor = invited(found.issued.invitation)
    begun = submissions.begin(actor, found.unit.pk, at=world.now)
    saved = submissions.save_draft(actor, begun.pk, draft=found.record, version=begun.version)
    return submissions.send(actor, saved.pk, version=saved.version, at=world.now)


def test_link_and_code_open_the_units_own_questionnaire_and_it_is_sent_as_from_the_unit(
    world: World, sent_letter: Letter
) -> None:
    client = opened(sent_letter)
    assert sent_letter.unit.subject.name in client.get(f"/own/{sent_letter.unit.pk}").content.decode()
    client.post(f"/units/{sent_letter.unit.pk}/begin")
    found = Submission.unscoped.get(unit=sent_letter.unit)
    assert client.get(f"/submissions/{found.pk}/edit").status_code == 200
    sent = filled(world, sent_letter)
    assert sent.current
    assert (sent.state, sent.current.mode) == ("sent", "invited")
    assert (sent.current.organisation_name, sent.current.person_name) == (sent_letter.unit.subject.name, "受邀填报人")
    assert sent.organisation_id == world.actor("lianjiang1").organisation_id  # who hears of a return
    page = client.get(f"/own/{sent_letter.unit.pk}").content.decode()
    assert "待核查" in page
    assert sent_letter.record["unit_address"] in page


def test_the_city_checks_it_like_any_other_and_a_return_is_seen_with_its_reason(
    world: World, sent_letter: Letter
) -> None:
    sent = filled(world, sent_letter)
    submissions.return_submission(
        world.actor("fz1"), sent.pk, reason="车辆数与登记不符", version=sent.version, at=world.now
    )
    client = opened(sent_letter)
    assert "车辆数与登记不符" in client.get(f"/own/{sent_letter.unit.pk}").content.decode()
    again = filled_again(world, sent_letter)
    assert again.current
    assert (again.state, again.current.n) == ("sent", 2)
    assert submissions.check(world.actor("fz1"), again.pk, version=again.version, at=world.now).state == "checked"


def filled_again(world: World, found: Letter) -> Submission:
    actor = invited(found.issued.invitation)
    returned = Submission.unscoped.get(unit=found.unit)
    return submissions.send(actor, returned.pk, version=returned.version, at=world.now)


def test_one_units_link_opens_nothing_of_another(world: World, chain: Chain, sent_letter: Letter) -> None:
    other = letter(world, chain, n=1)
    theirs = filled(world, other)
    client = opened(sent_letter)
    for address in (
        f"/own/{other.unit.pk}",
        f"/units/{other.unit.pk}",
        f"/submissions/{theirs.pk}",
        f"/submissions/{theirs.pk}/edit",
        f"/submissions/{theirs.pk}/compare",
        f"/submissions/{theirs.pk}/fill",
        f"/submissions/{theirs.pk}/print.pdf",
        *(f"/api/submissions/{theirs.pk}/{what}" for what in ("draft", "form", "photos/a.jpg")),
        f"/items/{world.item().pk}/",
        f"/items/{world.item().pk}/units",
        f"/registry/items/{world.item().pk}",
        f"/campaigns/{world.campaign.pk}",
        f"/bodies/{world.actor('fz1').organisation_id}",
    ):
        assert client.get(address).status_code == 404, address
    for what in ("draft", "send", "photos"):
        answer = client.post(f"/api/submissions/{theirs.pk}/{what}", "{}", content_type="application/json")
        assert answer.status_code in (404, 422), what
        assert theirs.unit.subject.name not in answer.content.decode()
    with pytest.raises(NotFound):
        submissions.take_back(invited(sent_letter.issued.invitation), theirs.pk, version=theirs.version, at=world.now)
    assert Client().post(f"/i/{sent_letter.issued.token}", {"code": other.issued.code}).status_code == 422
    assert Client().post(f"/i/{other.issued.token}", {"code": sent_letter.issued.code}).status_code == 422


def test_of_all_tables_the_invited_sees_the_rows_of_his_own_unit_alone(
    world: World, chain: Chain, sent_letter: Letter
) -> None:
    filled(world, letter(world, chain, n=1))
    filled(world, sent_letter)
    actor = invited(sent_letter.issued.invitation)
    seen = {model._meta.label: scope(model, actor).count() for model, right in RULES if right == "read"}
    public = {"organisations.Area", "organisations.FunctionKind"}
    own = {"survey.SurveyUnit": 1, "survey.Submission": 1, "survey.SubmissionVersion": 1}
    own |= {"identity.Firm": 1, "identity.Project": 1}  # the unit's own row under its two names
    assert {name: n for name, n in seen.items() if n and name not in public} == own


def test_the_officers_pages_lead_the_invited_to_his_own(world: World, sent_letter: Letter) -> None:
    sent = filled(world, sent_letter)
    client = opened(sent_letter)
    for address in (f"/units/{sent_letter.unit.pk}", f"/submissions/{sent.pk}", "/own"):
        assert client.get(address)["Location"] == f"/own/{sent_letter.unit.pk}"
    assert client.get("/")["Location"] == "/own"


def test_the_invited_decides_nothing(world: World, sent_letter: Letter) -> None:
    sent = filled(world, sent_letter)
    actor = invited(sent_letter.issued.invitation)
    for right in ("check", "report", "decide", "comment", "correct"):
        assert not may(sent, actor, right)
    with pytest.raises(Forbidden):
        submissions.check(actor, sent.pk, version=sent.version, at=world.now)
    with pytest.raises(Forbidden):
        invitations.invite(actor, sent_letter.unit.pk, at=world.now)


def test_the_tenth_wrong_code_locks_for_a_time_that_is_told(world: World, sent_letter: Letter) -> None:
    token, code = sent_letter.issued.token, sent_letter.issued.code
    for n in range(9):
        with pytest.raises(Refused, match="短码不对"):
            open_by_code(token, "WRNG-CDE2", at=world.now)
        assert Invitation.unscoped.get().wrong == n + 1
    with pytest.raises(Refused, match="暂停使用到 04-22 11:00"):
        open_by_code(token, "WRNG-CDE2", at=world.now)
    with pytest.raises(Refused, match="暂停使用到 04-22 11:00"):
        open_by_code(token, code, at=world.later(minutes=59))
    assert open_by_code(token, code, at=world.later(minutes=60)).unit == sent_letter.unit
    assert [e.action for e in of(sent_letter.unit)][-2:] == ["lock_invitation", "open_invitation"]


def test_the_right_code_clears_the_count(world: World, sent_letter: Letter) -> None:
    for _ in range(9):
        with pytest.raises(Refused):
            open_by_code(sent_letter.issued.token, "AAAA-AAAA", at=world.now)
    open_by_code(sent_letter.issued.token, sent_letter.issued.code, at=world.now)
    assert Invitation.unscoped.get().wrong == 0


@pytest.mark.parametrize("wrong", ["", "AAAA-AAAA", "  "])
def test_an_unknown_link_and_a_wrong_code_are_told_alike(sent_letter: Letter, wrong: str) -> None:
    pages = [
        re.sub(
            r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "\w+"', "", Client().post(url, {"code": wrong}).content.decode()
        )
        for url in (f"/i/{sent_letter.issued.token}", "/i/NQSQCHTHERE2")
    ]
    assert pages[0] == pages[1]


def test_a_code_is_taken_however_it_is_typed(world: World, sent_letter: Letter) -> None:
    code = sent_letter.issued.code
    full_width = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else " " for sign in code)
    for typed in (code.lower(), code.replace("-", ""), f"  {code} ", full_width):
        assert open_by_code(sent_letter.issued.token.lower(), typed, at=world.now).unit == sent_letter.unit


def test_only_digests_are_kept_and_nothing_is_logged(
    world: World, chain: Chain, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        found = letter(world, chain)
        Client().post(f"/i/{found.issued.token}", {"code": "AAAA-AAAA"})
        opened(found)
        filled(world, found)
    secrets = [found.issued.code, found.issued.code.replace("-", ""), found.issued.token]
    logged = [record for record in caplog.records if record.name != "django.db.backends"]
    written = "\n".join(record.getMessage() for record in logged)
    kept = "\n".join(
        serializers.serialize("json", model._base_manager.all())
        for model in apps.get_models()
        if model.__module__.startswith("dajian.")
    )
    for secret in secrets[:2]:
        assert secret not in written
    for secret in secrets:
        assert secret not in kept
    assert found.record["contact_mobile"] not in written


def test_a_new_letter_ends_the_old_one(world: World, sent_letter: Letter) -> None:
    again = invitations.invite(world.actor("fz1"), sent_letter.unit.pk, at=world.now)
    with pytest.raises(Refused):
        open_by_code(sent_letter.issued.token, sent_letter.issued.code, at=world.now)
    assert open_by_code(again.token, again.code, at=world.now) == again.invitation


def test_a_revoked_invitation_ends_the_session_that_it_opened(world: World, sent_letter: Letter) -> None:
    client = opened(sent_letter)
    invitations.revoke(world.actor("lianjiang1"), sent_letter.unit.pk, at=world.now)
    assert client.get(f"/own/{sent_letter.unit.pk}")["Location"].startswith("/login")
    with pytest.raises(Refused):
        open_by_code(sent_letter.issued.token, sent_letter.issued.code, at=world.now)
    with pytest.raises(Refused, match="没有有效的邀请"):
        invitations.revoke(world.actor("lianjiang1"), sent_letter.unit.pk, at=world.now)


def test_it_is_good_through_its_last_day_and_no_longer_than_the_campaign(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    issued = invitations.invite(world.actor("lianjiang1"), unit.pk, expires_on=date(2019, 4, 24), at=world.now)
    assert open_by_code(issued.token, issued.code, at=world.later(days=2, hours=13.9))
    with pytest.raises(Refused):
        open_by_code(issued.token, issued.code, at=world.later(days=2, hours=14))  # 25 April, 00:00
    for day in (world.campaign.ends + timedelta(days=1), date(2019, 4, 21)):
        with pytest.raises(Refused, match="截止日期"):
            invitations.invite(world.actor("lianjiang1"), unit.pk, expires_on=day, at=world.now)
    assert invitations.invite(world.actor("lianjiang1"), unit.pk, at=world.now).invitation.expires_on == date(
        2019, 8, 31
    )


@pytest.mark.parametrize("login", ["qz1", "minhou1", "yunguan1", "zhengfa1", "fzhighway1"])
def test_who_does_not_enter_for_the_unit_does_not_invite_it(world: World, sent_letter: Letter, login: str) -> None:
    with pytest.raises((NotFound, Forbidden)):
        invitations.invite(world.actor(login), sent_letter.unit.pk, at=world.now)
    with pytest.raises((NotFound, Forbidden)):
        invitations.revoke(world.actor(login), sent_letter.unit.pk, at=world.now)


def test_a_return_of_bodies_knows_no_invitation(world: World) -> None:
    from dajian.service.survey.actions import units

    item = world.item(6, "普通")
    unit = units.add_unit(
        world.actor("fz1"), item.pk, name="示例许可中心", code="", area_code="350102", source="编制文件", at=world.now
    )
    with pytest.raises(Refused, match="不发邀请"):
        invitations.invite(world.actor("fz1"), unit.pk, at=world.now)


def test_the_letter_is_shown_once_and_not_stored_by_the_browser(world: World, chain: Chain) -> None:
    unit, _ = chain.unit()
    answer = world.client("lianjiang1").post(f"/units/{unit.pk}/invite", {"expires_on": "2019-05-10"})
    page = answer.content.decode()
    code = re.search(rf"<b>([{ALPHABET}]{{4}}-[{ALPHABET}]{{4}})</b>", page)
    link = re.search(r"http://testserver(/i/\w+)", page)
    assert code
    assert link
    assert answer["Cache-Control"] == "no-store"
    for words in ("0591-87078376", "2019", unit.subject.name, "连江县交通运输局"):
        assert words in page
    assert Client().post(link[1], {"code": code[1]}).status_code == 302
    assert code[1] not in world.client("lianjiang1").get(f"/units/{unit.pk}").content.decode()


def test_a_session_by_invitation_and_one_by_account_are_never_the_same(world: World, sent_letter: Letter) -> None:
    client = world.client("qz1")
    assert client.get(f"/items/{world.item().pk}/").status_code == 200
    client.post(f"/i/{sent_letter.issued.token}", {"code": sent_letter.issued.code})
    assert client.get(f"/items/{world.item().pk}/").status_code == 404
    assert client.get(f"/own/{sent_letter.unit.pk}").status_code == 200
    client.post("/logout")
    assert client.get(f"/own/{sent_letter.unit.pk}").status_code == 302


def test_the_unit_takes_back_what_was_not_looked_at_and_asks_for_a_correction_later(
    world: World, chain: Chain, sent_letter: Letter
) -> None:
    actor = invited(sent_letter.issued.invitation)
    sent = filled(world, sent_letter)
    with pytest.raises(Refused, match="还在您手中|至少4个字"):
        corrections.ask_correction(actor, sent.pk, reason="地址写错了", version=sent.version, at=world.now)
    back = submissions.take_back(actor, sent.pk, version=sent.version, at=world.now)
    again = submissions.send(actor, back.pk, version=back.version, at=world.now)
    submissions.check(world.actor("fz1"), again.pk, version=again.version, at=world.now)
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    approved = Submission.unscoped.get(pk=sent.pk)
    asked = corrections.ask_correction(actor, approved.pk, reason="已迁入新址", version=approved.version, at=world.now)
    city = world.client("fz1").get(f"/submissions/{sent.pk}").content.decode()
    assert "已迁入新址" in city
    assert any(n.url == f"/submissions/{sent.pk}" for n in notices(world, "fz1"))
    opened_again = submissions.correct(
        world.actor("lianjiang1"), asked.pk, reason="单位请求更正", version=asked.version, at=world.now
    )
    assert (opened_again.state, opened_again.correction_asked) == ("returned", "")


def notices(world: World, login: str) -> list:
    from dajian.service.notices.models import OutboxMessage

    return list(OutboxMessage.unscoped.filter(account_id=world.account(login).pk, kind="ask_correction"))


def test_the_history_tells_of_the_letter_and_not_of_what_it_held(sent_letter: Letter) -> None:
    events = list(of(sent_letter.unit))
    assert [(e.action, e.person_name) for e in events] == [("list", "连江一"), ("invite_unit", "连江一")]
    assert json.dumps(events[-1].details) == '{"expires_on": "2019-08-31"}'
