"""Which Node the front end is built with."""

import pytest

from requirements.node import suffices


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.19.0", True),
        ("v18.20.4", False),
        ("", False),
    ],
)
def test_a_node_suffices_as_vite_says(version, enough):
    assert suffices(version) == enough
