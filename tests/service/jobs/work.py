"""Two kinds of job for the tests: each step leaves one row, so that what was done twice or never is seen."""

from __future__ import annotations

from dajian.service.access.errors import Refused
from dajian.service.jobs.kinds import KINDS, Kind, register
from dajian.service.jobs.models import Job
from dajian.service.notices.models import OutboxMessage
from tests.service.actors import NOON


def leave(job: Job, text: str) -> None:
    OutboxMessage.unscoped.create(account_id=job.object_id, kind=job.kind, text=text, at=NOON)


def left(job: Job) -> list[str]:
    return list(OutboxMessage.unscoped.filter(account_id=job.object_id).order_by("pk").values_list("text", flat=True))


def step(job: Job, n: int) -> None:
    leave(job, f"{n}" if job.prepared is None else f"{n}:{job.prepared}")


def poisoned(job: Job, n: int) -> None:
    step(job, n)
    if n == 2:
        raise ZeroDivisionError("第 50 行的注册资本")


def refused(job: Job, n: int) -> None:
    step(job, n)
    if n == 1:
        raise Refused("活动已结束，不能再导入。")


def finish(job: Job) -> None:
    leave(job, "finish")


def failed(job: Job, error: str) -> None:
    leave(job, "failed")


def failed_badly(job: Job, error: str) -> None:
    leave(job, "failed")
    raise KeyError("last words")


def register_all() -> None:
    if "test.plain" in KINDS:
        return
    register(
        "test.plain", Kind("试验", step, finish=finish, failed=failed, link=lambda job: f"/things/{job.object_id}")
    )
    register("test.prepared", Kind("试验", step, prepare=lambda job, n: n * n))
    register("test.poison", Kind("试验", poisoned, finish=finish, failed=failed))
    register("test.refused", Kind("试验", refused, finish=finish, failed=failed))
    register("test.badly", Kind("试验", poisoned, failed=failed_badly))
