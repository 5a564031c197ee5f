"""The cargoes that real reports name, with what they omit filled in."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from dajian.engine.loading.arrangement import Load, known_load
from dajian.engine.loading.proposal import Answer
from dajian.engine.loading.propose import propose
from dajian.engine.regulation import rulebook
from dajian.engine.vehicle.reading import read_cargo

LAW = rulebook().on(date(2026, 12, 1))
CARGOES = tomllib.loads((Path(__file__).parent / "cargoes.toml").read_text("utf-8"))


def cargo(**given: object) -> Load:
    return known_load(read_cargo({"cargo": given}))


def domain(name: str) -> Load:
    return cargo(**{key: value for key, value in CARGOES[name].items() if key != "assumed"})


@cache
def proposed(name: str) -> Answer:
    return propose(domain(name), LAW)
