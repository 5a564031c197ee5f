"""The job of a search: profiles anew in steps, then all pairs at once."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from dajian.service.identity.actions import CHUNK, SEARCH_JOB
from dajian.service.identity.models import Search
from dajian.service.identity.profiles import firms, projects, renew_firms, renew_projects
from dajian.service.identity.seeking import keep, lapse, look_at, twins_of_all
from dajian.service.jobs.kinds import Kind, register
from dajian.service.jobs.models import Job
from dajian.service.notices.actions import tell
from dajian.service.survey.actions.units import LISTED


def prepare(job: Job, n: int) -> Any:
    """The last step compares, outside any transaction; what it reads was written by the steps before."""
    return twins_of_all() if n == job.total - 1 else None


def step(job: Job, n: int) -> None:
    at = timezone.now()
    if n < job.total - 1:
        return _renew(n)
    found = job.prepared
    fresh = keep(found, at=at)
    lapse(found, at=at)
    units = firms().count() + projects().count()
    Search.unscoped.filter(pk=job.object_id).update(units=units, found=len(found), fresh=fresh)
    return None


def _renew(n: int) -> None:
    """Step n's share: the firms first, then the projects; beyond the last one nothing."""
    first = -(-firms().count() // CHUNK)
    rows, renew, at = (firms(), renew_firms, n) if n < first else (projects(), renew_projects, n - first)
    pks = rows.order_by("pk").values_list("pk", flat=True)[at * CHUNK : (at + 1) * CHUNK]
    renew(list(pks))


def finish(job: Job) -> None:
    done = Search.unscoped.get(pk=job.object_id)
    text = f"查找疑似重复完成：{done.units} 家单位中有 {done.found} 对相似，新发现 {done.fresh} 对"
    tell([done.account_id], "twins", text, "/twins", at=timezone.now())


register(SEARCH_JOB, Kind("查找疑似重复", step, prepare=prepare, finish=finish, link=lambda job: "/twins"))
LISTED.append(look_at)
