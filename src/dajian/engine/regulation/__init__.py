"""What the law says of a train: rules as data, `assess`, agreement checks, authority, validity and clocks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dajian.engine.policy import Policy, policy
from dajian.engine.rules import Rulebook, read_rulebook

HERE = Path(__file__).parent
INSTRUMENTS = ("order62", "gb1589", "permit_law", "registration")


@cache
def rulebook() -> Rulebook:
    """The instruments of this package and the technical standard beside it."""
    own = [HERE / f"{name}.toml" for name in INSTRUMENTS]
    return read_rulebook([*own, HERE.parent / "passability" / "jtgt2213.toml"])


@cache
def readings() -> Policy:
    """How open points of the law are read."""
    return policy(HERE / "policy.toml")
