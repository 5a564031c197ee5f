"""How long the server takes to judge one carrier submission (three vehicles, two routes), and to load the form."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from benchmarks.rows import Row, median_s
from dajian.forms.evaluate import validate
from dajian.forms.instance import read, write
from dajian.forms.xform import load_xml
from dajian.forms.xlsform import load

HERE = Path(__file__).parent
FORM = HERE.parent / "src/dajian/provinces/fujian/questionnaires/carrier.xlsx"
RECORD = HERE / "carrier_submission.json"
ON = date(2026, 3, 2)


def measure() -> list[Row]:
    form = load(FORM)
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    verdict = validate(form, record, on=ON)
    assert verdict.valid, verdict.problems
    xml = write(form, verdict.record, instance_id="uuid:0")
    note = f"{len(form.questions)} questions, {len(record['vehicle'])} vehicles, {len(record['route'])} routes"
    return [
        Row(
            "one submission validated", 1000 * median_s(lambda: validate(form, record, on=ON), times=300), "ms", 1, note
        ),
        Row("one submission read from XML", 1000 * median_s(lambda: read(form, xml), times=100), "ms", note=note),
        Row("form loaded from its XForm", 1000 * median_s(lambda: load_xml(form.xml), times=5), "ms"),
        Row("form loaded from its workbook", 1000 * median_s(lambda: load(FORM)), "ms"),
    ]
