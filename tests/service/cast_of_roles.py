"""One person for every role of `dajian access`, in 福州, 连江 or the province; and the rows they are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from dajian.service.access.actor import Actor
from dajian.service.access_table import Role, roles
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_version
from dajian.service.identity.models import Twin
from dajian.service.identity.profiles import renew_firms
from dajian.service.organisations.models import Account, Area, Membership, Organisation, Person
from dajian.service.organisations.province import read_province
from dajian.service.organisations.queries import actor_of, memberships_of
from dajian.service.registry.models import EntryVersion, RegistryEntry, Subject
from dajian.service.survey.models import ItemReport, Submission, SubmissionVersion, SurveyUnit
from tests.service.world import World

CITY, COUNTY, FOREIGN_CITY, FOREIGN_COUNTY, PROVINCE = "350100", "350122", "350500", "350582", "350000"
SINCE = date(2019, 1, 1)
HOME = {"city": CITY, "county": COUNTY, "province": PROVINCE}


@dataclass(frozen=True)
class Player:
    role: Role
    account: Account
    actor: Actor


def cast(world: World) -> dict[str, Player]:
    """role's key → its person."""
    found = {}
    for role in roles(read_province(settings.PROVINCE)):
        body = (
            world.body(role.function, HOME[role.level])
            if role.function
            else Organisation.unscoped.get(name="省交通运输厅")
        )
        person = Person.unscoped.create(name=f"某{role.label}"[:80])
        account = Account.unscoped.create(username=f"role-{role.key}", person=person)
        Membership.unscoped.create(person=person, organisation=body, role=role.role, starts=SINCE)
        membership = memberships_of(person.pk, world.now.date())[0]
        found[role.key] = Player(role, account, actor_of(membership, account.pk, world.now.date()))
    return found


@dataclass(frozen=True)
class Place:
    """The carriers of one county, or another item there, at every place of the chain."""

    item: Item
    unit: SurveyUnit
    submission: Submission
    project: SurveyUnit
    twin: Twin
    city_report: ItemReport
    county_report: ItemReport
    entry: RegistryEntry


def place(world: World, item: Item, city: str, county: str, seed: int) -> Place:
    """A returned questionnaire with two versions, two reports, one registry entry."""
    area, n = world.area(county), iter(range(seed, seed + 9))
    unit = _unit(world, item, area, next(n))
    project = _project(world, item, area, next(n))
    returned = _returned(world, item, area, next(n))
    approved = _unit(world, item, area, next(n))
    submission = _submission(world, approved, "approved")
    entry = RegistryEntry.unscoped.create(
        subject=approved.subject, campaign=item.campaign, item=item, area=area, area_path=area.path,
        name=approved.subject.name, sort_key="a", n=2, approved_at=world.now,
    )  # fmt: skip
    for version in [_version(world, item, submission) for _ in range(2)]:
        EntryVersion.unscoped.create(
            entry=entry, n=version.n, values=version.record, questionnaire_version=version.questionnaire_version,
            submission_version_id=version.pk, approved_by="某", approved_for="某", approved_at=world.now,
        )  # fmt: skip
    city_report, county_report = (
        ItemReport.unscoped.create(item=item, area=world.area(code), n=seed, state="reported", zero=code == county)
        for code in (city, county)
    )
    twin = _twin(world, unit, approved)
    return Place(item, unit, returned, project, twin, city_report, county_report, entry)


def _unit(world: World, item: Item, area: Area, n: int) -> SurveyUnit:
    body = Organisation.unscoped.create(kind="firm", name=f"示例{item.pk}-{n}运输有限公司", area=area)
    subject = Subject.unscoped.create(organisation=body, role=item.subject_role, name=body.name, area=area)
    return SurveyUnit.unscoped.create(item=item, subject=subject, area=area, state="open")


def _project(world: World, item: Item, area: Area, n: int) -> SurveyUnit:
    """A unit that is no organisation."""
    subject = Subject.unscoped.create(role=item.subject_role, name=f"示例项目{item.pk}-{n}", area=area)
    return SurveyUnit.unscoped.create(item=item, subject=subject, area=area, state="open")


def _twin(world: World, a: SurveyUnit, b: SurveyUnit) -> Twin:
    """A pair that was found between the two."""
    left, right = sorted(
        (renew_firms([unit.subject.organisation_id or 0])[0] for unit in (a, b)), key=lambda profile: profile.pk
    )
    return Twin.unscoped.create(left=left, right=right, points=60, state="proposed", at=world.now)


def _submission(world: World, unit: SurveyUnit, state: str) -> Submission:
    return Submission.unscoped.create(unit=unit, state=state, organisation_id=0)


def _version(world: World, item: Item, submission: Submission) -> SubmissionVersion:
    form = newest_version(item) or newest_version(world.item())
    n = SubmissionVersion.unscoped.filter(submission=submission).count() + 1
    return SubmissionVersion.unscoped.create(
        submission=submission, n=n, questionnaire_version=form, record={"unit_address": str(n)}, hash=str(n),
        mode="hand", person_id=0, person_name="某", organisation_id=0, organisation_name="某", at=world.now,
    )  # fmt: skip


def _returned(world: World, item: Item, area: Area, n: int) -> Submission:
    submission = _submission(world, _unit(world, item, area, n), "returned")
    versions = [_version(world, item, submission) for _ in range(2)]
    submission.current, submission.draft = versions[-1], {"unit_address": "3"}
    submission.draft_version = versions[-1].questionnaire_version
    submission.save()
    return submission


def rows_of_places(world: World) -> dict[str, Place]:
    """own, foreign, other_line as `access_table` means them."""
    other = Item.unscoped.filter(campaign=world.campaign).exclude(pk=world.item().pk).order_by("number", "variant")[0]
    return {
        "own": place(world, world.item(), CITY, COUNTY, 100),
        "foreign": place(world, world.item(), FOREIGN_CITY, FOREIGN_COUNTY, 200),
        "other_line": place(world, other, CITY, COUNTY, 300),
    }
