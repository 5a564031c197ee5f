"""The checks printed with a proposal: each a value against its limit, with the formula's module behind it."""

from __future__ import annotations

from dajian.engine.findings import Finding, Verdict
from dajian.engine.loading.arrangement import Arrangement
from dajian.engine.loading.candidates import available_kn
from dajian.engine.loading.lashing import direct_lashings, top_over_lashings
from dajian.engine.loading.proposal import Grouping
from dajian.engine.loading.sides import side_load
from dajian.engine.loading.traction import d_value_kn, gradeability, resistance_kn
from dajian.engine.loading.vertical_curves import lowbed_crest_radius_m, modular_radius_m
from dajian.engine.policy import Policy
from dajian.engine.vehicle.axle_train import Vehicle
from dajian.engine.vehicle.catalogue import Lifter, Pair, Platform


def checks(found: Arrangement, grouping: Grouping, empty: Vehicle, policy: Policy) -> tuple[Finding, ...]:
    """Stability, bending, traction, vertical curves, lashing and the empty run of one arrangement."""
    return (
        _stability(grouping, policy),
        _sides(found, grouping),
        *_bending(found),
        *_traction(found, policy),
        *_curves(found, policy),
        *_lashing(found, policy),
        *_assumed(found),
        Finding("check_empty", "note", "empty_run", value=empty.train.mass_t, unit="t",
                params={"length": empty.length_m, "width": empty.width_m, "height": empty.height_m}),
    )  # fmt: skip


def _check(code: str, ok: bool, value: float, limit: float, unit: str, **params: object) -> Finding:
    verdict: Verdict = "pass" if ok else "exceed"
    return Finding(code, verdict, code, value=round(value, 4), limit=round(limit, 4), unit=unit, params=params)


def _stability(grouping: Grouping, policy: Policy) -> Finding:
    rule = policy["stability"]
    (x1, y1), (x2, y2) = grouping.tipping.edge
    return _check(
        "check_stability",
        grouping.tipping.angle_deg >= rule["least_deg"],
        grouping.tipping.angle_deg,
        rule["least_deg"],
        "°",
        wanted=rule["wanted_deg"],
        kind=grouping.kind,
        front=grouping.front_lines,
        rear=grouping.rear_lines,
        edge=f"({x1:.2f}, {y1:.2f})–({x2:.2f}, {y2:.2f})",
    )


def _sides(found: Arrangement, grouping: Grouping) -> Finding:
    side = side_load(found, grouping.kind, grouping.front_lines)
    return _check("check_sides", side.fits, side.load_t, side.limit_t, "t", share=round(side.share * 100, 1))


def _bending(found: Arrangement) -> tuple[Finding, ...]:
    if not found.bending_limit_knm:
        return ()
    ok = found.bending_knm <= found.bending_limit_knm * (1 + 1e-9)
    return (_check("check_bending", ok, found.bending_knm, found.bending_limit_knm, "kN·m", spreader=found.spreader_m),)


def _traction(found: Arrangement, policy: Policy) -> tuple[Finding, ...]:
    road, mass = policy["traction"], found.vehicle.train.mass_t
    has = available_kn(found, policy)
    asked = resistance_kn(mass, road["grade"], road["rolling"])
    climbs = gradeability(mass, has, road["rolling"])
    rows = [
        _check("check_traction", has >= asked - 1e-6, has, asked, "kN", count=found.option.tractors,
               grade=road["grade"] * 100, altitude=road["altitude_m"]),
        _check("check_gradeability", climbs >= road["grade"] - 1e-9, climbs * 100, road["grade"] * 100, "%"),
    ]  # fmt: skip
    tractor = found.option.tractor
    if tractor and tractor.use == "drawbar":
        towed = found.vehicle.train.mass_t - tractor.kerb_t
        rows.append(Finding("check_d_value", "note", "check_d_value", value=round(d_value_kn(tractor.kerb_t, towed), 1),
                            unit="kN"))  # fmt: skip
    return tuple(rows)


def _curves(found: Arrangement, policy: Policy) -> tuple[Finding, ...]:
    road, entry = policy["road"], found.option.entry
    sag: float | None
    if isinstance(entry, Platform | Lifter):
        crest = modular_radius_m(found.span_m, entry.stroke_m * 0.8)  # ends of the stroke stay unused
        sag = modular_radius_m(found.span_m + entry.pitch_m, entry.stroke_m * 0.8)
    else:
        crest = lowbed_crest_radius_m(found.span_m, found.underside_m, road["ground_clearance_m"])
        sag = modular_radius_m(found.span_m, entry.stroke_m * 0.8) if isinstance(entry, Pair) else None
    rows = [_check("check_crest", crest <= road["crest_radius_m"], crest, road["crest_radius_m"], "m")]
    if sag is not None:
        rows.append(_check("check_sag", sag <= road["sag_radius_m"], sag, road["sag_radius_m"], "m"))
    return tuple(rows)


def _lashing(found: Arrangement, policy: Policy) -> tuple[Finding, ...]:
    rule, mass = policy["lashing"], found.load.mass_t
    rows = []
    for direction in ("forward", "rearward", "sideways"):
        count = direct_lashings(
            mass,
            rule[f"{direction}_g"],
            rule["friction"],
            rule["vertical_angle_deg"],
            rule["horizontal_angle_deg"],
            rule["capacity_kn"],
            friction_factor=rule["friction_factor"],
        )
        over = top_over_lashings(
            mass,
            rule[f"{direction}_g"],
            rule["friction"],
            rule["vertical_angle_deg"],
            rule["tension_kn"],
            forward=direction == "forward",
        )
        rows.append(
            Finding(f"check_lashing_{direction}", "note", "check_lashing", value=count, unit="根",
                    params={"capacity": rule["capacity_kn"], "friction": rule["friction"], "g": rule[f"{direction}_g"],
                            "top_over": round(over, 1), "tension": rule["tension_kn"]})
        )  # fmt: skip
    return tuple(rows)


def _assumed(found: Arrangement) -> tuple[Finding, ...]:
    return tuple(Finding(f"assumed_{key}", "note", key, origin="assumed") for key in found.load.assumed)
