"""Every address × role × place of `dajian access`, performed by real requests and compared with what the rules say."""

from __future__ import annotations

import copy
import re
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from dajian.service.access_table import PLACES, Row, addresses, table
from dajian.service.campaign.actions.loading import campaign_file
from dajian.service.campaign.definition import read_definition
from dajian.service.campaign.models import Campaign, Item, QuestionnaireVersion
from dajian.service.campaign.questionnaires import newest_version
from dajian.service.files.actions import store_bytes
from dajian.service.files.models import File
from dajian.service.identity.models import Firm, Project, Twin
from dajian.service.jobs.models import Job
from dajian.service.notices.models import OutboxMessage
from dajian.service.organisations.models import Account, Area, Function, Membership, Organisation, Person
from dajian.service.organisations.province import read_province
from dajian.service.registry.models import Export, RegistryEntry
from dajian.service.survey.models import ImportBatch, ItemReport, Submission, SurveyUnit
from tests.service import cast_of_roles
from tests.service.cast_of_roles import Place, Player
from tests.service.world import World

NOBODYS = 10**9


def rows() -> list[Row]:
    return table(read_province(settings.PROVINCE), read_definition(campaign_file(settings.PROVINCE)))


class Numbers:
    """The number to put into an address for a model, a player and a place."""

    def __init__(self, world: World):
        self.world = world
        self.places = cast_of_roles.rows_of_places(world)
        self.stranger = world.actor("jinjiang1")
        self.made: dict[tuple, int] = {}

    def of(self, model: type, place: str, player: Player | None) -> int:
        key = (model, place, player.role.key if player else "")
        if key not in self.made:
            self.made[key] = self._make(model, place, player)
        return self.made[key]

    def _make(self, model: type, place: str, player: Player | None) -> int:
        at: Place = self.places[place]
        level = player.role.level if player else ""
        fixed = {
            Campaign: self.world.campaign.pk,
            Item: at.item.pk,
            QuestionnaireVersion: newest_version(self.world.item()).pk,
            Area: self.world.area(cast_of_roles.COUNTY).pk,
            SurveyUnit: at.unit.pk,
            Submission: at.submission.pk,
            ItemReport: (at.county_report if level == "county" else at.city_report).pk,
            RegistryEntry: at.entry.pk,
            Firm: at.unit.subject.organisation_id,
            Project: at.project.subject_id,
            Twin: at.twin.pk,
        }
        return fixed[model] if model in fixed else self._party(model, place, player)

    def _party(self, model: type, place: str, player: Player | None) -> int:
        """Rows that belong to a person or a body."""
        own = place == "own" and player is not None
        account = player.account.pk if own else self.world.account("jinjiang1").pk
        membership = player.actor.membership_id if own else self.stranger.membership_id
        body = self._body(place, player)
        match model.__name__:
            case "Job":
                return Job.unscoped.create(
                    kind="survey.read", object_id=0, total=1, account_id=account, created_at=self.world.now
                ).pk
            case "OutboxMessage":
                return OutboxMessage.unscoped.create(account_id=account, kind="x", text="x", at=self.world.now).pk
            case "Export":
                return Export.unscoped.create(
                    account_id=account,
                    membership_id=membership,
                    item=self.world.item(),
                    format="csv",
                    at=self.world.now,
                ).pk
            case "File":
                return self._file(account, membership)
            case "ImportBatch":
                file = File.unscoped.get(pk=self._file(account, membership))
                return ImportBatch.unscoped.create(
                    kind="units",
                    item=self.world.item(),
                    area=self.world.area("350122"),
                    organisation_id=body.pk,
                    account_id=account,
                    file=file,
                    state="ready",
                    at=self.world.now,
                ).pk
            case "Organisation":
                return body.pk
            case "Function":
                return (Function.unscoped.filter(organisation=body).first() or self._function(body)).pk
            case "Membership" | "Person":
                person = Person.unscoped.create(name="同事")
                Account.unscoped.create(username=f"c{person.pk}", person=person)
                member = Membership.unscoped.create(
                    person=person, organisation=body, role="officer", starts=date(2019, 1, 1)
                )
                return member.pk if model is Membership else person.pk
        raise LookupError(f"no row of {model.__name__} for the access test")

    def _file(self, account: int, membership: int) -> int:
        """Seen through the export that owns it."""
        file = store_bytes("a.csv", b"x", account_id=account, at=self.world.now)
        Export.unscoped.create(
            account_id=account,
            membership_id=membership,
            item=self.world.item(),
            format="csv",
            file=file,
            at=self.world.now,
        )
        return file.pk

    def _function(self, body: Organisation) -> Function:
        kind = Function.unscoped.all()[0].kind
        return Function.unscoped.create(
            organisation=body, kind=kind, area=body.area, starts=date(2019, 1, 1), ends=date(2030, 1, 1)
        )

    def _body(self, place: str, player: Player | None) -> Organisation:
        if place == "own" and player:
            return Organisation.unscoped.get(pk=player.actor.organisation_id)
        if place == "foreign" or player is None:
            return self.world.body("transport", cast_of_roles.FOREIGN_CITY)
        home = cast_of_roles.HOME.get(player.role.level, "350000")
        others = Organisation.unscoped.filter(kind="body", area__code=home).exclude(pk=player.actor.organisation_id)
        return others.order_by("pk").first()


