"""What `dajian doctor` finds, each with what to do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from dajian.service.doctor import SHOWN, examine
from dajian.service.files.actions import path_of, store_bytes
from dajian.service.history.models import Event
from dajian.service.history.record import record
from dajian.service.jobs.models import Job, Worker
from dajian.service.organisations.models import Account, Person
from dajian.service.production import unsafe
from tests.service.actors import NOON
from tests.service.history import guard


@pytest.fixture(autouse=True)
def sound(db: None, tmp_path: Path, settings) -> None:
    """A service in which all is well at NOON."""
    settings.FILES_ROOT = tmp_path / "files"
    guard.put_up()
    Worker.unscoped.create(name="a", host="here", pid=1, seen_at=NOON)


def faults() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in examine(NOON):
        if not finding.ok:
            found.setdefault(finding.check, []).append(finding.told)
    return found


def test_a_sound_service_has_no_fault() -> None:
    assert faults() == {}
    assert [f.told for f in examine(NOON)][1:] == ["正常"] * 7


def test_a_broken_chain_is_named_with_its_place() -> None:
    person = Person.unscoped.create(name="林晓东")
    for action in ("enter", "send"):
        record(person, action, None, at=NOON)
    guard.take_down()
    Event.unscoped.filter(object_type="organisations.person", object_id=person.pk, n=2).update(reason="改过")
    told = faults()["历史记录"]
    assert "触发器缺失" in told[0]
    assert told[1].startswith(f"organisations.person {person.pk} 的第 2 条")


def test_lost_bytes_are_named() -> None:
    file = store_bytes("名单.csv", b"1,2", account_id=None, at=NOON)
    path_of(file).unlink()
    assert f"文件 {file.pk}“名单.csv”缺失" in faults()["文件"][0]


def test_a_long_list_is_cut() -> None:
    for n in range(SHOWN + 5):
        path_of(store_bytes(f"{n}.csv", str(n).encode(), account_id=None, at=NOON)).unlink()
    assert len(faults()["文件"]) == SHOWN + 1


def test_a_missing_worker_and_a_waiting_and_a_failed_job_are_named() -> None:
    Worker.unscoped.all().delete()
    waiting = Job.unscoped.create(kind="x.y", object_id=1, total=3, created_at=NOON - timedelta(hours=1))
    times = {"created_at": NOON, "finished_at": NOON - timedelta(days=1)}
    Job.unscoped.create(kind="x.z", object_id=1, total=3, state="failed", error="第 3 步", **times)
    found = faults()
    assert "dajian worker" in found["后台程序"][0]
    assert f"任务 {waiting.pk}（x.y）" in found["后台程序"][1]
    assert "第 3 步" in found["近 7 天任务"][0]


def test_a_clock_that_was_turned_back_is_noticed() -> None:
    record(Person.unscoped.create(name="林晓东"), "enter", None, at=NOON + timedelta(hours=1))
    assert "将来" in faults()["时钟"][0]


def test_a_database_that_does_not_answer_is_the_only_finding() -> None:
    def broken(*_: object) -> None:
        raise DatabaseError("server closed the connection")

    with connection.execute_wrapper(broken):
        (finding,) = examine(NOON)
    assert not finding.ok
    assert "server closed the connection" in finding.told


def test_a_demo_may_be_a_demo() -> None:
    assert unsafe() == []


def test_production_refuses_debugging_a_known_secret_any_host_and_demo_accounts(settings) -> None:
    settings.MODE, settings.DEBUG, settings.SECRET_KEY, settings.ALLOWED_HOSTS = "production", True, "short", ["*"]
    Account.unscoped.create(username="demo-x", person=Person.unscoped.create(name="演示"), demo=True)
    assert [told.split("：")[0] for told in unsafe()][:3] == ["DAJIAN_DEBUG=1", "DAJIAN_SECRET", "DAJIAN_HOSTS"]
    assert "演示账号" in unsafe()[3]
    settings.SECRET_KEY = settings.DEMO_SECRET
    assert "DAJIAN_SECRET" in unsafe()[1]


def test_production_with_settings_of_its_own_starts(settings) -> None:
    settings.MODE, settings.DEBUG, settings.SECRET_KEY = "production", False, "s" * 32
    settings.ALLOWED_HOSTS = ["dajian.example"]
    Account.unscoped.filter(demo=True).update(demo=False)
    assert unsafe() == []
