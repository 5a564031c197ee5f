"""`dajian doctor`: whether database, history, files, jobs and settings are as they must be."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone

from dajian.service.files.integrity import damaged
from dajian.service.history.check import broken_chains, kept_by_triggers
from dajian.service.history.models import Event
from dajian.service.jobs.lease import PENDING
from dajian.service.jobs.models import Job
from dajian.service.jobs.queries import ABSENT, worker_seen
from dajian.service.production import unsafe

SKEW = timedelta(seconds=5)
WAITED_LONG = timedelta(minutes=10)
LEAST_FREE = 2**30
SHOWN = 20  # faults of one kind; the rest is only said to exist


@dataclass(frozen=True)
class Finding:
    check: str
    ok: bool
    told: str


def examine(at: datetime) -> list[Finding]:
    """Every check with its answer; when the database cannot be used, that alone."""
    if told := unready():
        return [Finding("数据库", False, told)]
    findings = [Finding("数据库", True, f"{connection.vendor} 正常")]
    for name, check in CHECKS.items():
        faults = list(islice(check(at), SHOWN + 1))
        if len(faults) > SHOWN:
            faults[SHOWN:] = [f"…… 只列出前 {SHOWN} 处"]
        findings += [Finding(name, False, told) for told in faults] or [Finding(name, True, "正常")]
    return findings


def unready() -> str:
    """Why the database cannot be used, in Chinese with what to do; empty when it can."""
    name = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not name.exists():  # to connect would create it
        return f"{name.parent} 中还没有数据库。请先运行 dajian manage migrate，或检查 DAJIAN_VAR。"
    try:
        missing = unapplied()
    except Error as error:
        return f"连不上数据库（{str(error).strip()}）。请检查 DAJIAN_DATABASE 或 DAJIAN_VAR，以及数据库是否在运行。"
    if missing:
        return f"数据库结构有 {len(missing)} 步未更新（从 {missing[0]} 起）。请先备份，再运行 dajian manage migrate。"
    return ""


def unapplied() -> list[str]:
    """Migrations that the code has and the database has not: app.name, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _history(at: datetime) -> Iterator[str]:
    if not kept_by_triggers():
        yield (
            "防篡改触发器缺失，历史记录可以被修改。请查明原因，"
            "再依次运行 dajian manage migrate history 0001 和 dajian manage migrate 重新建立。"
        )
    for label, pk, place in broken_chains():
        yield f"{label} {pk} 的第 {place} 条历史与前一条接不上，可能被改动或删除。请与备份比对。"


def _files(at: datetime) -> Iterator[str]:
    for file, wrong in damaged():
        yield f"文件 {file.pk}“{file.name}”{wrong}（{file.sha256[:12]}…）。请从备份恢复 files 目录。"


def _worker(at: datetime) -> Iterator[str]:
    seen = worker_seen(at)
    if seen is None or seen > ABSENT:
        yield "没有在运行的后台程序，导入和导出会停在排队。请启动 dajian worker。"
    for job in Job.unscoped.filter(PENDING, created_at__lt=at - WAITED_LONG).order_by("pk"):
        yield f"任务 {job.pk}（{job.kind}）提交已超过 {WAITED_LONG.seconds // 60} 分钟，完成 {job.done} / {job.total}。"


def _failed_jobs(at: datetime) -> Iterator[str]:
    for job in Job.unscoped.filter(state="failed", finished_at__gt=at - timedelta(days=7)).order_by("-pk"):
        yield f"任务 {job.pk}（{job.kind}）失败：{job.error}"


def _clock(at: datetime) -> Iterator[str]:
    if connection.vendor == "postgresql":  # SQLite has no clock of its own
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            skew = abs(cursor.fetchone()[0] - timezone.now())
        if skew > SKEW:
            yield f"本机与数据库服务器的时钟相差 {skew.total_seconds():.0f} 秒。请让两台机器都与同一时间源同步。"
    newest = Event.unscoped.aggregate(Max("at"))["at__max"]
    if newest and newest > at + SKEW:
        yield f"最近一条历史的时间 {newest:%Y-%m-%d %H:%M} 在将来，服务器时钟可能被拨回。请核对时间同步。"


def _disk(at: datetime) -> Iterator[str]:
    free = shutil.disk_usage(settings.VAR if settings.VAR.exists() else settings.VAR.parent).free
    if free < LEAST_FREE:
        yield f"数据目录所在磁盘只剩 {free // 2**20} MB。请清理或扩容，否则上传和导入会失败。"


def _production(at: datetime) -> Iterator[str]:
    yield from unsafe()


CHECKS: dict[str, Callable[[datetime], Iterator[str]]] = {
    "历史记录": _history,
    "文件": _files,
    "后台程序": _worker,
    "近 7 天任务": _failed_jobs,
    "时钟": _clock,
    "磁盘": _disk,
    "正式运行设置": _production,
}
