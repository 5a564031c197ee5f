"""Declarations at random: every kind of train, with any of the optional fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from dajian.engine.vehicle.axle_train import LINED, TRAILERS, WITH_LINES

OPTIONAL = ("tyres_per_axle", "drive_axles", "first_trailer_axle", "axle_files")
_dates = st.dates(date(1990, 1, 1), date(2090, 12, 31))
SECTIONS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "cargo": {"divisible": st.booleans(), "mass_t": st.floats(0.5, 50)},
    "carrier": {"licensed_oversize": st.booleans(), "restricted_until": _dates},
    "plates": {"tractor": st.just("闽A12345"), "insurance_until": _dates},
}
_heights = st.one_of(st.sampled_from([4.0, 4.2, 4.5]), st.floats(2.0, 6.0))
_widths = st.one_of(st.sampled_from([2.55, 3.0, 3.75]), st.floats(1.5, 6.0))
_lengths = st.one_of(st.sampled_from([18.1, 20.0, 28.0]), st.floats(5.0, 80.0))


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, Any]:
    """A mapping as a declaration file holds it, complete: every optional field is there."""
    trailer = draw(st.sampled_from(sorted(TRAILERS)))
    axles = draw(st.integers(2, 14))
    lined = trailer in LINED or (trailer in WITH_LINES and draw(st.booleans()))
    heavy = draw(st.sampled_from([8.0, 13.0, 21.0]))
    first = draw(st.integers(2, axles)) if trailer != "self_propelled" else 1
    rigid = trailer in ("truck", "self_propelled")
    tyre = st.sampled_from([2, 4, 8])
    given: dict[str, Any] = {
        "trailer": trailer,
        "height_m": draw(_heights),
        "width_m": draw(_widths),
        "length_m": draw(_lengths),
        "axle_loads_t": draw(st.lists(st.floats(1.0, heavy), min_size=axles, max_size=axles)),
        "axle_spacings_m": draw(st.lists(st.sampled_from([0.9, 1.2, 1.3, 1.35, 1.5, 1.8, 3.0, 6.0]),
                                         min_size=axles - 1, max_size=axles - 1)),
        "tyres_per_axle": [
            max(tyres, 8) if lined and axle >= first else tyres
            for axle, tyres in enumerate(draw(st.lists(tyre, min_size=axles, max_size=axles)), start=1)
        ],
        "drive_axles": sorted(draw(st.sets(st.integers(1, axles if rigid else max(first - 1, 1)), min_size=1,
                                           max_size=3))),
    }  # fmt: skip
    if not rigid:
        given["first_trailer_axle"] = first
    if lined:
        given["axle_files"] = draw(st.sampled_from([2, 3, 4]))
    for section, fields in SECTIONS.items():
        given[section] = {key: draw(values) for key, values in fields.items()}
    return given
