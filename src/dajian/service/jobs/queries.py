"""What a screen reads of work in the background."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from dajian.service.jobs.kinds import KINDS
from dajian.service.jobs.lease import PENDING
from dajian.service.jobs.models import Job, Worker

ABSENT = timedelta(seconds=30)  # a worker that was not seen for so long does not run


@dataclass(frozen=True)
class Progress:
    """One job for its owner: `told`, how it stands and what to do; `poll`, where to ask; `link`, where to go on."""

    pk: int
    label: str
    state: str
    state_label: str
    done: int
    total: int
    told: str
    error: str
    poll: str
    link: str
    running: bool


def progress(job: Job, at: datetime) -> Progress:
    kind = KINDS.get(job.kind)
    return Progress(
        pk=job.pk,
        label=_(kind.label) if kind else job.kind,
        state=job.state,
        state_label=job.get_state_display(),
        done=job.done,
        total=job.total,
        told=_told(job, at),
        error=job.error,
        poll=reverse("job", args=[job.pk]),
        link=kind.link(job) if kind else "",
        running=job.state in ("queued", "running"),
    )


def _told(job: Job, at: datetime) -> str:
    if job.state == "done":
        return _("已完成。")
    if job.state == "failed":
        return _("没有完成。请按下面的原因处理后重新提交。")
    seen = worker_seen(at)
    if seen is None or seen > ABSENT:
        return _("已提交，但后台处理程序没有运行；启动后会自动继续，不必重新提交。请联系系统管理员。")
    if job.attempts > 1:
        return _("第 %(done)s 步没有成功，正在第 %(attempts)s 次尝试。") % {
            "done": job.done + 1,
            "attempts": job.attempts,
        }
    if job.state == "queued" and (ahead := Job.unscoped.filter(PENDING, pk__lt=job.pk).count()):
        return _("正在排队，前面还有 %(ahead)s 项。可以离开此页，处理不会中断。") % {"ahead": ahead}
    return _("正在处理。可以离开此页，处理不会中断。")


def worker_seen(at: datetime) -> timedelta | None:
    """How long ago a worker showed that it lives; None when none ever did."""
    newest = Worker.unscoped.aggregate(Max("seen_at"))["seen_at__max"]
    return None if newest is None else max(at - newest, timedelta())


def newest_of(kind: str, object_id: int) -> Job | None:
    """The last job of a kind on an object that the caller has taken."""
    return Job.unscoped.filter(kind=kind, object_id=object_id).order_by("-pk").first()


def newest_of_each(kind: str, object_ids: Iterable[int]) -> dict[int, Job]:
    """`newest_of` for several objects at once."""
    return {job.object_id: job for job in Job.unscoped.filter(kind=kind, object_id__in=object_ids).order_by("pk")}
