"""Units of one kind, invented: identity, names and eligibility as all kinds have them, the rest by the kind.

Nothing here reads the questionnaires' rules; the figures keep them because they are drawn that way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from dajian.demo import numbers
from dajian.demo.blocks import confirmation
from dajian.demo.drawing import Draw, Record
from dajian.demo.questionnaire import questionnaire, words

Names = Callable[[int, str], str]  # of the i-th unit, in this county


@dataclass(frozen=True)
class Kind:
    """What tells one kind of units from the others."""

    topic: str  # of its words
    record: Callable[[Draw], Record]  # what an eligible unit answers between its identity and the oath
    names: Callable[[dict, Random, dict, dict[str, str]], Names]
    register: str = "91"  # first two places of its credit code
    more: Callable[[Draw, str], Record] = lambda draw, name: {}  # of its identity, eligible or not


def make(kind: Kind, seed: int | str, n: int, area: str, *, on: date) -> list[Record]:
    """n units of a city (or of one county): the same for the same arguments, each independent of n.

    About one in thirty is not eligible. Dates of what has happened are before `on`.
    Raises KeyError for an area that the province does not have.
    """
    own = words(kind.topic)
    known = questionnaire(own["questionnaire"])
    cities = words("province")["city"]
    city = next((c for c in cities if area == c["code"] or area in known.counties[c["name"]]), None)
    if city is None:
        raise KeyError(area)
    counties = known.counties[city["name"]] if area == city["code"] else (area,)
    start = Random(f"{kind.topic}/{seed}/{area}")
    names, serial = kind.names(own, start, city, known.choices["area"]), start.randrange(30**6)
    made = []
    for i in range(n):
        county = counties[i % len(counties)]
        draw = Draw(f"{kind.topic}/{seed}/{area}/{i}", known, city, county, on)
        code = numbers.credit_code(county, serial + i, kind.register)
        made.append(_record(kind, draw, names(i, county), code))
    return made


def _record(kind: Kind, draw: Draw, name: str, code: str) -> Record:
    unit = {"unit_name": name, "unit_credit_code": code, "unit_area": draw.county} | kind.more(draw, name)
    if draw.often(1 / 30):
        reason = draw.choice(words(kind.topic)["reasons"])
        closed = {"eligible": "no", "ineligible_reason": reason, "unit_status": draw.code("unit_status", "operating")}
        return unit | closed | confirmation(draw)
    operating = {"eligible": "yes", "unit_status": "operating"}
    return unit | operating | kind.record(draw) | confirmation(draw)


def firm_names(own: dict, start: Random, city: dict, areas: dict[str, str]) -> Names:
    """示例 + city + two signs + trade + ending, in an order of their own for each seed."""
    parts = words("province")["names"]
    names = [a + b + trade for a in parts["first"] for b in parts["second"] for trade in own["trade"] if a != b]
    start.shuffle(names)
    place = city["name"].removesuffix("市").removesuffix("综合实验区")
    return lambda i, county: f"示例{place}{names[i % len(names)]}{_again(i // len(names))}{own['ending']}"


def body_names(own: dict, start: Random, city: dict, areas: dict[str, str]) -> Names:
    """示例 + county + what it is; from the second round on with a number."""
    trades = start.sample(own["trade"], len(own["trade"]))
    met: dict[tuple[str, str], int] = {}

    def name(i: int, county: str) -> str:
        trade = trades[i % len(trades)]
        met[county, trade] = met.get((county, trade), -1) + 1
        return f"示例{areas[county]}{trade}{_again(met[county, trade])}{own['ending']}"

    return name


def _again(times: int) -> str:
    return str(times + 1) if times else ""
