"""Units without a code get one later, and are joined to who has it already: nothing is lost."""

from __future__ import annotations

import pytest

from dajian.demo.numbers import credit_code
from dajian.demo.projects import make as make_projects
from dajian.service.access.errors import NotFound, Refused
from dajian.service.history.record import of
from dajian.service.identity import actions
from dajian.service.identity.models import Firm, Project, Twin
from dajian.service.organisations.models import Organisation
from dajian.service.registry.models import Subject
from dajian.service.survey.actions import invitations, submissions, units
from dajian.service.survey.models import Submission, SurveyUnit
from tests.service.world import World

CODE = "2018-350122-44-02-000123"
LISTED = {"issuer": "示例发改委", "level": "city", "year": 2019, "number": "1号"}


def project(world: World, name: str, code: str = "", area: str = "350122", who: str = "lianjiang1") -> SurveyUnit:
    return units.add_unit(
        world.actor(who), world.item(2).pk, name=name, code=code, area_code=area, source="重点项目名单", at=world.now,
        **LISTED,
    )  # fmt: skip


def test_a_project_gets_its_code_and_keeps_everything(world: World) -> None:
    unit = project(world, "示例风电场一期")
    begun = submissions.begin(world.actor("lianjiang1"), unit.pk, at=world.now)
    done = actions.give_code(world.actor("lianjiang1"), Project, unit.subject_id, code=CODE, at=world.now)
    assert done.how == "given"
    assert Subject.unscoped.get(pk=unit.subject_id).code == CODE
    assert Submission.unscoped.get(pk=begun.pk).unit_id == unit.pk
    assert project(world, "换了名字的同一个项目", CODE).pk == unit.pk


def test_a_project_whose_code_is_known_already_is_joined_to_it(world: World) -> None:
    coded = project(world, "示例海上风电场", CODE)
    codeless = project(world, "示例风电场一期")
    record = next(r for r in make_projects(7, 40, "350122", on=world.now.date()) if r["eligible"] == "yes")
    begun = submissions.begin(world.actor("lianjiang1"), codeless.pk, at=world.now)
    draft = submissions.save_draft(world.actor("lianjiang1"), begun.pk, draft=record, version=begun.version)
    sent = submissions.send(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    letter = invitations.invite(world.actor("lianjiang1"), codeless.pk, at=world.now)
    events = of(sent).count()

    done = actions.give_code(world.actor("lianjiang1"), Project, codeless.subject_id, code=CODE, at=world.now)

    assert (done.how, done.url) == ("joined", f"/projects/{coded.subject_id}")
    sent.refresh_from_db()
    assert sent.unit.subject_id == coded.subject_id, "the questionnaire is now the coded project's"
    assert sent.unit.state == "open"
    assert (sent.versions.count(), of(sent).count()) == (1, events)
    coded.refresh_from_db()
    assert (coded.state, coded.duplicate_of_id) == ("duplicate", codeless.pk)
    assert invitations.open_by_code(letter.token, letter.code, at=world.now).unit_id == codeless.pk
    page = world.client("lianjiang1").get(done.url).content.decode()
    assert f"/submissions/{sent.pk}" in page
    assert "示例风电场一期" in page
    assert project(world, "示例风电场一期").pk == codeless.pk, "a list without the code finds it by its old name"
    gone_pk = Subject.unscoped.exclude(merged_into=None).get().pk
    gone = world.client("lianjiang1").get(f"/projects/{gone_pk}")
    assert (gone.status_code, gone["Location"]) == (302, done.url)


def test_a_firm_known_by_name_alone_gets_its_code_in_every_role(world: World) -> None:
    code = credit_code("350122", 99)
    unit = units.add_unit(
        world.actor("lianjiang1"), world.item().pk, name="连江无码运输队", code="", area_code="350122", source="走访",
        at=world.now,
    )  # fmt: skip
    organisation = unit.subject.organisation_id
    with pytest.raises(Refused, match="不是有效的统一社会信用代码"):
        actions.give_code(world.actor("lianjiang1"), Firm, organisation, code=code[:-1] + "0", at=world.now)
    actions.give_code(world.actor("lianjiang1"), Firm, organisation, code=f" {code.lower()} ", at=world.now)
    assert Organisation.unscoped.get(pk=organisation).credit_code == code
    assert Subject.unscoped.get(pk=unit.subject_id).code == code


def test_a_code_that_another_city_has_is_put_before_the_province(world: World) -> None:
    coded = project(world, "示例跨市管道", CODE, "350582", "jinjiang1")
    codeless = project(world, "示例管道连江段")
    done = actions.give_code(world.actor("lianjiang1"), Project, codeless.subject_id, code=CODE, at=world.now)
    assert done.how == "proposed"
    codeless.refresh_from_db()
    coded.refresh_from_db()
    assert {codeless.state, coded.state} == {"open"}
    assert Twin.unscoped.get().state == "proposed"
    assert world.client("fz1").get(f"/twins/{Twin.unscoped.get().pk}").status_code == 404


def test_a_stranger_gives_no_code_and_learns_nothing(world: World) -> None:
    unit = project(world, "示例风电场一期")
    with pytest.raises(NotFound):
        actions.give_code(world.actor("qz1"), Project, unit.subject_id, code=CODE, at=world.now)
    assert Subject.unscoped.get(pk=unit.subject_id).code == ""
