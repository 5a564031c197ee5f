"""cases.md K10: an import whose worker is killed at half, started again, and the same file once more."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from openpyxl import load_workbook

from dajian.demo.carriers import make
from dajian.forms.instance import canonical
from dajian.forms.workbook import template
from dajian.forms.xlsform import load
from dajian.service.files.actions import receive
from dajian.service.history.models import Event
from dajian.service.jobs.models import Job
from dajian.service.jobs.worker import run_pending
from dajian.service.survey.actions import imports
from dajian.service.survey.models import ImportBatch, Submission, SubmissionVersion
from tests.service.jobs.test_worker_processes import LONG_S, said, wait_for, worker
from tests.service.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
CARRIERS = 1_500
BROKEN = 50  # row of the workbook


@pytest.fixture(scope="module")
def data() -> bytes:
    """1 500 carriers, row 50 with an impossible credit code."""
    records = make("k10", CARRIERS, "350100", on=NOW.date())
    out = BytesIO()
    template(load(settings.PROVINCE / "questionnaires" / "carrier.xlsx"), out, years=(2018, 2019), rows=records)
    book = load_workbook(BytesIO(out.getvalue()))
    code = records[BROKEN]["unit_credit_code"]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == code:
                    cell.value = code[:-1] + ("0" if code[-1] != "0" else "1")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def upload(world: World, data: bytes) -> ImportBatch:
    actor = world.actor("fz1")
    file = receive(SimpleUploadedFile("福州市.xlsx", data), actor=actor, allow=("xlsx",), at=world.now)
    return imports.start(actor, world.item().pk, kind="submissions", file=file, at=world.now)


def confirm(world: World, batch: ImportBatch) -> Job:
    run_pending()
    batch = ImportBatch.unscoped.get(pk=batch.pk)
    assert len(batch.problems) == 1
    imports.confirm(world.actor("fz1"), batch.pk, version=batch.version, at=world.now)
    return Job.unscoped.get(kind="survey.write", object_id=batch.pk)


def checksum() -> str:
    """Of what the submissions hold: unit code and canonical answers, sorted."""
    rows = Submission.unscoped.values_list("unit__subject__code", "current__record")
    lines = sorted(f"{code} ".encode() + canonical(record) for code, record in rows)
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def undisturbed(world: World, data: bytes) -> str:
    """The checksum of a run that nobody disturbs; taken back afterwards."""
    with transaction.atomic():
        confirm(world, upload(world, data))
        run_pending()
        found = checksum()
        transaction.set_rollback(True)
    return found


def kill_at_half(job: Job) -> None:
    with worker() as victim:
        assert said(victim) == "ready"
        while Job.unscoped.get(pk=job.pk).done < job.total // 2:
            assert victim.poll() is None
            try:
                victim.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait(LONG_S)


def test_a_killed_import_goes_on_where_it_stopped_and_the_same_file_brings_nothing(world: World, data: bytes) -> None:
    expected = undisturbed(world, data)
    assert Submission.unscoped.count() == 0
    job = confirm(world, upload(world, data))
    kill_at_half(job)
    half = Submission.unscoped.count()
    assert 0 < half < CARRIERS - 1
    with worker() as successor:
        assert said(successor) == "ready"
        wait_for(successor, [job])
    assert Submission.unscoped.filter(state="sent").count() == CARRIERS - 1
    assert checksum() == expected
    again = upload(world, data)
    run_pending()
    again.refresh_from_db()
    assert again.state == "nothing"
    assert set(again.rows.values_list("effect", flat=True)) == {"unchanged"}
    assert SubmissionVersion.unscoped.count() == CARRIERS - 1
    assert Event.unscoped.filter(object_type="survey.importbatch", action="finish").count() == 1
