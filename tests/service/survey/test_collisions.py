"""Two officers on one version at the same moment, over real connections: one decides, the other is told."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from dajian.service.access.errors import Refused, Stale
from dajian.service.history.models import Event
from dajian.service.survey.actions import reports, submissions
from dajian.service.survey.models import Submission, SurveyUnit
from dajian.service.workflow.drafts import kept_text
from tests.service.survey.chain import Chain
from tests.service.world import World

pytestmark = pytest.mark.django_db(transaction=True)
SEED = random.SystemRandom().randrange(10**6)
PAIRS = 50


def at_once(*deeds: Callable[[], object]) -> list[BaseException | None]:
    """Does all deeds at the same moment, each over a connection of its own; what each one raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> BaseException | None:
        start.wait()
        try:
            deed()
        except Exception as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_of_two_officers_on_one_questionnaire_exactly_one_decides(world: World, chain: Chain) -> None:
    print(f"seed {SEED}")
    draw = random.Random(SEED)
    actors = [world.actor("fz1"), world.actor("fz2")]
    rows = [chain.sent(n=n) for n in range(PAIRS)]
    decided = 0
    for row in rows:
        version = row.version

        def check(actor, pk=row.pk, version=version):
            return submissions.check(actor, pk, version=version, at=world.now)

        def give_back(actor, pk=row.pk, version=version):
            return submissions.return_submission(actor, pk, reason="资料不全", version=version, at=world.now)

        verbs = [draw.choice([check, give_back]) for _ in actors]
        raised = at_once(*(lambda v=v, a=a: v(a) for v, a in zip(verbs, actors, strict=True)))
        assert [type(e) for e in raised if e] in ([Stale], [Refused]), raised
        decided += 1
    events = Event.unscoped.filter(object_type="survey.submission", action__in=("check", "return"))
    assert events.count() == decided == PAIRS
    for row in rows:
        state = Submission.unscoped.get(pk=row.pk).state
        assert events.get(object_id=row.pk).to_state == state


def test_two_reviewers_on_one_report_approve_it_once(world: World, chain: Chain) -> None:
    chain.checked()
    report = chain.report()
    raised = at_once(
        *(
            lambda who=who: reports.approve(world.actor(who), report.pk, version=report.version, at=world.now)
            for who in ("yunguan1", "yunguan2")
        )
    )
    assert [type(e) for e in raised if e] in ([Stale], [Refused]), raised
    assert chain.registered() == 1
    assert SurveyUnit.unscoped.filter(state="approved").count() == 1


def test_the_text_of_the_second_officer_is_kept_for_him_alone(world: World, chain: Chain) -> None:
    sent = chain.sent()
    seen = sent.version
    submissions.check(world.actor("fz1"), sent.pk, version=seen, at=world.now)
    answer = world.client("fz2").post(
        f"/submissions/{sent.pk}/return", {"version": seen, "reason": "车辆清单缺号牌，请补充"}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "林福一" in page
    assert "车辆清单缺号牌，请补充" in page
    path = f"/submissions/{sent.pk}/return"
    assert kept_text(world.actor("fz2"), path, "reason") == "车辆清单缺号牌，请补充"
    assert kept_text(world.actor("fz1"), path, "reason") == ""
    assert "车辆清单缺号牌，请补充" in world.client("fz2").get(f"/submissions/{sent.pk}").content.decode()
    assert "车辆清单缺号牌，请补充" in world.client("fz2").get("/account").content.decode()
    assert "车辆清单缺号牌，请补充" not in world.client("fz1").get("/account").content.decode()


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/submissions/{submission}/return", {"m:::unit_address": "与营业执照不一致"}),
        ("/submissions/{submission}/edit", {"unit_name": "改过的名称"}),
        ("/units/{unit}/close", {"close-outcome": "gone", "close-reason": "已迁往外省，2019年4月核实"}),
    ],
)
def test_whatever_was_typed_for_a_deed_that_came_too_late_is_shown_and_kept(
    world: World, chain: Chain, address: str, typed: dict
) -> None:
    draft = chain.sent() if "return" in address else chain.draft()
    path = address.format(submission=draft.pk, unit=draft.unit_id)
    who = "fz1" if "return" in address else "lianjiang2"
    answer = world.client(who).post(path, {"version": 99, **typed})
    assert answer.status_code == 409
    for text in typed.values():
        assert text in answer.content.decode()
        assert text in world.client(who).get("/account").content.decode()
