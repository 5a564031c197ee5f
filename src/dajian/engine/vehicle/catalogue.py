"""The catalogue of generic vehicles, and makers' sheets added to it as files.

Figures are typical of the trade (catalogue.toml says so); a maker's sheet is a TOML file with the same tables and keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from dajian.engine.findings import InputFault, Unusable
from dajian.engine.vehicle.axle_train import Trailer
from dajian.engine.vehicle.sheet import read_entry, read_tables

OWN = Path(__file__).parent / "catalogue.toml"


@dataclass(frozen=True, slots=True)
class Tractor:
    """Lengths [m] from the first axle; loads [t] at kerb, with ballast where it tows by a drawbar."""

    key: str
    name: str
    use: str  # semi | drawbar
    spacings_m: tuple[float, ...]
    kerb_loads_t: tuple[float, ...]
    max_loads_t: tuple[float, ...]
    tyres: tuple[int, ...]
    drive: tuple[int, ...]
    steering: int  # how many leading axles steer
    nose_m: float
    tail_m: float
    height_m: float
    power_kw: float
    cost: float
    kingpin_m: float = 0.0

    @property
    def kerb_t(self) -> float:
        return sum(self.kerb_loads_t)

    @property
    def wheelbase_m(self) -> float:
        return sum(self.spacings_m)

    @property
    def axles_at_m(self) -> tuple[float, ...]:
        """Each axle behind the first."""
        return tuple(accumulate(self.spacings_m, initial=0.0))


@dataclass(frozen=True, slots=True)
class Rigid:
    """A truck that carries the load itself."""

    key: str
    name: str
    spacings_m: tuple[float, ...]
    kerb_loads_t: tuple[float, ...]
    max_loads_t: tuple[float, ...]
    tyres: tuple[int, ...]
    drive: tuple[int, ...]
    steering: int
    nose_m: float
    deck_from_m: float
    deck_length_m: float
    deck_height_m: float
    width_m: float
    track_m: float
    height_m: float
    power_kw: float
    overhang_rear_m: float
    cost: float
    trailer: Trailer = "truck"


@dataclass(frozen=True, slots=True)
class Semi:
    """A semi-trailer; lengths from the kingpin. With `bolsters` the load itself is the beam."""

    key: str
    name: str
    trailer: Trailer
    axle_lines: tuple[int, ...]
    pitch_m: float
    deck_from_m: float
    deck_length_m: tuple[float, ...]  # with the fewest and with the most lines
    deck_height_m: float
    clearance_m: float
    tare_t: float
    tare_per_line_t: float
    tare_at: float
    width_m: float
    track_m: float
    tyres: int
    max_line_t: float
    max_kingpin_t: float
    overhang_front_m: float
    overhang_rear_m: float
    bending_knm: float
    cost: float
    cost_per_line: float
    tractors: tuple[str, ...]
    deck_end_m: float = 0.0
    well_gap_m: float | None = None
    extension_m: float = 0.0
    tare_per_extension_t: float = 0.0
    overhang_rear_share: float = 0.0
    cost_per_extension: float = 0.0
    bolsters: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """Hydraulic axle lines under one deck; masses and capacity for one axle of one file."""

    key: str
    name: str
    trailer: Trailer
    axle_files: tuple[int, ...]
    axle_lines: tuple[int, ...]  # fewest and most
    pitch_m: float
    file_pitch_m: Mapping[int, float]
    width_m: Mapping[int, float]
    deck_height_m: float
    pivot_height_m: float
    stroke_m: float
    tare_per_axle_t: float
    max_axle_t: float
    bending_knm: Mapping[int, float]
    overhang_front_m: float
    overhang_rear_m: float
    cost: float
    cost_per_axle: float
    tractors: tuple[str, ...]
    drawbar_m: float = 0.0
    drawbar_t: float = 0.0
    power_pack_m: float = 0.0
    power_pack_t: float = 0.0
    power_kw: float = 0.0
    drive_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups of hydraulic lines that carry the load between them, by a frame or by the load itself."""

    key: str
    name: str
    trailer: Trailer
    axle_files: tuple[int, ...]
    lines_each: tuple[int, ...]  # fewest and most
    pitch_m: float
    file_pitch_m: Mapping[int, float]
    width_m: Mapping[int, float]
    carries: str  # between: in a frame | ends: held by its flanges | cargo: lying on turntables, itself the beam
    deck_height_m: float
    pivot_height_m: float
    stroke_m: float
    tare_per_axle_t: float
    max_axle_t: float
    frame_t: float
    frame_per_cargo: float
    frame_per_m_t: float
    side_m: float
    gap_m: float
    max_cargo_length_m: float
    bending_knm: float
    drawbar_m: float
    drawbar_t: float
    cost: float
    cost_per_axle: float
    tractors: tuple[str, ...]
    bolster_share: float = 0.6
    min_cargo_t: float = 0.0
    overhang_front_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Lifter:
    """Hydraulic lines with a root clamp and a counterweight."""

    key: str
    name: str
    trailer: Trailer
    axle_files: int
    axle_lines: tuple[int, ...]
    pitch_m: float
    file_pitch_m: float
    width_m: float
    deck_height_m: float
    clamp_share: float
    pivot_height_m: float
    stroke_m: float
    tare_per_axle_t: float
    adapter_t: float
    counterweight_t: float
    max_axle_t: float
    max_moment_knm: float
    max_cargo_t: float
    drawbar_m: float
    drawbar_t: float
    cost: float
    cost_per_axle: float
    tractors: tuple[str, ...]


Entry = Rigid | Semi | Platform | Pair | Lifter
FAMILIES: Mapping[str, type] = {
    "tractor": Tractor,
    "rigid": Rigid,
    "semi": Semi,
    "platform": Platform,
    "pair": Pair,
    "lifter": Lifter,
}


@dataclass(frozen=True)
class Catalogue:
    tractors: Mapping[str, Tractor] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def extended(self, files: Iterable[Path]) -> Catalogue:
        """The same catalogue with the entries of further files; one of the same key takes the place of ours.

        Raises Unusable: every fault by file, table and key.
        """
        tractors, entries = dict(self.tractors), dict(self.entries)
        faults: list[InputFault] = []
        for file in files:
            for family, rows in read_tables(file).items():
                if family not in FAMILIES or not isinstance(rows, Mapping):
                    faults.append(InputFault(f"{file.name} [{family}]", "未知的表", "、".join(FAMILIES)))
                    continue
                for key, row in rows.items():
                    made = read_entry(FAMILIES[family], key, row, f"{file.name} [{family}.{key}]", faults)
                    if isinstance(made, Tractor):
                        tractors[key] = made
                    elif made is not None:
                        entries[key] = made
        for entry in entries.values():
            unknown = set(getattr(entry, "tractors", ())) - tractors.keys()
            faults.extend(InputFault(f"{entry.key}.tractors", name, "、".join(tractors)) for name in sorted(unknown))
        if faults:
            raise Unusable(tuple(faults))
        return replace(self, tractors=tractors, entries=entries)


@cache
def catalogue() -> Catalogue:
    """The generic catalogue."""
    return Catalogue().extended([OWN])
