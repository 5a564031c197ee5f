"""Every (state, action, role) that the tables do not list is refused by the real verbs, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Forbidden, NotFound, Refused
from dajian.service.access.rules import take
from dajian.service.access_table import holds
from dajian.service.campaign.actions import campaigns
from dajian.service.campaign.actions.loading import campaign_file
from dajian.service.campaign.definition import read_definition
from dajian.service.campaign.states import CAMPAIGN
from dajian.service.files.actions import store_bytes
from dajian.service.files.models import File
from dajian.service.identity import actions as identity
from dajian.service.identity.states import TWIN
from dajian.service.survey.actions import imports, reports, submissions, units
from dajian.service.survey.models import ImportBatch, SurveyUnit
from dajian.service.survey.states import IMPORT, REPORT, SUBMISSION, UNIT
from dajian.service.workflow.move import move
from dajian.service.workflow.tables import MACHINES, Machine
from tests.service import cast_of_roles
from tests.service.cast_of_roles import COUNTY, Player
from tests.service.world import NOW, World

WHEN = {"at": NOW}
WHY = {"reason": "按表核对"}


def _outcome(outcome: str, **more: Any) -> Callable[[Actor, Any], object]:
    return lambda a, o: units.close_unit(a, o.pk, outcome=outcome, version=o.version, **WHY, **WHEN, **more)


# The verb of each action. What has none of its own (a submission that is approved with its report) is moved as its
# verb moves it: taken with the right of the table, then moved.
VERBS: dict[tuple[str, str], Callable[[Actor, Any], object]] = {
    ("submission", "send"): lambda a, o: submissions.send(a, o.pk, version=o.version, **WHEN),
    ("submission", "take_back"): lambda a, o: submissions.take_back(a, o.pk, version=o.version, **WHEN),
    ("submission", "check"): lambda a, o: submissions.check(a, o.pk, version=o.version, **WHEN),
    ("submission", "uncheck"): lambda a, o: submissions.uncheck(a, o.pk, version=o.version, **WHEN),
    ("submission", "return"): lambda a, o: submissions.return_submission(a, o.pk, version=o.version, **WHY, **WHEN),
    ("submission", "correct"): lambda a, o: submissions.correct(a, o.pk, version=o.version, **WHY, **WHEN),
    ("unit", "not_eligible"): _outcome("not_eligible"),
    ("unit", "gone"): _outcome("gone"),
    ("unit", "not_found"): _outcome("not_found"),
    ("unit", "refuse"): _outcome("refuse", visited_on=date(2019, 4, 20)),
    ("unit", "duplicate"): lambda a, o: _outcome(
        "duplicate", duplicate_of=SurveyUnit.unscoped.exclude(pk=o.pk).filter(item=o.item, area=o.area).first().pk
    )(a, o),
    ("unit", "reopen"): lambda a, o: units.reopen_unit(a, o.pk, version=o.version, **WHY, **WHEN),
    ("report", "report"): lambda a, o: reports.report(
        a, o.pk, cover="", how_checked="逐一核实", version=o.version, **WHEN
    ),
    ("report", "recall"): lambda a, o: reports.recall(a, o.pk, version=o.version, **WHEN),
    ("report", "return"): lambda a, o: reports.return_report(a, o.pk, version=o.version, **WHY, **WHEN),
    ("report", "approve"): lambda a, o: reports.approve(a, o.pk, version=o.version, **WHEN),
    ("import", "confirm"): lambda a, o: imports.confirm(a, o.pk, version=o.version, **WHEN),
    ("import", "cancel"): lambda a, o: imports.cancel(a, o.pk, version=o.version, **WHEN),
    ("twin", "dismiss"): lambda a, o: identity.dismiss(a, o.pk, version=o.version, **WHY, **WHEN),
    ("twin", "reconsider"): lambda a, o: identity.reconsider(a, o.pk, version=o.version, **WHY, **WHEN),
    ("twin", "merge"): lambda a, o: identity.merge(a, o.pk, chosen={}, version=o.version, **WHY, **WHEN),
    ("twin", "undo"): lambda a, o: identity.undo(a, o.pk, version=o.version, **WHY, **WHEN),
    ("campaign", "open_campaign"): lambda a, o: campaigns.open_campaign(a, o.pk, version=o.version, **WHEN),
    ("campaign", "close_campaign"): lambda a, o: campaigns.close_campaign(a, o.pk, version=o.version, **WHEN),
    ("campaign", "reopen_campaign"): lambda a, o: campaigns.reopen_campaign(a, o.pk, version=o.version, **WHY, **WHEN),
}


def _by_table(machine: Machine, action: str) -> Callable[[Actor, Any], object]:
    who = next(m.who for m in machine.moves if m.action == action)

    def deed(actor: Actor, obj: Any) -> None:
        if who == "system":
            raise Forbidden(who)  # a job's move: no person has it
        move(machine, take(type(obj), obj.pk, actor, who), action, actor, at=NOW)

    return deed


@pytest.fixture
def objects(world: World) -> dict[str, Any]:
    """One row for each machine, in 连江 (the report: its 零报告, which needs no questionnaire)."""
    place = cast_of_roles.place(world, world.item(), "350100", COUNTY, 500)
    cast_of_roles.place(world, world.item(), "350100", COUNTY, 600)
    SurveyUnit.unscoped.filter(item=world.item()).update(state="gone")
    file = File.unscoped.get(pk=store_bytes("a.csv", b"x", account_id=None, at=NOW).pk)
    batch = ImportBatch.unscoped.create(
        kind="units", item=world.item(), area=world.area(COUNTY), state="ready", file=file, account_id=0, at=NOW,
        organisation_id=world.actor("lianjiang1").organisation_id,
    )  # fmt: skip
    return {
        "submission": place.submission,
        "unit": place.unit,
        "report": place.city_report,
        "report of a county": place.county_report,
        "import": batch,
        "campaign": world.campaign,
        "twin": place.twin,
    }


def triples() -> Iterator[tuple[Machine, str, str]]:
    for machine in (SUBMISSION, UNIT, REPORT, IMPORT, CAMPAIGN, TWIN):
        for state in machine.states:
            for action in dict.fromkeys(m.action for m in machine.moves):
                yield machine, state, action


def may(player: Player, machine: Machine, action: str, obj: Any) -> bool:
    definition = read_definition(campaign_file(settings.PROVINCE))
    rights = {m.who for m in machine.moves if m.action == action} - {"system"}
    return any(holds(player.role, type(obj), right, "own", definition) for right in rights)


def _refused(deed: Callable[[Actor, Any], object], actor: Actor, obj: Any) -> bool:
    try:
        with transaction.atomic():
            deed(actor, obj)
    except (Forbidden, NotFound, Refused):
        return True
    return False


def test_what_the_tables_do_not_list_is_refused_to_every_role(world: World, objects: dict[str, Any]) -> None:
    cast = cast_of_roles.cast(world)
    allowed = {(key, m.name, a): may(p, m, a, objects[m.name]) for key, p in cast.items() for m, _, a in triples()}
    tried = 0
    for machine, state, action in triples():
        deed = VERBS.get((machine.name, action), _by_table(machine, action))
        for key, player in cast.items():
            if machine.move(action, state) and allowed[key, machine.name, action]:
                continue
            own = f"{machine.name} of a county" if player.role.level == "county" else machine.name
            obj = objects.get(own, objects[machine.name])
            type(obj).unscoped.filter(pk=obj.pk).update(state=state)
            done = _refused(deed, player.actor, obj)
            assert done, (machine.name, state, action, key)
            assert type(obj).unscoped.get(pk=obj.pk).state == state, (machine.name, state, action, key)
            tried += 1
        for obj in objects.values():
            type(obj).unscoped.filter(pk=obj.pk).update(state=obj.state)
    print(f"{tried} unlisted (state, action, role) refused")
    assert tried > 3000


def test_all_machines_of_the_service_are_tried() -> None:
    assert set(MACHINES) == {machine.name for machine, _, _ in triples()}
