"""Fixtures of the service's tests."""

from __future__ import annotations

import pytest

from tests.service import world as worlds


@pytest.fixture
def world(db: None) -> worlds.World:
    """A province with its people and an open campaign; what a test does in it is rolled back."""
    return worlds.build()
