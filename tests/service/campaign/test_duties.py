"""The duty table: a changed row moves the work to whoever holds the function."""

from __future__ import annotations

import pytest

from dajian.service.access.errors import Forbidden, Refused, Stale
from dajian.service.campaign.actions.duties import edit_duties
from dajian.service.campaign.definition import DutyRow
from dajian.service.campaign.queries import item_row, items_of_actor
from dajian.service.history.record import of
from dajian.service.notices.models import OutboxMessage
from tests.service.world import World


def moved(world: World) -> tuple[DutyRow, ...]:
    """Guidance and 审定 of item 4 with 省公路局 instead of 省运管局."""
    return tuple(
        DutyRow(d.kind, "province_highway" if d.kind in ("guide", "approve") else d.function, d.level)
        for d in item_row(world.item(4)).duties
    )


def numbers(world: World, login: str) -> dict[int, list[str]]:
    return {m.item.number: m.words for m in items_of_actor(world.actor(login), world.campaign) if not m.item.variant}


def test_guidance_and_approval_move_with_the_row(world: World) -> None:
    assert numbers(world, "yunguan1") == {4: ["指导", "审定"]}
    edit_duties(world.actor("zhengfa1"), world.item(4).pk, duties=moved(world), version=1, at=world.now)
    assert numbers(world, "yunguan1") == {}
    assert numbers(world, "gonglu1") == {4: ["指导", "审定"]}
    assert numbers(world, "fz1")[4] == ["牵头"]


def test_the_change_is_history_and_both_bodies_are_told(world: World) -> None:
    item = world.item(4)
    edit_duties(world.actor("zhengfa1"), item.pk, duties=moved(world), version=1, at=world.now)
    event = of(item).get()
    assert event.person_name == "王政一"
    assert event.details["gained"] == ["审定：省公路局（省级）", "指导：省公路局（省级）"]
    assert event.details["lost"] == ["审定：省运管局（省级）", "指导：省运管局（省级）"]
    told = dict(OutboxMessage.unscoped.filter(kind="duties").values_list("account_id", "text"))
    assert "新增分工" in told[world.account("gonglu1").pk]
    assert "不再承担" in told[world.account("yunguan1").pk]
    assert world.account("fz1").pk not in told


@pytest.mark.parametrize(
    ("duties", "told"),
    [
        ((), "牵头"),
        ((DutyRow("lead", "competent", "city"), DutyRow("lead", "highway", "city")), "牵头"),
        ((DutyRow("lead", "no-such-function", "city"),), "没有这样的职能"),
    ],
)
def test_a_table_that_cannot_work_is_refused_and_changes_nothing(world: World, duties: tuple, told: str) -> None:
    before = item_row(world.item(4))
    with pytest.raises(Refused, match=told):
        edit_duties(world.actor("zhengfa1"), world.item(4).pk, duties=duties, version=1, at=world.now)
    assert item_row(world.item(4)) == before


def test_only_the_owner_moves_work_and_the_second_is_told(world: World) -> None:
    item = world.item(4)
    for login in ("fz1", "yunguan1", "gonglu1"):
        with pytest.raises(Forbidden):
            edit_duties(world.actor(login), item.pk, duties=moved(world), version=1, at=world.now)
    edit_duties(world.actor("zhengfa1"), item.pk, duties=moved(world), version=1, at=world.now)
    with pytest.raises(Stale) as caught:
        edit_duties(world.actor("zhengfa1"), item.pk, duties=moved(world), version=1, at=world.now)
    assert caught.value.obj == item


def test_on_the_page(world: World) -> None:
    item = world.item(4)
    owner = world.client("zhengfa1")
    page = f"/items/{item.pk}/duties"
    rows = owner.get(page).context["form"].rows.initial
    given = {"version": 1, "duty-TOTAL_FORMS": len(rows) + 2, "duty-INITIAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        if row["kind"] in ("guide", "approve"):
            row = row | {"function": "province_highway"}
        given |= {f"duty-{n}-{key}": value for key, value in row.items()}
    assert owner.post(page, given).status_code == 302
    assert numbers(world, "gonglu1") == {4: ["指导", "审定"]}
    answer = owner.get(f"/campaigns/{world.campaign.pk}").content.decode()
    assert "取消 审定：省运管局（省级）" in answer
    assert "省公路局（省）" in answer
    stale = owner.post(page, given)
    assert stale.status_code == 409
    assert "王政一" in stale.content.decode()
    without = given | {"version": 2} | {f"duty-{n}-DELETE": "on" for n, row in enumerate(rows) if row["kind"] == "lead"}
    refused = owner.post(page, without)
    assert refused.status_code == 422
    assert "有且只有一个牵头" in refused.content.decode()
    for login, status in (("fz1", 403), ("security1", 404)):
        assert world.client(login).get(page).status_code == status
