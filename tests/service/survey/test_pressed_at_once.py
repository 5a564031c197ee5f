"""One button, or two that exclude each other, pressed at one moment: nothing doubles, nobody meets an error page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dajian.service.access.errors import Refused, Stale
from dajian.service.survey.actions import reports, submissions, units
from dajian.service.survey.models import ItemReport, ListEntry, SourceList, Submission, SurveyUnit
from tests.service.survey.chain import Chain
from tests.service.survey.test_collisions import at_once
from tests.service.world import World

pytestmark = pytest.mark.django_db(transaction=True)
COUNTY = ("lianjiang1", "lianjiang2")
TIMES = 6
FACTS = {"issuer": "省发改委", "level": "province", "year": 2019, "number": "1号"}  # asked of a project's list


def add(world: World, who: str, name: str, code: str = "", number: int = 4):
    return units.add_unit(
        world.actor(who), world.item(number).pk, name=name, code=code, area_code="350122", source="走访中发现",
        at=world.now, **(FACTS if number == 2 else {}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "number"),
    [(("", ""), 4), (("91350122MA0000001X", "91350122MA0000001X"), 4), (("", "91350122MA0000002Q"), 4), (("", ""), 2)],
    ids=["no code", "one code", "one knows the code", "a project"],
)
def test_two_officers_who_add_the_same_unit_list_it_once_from_one_source(
    world: World, codes: tuple[str, str], number: int
) -> None:
    for n in range(TIMES):
        raised = at_once(
            *(
                lambda who=who, code=code, n=n: add(world, who, f"同名公司{n}", code and f"{code[:-1]}{n}", number)
                for who, code in zip(COUNTY, codes, strict=True)
            )
        )
        assert raised == [None, None]
        assert SurveyUnit.unscoped.filter(subject__name=f"同名公司{n}").count() == 1
    assert SourceList.unscoped.count() == 1
    assert ListEntry.unscoped.count() == TIMES


def test_two_who_open_one_areas_report_work_on_the_same(world: World) -> None:
    for area, pair in (("350100", ("fz1", "fz2")), ("350500", ("qz1", "qz2"))):
        made: list[int] = []

        def press(who: str, area: str = area, made: list[int] = made) -> None:
            actor, item = world.actor(who), world.item().pk
            made.append(reports.open_report(actor, item, area_id=world.area(area).pk, at=world.now).pk)

        assert at_once(*(lambda who=who, press=press: press(who) for who in pair)) == [None, None]
        assert len(set(made)) == 1
    assert ItemReport.unscoped.count() == 2


def test_two_who_begin_one_units_questionnaire_work_on_the_same(world: World, chain: Chain) -> None:
    for n in range(TIMES):
        unit, _ = chain.unit(n=n)
        made: list[int] = []

        def press(who: str, unit: SurveyUnit = unit, made: list[int] = made) -> None:
            made.append(submissions.begin(world.actor(who), unit.pk, at=world.now).pk)

        assert at_once(*(lambda who=who, press=press: press(who) for who in COUNTY)) == [None, None]
        assert len(set(made)) == 1


def close(world: World, unit: SurveyUnit):
    return units.close_unit(
        world.actor("lianjiang2"), unit.pk, outcome="gone", reason="注销核实", version=unit.version, at=world.now
    )


def test_a_questionnaire_is_sent_or_its_unit_closed_never_both(world: World, chain: Chain) -> None:
    for n in range(TIMES):
        draft = chain.draft(n=n)
        raised = at_once(
            lambda draft=draft: submissions.send(
                world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now
            ),
            lambda draft=draft: close(world, draft.unit),
        )
        unit, state = SurveyUnit.unscoped.get(pk=draft.unit_id), Submission.unscoped.get(pk=draft.pk).state
        assert [type(e) for e in raised if e] in ([Refused], [Stale]), raised
        assert (unit.state, state) in (("open", "sent"), ("gone", "draft"))


def test_a_questionnaire_is_begun_or_its_unit_closed_never_both(world: World, chain: Chain) -> None:
    for n in range(TIMES):
        unit, _ = chain.unit(n=n)
        raised = at_once(
            lambda unit=unit: submissions.begin(world.actor("lianjiang1"), unit.pk, at=world.now),
            lambda unit=unit: close(world, unit),
        )
        begun = Submission.unscoped.filter(unit=unit).exists()
        unit.refresh_from_db()
        assert unit.state == "gone"  # a draft alone keeps nobody from closing
        assert [type(e) for e in raised if e] == ([] if begun else [Refused]), raised


def test_what_was_listed_a_day_later_is_the_same_unit(world: World) -> None:
    first = add(world, "lianjiang1", "同名公司")
    later = units.add_unit(
        world.actor("lianjiang2"), world.item().pk, name="同名公司", code="91350122MA0000001X", area_code="350122",
        source="走访中发现", at=world.now + timedelta(days=1),
    )  # fmt: skip
    assert later.pk == first.pk
