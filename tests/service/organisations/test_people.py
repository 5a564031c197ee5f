"""Who may invite, move and let go whom; what is seen of persons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dajian.service.access.errors import Forbidden, NotFound, Refused, Stale
from dajian.service.access.rules import may, scope
from dajian.service.history.record import of
from dajian.service.organisations.actions import people, slips
from dajian.service.organisations.actions.people import Post
from dajian.service.organisations.models import Account, Membership, Organisation, Person
from tests.service.world import World

START = date(2019, 4, 22)


def membership(login: str) -> Membership:
    return Membership.unscoped.get(person__account__username=login)


def invited(world: World, by: str, function: str, code: str, role: str = "officer") -> people.Invited:
    body = world.body(function, code)
    return people.invite(
        world.actor(by), body.pk, name="新来的", username=f"new-{code}-{function}", post=Post(role, START), at=world.now
    )


# access.md, “accounts of own body”: 市主管部门 A w, 县主管部门 A w, 公路机构 O w, 省运管局 O w, 厅政法处 –
@pytest.mark.parametrize(
    ("by", "function", "code", "outcome"),
    [
        ("fzmanager", "competent", "350100", None),
        ("fzmanager", "highway", "350100", None),
        ("fzmanager", "competent", "350122", None),
        ("fzmanager", "transport", "350122", None),
        ("fzmanager", "competent", "350500", NotFound),
        ("fzmanager", "province_transport", "350000", NotFound),
        ("lianjiangmanager", "competent", "350122", None),
        ("lianjiangmanager", "highway", "350122", None),
        ("lianjiangmanager", "competent", "350121", NotFound),
        ("lianjiangmanager", "competent", "350100", NotFound),
        ("fz1", "competent", "350100", Forbidden),
        ("fz1", "competent", "350122", Forbidden),
        ("fz1", "competent", "350500", NotFound),
        ("security1", "competent", "350500", None),
        ("security1", "policy", "350000", None),
        ("audit1", "competent", "350100", NotFound),
        ("system1", "competent", "350100", NotFound),
    ],
)
def test_who_may_invite_into_which_body(world: World, by: str, function: str, code: str, outcome: type | None) -> None:
    if outcome is None:
        made = invited(world, by, function, code)
        assert [e.action for e in of(made.membership)] == ["invite"]
        return
    before = Account.unscoped.count()
    with pytest.raises(outcome):
        invited(world, by, function, code)
    assert Account.unscoped.count() == before


@pytest.mark.parametrize(
    ("function", "code", "role", "mate", "outcome"),
    [
        ("highway", "350100", "manager", "highway", None),
        ("highway", "350100", "manager", "competent", NotFound),
        ("province_transport", "350000", "manager", "province_transport", None),
        ("policy", "350000", "manager", "policy", Forbidden),  # its accounts are the security administrator's
    ],
)
def test_a_manager_keeps_what_his_function_lets_him(
    world: World, function: str, code: str, role: str, mate: str, outcome: type | None
) -> None:
    made = invited(world, "security1", function, code, role)
    slips.redeem(made.token, password="a sentence to keep", at=world.now)
    actor = world.actor(f"new-{code}-{function}")
    body = world.body(mate, code)

    def deed() -> people.Invited:
        return people.invite(actor, body.pk, name="同事", username="mate", post=Post("officer", START), at=world.now)

    if outcome is None:
        assert deed().membership.organisation == body
    else:
        with pytest.raises(outcome):
            deed()


def test_an_invitation_opens_nothing_until_a_password_is_set(world: World, client) -> None:
    made = invited(world, "fzmanager", "competent", "350100")
    account = made.membership.person.account
    assert not account.has_usable_password()
    slips.redeem(made.token, password="a sentence to keep", at=world.now)
    assert client.post("/login", {"username": account.username, "password": "a sentence to keep"}).status_code == 302


@pytest.mark.parametrize("username", ["", "ab", "有中文", "-abc", "a b", "fz1", "x" * 61, "ab\nc"])
def test_an_unfit_or_taken_log_in_is_refused(world: World, username: str) -> None:
    body = world.body("competent", "350100")
    with pytest.raises(Refused, match="登录名"):
        people.invite(
            world.actor("fzmanager"),
            body.pk,
            name="新来的",
            username=username,
            post=Post("officer", START),
            at=world.now,
        )


@pytest.mark.parametrize("role", ["security_admin", "audit_admin", "system_admin", "", "king"])
def test_a_manager_gives_no_role_of_administration(world: World, role: str) -> None:
    with pytest.raises(Refused, match="安全管理员"):
        invited(world, "fzmanager", "competent", "350100", role)


def test_administrators_are_nothing_else_besides(world: World) -> None:
    house = Organisation.unscoped.get(name="省交通运输厅")
    security = world.actor("security1")
    with pytest.raises(Refused, match="专人担任"):
        people.add_membership(
            security,
            world.account("fz1").person_id,
            organisation_id=house.pk,
            post=Post("audit_admin", START),
            at=world.now,
        )
    with pytest.raises(Refused, match="专人担任"):
        people.add_membership(
            security,
            world.account("audit1").person_id,
            organisation_id=world.body("competent", "350100").pk,
            post=Post("officer", START),
            at=world.now,
        )


def test_nobody_gives_himself_a_membership(world: World) -> None:
    for login, body in (("security1", "policy"), ("fzmanager", "highway")):
        code = "350000" if body == "policy" else "350100"
        with pytest.raises(Refused, match="本人"):
            people.add_membership(
                world.actor(login),
                world.account(login).person_id,
                organisation_id=world.body(body, code).pk,
                post=Post("officer", START),
                at=world.now,
            )


def test_a_reset_needs_every_membership_of_the_person_in_ones_hands(world: World) -> None:
    person = world.account("lianjiang1").person_id
    county, city = world.actor("lianjiangmanager"), world.actor("fzmanager")
    slips.reset(county, person, at=world.now)
    people.add_membership(
        city,
        person,
        organisation_id=world.body("competent", "350100").pk,
        post=Post("officer", START),
        at=world.now,
    )
    with pytest.raises(Forbidden):
        slips.reset(county, person, at=world.now)  # it would open the city's account
    slips.reset(city, person, at=world.now)
    with pytest.raises(NotFound):
        slips.reset(world.actor("qz1"), person, at=world.now)


def test_a_move_ends_one_membership_the_day_before_the_other_begins(world: World) -> None:
    old = membership("lianjiang1")
    city = world.body("competent", "350100")
    new = people.move(
        world.actor("fzmanager"),
        old.pk,
        organisation_id=city.pk,
        post=Post("officer", date(2019, 5, 1)),
        version=1,
        at=world.now,
    )
    old.refresh_from_db()
    assert (old.ends, new.starts) == (date(2019, 4, 30), date(2019, 5, 1))
    assert [e.action for e in of(old)] == ["invite", "move_away"]
    assert [e.action for e in of(new)] == ["move_in"]
    assert Account.unscoped.get(username="lianjiang1").is_active


def test_a_move_needs_both_bodies(world: World) -> None:
    old = membership("lianjiang1")
    with pytest.raises(NotFound):
        people.move(
            world.actor("fzmanager"),
            old.pk,
            organisation_id=world.body("competent", "350500").pk,
            post=Post("officer", START),
            version=1,
            at=world.now,
        )
    old.refresh_from_db()
    assert old.ends is None


def test_who_leaves_keeps_the_day_and_then_has_no_rights(world: World) -> None:
    left = membership("lianjiang1")
    last_day = world.now.date()
    people.leave(world.actor("lianjiangmanager"), left.pk, last_day=last_day, reason="退休", version=1, at=world.now)
    assert Account.unscoped.get(username="lianjiang1").is_active  # to the end of the day
    assert world.actor("lianjiang1").posts
    tomorrow = World(now=world.now + timedelta(days=1))
    with pytest.raises(IndexError):
        tomorrow.actor("lianjiang1")


def test_the_account_is_closed_when_no_membership_is_left_and_opened_by_a_new_one(world: World) -> None:
    left = membership("lianjiang1")
    yesterday = world.now.date() - timedelta(days=1)
    people.leave(world.actor("lianjiangmanager"), left.pk, last_day=yesterday, reason="", version=1, at=world.now)
    assert not Account.unscoped.get(username="lianjiang1").is_active
    security = world.actor("security1")
    assert not may(left.person, security, "read")  # he works nowhere
    left.refresh_from_db()
    with pytest.raises(Refused, match="已于"):
        people.leave(security, left.pk, last_day=yesterday, reason="", version=left.version, at=world.now)


def test_the_second_of_two_managers_is_told(world: World) -> None:
    left = membership("lianjiang1")
    people.leave(world.actor("lianjiangmanager"), left.pk, last_day=START, reason="", version=1, at=world.now)
    with pytest.raises(Stale):
        people.leave(world.actor("fzmanager"), left.pk, last_day=START, reason="", version=1, at=world.now)


def test_nobody_ends_his_own_membership(world: World) -> None:
    own = membership("fzmanager")
    with pytest.raises(Forbidden):
        people.leave(world.actor("fzmanager"), own.pk, last_day=START, reason="", version=1, at=world.now)


def test_contacts_are_seen_by_who_keeps_the_accounts(world: World) -> None:
    def seen(login: str, right: str) -> set[str]:
        return set(scope(Person, world.actor(login), right).values_list("account__username", flat=True))

    assert seen("lianjiang1", "contacts") == {"lianjiang1"}
    assert seen("lianjiang1", "read") >= {"lianjiang1", "lianjiang2", "lianjiangmanager"}
    assert "fz1" not in seen("lianjiangmanager", "read")
    assert seen("lianjiangmanager", "contacts") >= {"lianjiang1", "ljtransport1"}
    assert seen("qz1", "read") == {"qz1", "qz2", "jinjiang1"}
    assert seen("audit1", "contacts") == {"audit1"}


def test_the_page_shows_phones_in_full_to_the_manager_only(world: World) -> None:
    body = world.body("competent", "350122")
    phone = world.account("lianjiang1").person.mobile
    page = f"/bodies/{body.pk}"
    assert phone in world.client("lianjiangmanager").get(page).content.decode()
    colleague = world.client("lianjiang2").get(page).content.decode()
    assert phone not in colleague
    assert "连江一" in colleague
    assert world.client("qz1").get(page).status_code == 404
    assert world.client("minhou1").get(page).content == world.client("minhou1").get("/bodies/99999999").content


def test_the_first_administrator_is_appointed_once(world: World) -> None:
    house = Organisation.unscoped.get(name="省交通运输厅")
    with pytest.raises(Refused, match="已有安全管理员"):
        people.appoint_first(house.pk, name="又一位", username="second", at=world.now)


def test_inviting_on_the_page_shows_the_link_once(world: World, client) -> None:
    body = world.body("competent", "350122")
    given = {"name": "新来的", "username": "newcomer", "role": "officer", "starts": "2019-04-22"}
    manager = world.client("lianjiangmanager")
    page = manager.post(f"/bodies/{body.pk}/invite", given)
    assert page.status_code == 200
    link = page.content.decode().partition("http://testserver")[2].partition("<")[0]
    assert client.get(link).status_code == 200
    again = manager.post(f"/bodies/{body.pk}/invite", given)
    assert again.status_code == 422
    assert "已有人使用" in again.content.decode()
    assert "newcomer" in again.content.decode()  # what was typed is kept


def test_leaving_and_moving_on_the_pages(world: World) -> None:
    manager = world.client("fzmanager")
    one, two = membership("lianjiang1"), membership("lianjiang2")
    assert manager.get(f"/memberships/{one.pk}/leave").status_code == 200
    given = {"last_day": "2019-04-30", "reason": "退休", "version": 1}
    assert manager.post(f"/memberships/{one.pk}/leave", given).status_code == 302
    city = world.body("competent", "350100")
    given = {"body": city.pk, "role": "officer", "starts": "2019-05-01", "version": 1}
    assert manager.get(f"/memberships/{two.pk}/move").status_code == 200
    assert manager.post(f"/memberships/{two.pk}/move", given).status_code == 302
    assert Membership.unscoped.filter(person=two.person, organisation=city, ends=None).exists()
    assert manager.post(f"/memberships/{one.pk}/leave", given | {"last_day": "2019-04-30"}).status_code == 409
