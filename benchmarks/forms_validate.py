"""How long the server takes to judge one carrier submission: `python benchmarks/forms_validate.py [FORM] [RECORD]`.

Prints one JSON line: milliseconds a submission (median of five rounds), a load of the XForm, and of the workbook.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from dajian.forms.evaluate import validate
from dajian.forms.instance import read, write
from dajian.forms.xform import load_xml
from dajian.forms.xlsform import load

HERE = Path(__file__).parent
FORM = HERE.parent / "src/dajian/provinces/fujian/questionnaires/carrier.xlsx"
RECORD = HERE / "carrier_submission.json"
ON = date(2026, 3, 2)


def milliseconds(deed: Callable[[], object], times: int) -> float:
    """One deed, as the median of five rounds of `times`."""
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(times):
            deed()
        rounds.append((time.perf_counter() - start) / times * 1000)
    return round(statistics.median(rounds), 4)


def main(form_path: Path = FORM, record_path: Path = RECORD) -> None:
    form = load(form_path)
    record = json.loads(record_path.read_text())
    verdict = validate(form, record, on=ON)
    xml = write(form, verdict.record, instance_id="uuid:0")
    answers = sum(len(value) if isinstance(value, list) else 1 for value in verdict.record.values())
    print(
        json.dumps(
            {
                "questions": len(form.questions),
                "answers": answers,
                "problems": len(verdict.problems),
                "validate_ms": milliseconds(lambda: validate(form, record, on=ON, strict=True), 300),
                "read_xml_ms": milliseconds(lambda: read(form, xml), 100),
                "load_xml_ms": milliseconds(lambda: load_xml(form.xml), 5),
                "load_workbook_ms": milliseconds(lambda: load(form_path), 1),
            }
        )
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
