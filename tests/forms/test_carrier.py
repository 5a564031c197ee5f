"""The carrier questionnaire judged as a whole: a filled one, a poor one, and what changes between them."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dajian.forms.evaluate import validate
from dajian.forms.instance import digest, read, write
from dajian.forms.model import Form
from dajian.forms.xform import load_xml
from dajian.forms.xlsform import load

HOME = Path(__file__).parents[2]
ON = date(2026, 3, 2)


@pytest.fixture(scope="module")
def carrier() -> Form:
    return load(HOME / "src/dajian/provinces/fujian/questionnaires/carrier.xlsx")


@pytest.fixture
def record() -> dict[str, Any]:
    return json.loads((HOME / "benchmarks/carrier_submission.json").read_text())


def test_a_filled_questionnaire_is_right_and_its_totals_are_computed(carrier: Form, record: dict[str, Any]) -> None:
    verdict = validate(carrier, record, on=ON, strict=True)
    assert verdict.problems == ()
    totals = ("vehicles_total", "registered_total", "unregistered_total", "hydraulic_lines_total", "tractors_total")
    assert [verdict.record[key] for key in totals] == [11, 6, 5, 24, 6]
    assert verdict.record["balance_10k"] == 1099.5


def test_it_travels_as_xml_and_through_the_stored_xform(carrier: Form, record: dict[str, Any]) -> None:
    stored = load_xml(carrier.xml)
    kept = validate(carrier, record, on=ON).record
    sent = read(stored, write(carrier, kept, instance_id="uuid:1"))
    again = validate(stored, sent.record, on=ON, strict=True)
    assert again.valid
    assert digest(again.record) == digest(kept)


def broken(record: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    changed: Any = deepcopy(record)
    *way, last = path.split(".")
    here = changed
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    if value is None:
        del here[last]
    else:
        here[last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("unit_name", None, [("unit_name", "required")]),
        ("unit_credit_code", "91350100MA2XN4P319", [("unit_credit_code", "constraint")]),
        ("unit_area", "999999", [("unit_area", "choice")]),
        ("contact_mobile", "123", [("contact_mobile", "constraint")]),
        ("filled_on", "2026-03-03", [("filled_on", "constraint")]),
        ("truth_confirmed", "no", [("truth_confirmed", "constraint")]),
        ("drivers", 87, [("drivers", "constraint")]),
        ("vehicle.0.quantity", 2001, [("quantity", "constraint")]),
        ("vehicle.2.axle_lines", None, [("axle_lines", "required")]),
        ("vehicle.0.axle_lines", 4, [("axle_lines", "irrelevant")]),
        ("vehicle.1.registration", "registered", [("temp_plate_until", "irrelevant")]),
        ("vehicle", [], [("vehicle", "count")]),
        ("route.1.dest_province", None, [("dest_province", "required")]),
        ("problem.0.problem_kind", "wires", [("problem_kind", "choice")]),
    ],
)
def test_one_slip_gives_one_fault(
    carrier: Form, record: dict[str, Any], path: str, value: Any, expected: list[tuple[str, str]]
) -> None:
    verdict = validate(carrier, broken(record, path, value), on=ON, strict=True)
    assert [(problem.key, problem.code) for problem in verdict.problems] == expected


def test_a_unit_that_is_not_eligible_ends_with_its_reason(carrier: Form, record: dict[str, Any]) -> None:
    identity = {key: record[key] for key in ("unit_name", "unit_credit_code", "unit_area", "truth_confirmed")}
    out = {**identity, "eligible": "no", "survey_mode": ["visit"]}
    assert [p.key for p in validate(carrier, out, on=ON).problems] == ["ineligible_reason"]
    assert validate(carrier, {**out, "ineligible_reason": "没有大件经营范围"}, on=ON, strict=True).valid
