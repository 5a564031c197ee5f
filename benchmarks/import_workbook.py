"""From the uploaded workbook of 1 500 carriers to validated, sent submissions in the database, by the real jobs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.databases import on_both
from benchmarks.rows import Row, median_s


def measure() -> list[Row]:
    return on_both("benchmarks.import_workbook")


def on_database() -> list[Row]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import transaction

    from benchmarks.workbook_read import CARRIERS, workbook
    from dajian.service.files.actions import receive
    from dajian.service.jobs.worker import run_pending
    from dajian.service.survey.actions import imports
    from dajian.service.survey.models import ImportBatch, Submission
    from tests.service.world import build

    world = build()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carriers.xlsx"
        vehicles = workbook(path)
        data = path.read_bytes()

    class Undo(Exception):
        """Puts the database back, so that each round begins with nothing."""

    def one() -> None:
        try:
            with transaction.atomic():
                file = receive(
                    SimpleUploadedFile("carriers.xlsx", data), actor=world.actor("fz1"), allow=("xlsx",), at=world.now
                )
                batch = imports.start(world.actor("fz1"), world.item().pk, kind="submissions", file=file, at=world.now)
                run_pending(lambda: world.now)
                batch = ImportBatch.unscoped.get(pk=batch.pk)
                imports.confirm(world.actor("fz1"), batch.pk, version=batch.version, at=world.now)
                run_pending(lambda: world.now)
                assert Submission.unscoped.filter(state="sent").count() == CARRIERS
                raise Undo
        except Undo:
            pass

    note = f"{CARRIERS} carriers, {vehicles} vehicles"
    return [Row("import: workbook to sent submissions", median_s(one, rounds=3), "s", 30, note)]
