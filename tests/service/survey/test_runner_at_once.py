"""One press that comes by two ways at the same moment, from the page and from the browser itself."""

from __future__ import annotations

import pytest

from dajian.service.survey.actions import submissions
from dajian.service.survey.models import SubmissionVersion
from tests.service.survey.chain import Chain
from tests.service.survey.test_collisions import at_once
from tests.service.survey.test_runner_api import sending
from tests.service.world import World

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 15


def test_both_ways_are_told_of_the_one_version_that_came_of_it(world: World, chain: Chain) -> None:
    for n in range(PRESSES):
        unit, record = chain.unit(n=n)
        submission = submissions.begin(world.actor("lianjiang1"), unit.pk, at=world.now)
        clients = [world.client("lianjiang1") for _ in range(2)]
        told: list[tuple[int, int]] = []

        def press(client, submission=submission, record=record, told=told) -> None:
            answer = sending(client, submission, record)
            told.append((answer.status_code, answer.json().get("n")))

        assert at_once(*(lambda c=client, p=press: p(c) for client in clients)) == [None, None]
        assert told == [(200, 1), (200, 1)]
        assert SubmissionVersion.unscoped.filter(submission=submission).count() == 1
