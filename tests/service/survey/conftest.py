from __future__ import annotations

import pytest

from tests.service.survey.chain import Chain
from tests.service.world import World


@pytest.fixture
def chain(world: World) -> Chain:
    return Chain(world)
