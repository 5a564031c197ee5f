"""An export of the whole registry as the worker makes it: seconds from order to file, and the most memory it takes.

The units are those of `registry_list`, with as many answers as its small questionnaire asks.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import Any

from benchmarks import registry_list
from benchmarks.databases import on_both
from benchmarks.rows import Row

SIZES = (10_000, 100_000)
FORMATS = ("csv", "parquet", "xlsx")
LIMIT_S, LIMIT_MB = 15, 200


def measure() -> list[Row]:
    return on_both("benchmarks.registry_export")


def on_database() -> list[Row]:
    rows = []
    item_id = registry_list.build(SIZES[-1])
    for size in SIZES:
        for format in FORMATS:
            seconds, megabytes, bare, told = _apart(item_id, size, format)
            limits = (LIMIT_S, LIMIT_MB) if size == SIZES[-1] and format != "xlsx" else (None, None)
            name = f"registry export: {size:,} units, {format}"
            rows.append(Row(f"{name}, from order to file", seconds, "s", limits[0], told))
            rows.append(Row(f"{name}, most memory", megabytes, "MB", limits[1], f"{bare:.0f} MB before"))
    return rows


def _apart(item_id: int, size: int, format: str) -> tuple[float, float, float, str]:
    """In a process of its own, for the most memory of a process never sinks."""
    code = f"from benchmarks.registry_export import tell; tell({item_id}, {size}, {format!r})"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    seconds, megabytes, bare, *told = done.stdout.splitlines()[-1].split(" ", 3)
    return float(seconds), float(megabytes), float(bare), "".join(told)


def tell(item_id: int, size: int, format: str) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from dajian.service.jobs.worker import run_pending
    from dajian.service.registry import actions
    from dajian.service.registry.models import Export

    actor, query = _whole(size)
    bare = _megabytes()
    start = time.perf_counter()
    made, _ = actions.export(actor, item_id, format=format, query=query, at=timezone.now())
    run_pending()
    seconds = time.perf_counter() - start
    made = Export.unscoped.select_related("file").get(pk=made.pk)
    assert made.file is not None
    print(seconds, _megabytes(), bare, f"{made.rows:,} units, {made.file.size / 1e6:.1f} MB")


def _whole(size: int) -> tuple[Any, dict[str, str]]:
    """Who exports, and what is asked so that so many units are found: all, or one of the ten cities."""
    from datetime import date

    from dajian.service.organisations.models import Account
    from dajian.service.organisations.queries import actor_of, memberships_of

    account = Account.unscoped.get(username="province")
    actor = actor_of(memberships_of(account.person_id, date(2019, 6, 1))[0], account.pk, date(2019, 6, 1))
    return actor, {} if size == SIZES[-1] else {"area": "/350000/350100/"}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
