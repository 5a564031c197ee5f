"""One identity for each unit: organisations by credit code, projects by project code; else name and area (rule 28)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from dajian.service.organisations.models import Organisation
from dajian.service.registry.models import Subject
from dajian.service.registry.subjects import subject_for
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
