"""The cast that all tests of the service use."""

from __future__ import annotations

from dajian.service.organisations.models import Area, Organisation
from tests.service.world import CAST, World


def test_every_log_in_of_the_cast_acts_for_a_body(world: World) -> None:
    for login in CAST:
        actor = world.actor(login)
        assert actor.organisation_name
        assert bool(actor.posts) == actor.works


def test_the_province_has_ten_cities_and_a_body_a_function_in_each(world: World) -> None:
    assert Area.unscoped.filter(level="city").count() == 10
    assert Organisation.unscoped.filter(kind="body", area__level="city").count() == 40


def test_the_campaign_is_open_with_eight_items(world: World) -> None:
    assert world.campaign.state == "open"
    assert world.campaign.items.count() == 8
