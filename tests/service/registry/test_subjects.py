"""One identity for each unit: organisations by credit code, projects by project code; else name and area (rule 28)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dajian.service.access.errors import Refused
from dajian.service.organisations.models import Organisation, OrganisationCode, OrganisationName
from dajian.service.registry.models import Subject
from dajian.service.registry.subjects import learn, subject_for, taken
from tests.service.world import World

CODE = "2019-350122-44-02-000123"
NAME = "示例抽水蓄能电站"


def test_a_project_is_a_subject_and_no_organisation(world: World) -> None:
    before = Organisation.unscoped.count()
    project = subject_for("project", NAME, CODE, world.area("350122"), at=world.now)
    assert (project.organisation, project.name, project.code) == (None, NAME, CODE)
    assert Organisation.unscoped.count() == before


def test_a_project_is_found_by_its_code_whatever_its_name(world: World) -> None:
    first = subject_for("project", NAME, CODE, world.area("350122"), at=world.now)
    assert subject_for("project", NAME + "（一期）", CODE, world.area("350121"), at=world.now) == first


def test_a_project_known_by_name_takes_its_code_later(world: World) -> None:
    first = subject_for("project", NAME, "", world.area("350122"), at=world.now)
    assert subject_for("project", NAME, "", world.area("350122"), at=world.now) == first
    joined = subject_for("project", NAME, CODE, world.area("350122"), at=world.now)
    assert (joined.pk, joined.code) == (first.pk, CODE)
    assert subject_for("project", NAME, "", world.area("350122"), at=world.now) == first


def test_two_projects_of_one_name_in_two_areas_or_with_two_codes_are_two(world: World) -> None:
    found = {
        subject_for("project", NAME, code, world.area(area), at=world.now).pk
        for code, area in [("", "350122"), ("", "350121"), ("2019-350122-44-02-000124", "350582"), (CODE, "350582")]
    }
    assert len(found) == 4


@pytest.mark.parametrize("code", ["", CODE])
def test_the_database_itself_refuses_a_project_twice(world: World, code: str) -> None:
    same = {"role": "project", "name": NAME, "code": code, "area": world.area("350122")}
    Subject.unscoped.create(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subject.unscoped.create(**same)


def test_a_return_is_about_the_body_that_is_there(world: World) -> None:
    office = world.body("permit_office", "350100")
    before = Organisation.unscoped.count()
    for area in ("350100", "350102"):  # the city, and the county where it has its seat
        subject = subject_for("permit_body", office.name, "", world.area(area), at=world.now)
        assert subject.organisation == office
    assert Organisation.unscoped.count() == before


def test_an_association_is_kept_as_one(world: World) -> None:
    subject = subject_for("association", "示例物流协会", "", world.area("350102"), at=world.now)
    assert subject.organisation is not None
    assert subject.organisation.kind == "association"


def test_a_firm_takes_the_name_and_code_that_were_approved_and_keeps_the_old_ones_dated(world: World) -> None:
    firm = subject_for("carrier", "示例旧名运输有限公司", "", world.area("350122"), at=world.now)
    learn(firm, "示例旧名运输有限公司", "91350122MA2XN0LQ30", at=world.now)
    later = world.now + timedelta(days=400)
    learn(firm, "示例新名运输有限公司", "91350122MA2XN0LQ49", at=later)
    firm.refresh_from_db()
    organisation = firm.organisation
    assert organisation is not None
    assert (firm.name, firm.code) == ("示例新名运输有限公司", "91350122MA2XN0LQ49")
    assert (organisation.name, organisation.credit_code) == (firm.name, firm.code)
    day = later.date()
    names = OrganisationName.unscoped.filter(organisation=organisation).order_by("starts")
    codes = OrganisationCode.unscoped.filter(organisation=organisation).order_by("starts")
    before = day - timedelta(days=1)
    assert [(n.name, n.ends) for n in names] == [("示例旧名运输有限公司", before), ("示例新名运输有限公司", None)]
    assert [(c.value, c.ends) for c in codes] == [("91350122MA2XN0LQ30", before), ("91350122MA2XN0LQ49", None)]


def test_a_code_that_another_unit_has_is_never_learnt(world: World) -> None:
    subject_for("manufacturer", "示例甲装备有限公司", "91350122MA2XN0LQ30", world.area("350122"), at=world.now)
    other = subject_for("carrier", "示例乙运输有限公司", "", world.area("350122"), at=world.now)
    with pytest.raises(Refused, match="另一单位"):
        learn(other, other.name, "91350122MA2XN0LQ30", at=world.now)
    assert not taken(other, "91350122MA2XN0LQ49")
    assert Organisation.unscoped.filter(credit_code="91350122MA2XN0LQ30").count() == 1


def test_a_return_about_a_body_never_renames_it(world: World) -> None:
    office = world.body("permit_office", "350100")
    subject = subject_for("permit_body", office.name, "", world.area("350100"), at=world.now)
    learn(subject, "随便一个名称", "91350122MA2XN0LQ30", at=world.now)
    assert Organisation.unscoped.get(pk=office.pk).name == office.name
