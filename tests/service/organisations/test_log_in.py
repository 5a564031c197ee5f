"""Coming in: the right password, the wrong one, too many wrong ones, and a link used once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from dajian.service.access.errors import NotFound, Refused
from dajian.service.history.record import of
from dajian.service.organisations.actions import slips
from dajian.service.organisations.actions.people import Post, add_membership, leave
from dajian.service.organisations.models import Account, Membership
from dajian.service.organisations.queries import demo_accounts
from tests.service.world import World


def log_in(client: Client, username: str, password: str, next: str = ""):
    return client.post("/login", {"username": username, "password": password, "next": next})


def acting(client: Client) -> str:
    """The body for which this browser acts."""
    return client.get("/account").context["request"].actor.organisation_name


def test_the_right_password_opens_the_page_that_was_asked_for(world: World, client: Client) -> None:
    assert client.get("/account").headers["Location"] == "/login?next=/account"
    answer = log_in(client, " FZ1 ", world.password, "/account")
    assert answer.headers["Location"] == "/account"
    assert "林福一" in client.get("/account").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_log_in_leads_nowhere_but_to_this_site(world: World, client: Client, elsewhere: str) -> None:
    assert log_in(client, "fz1", world.password, elsewhere).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_log_in_are_told_alike(world: World, client: Client) -> None:
    told = []
    for username in ("fz1", "nobody-here"):
        answer = log_in(client, username, "wrong password")
        assert answer.status_code == 422
        told.append(answer.content.decode().partition("alert-error")[2].partition("</div>")[0])
    assert told[0] == told[1]
    assert "登录名或密码不对" in told[0]


def test_after_five_wrong_passwords_the_log_in_rests_and_says_how_long(world: World, client: Client) -> None:
    for _ in range(4):
        assert log_in(client, "fz1", "wrong password").status_code == 422
    answer = log_in(client, "fz1", "wrong password")
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.content.decode()
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert log_in(client, "fz1", world.password).status_code == 429  # the right one has to wait too
    assert log_in(client, "FZ1 ", world.password).status_code == 429  # and another spelling is the same log-in
    assert log_in(client, "fz2", world.password).status_code == 302  # a colleague is not held up


def test_a_new_password_ends_the_rest(world: World, client: Client) -> None:
    for _ in range(5):
        log_in(client, "fz1", "wrong password")
    token = slips.reset(world.actor("fzmanager"), world.account("fz1").person_id, at=timezone.now())
    slips.redeem(token, password="another good sentence", at=timezone.now())
    assert log_in(client, "fz1", "another good sentence").status_code == 302


def test_who_has_left_is_told_so_only_with_the_right_password(world: World, client: Client) -> None:
    Membership.unscoped.filter(person__account__username="fz1").update(ends=world.now.date())
    assert "没有有效的身份" in log_in(client, "fz1", world.password).content.decode()
    assert "没有有效的身份" not in log_in(client, "fz1", "wrong password").content.decode()
    assert "_auth_user_id" not in client.session


def test_a_session_ends_with_the_membership(world: World) -> None:
    client = world.client("fz1")
    assert client.get("/account").status_code == 200
    membership = Membership.unscoped.get(person__account__username="fz1")
    manager = world.actor("fzmanager")
    leave(
        manager,
        membership.pk,
        last_day=timezone.localdate() - timedelta(days=1),
        reason="调离",
        version=1,
        at=timezone.now(),
    )
    assert client.get("/account").status_code == 302
    assert not Account.unscoped.get(username="fz1").is_active


def test_log_out_needs_a_post_and_ends_the_session(world: World) -> None:
    client = world.client("fz1")
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").status_code == 302
    assert client.get("/account").status_code == 302


def test_one_person_acts_under_one_of_two_memberships_at_a_time(world: World) -> None:
    person = world.account("lianjiang1").person_id
    city = world.body("competent", "350100")
    second = add_membership(
        world.actor("fzmanager"), person, organisation_id=city.pk, post=Post("officer", world.now.date()), at=world.now
    )
    client = world.client("lianjiang1")
    assert acting(client) == "连江县交通运输局"
    client.post("/membership", {"membership": second.pk})
    assert acting(client) == "福州市交通运输局"


def test_nobody_acts_under_the_membership_of_another(world: World) -> None:
    client = world.client("lianjiang1")
    foreign = Membership.unscoped.get(person__account__username="fz1")
    for chosen in (foreign.pk, 10**9, "x", ""):
        assert client.post("/membership", {"membership": chosen}).status_code == 404
    assert acting(client) == "连江县交通运输局"


class TestASlip:
    def link(self, world: World) -> str:
        return slips.reset(world.actor("fzmanager"), world.account("fz1").person_id, at=timezone.now())

    def test_sets_the_password_once(self, world: World, client: Client) -> None:
        token = self.link(world)
        assert "林福一" in client.get(f"/slip/{token}").content.decode()
        given = {"new": "a sentence to keep", "again": "a sentence to keep"}
        assert client.post(f"/slip/{token}", given).status_code == 302
        assert log_in(client, "fz1", "a sentence to keep").status_code == 302
        assert client.get(f"/slip/{token}").status_code == 410
        assert client.post(f"/slip/{token}", given).status_code == 410

    def test_used_expired_replaced_and_unknown_ones_look_alike(self, world: World, client: Client) -> None:
        used, replaced = self.link(world), self.link(world)
        slips.redeem(replaced, password="a sentence to keep", at=timezone.now())
        expired = slips.reset(
            world.actor("fzmanager"), world.account("fz2").person_id, at=timezone.now() - timedelta(days=1, seconds=1)
        )
        pages = {client.get(f"/slip/{token}").content for token in (used, replaced, expired, "unknown")}
        assert len(pages) == 1
        for token in (used, replaced, expired, "unknown"):
            with pytest.raises(NotFound):
                slips.redeem(token, password="a sentence to keep", at=timezone.now())

    def test_lasts_to_its_last_second(self, world: World) -> None:
        token = slips.reset(world.actor("fzmanager"), world.account("fz1").person_id, at=world.now)
        day = slips.LASTS["reset"]
        with pytest.raises(NotFound):
            slips.slip_of(token, at=world.now + day)
        assert slips.slip_of(token, at=world.now + day - timedelta(seconds=1)).account.username == "fz1"

    @pytest.mark.parametrize(
        ("weak", "told"),
        [("short", "至少 10 位"), ("password123", "太常见"), ("fzmanager1", "与登录名太相近"), ("", "必填")],
    )
    def test_stays_open_when_the_password_is_too_weak(self, world: World, client: Client, weak: str, told: str) -> None:
        token = slips.reset(world.actor("security1"), world.account("fzmanager").person_id, at=timezone.now())
        answer = client.post(f"/slip/{token}", {"new": weak, "again": weak})
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert client.get(f"/slip/{token}").status_code == 200

    def test_every_validator_has_its_words(self) -> None:
        assert len(slips.TOO_WEAK) == len(settings.AUTH_PASSWORD_VALIDATORS)

    def test_is_kept_as_a_digest_only(self, world: World) -> None:
        token = self.link(world)
        rows = str(list(slips.Slip.unscoped.values())) + str(list(of(world.account("fz1").person).values()))
        assert token not in rows


def test_a_password_is_changed_by_who_knows_the_old_one(world: World) -> None:
    client = world.client("fz1")
    new = {"new": "a sentence to keep", "again": "a sentence to keep"}
    assert "原密码不对" in client.post("/password", new | {"old": "wrong"}).content.decode()
    assert "不一样" in client.post("/password", new | {"old": world.password, "again": "x"}).content.decode()
    other = world.client("fz1")
    assert client.post("/password", new | {"old": world.password}).status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302  # the other browser is logged out
    with pytest.raises(Refused, match="原密码"):
        slips.change_password(world.actor("fz1"), old=world.password, new="yet another sentence", at=world.now)


def test_accounts_to_try_are_shown_in_a_demo_only(world: World, client: Client, settings) -> None:
    Account.unscoped.filter(username="fz1").update(demo=True)
    assert demo_accounts() == []
    assert settings.DEMO_PASSWORD not in client.get("/login").content.decode()
    settings.MODE = "demo"
    assert [one.username for one in demo_accounts()] == ["fz1"]
    assert settings.DEMO_PASSWORD in client.get("/login").content.decode()
