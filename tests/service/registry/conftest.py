"""A registry with five carriers: three of 福州, two of 泉州."""

from __future__ import annotations

import pytest

from dajian.service.registry.models import RegistryEntry
from dajian.service.survey.actions import reports
from tests.service.survey.chain import Chain
from tests.service.world import World


def approve(world: World, by: str, area: str) -> None:
    """Reports what is checked in an area and has it approved."""
    found = Chain(world).report(by, area)
    reports.approve(world.actor("yunguan1"), found.pk, version=found.version, at=world.now)


@pytest.fixture
def registry(world: World) -> list[RegistryEntry]:
    """The entries by their pinyin; 连江 entered three, 晋江 two."""
    chain = Chain(world)
    for n in range(3):
        chain.checked("lianjiang1", n, "350122", by="fz1")
    for n in range(2):
        chain.checked("jinjiang1", n, "350582", by="qz1")
    approve(world, "fz2", "350100")
    approve(world, "qz2", "350500")
    return list(RegistryEntry.unscoped.order_by("sort_key"))
