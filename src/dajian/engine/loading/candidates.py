"""Every combination that the catalogue can form for a cargo, each arranged or turned down with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Arrangement, Load, Option, Place, over
from dajian.engine.loading.pair import arrange_pair, towed_t
from dajian.engine.loading.platform import arrange_on_lines, standing, towed
from dajian.engine.loading.rigid import arrange_rigid
from dajian.engine.loading.semi import arrange_semi
from dajian.engine.loading.traction import pull_kn, resistance_kn, tractors_needed
from dajian.engine.policy import Policy
from dajian.engine.vehicle.catalogue import Catalogue, Lifter, Pair, Platform, Rigid, Semi, Tractor

ANYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Rejected:
    option: Option
    reasons: tuple[Finding, ...]


def candidates(load: Load, catalogue: Catalogue, policy: Policy) -> Iterator[Arrangement | Rejected]:
    """Every entry with every number of lines and files and every set of tractors worth having."""
    for entry in catalogue.entries.values():
        match entry:
            case Rigid():
                yield _judged(arrange_rigid(Option(entry, len(entry.tyres)), load, ANYWHERE), policy)
            case Semi():
                for lines in entry.axle_lines:
                    for key in entry.tractors:
                        option = Option(entry, lines, None, catalogue.tractors[key], 1)
                        yield _judged(arrange_semi(option, load, ANYWHERE), policy)
            case Pair():
                yield from _pairs(entry, load, catalogue, policy)
            case Platform() | Lifter():
                yield from _decks(entry, load, catalogue, policy)


def arrange(option: Option, load: Load, place: Place, policy: Policy) -> Arrangement:
    """The cargo on one combination, allowed or not."""
    match option.entry:
        case Semi():
            return arrange_semi(option, load, place)
        case Rigid():
            return arrange_rigid(option, load, place)
        case Platform() | Lifter():
            return arrange_on_lines(option, load, place, policy)
        case Pair():
            return arrange_pair(option, load, place)


def _decks(
    entry: Platform | Lifter, load: Load, catalogue: Catalogue, policy: Policy
) -> Iterator[Arrangement | Rejected]:
    """A deck of every number of files and lines; how the cargo stands on it does not hang on what tows it."""
    for files in (entry.axle_files,) if isinstance(entry, Lifter) else entry.axle_files:
        for lines in range(entry.axle_lines[0], entry.axle_lines[1] + 1):
            option = Option(entry, lines, files)
            if reason := _too_heavy(entry, lines, files, load) or _too_weak(entry, lines, files, load, policy):
                yield Rejected(option, (reason,))
                continue
            found = standing(option, load, policy)
            if found.reasons:
                yield Rejected(option, found.reasons)
            elif entry.tractors:
                for set_of in _with_tractors(option, found.mass_t, catalogue, policy):
                    yield set_of if isinstance(set_of, Rejected) else towed(set_of, found)
            else:
                yield _judged(towed(option, found), policy)


def _pairs(entry: Pair, load: Load, catalogue: Catalogue, policy: Policy) -> Iterator[Arrangement | Rejected]:
    for files in entry.axle_files:
        for lines in range(2 * entry.lines_each[0], 2 * entry.lines_each[1] + 1, 2):
            option = Option(entry, lines, files)
            if reason := _too_heavy(entry, lines, files, load):
                yield Rejected(option, (reason,))
                continue
            for set_of in _with_tractors(option, towed_t(entry, files, lines, load), catalogue, policy):
                yield set_of if isinstance(set_of, Rejected) else _judged(arrange_pair(set_of, load, ANYWHERE), policy)


def _too_heavy(entry: Platform | Pair | Lifter, lines: int, files: int, load: Load) -> Finding | None:
    """Why the lines cannot even carry the bare cargo."""
    each, built = load.mass_t / lines + files * entry.tare_per_axle_t, entry.max_axle_t * files
    return over("line_capacity", each, built, "t") if each > built else None


def _too_weak(entry: Platform | Lifter, lines: int, files: int, load: Load, policy: Policy) -> Finding | None:
    """Why a deck with its own drive cannot climb the grade, however its drive axles are loaded."""
    if entry.tractors or not isinstance(entry, Platform):
        return None
    road, mass = policy["traction"], load.mass_t + lines * files * entry.tare_per_axle_t + entry.power_pack_t
    asked, most = resistance_kn(mass, road["grade"], road["rolling"]), pull_kn(entry.power_kw, mass, road)
    return over("traction", asked, most, "kN") if most < asked else None


def _with_tractors(
    option: Option, towed_mass_t: float, catalogue: Catalogue, policy: Policy
) -> Iterator[Option | Rejected]:
    """The option with every set of tractors worth having for a mass behind them [t]."""
    entry = option.entry
    assert isinstance(entry, Platform | Pair | Lifter)
    tractors = [catalogue.tractors[key] for key in entry.tractors]
    sets = _tractor_sets(tractors, towed_mass_t, policy)
    if not sets:
        yield Rejected(option, (_no_traction(tractors, towed_mass_t, policy),))
    for tractor, count in sets:
        yield replace(option, tractor=tractor, tractors=count)


def _tractor_sets(tractors: list[Tractor], towed_t: float, policy: Policy) -> list[tuple[Tractor, int]]:
    """Tractor types with the number that the grade asks for; a set worse in mass, length and cost is left out."""
    road = policy["traction"]
    needed = [(tractor, tractors_needed(tractor, towed_t, road)) for tractor in tractors]
    sets = [(tractor, count) for tractor, count in needed if count]
    figures = [(t.kerb_t * n, (t.wheelbase_m + t.tail_m) * n, t.cost * n) for t, n in sets]

    def is_worse(own: tuple[float, ...]) -> bool:
        return any(other != own and all(a <= b for a, b in zip(other, own, strict=True)) for other in figures)

    return [one for one, own in zip(sets, figures, strict=True) if not is_worse(own)]


def _no_traction(tractors: list[Tractor], towed_mass_t: float, policy: Policy) -> Finding:
    road = policy["traction"]
    best = 0.0
    for tractor in tractors:
        driven = sum(tractor.kerb_loads_t[axle - 1] for axle in tractor.drive)
        best = max(best, road["max_tractors"] * pull_kn(tractor.power_kw, driven, road))
    return over("traction", resistance_kn(towed_mass_t, road["grade"], road["rolling"]), best, "kN")


def available_kn(found: Arrangement, policy: Policy) -> float:
    """Tractive force of an arrangement [kN]: its tractors, or the vehicle's own drive."""
    vehicle, option = found.vehicle, found.option
    driven = sum(vehicle.train.loads_t[axle - 1] for axle in vehicle.drive_axles or ())
    entry = option.entry
    power = option.tractor.power_kw * option.tractors if option.tractor else getattr(entry, "power_kw", 0.0)
    return pull_kn(power, driven, policy["traction"])


def _judged(found: Arrangement, policy: Policy) -> Arrangement | Rejected:
    """The arrangement, or why it cannot run: its own reasons and a grade that it does not climb."""
    road = policy["traction"]
    asked = resistance_kn(found.vehicle.train.mass_t, road["grade"], road["rolling"])
    has = available_kn(found, policy)
    reasons = found.reasons if has >= asked - 1e-6 else (*found.reasons, over("traction", asked, has, "kN"))
    return Rejected(found.option, reasons) if reasons else found