@pytest.fixture
def numbers(world: World) -> Numbers:
    return Numbers(world)


@pytest.fixture
def cast(world: World) -> dict[str, Player]:
    return cast_of_roles.cast(world)


def clients(cast: dict[str, Player]) -> dict[str, Client]:
    found = {"": Client(raise_request_exception=False)}
    for key, player in cast.items():
        found[key] = Client(raise_request_exception=False)
        found[key].force_login(player.account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return found


def filled(url: str, pk: int) -> str:
    return re.sub(r"<int:\w+>", str(pk), url).replace("<str:name>", "a.csv").replace("<str:token>", "x" * 43)


def ask(client: Client, method: str, url: str) -> int:
    """The status of the answer; whatever the deed did is taken back, in the database and in the browser."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.get(url) if method == "GET" else client.post(url)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code


def test_every_address_answers_every_role_at_every_place_as_the_rules_say(
    world: World, numbers: Numbers, cast: dict[str, Player]
) -> None:
    asked, needs, browsers = rows(), {(u, n.method): n for u, n in addresses()}, clients(cast)
    wrong = []
    for row in asked:
        model = needs[row.url, row.method].model
        player = cast.get(row.role)
        place = row.place if row.place in PLACES else "own"
        pk = numbers.of(model, place, player) if model else 1
        got = ask(browsers[row.role], row.method, filled(row.url, pk))
        if got != row.status:
            wrong.append(f"{row.method} {row.url} {row.role or 'anonymous'} {row.place}: {got}, expected {row.status}")
    print(f"{len(asked)} answers asked for")
    assert not wrong, "\n".join([f"{len(wrong)} of {len(asked)}", *wrong])


def test_a_foreign_number_answers_byte_for_byte_like_one_that_never_existed(
    world: World, numbers: Numbers, cast: dict[str, Player]
) -> None:
    browsers = clients(cast)
    needs = {(u, n.method): n for u, n in addresses()}
    compared = 0
    for row in rows():
        if row.status != 404 or row.role.endswith("/manager"):
            continue
        model = needs[row.url, row.method].model
        if model is None:
            continue
        pk = numbers.of(model, row.place, cast[row.role])
        client = browsers[row.role]
        call = client.get if row.method == "GET" else client.post
        foreign, absent = call(filled(row.url, pk)), call(filled(row.url, NOBODYS))
        assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content), row
        compared += 1
    print(f"{compared} foreign answers compared")
    assert compared > 500


def test_every_view_declares_what_it_needs() -> None:
    assert len(list(addresses())) > 60
