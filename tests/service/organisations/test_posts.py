"""What a membership that is limited to an area or a line may do with the functions of its body."""

from __future__ import annotations

import pytest
from django.test import Client

from dajian.service.access.actor import Post
from dajian.service.access.rules import scope
from dajian.service.organisations.actions.bodies import transfer_function
from dajian.service.organisations.models import Function, Membership
from dajian.service.organisations.queries import memberships_of, post_of
from dajian.service.survey.models import Submission
from tests.service.survey.chain import Chain
from tests.service.world import World

CITY, COUNTY, OTHER = "/350000/350100/", "/350000/350100/350122/", "/350000/350500/"


@pytest.mark.parametrize(
    ("own", "path", "seen"),
    [
        ("", CITY, CITY),
        ("350122", CITY, COUNTY),
        ("350100", COUNTY, COUNTY),
        ("350100", CITY, CITY),
        ("350122", OTHER, None),
        ("350122", "/350000/350100/350121/", None),
    ],
)
def test_a_function_reaches_as_far_as_both_its_area_and_the_memberships(
    world: World, own: str, path: str, seen: str | None
) -> None:
    membership = Membership(area=world.area(own) if own else None)
    post = post_of(membership, "competent", "", "city", path, "")
    assert (post and post.area_path) == seen


@pytest.mark.parametrize(
    ("own", "given", "line"), [("", "", ""), ("road", "", "road"), ("", "road", "road"), ("road", "water", None)]
)
def test_a_function_holds_for_the_lines_that_both_name(db: None, own: str, given: str, line: str | None) -> None:
    post = post_of(Membership(line=own), "competent", "", "city", CITY, given)
    assert post == (None if line is None else Post("competent", "city", CITY, line, ""))


def test_who_is_limited_to_a_county_gets_nothing_of_another_city_that_his_body_takes_over(world: World) -> None:
    chain = Chain(world)
    chain.sent(who="jinjiang1", area="350582")
    own = chain.sent()
    taken_over = Function.unscoped.get(kind__code="competent", area=world.area("350500"), ends=None)
    transfer_function(
        world.actor("security1"), taken_over.pk, organisation_id=world.body("competent", "350100").pk,
        starts=world.now.date(), reason="机构改革", at=world.now,
    )  # fmt: skip
    assert scope(Submission, world.actor("fz1"), "check").count() == 2
    account = world.account("fz1")
    limited = memberships_of(account.person_id, world.now.date())[0]
    Membership.unscoped.filter(pk=limited.pk).update(area=world.area("350122"))
    assert list(scope(Submission, world.actor("fz1"))) == [own]
    assert not scope(Submission, world.actor("fz1"), "check").exists()
    client: Client = world.client("fz1")
    other = Submission.unscoped.exclude(pk=own.pk).get()
    assert client.get(f"/submissions/{own.pk}").status_code == 200
    assert client.get(f"/submissions/{other.pk}").status_code == 404
