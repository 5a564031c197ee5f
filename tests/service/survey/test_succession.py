"""Issue 5, done when 9: bodies merge in mid-campaign. Open work goes to the successor, history keeps the old name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dajian.service.access.errors import Forbidden, NotFound, Refused
from dajian.service.history.record import of
from dajian.service.notices.models import OutboxMessage
from dajian.service.organisations.actions.successions import Heir, Reform, reform
from dajian.service.organisations.heirs import _reached, bodies_of, heirs_of
from dajian.service.organisations.models import Function, Membership, Organisation, Succession
from dajian.service.survey.actions import submissions
from dajian.service.survey.models import Submission
from dajian.service.survey.queries import waiting
from tests.service.survey.chain import Chain
from tests.service.world import World

DAY = date(2019, 4, 22)
REASON = "闽委编办〔2019〕12号"


def done(world: World, *olds: Organisation, **reformed) -> list[Organisation]:
    told = {"kind": "merge", "starts": DAY, "reason": REASON} | reformed
    return reform(world.actor("security1"), [old.pk for old in olds], reform=Reform(**told), at=world.now)


def told_to(world: World, login: str, kind: str) -> list[str]:
    rows = OutboxMessage.unscoped.filter(account_id=world.account(login).pk, kind=kind)
    return list(rows.values_list("text", flat=True))


def draft_of(chain: Chain, who: str, n: int) -> Submission:
    """A questionnaire that `who` fills in for a unit on the office's list."""
    unit, record = chain.unit("lianjiang1", n)
    actor = chain.world.actor(who)
    begun = submissions.begin(actor, unit.pk, at=chain.world.now)
    return submissions.save_draft(actor, begun.pk, draft=record, version=begun.version)


def test_a_merger_in_mid_campaign_hands_open_work_on_and_history_keeps_the_old_name(world: World) -> None:
    chain = Chain(world)
    transport, highway = world.body("transport", "350122"), world.body("highway", "350122")
    draft, sent = draft_of(chain, "ljtransport1", 0), draft_of(chain, "ljtransport1", 1)
    sent = submissions.send(world.actor("lianjiang1"), sent.pk, version=sent.version, at=world.now)
    assert draft.organisation_id == transport.pk

    [heir] = done(world, transport, highway, heirs=(Heir(name="连江县交通运输事业发展中心"),))

    actor = world.actor("ljtransport1")
    assert (actor.organisation_id, actor.organisation_name) == (heir.pk, "连江县交通运输事业发展中心")
    assert {post.function for post in actor.posts} == {"transport", "highway"}
    assert waiting(actor, world.campaign)[world.item().pk]["draft"] == 1, "its draft waits for the successor"
    colleague = world.actor("ljhighway1")
    assert waiting(colleague, world.campaign)[world.item().pk]["draft"] == 1, "also for who came from the other body"
    saved = submissions.save_draft(colleague, draft.pk, draft={"employees": 3}, version=draft.version)
    assert saved.draft == {"employees": 3}
    assert world.client("ljhighway1").get(f"/submissions/{draft.pk}").status_code == 200

    returned = submissions.return_submission(
        world.actor("fz1"), sent.pk, reason="车辆数与行驶证不符", version=sent.version, at=world.now
    )
    assert returned.organisation_id == transport.pk, "nothing was rewritten"
    for login in ("ljtransport1", "ljhighway1"):
        assert any("车辆数与行驶证不符" in text for text in told_to(world, login, "returned"))
    before = [e.organisation_name for e in of(draft) if e.person_id == actor.person_id]
    assert before == [transport.name], "the history keeps the old name"
    assert Organisation.unscoped.get(pk=transport.pk).name == transport.name
    page = world.client("security1").get(f"/bodies/{heir.pk}").content.decode()
    assert transport.name in page
    assert highway.name in page


def test_who_sent_it_takes_it_back_under_the_new_name(world: World) -> None:
    """连江's office led and merges with its city's: what it sent is still its own."""
    sent = Chain(world).sent("lianjiang1", 0)
    old = world.body("competent", "350122")
    done(world, old, kind="rename", heirs=(Heir(name="连江县交通运输和港航局"),))
    actor = world.actor("lianjiang2")
    assert actor.organisation_name == "连江县交通运输和港航局"
    back = submissions.take_back(actor, sent.pk, version=sent.version, at=world.now)
    assert back.state == "draft"


