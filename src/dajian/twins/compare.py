"""Whether two units are one: what speaks for it, weighed; what forbids it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dajian.twins.codes import slip
from dajian.twins.names import sound
from dajian.twins.units import DIGITS, Look, Name

PROPOSED = 60  # points from which a pair is worth a person's look
PROJECT = "project"  # the kind whose codes have no check digit


@dataclass(frozen=True)
class Reason:
    """What speaks for a pair. code: one of WEIGHTS; told: the two values at which it was seen."""

    code: str
    told: tuple[str, ...] = ("", "")


@dataclass(frozen=True)
class Verdict:
    """points: 0 … 100 and more; reasons: the weightiest first."""

    points: int
    reasons: tuple[Reason, ...]

    @property
    def proposed(self) -> bool:
        return self.points >= PROPOSED

    def turned(self) -> Verdict:
        """The same pair, the other one named first."""
        return Verdict(self.points, tuple(Reason(one.code, one.told[::-1]) for one in self.reasons))


NOT_ONE = Verdict(0, ())
# Points of each reason. Names count in full within a city, at a county's width a little more.
WEIGHTS = {
    "code_same": 100,  # the same once spaces and width are left out
    "code_letter": 100,  # the same once O is read as 0, I as 1
    "code_digit": 90,  # one place wrong
    "code_swap": 90,  # two neighbours swapped
    "code_lost": 90,  # one place lost
    "name_same": 75,  # but for width, brackets, legal form and place words
    "name_old": 75,  # one's former name is the other's
    "name_sound": 55,  # written otherwise, spoken alike
    "brand": 15,  # the name's own part is the same
    "phone": 40,
    "address": 35,
    "county": 10,
    "elsewhere": -35,  # in another city
}


def compare(a: Look, b: Look, *, common_phones: frozenset[str] = frozenset()) -> Verdict:
    """The verdict on one pair. common_phones: those that so many give (a filing agency's) that they say nothing.

    Two genuine codes that differ are two firms, whatever else is alike: a check digit does not hold by a slip.
    """
    code = list(_code(a, b))
    if a.code and b.code and not code and (a.genuine and b.genuine or a.unit.kind == PROJECT):
        return NOT_ONE
    if not code and not _may_be_one_place(a.name, b.name):
        return NOT_ONE
    reasons = code + list(_name(a, b)) + list(_reached(a, b, common_phones))
    if not reasons:
        return NOT_ONE
    if a.county == b.county:
        reasons.append(Reason("county"))
    elif a.city != b.city and not code:
        reasons.append(Reason("elsewhere"))
    reasons.sort(key=lambda reason: -WEIGHTS[reason.code])
    return Verdict(sum(WEIGHTS[reason.code] for reason in reasons), tuple(reasons))


def _code(a: Look, b: Look) -> Iterator[Reason]:
    """A slip between the codes, of which at most one can be genuine. Neighbours of a list of projects have codes that
    differ in one digit: there the names must agree too."""
    if not a.code or not b.code:
        return
    told = (a.unit.code, b.unit.code)
    if a.code == b.code:
        yield Reason("code_same" if a.genuine == b.genuine else "code_letter", told)
        return
    alike = a.unit.kind != PROJECT or a.name.sound == b.name.sound
    if alike and not (a.genuine and b.genuine) and (kind := slip(a.code, b.code)):
        yield Reason(f"code_{kind}", told)


def _may_be_one_place(a: Name, b: Name) -> bool:
    """福州某某 and 厦门某某 are two; 福建福州某某 and 福州某某 may be one, as may a name without a place."""
    return a.places <= b.places or b.places <= a.places


def _name(a: Look, b: Look) -> Iterator[Reason]:
    told = (a.unit.name, b.unit.name)
    if a.name.core == b.name.core:
        yield Reason("name_same", told)
    elif any(o.core == a.name.core for o in b.old) or any(o.core == b.name.core for o in a.old):
        yield Reason("name_old", told)
    elif a.name.sound == b.name.sound:
        yield Reason("name_sound", told)
    elif a.name.brand and len(a.name.brand) > 1 and sound(a.name.brand) == sound(b.name.brand):
        yield Reason("brand", told)


def _reached(a: Look, b: Look, common_phones: frozenset[str]) -> Iterator[Reason]:
    one_door = bool(a.address) and a.city == b.city and _one_address(a, b)
    if (a.phones & b.phones) - (frozenset() if one_door else common_phones):  # an agency's clients live apart
        yield Reason("phone")
    if one_door:
        yield Reason("address", (a.unit.address, b.unit.address))


def _one_address(a: Look, b: Look) -> bool:
    """The same but for place words and width; or the same house numbers on a road of which one name holds the other."""
    if a.address == b.address:
        return bool(a.numbers)
    if not a.numbers or a.numbers != b.numbers:
        return False
    short, long = sorted((DIGITS.sub("", a.address).rstrip("号"), DIGITS.sub("", b.address).rstrip("号")), key=len)
    return len(short) > 1 and short in long
