"""Bodies, their names and the functions that they hold for a period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from dajian.service.access.errors import Forbidden, NotFound, Refused, Stale
from dajian.service.history.record import of
from dajian.service.organisations.actions import bodies
from dajian.service.organisations.actions.bodies import Held
from dajian.service.organisations.actions.firms import identify
from dajian.service.organisations.actions.loading import load_province
from dajian.service.organisations.models import Area, Function, FunctionKind, Organisation, OrganisationCode
from dajian.service.organisations.province import read_province
from tests.service.world import World

START = date(2019, 5, 1)


def test_every_county_but_one_has_three_bodies_and_pingtan_is_a_city_of_its_own(world: World) -> None:
    for area in Area.unscoped.filter(level="county"):
        assert Organisation.unscoped.filter(area=area).count() == (0 if area.name == "金门县" else 3), area
    pingtan = Area.unscoped.get(code="350128", level="county")
    assert pingtan.parent.name == "平潭综合实验区"
    assert pingtan.path == "/350000/350128/350128/"
    assert world.body("competent", "350128").name == "平潭综合实验区交通与建设局"
    assert not Area.unscoped.filter(path__under="/350000/350100/", code="350128").exists()


def test_loading_again_makes_no_twins_and_keeps_what_a_page_changed(world: World) -> None:
    body = world.body("competent", "350122")
    bodies.rename_body(
        world.actor("security1"), body.pk, name="连江县交通运输和建设局", starts=START, version=1, at=world.now
    )
    before = Organisation.unscoped.count(), Function.unscoped.count(), Area.unscoped.count()
    assert load_province(read_province(settings.PROVINCE), at=world.now) == 0
    assert (Organisation.unscoped.count(), Function.unscoped.count(), Area.unscoped.count()) == before
    assert world.body("competent", "350122").name == "连江县交通运输和建设局"


def test_an_unknown_key_in_the_folder_is_an_error(tmp_path: Path) -> None:
    for name in ("areas.csv", "functions.toml", "bodies.toml"):
        (tmp_path / name).write_bytes((settings.PROVINCE / name).read_bytes())
    assert len(read_province(tmp_path).areas) == 95
    with (tmp_path / "functions.toml").open("a") as file:
        file.write('\n[[function]]\ncode = "x"\nname = "x"\ncolour = "red"\n')
    with pytest.raises(TypeError, match="colour"):
        read_province(tmp_path)


def test_a_name_given_by_hand_is_no_longer_assumed_and_the_old_one_stays(world: World) -> None:
    body = world.body("highway", "350122")
    assert body.assumed
    renamed = bodies.rename_body(
        world.actor("security1"), body.pk, name="连江县公路事业发展中心", starts=START, version=1, at=world.now
    )
    assert not renamed.assumed
    names = list(renamed.names.order_by("starts").values_list("name", "ends"))
    assert names == [("连江县公路管理机构", date(2019, 4, 30)), ("连江县公路事业发展中心", None)]
    with pytest.raises(Stale):
        bodies.rename_body(world.actor("security1"), body.pk, name="别的名称", starts=START, version=1, at=world.now)


@pytest.mark.parametrize(("login", "outcome"), [("fzmanager", Forbidden), ("qz1", NotFound), ("zhengfa1", NotFound)])
def test_only_the_security_administrator_changes_bodies(world: World, login: str, outcome: type) -> None:
    body = world.body("highway", "350100")
    with pytest.raises(outcome):
        bodies.rename_body(world.actor(login), body.pk, name="别的名称", starts=START, version=1, at=world.now)
    with pytest.raises(outcome):
        bodies.end_function(world.actor(login), body.functions.get().pk, last_day=START, reason="", at=world.now)
    with pytest.raises(Forbidden):
        bodies.create_body(world.actor(login), name="新单位", area_id=body.area_id or 0, since=START, at=world.now)


def test_after_a_merger_the_successor_acts_and_history_keeps_the_old_name(world: World) -> None:
    old, heir = world.body("transport", "350100"), world.body("highway", "350100")
    function = old.functions.get()
    bodies.transfer_function(
        world.actor("security1"),
        function.pk,
        organisation_id=heir.pk,
        starts=world.now.date(),
        reason="机构改革",
        at=world.now,
    )
    assert {p.function for p in world.actor("fzhighway1").posts} == {"highway", "transport"}
    assert world.actor("fztransport1").posts == ()
    assert [e.action for e in of(old)] == [e.action for e in of(heir)] == ["create_body", "transfer_function"]
    assert Function.unscoped.get(pk=function.pk).ends == date(2019, 4, 21)


def test_one_body_holds_a_function_in_an_area(world: World) -> None:
    kind = FunctionKind.unscoped.get(code="transport")
    highway = world.body("highway", "350100")
    with pytest.raises(Refused, match="福州市道路运输管理机构"):
        bodies.give_function(
            world.actor("security1"), highway.pk, held=Held(kind.pk, highway.area_id or 0, START), at=world.now
        )
    bodies.end_function(
        world.actor("security1"), world.body("transport", "350100").functions.get().pk,
        last_day=date(2019, 4, 30), reason="机构改革", at=world.now,
    )  # fmt: skip
    given = bodies.give_function(
        world.actor("security1"), highway.pk, held=Held(kind.pk, highway.area_id or 0, START), at=world.now
    )
    assert given.organisation == highway


def test_a_new_body_begins_with_its_functions(world: World) -> None:
    area = world.area("350527")  # 金门县, which has none
    kind = FunctionKind.unscoped.get(code="competent")
    made = bodies.create_body(
        world.actor("security1"),
        name="示例交通局",
        area_id=area.pk,
        functions=(Held(kind.pk, area.pk, START),),
        since=START,
        at=world.now,
    )
    assert [f.kind for f in made.functions.all()] == [kind]
    with pytest.raises(Refused, match="已有"):
        bodies.create_body(world.actor("security1"), name="示例交通局", area_id=area.pk, since=START, at=world.now)


class TestOneIdentity:
    """A firm is found by its credit code, else by name and area; never doubled."""

    CODE = "91350100M000100Y43"

    def test_same_code_is_the_same_firm_whatever_its_name(self, world: World) -> None:
        area = world.area("350122")
        one = identify(name="示例大件", code=self.CODE, area=area, at=world.now)
        two = identify(name="示例大件运输", code=self.CODE, area=world.area("350121"), at=world.now)
        assert one == two

    def test_a_firm_known_by_name_takes_the_code_when_it_is_told(self, world: World) -> None:
        area = world.area("350122")
        one = identify(name="示例大件", code="", area=area, at=world.now)
        two = identify(name="示例大件", code=self.CODE, area=area, at=world.now)
        assert one == two
        assert two.credit_code == self.CODE
        assert OrganisationCode.unscoped.filter(organisation=one, value=self.CODE).count() == 1
        assert identify(name="示例大件", code="", area=area, at=world.now) == one

    def test_another_code_or_another_area_is_another_firm(self, world: World) -> None:
        area = world.area("350122")
        one = identify(name="示例大件", code=self.CODE, area=area, at=world.now)
        assert identify(name="示例大件", code="91350100M000100Y51", area=area, at=world.now) != one
        assert identify(name="示例大件", code="", area=world.area("350121"), at=world.now) != one


def test_the_pages_of_bodies_open_for_whom_they_should(world: World) -> None:
    security, officer = world.client("security1"), world.client("fz1")
    body = world.body("highway", "350100")
    function = body.functions.get()
    for page in (
        "/bodies",
        f"/bodies?area={world.area('350100').path}",
        f"/bodies/{body.pk}",
        f"/bodies/{body.pk}/rename",
        f"/bodies/{body.pk}/functions/give",
        f"/functions/{function.pk}/transfer",
        f"/functions/{function.pk}/end",
        f"/areas/{body.area_id}/bodies/new",
        f"/bodies/{body.pk}/join",
    ):
        assert security.get(page).status_code == 200, page
    assert officer.get(f"/bodies/{body.pk}").status_code == 200
    assert officer.get(f"/bodies/{body.pk}/rename").status_code == 403
    assert officer.get(f"/functions/{function.pk}/transfer").status_code == 403
    assert world.client("qz1").get(f"/functions/{function.pk}/transfer").status_code == 404


def test_changes_on_the_pages(world: World) -> None:
    security = world.client("security1")
    body, heir = world.body("transport", "350100"), world.body("highway", "350100")
    given = {"name": "福州市道路运输事业发展中心", "starts": "2019-05-01", "version": 1}
    assert security.post(f"/bodies/{body.pk}/rename", given).status_code == 302
    assert security.post(f"/bodies/{body.pk}/rename", given).status_code == 409
    moved = {"heir": heir.pk, "starts": "2019-05-01", "reason": "榕编办〔2019〕1号"}
    function = body.functions.get()
    assert security.post(f"/functions/{function.pk}/transfer", moved).status_code == 302
    page = security.get(f"/bodies/{heir.pk}").content.decode()
    assert "移交职能" in page
    assert "榕编办" in page
    assert "已定于" in security.post(f"/functions/{function.pk}/transfer", moved).content.decode()
    new = {"name": "示例单位", "since": "2019-05-01"}
    assert security.post(f"/areas/{body.area_id}/bodies/new", new).status_code == 302
    assert "已有" in security.post(f"/areas/{body.area_id}/bodies/new", new).content.decode()
