"""The worker: takes a job, does its steps one transaction at a time, and lets go of it.

Killed at any moment it loses at most the step at hand: the next worker goes on at `job.done`.
"""

from __future__ import annotations

import logging
import signal
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, transaction
from django.utils import timezone

from dajian.service.access.errors import Refused
from dajian.service.jobs.kinds import KINDS, Kind
from dajian.service.jobs.lease import LeaseLost, claim, give_back, hold
from dajian.service.jobs.models import Job
from dajian.service.jobs.presence import enter_service, keep_seen

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]

ATTEMPTS = 5  # tries of one step before the job is given up
PAUSE = timedelta(seconds=2)  # before the second try; doubled each time
POLL_S = 0.3


def advance(job: Job, worker: str, clock: Clock, stopping: Callable[[], bool] = lambda: False) -> None:
    """Does the job's remaining steps under `worker`'s lease, until it is done, failed, lost or `stopping`."""
    kind = KINDS[job.kind]
    try:
        if job.attempts > ATTEMPTS:  # whoever tried this step was killed over it each time
            return _fail(kind, job, worker, clock(), _given_up(job, "处理程序每次都意外中断"))
        while job.done < job.total:
            if stopping():
                return give_back(job, worker, attempts=job.attempts - 1)
            _do_step(kind, job, worker, clock)
        with transaction.atomic():
            hold(job, worker, clock(), state="done", finished_at=clock(), lease_by="", lease_until=None)
            kind.finish(job)
    except LeaseLost:
        log.warning("job %s (%s): lease lost at step %s", job.pk, job.kind, job.done)
    except Refused as refused:
        _fail(kind, job, worker, clock(), str(refused))
    except Exception as error:
        log.exception("job %s (%s): step %s, try %s", job.pk, job.kind, job.done, job.attempts)
        if job.attempts >= ATTEMPTS:
            _fail(kind, job, worker, clock(), _given_up(job, f"{type(error).__name__}: {error}"))
        else:
            give_back(job, worker, lease_until=clock() + PAUSE * 2 ** (job.attempts - 1))


def _do_step(kind: Kind, job: Job, worker: str, clock: Clock) -> None:
    n = job.done
    if kind.prepare:
        hold(job, worker, clock())
        job.prepared = kind.prepare(job, n)
    with transaction.atomic():
        hold(job, worker, clock(), done=n + 1, attempts=1)
        kind.step(job, n)
    job.done, job.attempts, job.prepared = n + 1, 1, None


def _given_up(job: Job, why: str) -> str:
    where = f"第 {job.done + 1} 步（共 {job.total} 步）" if job.done < job.total else "最后一步"
    return (
        f"{where}试了 {ATTEMPTS} 次都没有成功，已停止；此前完成的部分已保存。"
        f"请把任务编号 {job.pk} 告诉系统管理员。原因：{why[:300]}"
    )


def _fail(kind: Kind, job: Job, worker: str, at: datetime, error: str) -> None:
    """Writes the failure with the kind's last words; without them should they fail too."""
    for last_words in (kind.failed, lambda *_: None):
        try:
            with transaction.atomic():
                hold(job, worker, at, state="failed", error=error, finished_at=at, lease_by="", lease_until=None)
                last_words(job, error)
            return
        except LeaseLost:
            return
        except Exception:
            log.exception("job %s (%s): its last words failed", job.pk, job.kind)


def run_pending(clock: Clock = timezone.now) -> int:
    """Does in this process whatever is pending and free; returns how many jobs it took up."""
    taken, me = 0, f"in-process/{uuid.uuid4().hex}"
    while job := claim(me, clock()):
        advance(job, me, clock)
        taken += 1
    return taken


def work(stop: threading.Event) -> None:
    """Takes jobs until `stop` is set; then the step at hand is finished and the job given back."""
    me = enter_service(timezone.now())
    heart = threading.Thread(target=keep_seen, args=(me, stop), daemon=True)
    heart.start()
    while not stop.is_set():
        try:
            close_old_connections()
            if job := claim(me.name, timezone.now()):
                advance(job, me.name, timezone.now, stop.is_set)
                continue
        except Error:
            log.exception("worker %s: the database does not answer; trying again", me.name)
        stop.wait(POLL_S)
    heart.join()
    me.delete()


def work_until_told() -> None:
    """`dajian worker`: SIGTERM or Ctrl-C ends it after the step at hand."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)
