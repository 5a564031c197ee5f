"""Two units that are one, and two that only bear one name."""

from __future__ import annotations

import pytest

from dajian.service.access.errors import Refused
from dajian.service.registry.subjects import learn, subject_for
from dajian.service.survey.actions import reports, units
from dajian.service.survey.models import SurveyUnit
from tests.service.survey.chain import Chain
from tests.service.world import World


def duplicate(world: World, unit: SurveyUnit, of: SurveyUnit) -> SurveyUnit:
    unit.refresh_from_db()
    return units.close_unit(
        world.actor("lianjiang1"), unit.pk, outcome="duplicate", reason="重复登记", version=unit.version, at=world.now,
        duplicate_of=of.pk,
    )  # fmt: skip


def test_of_two_duplicates_one_stays_in_the_work(world: World, chain: Chain) -> None:
    (a, _), (b, _), (c, _) = (chain.unit(n=n) for n in range(3))
    duplicate(world, a, b)
    with pytest.raises(Refused, match="已登记为“重复”，不能作为重复的对象"):
        duplicate(world, b, a)
    page = world.client("lianjiang1").get(f"/units/{b.pk}")
    assert [other.pk for other in page.context["others"]] == [c.pk]
    duplicate(world, b, c)  # the chain ends at a unit that is in the work
    assert SurveyUnit.unscoped.get(state="open").pk == c.pk


def test_a_unit_that_was_closed_otherwise_takes_no_duplicates(world: World, chain: Chain) -> None:
    (a, _), (b, _) = (chain.unit(n=n) for n in range(2))
    units.close_unit(
        world.actor("lianjiang1"), a.pk, outcome="gone", reason="注销核实", version=a.version, at=world.now
    )
    with pytest.raises(Refused, match="注销或迁出"):
        duplicate(world, b, a)


def test_an_approved_unit_may_be_what_another_repeats(world: World, chain: Chain) -> None:
    chain.checked(n=0)
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    b, _ = chain.unit(n=1)
    assert duplicate(world, b, SurveyUnit.unscoped.get(state="approved")).state == "duplicate"


def test_a_project_does_not_take_the_name_of_another_without_a_code(world: World) -> None:
    area = world.area("350122")
    a, b = (subject_for("project", name, "", area, at=world.now) for name in ("示例电站", "示例风电场"))
    with pytest.raises(Refused, match="请退回“示例风电场”"):
        learn(b, "示例电站", "", at=world.now)
    learn(b, "示例电站", "2019-350122-44-02-000123", at=world.now)
    learn(a, "示例水电站", "", at=world.now)
    assert subject_for("project", "示例水电站", "", area, at=world.now).pk == a.pk
