"""What always holds of an assessment, whatever the declaration."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dajian.engine.findings import say
from dajian.engine.passability.judge import judge
from dajian.engine.passability.stand_in import compare
from dajian.engine.regulation import rulebook
from dajian.engine.regulation.assess import assess
from dajian.engine.regulation.assessment import CLASS_ORDER
from dajian.engine.vehicle.reading import read_declaration
from tests.engine.strategies import OPTIONAL, SECTIONS, declarations

LAW = rulebook().on(date(2026, 12, 1))
MANY = settings(max_examples=150, deadline=None)


def _assessed(given):
    return assess(read_declaration(given), LAW)


def _rank(found):
    return CLASS_ORDER[found.permit_class]


@MANY
@given(declarations(), st.sampled_from(["height_m", "width_m", "length_m"]), st.floats(0, 3))
def test_class_never_falls_when_a_dimension_grows(given, side, more):
    assert _rank(_assessed(given | {side: given[side] + more})) >= _rank(_assessed(given))


@MANY
@given(declarations(), st.data())
def test_class_never_falls_and_no_refusal_goes_when_an_axle_load_grows(given, data):
    axle = data.draw(st.integers(0, len(given["axle_loads_t"]) - 1))
    heavier = list(given["axle_loads_t"])
    heavier[axle] += data.draw(st.floats(0, 20))
    before, after = _assessed(given), _assessed(given | {"axle_loads_t": heavier})
    assert _rank(after) >= _rank(before)
    assert {finding.rule for finding in after.refusals} >= {finding.rule for finding in before.refusals}


@MANY
@given(declarations(), st.sampled_from(OPTIONAL))
def test_leaving_out_a_field_of_the_vehicle_never_lowers_the_class(given, key):
    before, after = _assessed(given), _assessed({name: value for name, value in given.items() if name != key})
    assert _rank(after) >= _rank(before)
    _stays_or_is_missing(before, after)


@MANY
@given(declarations(), st.sampled_from([(section, key) for section, keys in SECTIONS.items() for key in keys]))
def test_leaving_out_a_stated_fact_never_lowers_the_class(given, place):
    section, key = place
    rest = {name: value for name, value in given[section].items() if name != key}
    before, after = _assessed(given), _assessed(given | {section: rest})
    assert _rank(after) >= _rank(before)
    _stays_or_is_missing(before, after)


@MANY
@given(declarations(), st.sets(st.sampled_from((*OPTIONAL, *SECTIONS))))
def test_leaving_out_any_number_of_fields_never_lowers_the_class(given, keys):
    after = _assessed({name: value for name, value in given.items() if name not in keys})
    before = _assessed(given)
    assert _rank(after) >= _rank(before)
    _stays_or_is_missing(before, after)


def _stays_or_is_missing(before, after):
    """Refusals and papers that hung on what was left out stay, or `missing` names what they hang on."""
    gone = {finding.rule for finding in before.refusals} - {finding.rule for finding in after.refusals}
    open_keys = {finding.rule for finding in after.missing}
    hangs_on = {
        "decline_divisible": {"cargo.divisible"},
        "decline_licence": {"carrier.licensed_oversize"},
        "decline_restricted": {"carrier.restricted_until"},
    }
    for rule in gone:
        assert hangs_on.get(rule, {"first_trailer_axle", "axle_files"}) & open_keys, (rule, open_keys)
    assert set(before.documents) <= set(after.documents)
    assert after.escort >= before.escort


@MANY
@given(declarations())
def test_every_finding_can_be_said_in_both_languages(given):
    judgement = judge(read_declaration(given), LAW)
    found = judgement.assessment
    groups = (found.excesses, found.class_grounds, found.escort_grounds, found.refusals, found.disagreements,
              found.missing, found.notes, judgement.grades.notes)  # fmt: skip
    for finding in (finding for group in groups for finding in group):
        for language in ("zh", "en"):
            assert say(finding, language)
            assert "{" not in say(finding, language)


@MANY
@given(declarations())
def test_a_train_may_stand_in_for_itself(given):
    vehicle = read_declaration(given).vehicle
    assert compare(vehicle, vehicle, LAW) == ()


@settings(max_examples=300, deadline=None)
@given(declarations(), st.data())
def test_standing_in_is_transitive(given, data):
    def variant(base):
        factor = st.sampled_from([0.9, 1.0, 1.0, 1.1])
        return base | {
            "axle_loads_t": [load * data.draw(factor) for load in base["axle_loads_t"]],
            "axle_spacings_m": [gap * data.draw(factor) for gap in base["axle_spacings_m"]],
            "height_m": base["height_m"] * data.draw(factor),
        }

    a = read_declaration(given).vehicle
    second = variant(given)
    b, c = read_declaration(second).vehicle, read_declaration(variant(second)).vehicle
    if compare(a, b, LAW) == () and compare(b, c, LAW) == ():
        assert compare(a, c, LAW) == ()


@MANY
@given(declarations(), st.floats(0.5, 1.0), st.floats(1.0, 1.5))
def test_lighter_axles_wider_apart_may_stand_in(given, lighter, wider):
    a = read_declaration(given).vehicle
    loads = [load * lighter for load in given["axle_loads_t"]]
    b = read_declaration(given | {"axle_loads_t": loads}).vehicle
    assert compare(a, b, LAW) == ()
    gaps = [gap * wider for gap in given["axle_spacings_m"]]
    apart = read_declaration(given | {"axle_spacings_m": gaps}).vehicle
    assert {w.limit for w in compare(a, apart, LAW)} <= {"class"}  # a closer group may have had the wider limit


def test_a_mean_that_may_be_over_counts_for_the_class_until_the_trailer_is_known():
    lines = {"trailer": "hydraulic", "height_m": 4.0, "width_m": 2.8, "length_m": 18.0, "axle_files": 2,
             "axle_loads_t": [5.3] * 5 + [18.5], "axle_spacings_m": [3.0] * 5, "drive_axles": [3, 4],
             "tyres_per_axle": [4] * 5 + [8]}  # fmt: skip
    known, unknown = _assessed(lines | {"first_trailer_axle": 6}), _assessed(lines)
    assert (known.permit_class, unknown.permit_class) == ("II", "II")
    assert "first_trailer_axle" in {finding.rule for finding in unknown.missing}
