"""How a job is shown to whom it works for, and what /healthz says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from dajian.service.jobs.actions import submit
from dajian.service.jobs.models import Job, Worker
from dajian.service.jobs.queries import newest_of, progress, worker_seen
from tests.service.actors import NOON, browser, officer, someone
from tests.service.jobs import work

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def kinds(db: None) -> None:
    work.register_all()


def order(**columns: object) -> Job:
    job = submit("test.plain", 9, someone(), total=8, at=NOON)
    Job.unscoped.filter(pk=job.pk).update(**columns)
    return Job.unscoped.get(pk=job.pk)


def be_seen(seconds_ago: int) -> None:
    seen_at = NOON - timedelta(seconds=seconds_ago)
    Worker.unscoped.create(name=str(seconds_ago), host="here", pid=1, seen_at=seen_at)


@pytest.mark.parametrize(
    ("columns", "seen_s", "told"),
    [
        ({}, 1, "正在处理"),
        ({}, 31, "后台处理程序没有运行"),
        ({}, None, "后台处理程序没有运行"),
        ({"state": "running", "done": 3, "attempts": 1}, 1, "可以离开此页"),
        ({"state": "running", "done": 3, "attempts": 2}, 1, "第 4 步没有成功，正在第 2 次尝试"),
        ({"state": "done", "done": 8}, None, "已完成"),
        ({"state": "failed", "error": "活动已结束"}, None, "重新提交"),
    ],
)
def test_progress_says_how_it_stands_and_what_to_do(columns: dict, seen_s: int | None, told: str) -> None:
    if seen_s is not None:
        be_seen(seen_s)
    shown = progress(order(**columns), NOON)
    assert told in shown.told
    assert shown.link == "/things/9"


def test_a_queued_job_says_how_many_are_before_it() -> None:
    be_seen(1)
    order()
    order(state="done")
    order(state="running")
    assert "前面还有 2 项" in progress(order(), NOON).told


def test_the_newest_job_of_an_object_is_found() -> None:
    order()
    job = order()
    assert newest_of("test.plain", 9) == job
    assert newest_of("test.plain", 10) is None


def test_its_owner_reads_a_job_as_json_as_a_bar_and_as_a_page() -> None:
    mine = officer()
    client, job = browser(mine), submit("test.plain", 9, mine, total=8, at=NOON)
    as_json = client.get(f"/jobs/{job.pk}", headers=JSON).json()
    assert (as_json["state"], as_json["done"], as_json["total"], as_json["running"]) == ("queued", 0, 8, True)
    bar = client.get(f"/jobs/{job.pk}", headers={"HX-Request": "true"})
    assert "<html" not in bar.content.decode()
    assert "HX-Refresh" not in bar
    page = client.get(f"/jobs/{job.pk}").content.decode()
    assert f'hx-get="/jobs/{job.pk}"' in page


def test_a_bar_whose_job_has_ended_loads_its_page_anew() -> None:
    mine = officer()
    job = submit("test.plain", 9, mine, total=8, at=NOON)
    Job.unscoped.filter(pk=job.pk).update(state="failed", error="第 3 步出错")
    answer = browser(mine).get(f"/jobs/{job.pk}", headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert "第 3 步出错" in answer.content.decode()


def test_anothers_job_does_not_exist() -> None:
    mine, other = officer("mine"), officer("other")
    job = submit("test.plain", 9, other, total=8, at=NOON)
    client = browser(mine)
    answers = [client.get(f"/jobs/{pk}", headers=JSON) for pk in (job.pk, job.pk + 1)]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_healthz_is_open_and_says_when_a_worker_was_last_seen() -> None:
    assert Client().get("/healthz").json() == {"database": "ok", "worker_seen_s": None}
    Worker.unscoped.create(name="a", host="here", pid=1, seen_at=timezone.now() - timedelta(seconds=9))
    Worker.unscoped.create(name="b", host="here", pid=1, seen_at=timezone.now() - timedelta(hours=9))
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert 9 <= answer.json()["worker_seen_s"] < 30


def test_healthz_answers_503_when_the_database_does_not() -> None:
    def broken(*_: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(broken):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_a_clock_that_runs_behind_shows_no_negative_time() -> None:
    be_seen(-5)
    assert worker_seen(NOON) == timedelta()