def test_a_split_gives_each_its_functions_and_people_and_the_return_to_who_has_the_duty(world: World) -> None:
    body = world.body("competent", "350122")
    kind = Function.unscoped.filter(kind__code="transport")[0].kind
    Function.unscoped.filter(kind=kind, area=world.area("350122")).update(organisation=body)
    [transport] = Function.unscoped.filter(organisation=body, kind=kind)
    [member] = Membership.unscoped.filter(person__account__username="lianjiang2")
    draft = Chain(world).draft("lianjiang1", 0)
    sent = submissions.send(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    two = (Heir(name="连江县交通局"), Heir(name="连江县运输事务中心"))
    first, second = done(world, body, kind="split", heirs=two, functions={transport.pk: 1}, people={member.pk: 1})
    assert world.actor("lianjiang1").organisation_id == first.pk
    assert world.actor("lianjiang2").organisation_id == second.pk
    assert [post.function for post in world.actor("lianjiang2").posts] == ["transport"]
    submissions.return_submission(
        world.actor("fz1"), sent.pk, reason="车辆数与行驶证不符", version=sent.version, at=world.now
    )
    assert told_to(world, "lianjiang2", "returned"), "the transport office of the county cooperates in this item"
    assert heirs_of(body.pk, DAY) == sorted((first.pk, second.pk))


def test_before_the_day_nothing_changes(world: World) -> None:
    body = world.body("transport", "350122")
    done(world, body, kind="rename", heirs=(Heir(name="连江县运输事务中心"),), starts=date(2019, 5, 1))
    assert world.actor("ljtransport1").organisation_id == body.pk
    assert heirs_of(body.pk, date(2019, 4, 30)) == [body.pk]
    assert heirs_of(body.pk, date(2019, 5, 1)) != [body.pk]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"reason": " "}, "请写明依据"),
        ({"heirs": ()}, "请选择承继单位"),
        ({"kind": "split", "heirs": (Heir(name="连江县甲中心"),)}, "至少两家"),
        ({"heirs": (Heir(name="连江县甲中心"), Heir(name="连江县乙中心"))}, "只有一家"),
        ({"starts": date(2000, 1, 1)}, "改革日期须晚于"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(world: World, told: dict, reason: str) -> None:
    body = world.body("transport", "350122")
    with pytest.raises(Refused, match=reason):
        done(world, body, **({"heirs": (Heir(name="连江县甲中心"),)} | told))
    assert not Succession.unscoped.exists()
    assert world.actor("ljtransport1").organisation_id == body.pk


def test_a_body_is_not_its_own_heir_and_goes_once(world: World) -> None:
    body = world.body("transport", "350122")
    with pytest.raises(Refused, match="不能是原单位自己"):
        done(world, body, heirs=(Heir(body.pk),))
    done(world, body, heirs=(Heir(world.body("competent", "350122").pk),))
    with pytest.raises(Refused, match="已由其他单位承继"):
        done(world, body, heirs=(Heir(world.body("highway", "350122").pk),))


def test_only_the_security_administrator_reforms(world: World) -> None:
    body = world.body("transport", "350122")
    told = Reform("rename", (Heir(name="连江县运输事务中心"),), DAY, REASON)
    with pytest.raises(Forbidden):
        reform(world.actor("lianjiang1"), [body.pk], reform=told, at=world.now)
    with pytest.raises(NotFound):
        reform(world.actor("qz1"), [body.pk], reform=told, at=world.now)


def test_the_page_of_a_reform_does_it(world: World) -> None:
    body, client = world.body("transport", "350122"), world.client("security1")
    assert "承继单位" in client.get(f"/bodies/{body.pk}/reform").content.decode()
    done = client.post(
        f"/bodies/{body.pk}/reform",
        {"kind": "rename", "heir_name": "连江县运输事务中心", "starts": "2019-04-22", "reason": REASON},
    )
    assert done.status_code == 302
    assert world.actor("ljtransport1").organisation_name == "连江县运输事务中心"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20))
def test_following_successors_ends_also_in_a_ring(steps: list[tuple[int, int]]) -> None:
    ends, seen = _reached(0, steps)
    assert 0 in seen
    assert set(ends) <= seen


def test_an_actor_without_predecessors_has_his_own_body_alone(world: World) -> None:
    actor = world.actor("fz1")
    assert bodies_of(actor) == {actor.organisation_id}
