"""A workbook of 1 500 carriers and their vehicles read and judged, beside python-calamine alone on the same file."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.rows import Row, median_s
from dajian.demo.carriers import make
from dajian.forms.workbook import read, template
from dajian.forms.xlsform import load

FORM = Path(__file__).parents[1] / "src/dajian/provinces/fujian/questionnaires/carrier.xlsx"
ON = date(2019, 4, 20)
CARRIERS = 1_500


def workbook(path: Path) -> int:
    """Writes the carriers' workbook; returns how many vehicle rows it has."""
    records = make("bench", CARRIERS, "350100", on=ON)
    template(load(FORM), path, years=(2018, 2019), rows=records)
    return sum(len(record.get("vehicle", [])) for record in records)


def calamine_alone(path: Path) -> None:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def measure() -> list[Row]:
    form = load(FORM)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carriers.xlsx"
        vehicles = workbook(path)
        reading = read(form, path, on=ON)
        assert reading.accepted == CARRIERS, reading.problems[:3]
        alone = median_s(lambda: calamine_alone(path))
        whole = median_s(lambda: read(form, path, on=ON))
    note = f"{CARRIERS} carriers, {vehicles} vehicles"
    return [
        Row("form read: python-calamine alone", alone, "s", note=note),
        Row("form read: read and judged", whole, "s", 1.5 * alone + CARRIERS / 1000, note),
    ]
