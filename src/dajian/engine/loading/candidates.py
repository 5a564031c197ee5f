"""Every combination that the catalogue can form for a cargo, each arranged or turned down with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dajian.engine.findings import Finding
from dajian.engine.loading.arrangement import Arrangement, Load, Option, Place, over
from dajian.engine.loading.pair import arrange_pair, towed_t
from dajian.engine.loading.platform import arrange_lifter, arrange_platform
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
    for option in options(load, catalogue, policy):
        if isinstance(option, Rejected):
            yield option
            continue
        found = arrange(option, load, ANYWHERE, policy)
        short = _traction(found, policy)
        if short and option.tractor and option.tractor.use == "drawbar":  # spreader beams came on top: one more
            towed = found.vehicle.train.mass_t - found.tractors_t
            if count := tractors_needed(option.tractor, towed, policy["traction"]):
                found = arrange(replace(option, tractors=count), load, ANYWHERE, policy)
                short = _traction(found, policy)
        reasons = (*found.reasons, *short)
        yield Rejected(found.option, reasons) if reasons else found


def arrange(option: Option, load: Load, place: Place, policy: Policy) -> Arrangement:
    """The cargo on one combination, allowed or not."""
    match option.entry:
        case Semi():
            return arrange_semi(option, load, place)
        case Rigid():
            return arrange_rigid(option, load, place)
        case Platform():
            return arrange_platform(option, load, place, policy)
        case Pair():
            return arrange_pair(option, load, place)
        case Lifter():
            return arrange_lifter(option, load, place, policy)


def options(load: Load, catalogue: Catalogue, policy: Policy) -> Iterator[Option | Rejected]:
    """Entries by lines, files and tractors; what cannot carry the bare mass is turned down at once."""
    for entry in catalogue.entries.values():
        match entry:
            case Rigid():
                yield Option(entry, len(entry.tyres))
            case Semi():
                for lines in entry.axle_lines:
                    yield from (Option(entry, lines, None, catalogue.tractors[key], 1) for key in entry.tractors)
            case Platform() | Pair() | Lifter():
                yield from _hydraulic(entry, load, catalogue, policy)


def _hydraulic(
    entry: Platform | Pair | Lifter, load: Load, catalogue: Catalogue, policy: Policy
) -> Iterator[Option | Rejected]:
    files_of = (entry.axle_files,) if isinstance(entry, Lifter) else entry.axle_files
    least, most = entry.lines_each if isinstance(entry, Pair) else entry.axle_lines
    groups = 2 if isinstance(entry, Pair) else 1
    for files in files_of:
        for lines in range(least * groups, most * groups + 1, groups):
            own = lines * files * entry.tare_per_axle_t
            each = (load.mass_t + own) / lines
            if each > entry.max_axle_t * files:
                reason = over("line_capacity", each, entry.max_axle_t * files, "t")
                yield Rejected(Option(entry, lines, files), (reason,))
            elif isinstance(entry, Platform) and entry.power_kw:
                yield _self_driven(Option(entry, lines, files), entry, load.mass_t + own + entry.power_pack_t, policy)
            else:
                towed = _towed_t(entry, files, lines, load)
                sets = _tractor_sets([catalogue.tractors[key] for key in entry.tractors], towed, policy)
                yield from (Option(entry, lines, files, tractor, count) for tractor, count in sets)
                if not sets:
                    yield Rejected(Option(entry, lines, files), (_no_traction(catalogue, entry, towed, policy),))


def _self_driven(option: Option, entry: Platform, mass_t: float, policy: Policy) -> Option | Rejected:
    """A platform with its own drive; turned down at once where the engine alone is too weak for the grade."""
    road = policy["traction"]
    asked, most = resistance_kn(mass_t, road["grade"], road["rolling"]), pull_kn(entry.power_kw, mass_t, road)
    return Rejected(option, (over("traction", asked, most, "kN"),)) if most < asked else option


def _towed_t(entry: Platform | Pair | Lifter, files: int, lines: int, load: Load) -> float:
    """What the tractors must pull [t], before spreader beams."""
    if isinstance(entry, Pair):
        return towed_t(entry, files, lines, load)
    own = load.mass_t + lines * files * entry.tare_per_axle_t + entry.drawbar_t
    return own + (entry.adapter_t + entry.counterweight_t if isinstance(entry, Lifter) else 0.0)


def _tractor_sets(tractors: list[Tractor], towed_t: float, policy: Policy) -> list[tuple[Tractor, int]]:
    """Tractor types with the number that the grade asks for; a set worse in mass, length and cost is left out."""
    road = policy["traction"]
    needed = [(tractor, tractors_needed(tractor, towed_t, road)) for tractor in tractors]
    sets = [(tractor, count) for tractor, count in needed if count]
    figures = [(t.kerb_t * n, (t.wheelbase_m + t.tail_m) * n, t.cost * n) for t, n in sets]

    def is_worse(own: tuple[float, ...]) -> bool:
        return any(other != own and all(a <= b for a, b in zip(other, own, strict=True)) for other in figures)

    return [one for one, own in zip(sets, figures, strict=True) if not is_worse(own)]


def _no_traction(catalogue: Catalogue, entry: Platform | Pair | Lifter, towed: float, policy: Policy) -> Finding:
    road = policy["traction"]
    best = 0.0
    for key in entry.tractors:
        tractor = catalogue.tractors[key]
        driven = sum(tractor.kerb_loads_t[axle - 1] for axle in tractor.drive)
        best = max(best, road["max_tractors"] * pull_kn(tractor.power_kw, driven, road))
    return over("traction", resistance_kn(towed, road["grade"], road["rolling"]), best, "kN")


def available_kn(found: Arrangement, policy: Policy) -> float:
    """Tractive force of an arrangement [kN]: its tractors, or the vehicle's own drive."""
    vehicle, option = found.vehicle, found.option
    driven = sum(vehicle.train.loads_t[axle - 1] for axle in vehicle.drive_axles or ())
    entry = option.entry
    power = option.tractor.power_kw * option.tractors if option.tractor else getattr(entry, "power_kw", 0.0)
    return pull_kn(power, driven, policy["traction"])


def _traction(found: Arrangement, policy: Policy) -> tuple[Finding, ...]:
    road = policy["traction"]
    asked = resistance_kn(found.vehicle.train.mass_t, road["grade"], road["rolling"])
    has = available_kn(found, policy)
    return () if has >= asked - 1e-6 else (over("traction", asked, has, "kN"),)
