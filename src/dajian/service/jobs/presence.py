"""That a worker lives: its row, renewed by a thread of its own while a long step runs; and what the dead leave behind.

A lease alone would do, but takes minutes to run out. On one machine the process number tells at once who is gone; were
it wrong (a second machine of the same name), the fence still keeps two workers from writing for one job.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from dajian.service.jobs.lease import release
from dajian.service.jobs.models import Worker

log = logging.getLogger(__name__)
SEEN_EVERY_S = 5.0
FORGOTTEN = timedelta(days=1)  # then the row of a worker on another machine that ended without a word is removed


def enter_service(at: datetime) -> Worker:
    """A row for this process, once the dead are cleared away."""
    host = socket.gethostname()[:40]
    bury_dead(host, at)
    name = f"{host}/{os.getpid()}/{uuid.uuid4().hex[:8]}"
    return Worker.unscoped.create(name=name, host=host, pid=os.getpid(), seen_at=at)


def bury_dead(host: str, at: datetime) -> None:
    """Frees at once what workers of this machine held whose process is gone."""
    for other in Worker.unscoped.filter(host=host):
        if not _alive(other.pid):
            log.warning("worker %s is gone; its jobs go on", other.name)
            release(other.name)
            other.delete()
    Worker.unscoped.filter(seen_at__lt=at - FORGOTTEN).delete()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def be_seen(me: Worker, at: datetime) -> None:
    found = {"host": me.host, "pid": me.pid, "seen_at": at}
    Worker.unscoped.update_or_create(name=me.name, defaults=found)


def keep_seen(me: Worker, stop: threading.Event) -> None:
    """The thread's work: until `stop`."""
    while not stop.wait(SEEN_EVERY_S):
        try:
            close_old_connections()
            be_seen(me, timezone.now())
            bury_dead(me.host, timezone.now())
        except Error:
            log.exception("worker %s: the database does not answer", me.name)
    connection.close()
