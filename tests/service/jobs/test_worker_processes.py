"""Workers as they run in use: real processes, killed with SIGKILL or told to stop, on the tests' own database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from dajian.service.jobs.actions import submit
from dajian.service.jobs.models import Job, Worker
from tests.service.jobs import work

ROOT = Path(__file__).parents[3]
LONG_S = 60  # a machine that is busy with other tests


@pytest.fixture(autouse=True)
def kinds(transactional_db: None) -> None:
    work.register_all()


@contextmanager
def worker(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.service.jobs.process", *arguments]
    env = os.environ | {"TEST_DATABASE": str(connection.settings_dict["NAME"]), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = process.stdout.readline().strip()
    if not line and process.wait(LONG_S) and process.stderr:
        pytest.fail(process.stderr.read())
    return line


def wait_for(process: subprocess.Popen[str], jobs: list[Job]) -> None:
    """Until none of the jobs is pending; asks the database, as a progress bar does."""
    until = timezone.now().timestamp() + LONG_S
    while Job.unscoped.filter(pk__in=[j.pk for j in jobs], state__in=["queued", "running"]).exists():
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert timezone.now().timestamp() < until
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue


def test_a_worker_killed_at_half_loses_nothing_and_its_successor_repeats_nothing() -> None:
    job = submit("test.plain", 7, None, total=20, at=timezone.now())
    with worker("10") as victim:
        assert said(victim) == "at 10"
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait(LONG_S)
    half = Job.unscoped.get(pk=job.pk)
    assert (half.state, half.done) == ("running", 10)
    assert work.left(job) == [str(n) for n in range(10)]
    assert half.lease_until
    assert half.lease_until > timezone.now()

    with worker() as successor:
        assert said(successor) == "ready"
        wait_for(successor, [job])
    assert work.left(job) == [*(str(n) for n in range(20)), "finish"]
    whole = Job.unscoped.get(pk=job.pk)
    assert (whole.state, whole.done, whole.error, whole.lease_by) == ("done", 20, "", "")


def test_two_workers_share_the_jobs_and_do_each_step_once() -> None:
    jobs = [submit("test.plain", n, None, total=25, at=timezone.now()) for n in range(6)]
    with worker() as one, worker() as other:
        assert (said(one), said(other)) == ("ready", "ready")
        wait_for(one, jobs)
        assert other.poll() is None
    for job in jobs:
        assert work.left(job) == [*(str(n) for n in range(25)), "finish"]
    assert set(Job.unscoped.values_list("state", flat=True)) == {"done"}


def test_a_worker_that_is_told_to_stop_finishes_its_step_and_leaves_the_rest_to_the_next() -> None:
    job = submit("test.plain", 7, None, total=20, at=timezone.now())
    with worker("5") as process:
        assert said(process) == "at 5"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=LONG_S)  # closes its input: the step goes on
        assert process.returncode == 0
    left = Job.unscoped.get(pk=job.pk)
    assert (left.done, left.lease_by, left.lease_until, left.attempts) == (6, "", None, 0)
    assert work.left(job) == [str(n) for n in range(6)]
    assert not Worker.unscoped.exists()


def test_a_living_worker_is_seen() -> None:
    with worker() as process:
        assert said(process) == "ready"
        job = submit("test.plain", 1, None, total=1, at=timezone.now())
        wait_for(process, [job])
        assert Worker.unscoped.get().pid == process.pid
