"""One worker's steps: what is written, what is tried again, what is given up, what is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dajian.service.jobs.actions import submit
from dajian.service.jobs.lease import LEASE, LeaseLost, claim, hold
from dajian.service.jobs.models import Job, Worker
from dajian.service.jobs.presence import bury_dead, enter_service
from dajian.service.jobs.worker import ATTEMPTS, PAUSE, advance, run_pending
from tests.service.actors import NOON, someone
from tests.service.jobs import work


@pytest.fixture(autouse=True)
def kinds(db: None) -> None:
    work.register_all()


def order(kind: str = "test.plain", total: int = 3, object_id: int = 1) -> Job:
    return submit(kind, object_id, someone(), total=total, at=NOON)


def stored(job: Job) -> Job:
    return Job.unscoped.get(pk=job.pk)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_an_order_remembers_for_whom_it_works() -> None:
    job = stored(order())
    assert (job.account_id, job.membership_id, job.state, job.total, job.done) == (1, 1, "queued", 3, 0)


def test_an_unknown_kind_cannot_be_ordered() -> None:
    with pytest.raises(KeyError):
        order("test.unheard")
    assert not Job.unscoped.exists()


def test_a_job_of_a_kind_that_this_version_does_not_know_waits_for_one_that_does() -> None:
    Job.unscoped.create(kind="newer.kind", object_id=1, total=1, created_at=NOON)
    assert run_pending(Clock()) == 0
    assert Job.unscoped.get().state == "queued"


def test_steps_come_in_order_and_finish_comes_last() -> None:
    job = order()
    assert run_pending(Clock()) == 1
    assert work.left(job) == ["0", "1", "2", "finish"]
    assert (stored(job).state, stored(job).done, stored(job).finished_at) == ("done", 3, NOON)


def test_a_job_without_steps_is_finished_at_once() -> None:
    job = order(total=0)
    run_pending(Clock())
    assert work.left(job) == ["finish"]


def test_what_was_prepared_comes_with_its_step_alone() -> None:
    job = order("test.prepared", total=4)
    run_pending(Clock())
    assert work.left(job) == ["0:0", "1:1", "2:4", "3:9"]


def test_the_oldest_job_goes_first() -> None:
    first, second = order(object_id=1), order(object_id=2)
    held = claim("a", NOON)
    assert held
    assert held.pk == first.pk
    assert (also := claim("b", NOON))
    assert also.pk == second.pk
    assert claim("c", NOON) is None


def test_a_held_job_is_nobody_elses_until_its_lease_runs_out() -> None:
    order()
    assert claim("a", NOON)
    assert claim("b", NOON + LEASE) is None
    assert claim("b", NOON + LEASE + timedelta(seconds=1))


def test_a_worker_takes_up_again_what_it_could_not_give_back() -> None:
    job = order()
    assert claim("a", NOON)
    again = claim("a", NOON)
    assert again
    assert (again.pk, again.attempts) == (job.pk, 2)


def test_a_worker_that_lost_its_lease_writes_nothing_more() -> None:
    job, clock = order(), Clock()
    slow = claim("slow", clock())
    assert slow
    clock.now += LEASE + timedelta(seconds=1)
    quick = claim("quick", clock())
    assert quick
    advance(slow, "slow", clock)
    assert work.left(job) == []
    assert stored(job).lease_by == "quick"
    with pytest.raises(LeaseLost):
        hold(slow, "slow", clock(), state="failed")
    advance(quick, "quick", clock)
    assert work.left(job) == ["0", "1", "2", "finish"]


def test_a_worker_that_slept_over_the_end_of_the_job_writes_nothing_either() -> None:
    job, clock = order(), Clock()
    slow = claim("slow", clock())
    assert slow
    clock.now += LEASE * 2
    run_pending(clock)
    advance(slow, "slow", clock)
    assert work.left(job) == ["0", "1", "2", "finish"]


def test_a_lease_is_renewed_by_every_step() -> None:
    order()
    clock = Clock()
    job = claim("a", clock())
    assert job
    told = iter([False, False, True])

    def stopping() -> bool:
        clock.now += LEASE / 2
        return next(told)

    advance(job, "a", clock, stopping)
    assert stored(job).done == 2


def test_a_poison_job_is_tried_again_later_and_given_up_with_its_reason() -> None:
    job, clock = order("test.poison", total=5), Clock()
    for attempt in range(1, ATTEMPTS):
        assert run_pending(clock) == 1, attempt
        assert (stored(job).state, stored(job).done, stored(job).attempts) == ("running", 2, attempt)
        assert run_pending(clock) == 0  # not at once
        clock.now += PAUSE * 2**attempt
    run_pending(clock)
    given_up = stored(job)
    assert (given_up.state, given_up.done) == ("failed", 2)
    for words in ("第 3 步（共 5 步）", f"试了 {ATTEMPTS} 次", "已保存", f"任务编号 {job.pk}", "第 50 行的注册资本"):
        assert words in given_up.error
    assert work.left(job) == ["0", "1", "failed"]
    assert run_pending(clock) == 0


def test_a_step_that_kills_every_worker_is_given_up_too() -> None:
    job, clock = order(), Clock()
    for n in range(ATTEMPTS):
        assert claim(f"victim {n}", clock())
        clock.now += LEASE * 2
    run_pending(clock)
    assert stored(job).state == "failed"
    assert "意外中断" in stored(job).error
    assert work.left(job) == ["failed"]


def test_a_refusal_ends_the_job_at_once_in_its_own_words() -> None:
    job = order("test.refused")
    run_pending(Clock())
    assert (stored(job).state, stored(job).error) == ("failed", "活动已结束，不能再导入。")
    assert work.left(job) == ["0", "failed"]


def test_last_words_that_fail_do_not_keep_the_job_alive() -> None:
    job, clock = order("test.badly"), Clock()
    for attempt in range(ATTEMPTS):
        run_pending(clock)
        clock.now += PAUSE * 2 ** (attempt + 1)
    assert stored(job).state == "failed"
    assert work.left(job) == ["0", "1"]


def test_stopping_between_steps_gives_the_job_back_without_counting_a_try() -> None:
    order()
    job = claim("a", NOON)
    assert job
    told = iter([False, True])
    advance(job, "a", Clock(), lambda: next(told))
    left = stored(job)
    assert (left.done, left.state, left.lease_by, left.lease_until, left.attempts) == (1, "running", "", None, 0)


def test_what_a_dead_worker_of_this_machine_held_is_free_at_once() -> None:
    me = enter_service(NOON)
    dead = Worker.unscoped.create(name="dead", host=me.host, pid=2**22 + 1, seen_at=NOON)  # above every process number
    elsewhere = Worker.unscoped.create(name="elsewhere", host="other", pid=2**22 + 1, seen_at=NOON)
    for name in (dead.name, elsewhere.name, me.name):
        order()
        assert claim(name, NOON)
    bury_dead(me.host, NOON)
    assert set(Worker.unscoped.values_list("name", flat=True)) == {me.name, "elsewhere"}
    assert list(Job.unscoped.order_by("pk").values_list("lease_by", flat=True)) == ["", "elsewhere", me.name]


def test_the_row_of_a_silent_worker_elsewhere_is_forgotten_after_a_day() -> None:
    Worker.unscoped.create(name="elsewhere", host="other", pid=1, seen_at=NOON)
    bury_dead("here", NOON + timedelta(days=1, seconds=1))
    assert not Worker.unscoped.exists()
