"""An import writes over nothing that somebody else is reading, typing or deciding."""

from __future__ import annotations

import pytest

from dajian.service.access.errors import Refused, Stale
from dajian.service.history.record import of
from dajian.service.jobs.worker import run_pending
from dajian.service.survey.actions import imports, submissions
from dajian.service.survey.models import Submission, SubmissionVersion
from tests.service.survey.chain import Chain
from tests.service.survey.test_collisions import at_once
from tests.service.survey.test_imports import carriers, confirm, upload, workbook
from tests.service.world import World

pytestmark = pytest.mark.django_db
ELSEWHERE = {"unit_address": "连江县另外一处地址88号"}


def imported(world: World, who: str, records: list[dict], name: str = "调查表.xlsx") -> None:
    confirm(world, who, upload(world, who, workbook(world, records), name=name))


def test_a_city_that_read_the_earlier_answers_does_not_approve_the_newer_ones(world: World) -> None:
    records = carriers(world, 1)
    imported(world, "lianjiang1", records)
    seen = Submission.unscoped.get()
    imported(world, "lianjiang1", [records[0] | ELSEWHERE], "新表.xlsx")
    with pytest.raises(Stale):
        submissions.check(world.actor("fz1"), seen.pk, version=seen.version, at=world.now)
    newer = Submission.unscoped.get()
    assert (newer.state, newer.current.n) == ("sent", 2)
    submissions.check(world.actor("fz1"), newer.pk, version=newer.version, at=world.now)


def test_who_types_a_draft_that_an_import_replaces_is_told_and_the_draft_is_in_the_history(
    world: World, chain: Chain
) -> None:
    typed = chain.draft()
    imported(world, "ljtransport1", [typed.draft | ELSEWHERE])
    with pytest.raises(Stale):
        submissions.save_draft(world.actor("lianjiang1"), typed.pk, draft={}, version=typed.version)
    now = Submission.unscoped.get()
    assert (now.state, now.draft["unit_address"]) == ("draft", ELSEWHERE["unit_address"])
    kept = [event.details["draft"] for event in of(now) if event.action == "replace_draft"]
    assert kept == [typed.draft]


def test_the_county_sends_what_a_cooperating_body_imported(world: World) -> None:
    records = carriers(world, 3)
    imported(world, "ljtransport1", records)
    waiting = list(Submission.unscoped.all())
    assert {(one.state, one.current, one.draft_version.n) for one in waiting} == {("draft", None, 1)}
    assert not SubmissionVersion.unscoped.exists()
    county = world.client("lianjiang1")
    for one in waiting:
        assert county.get(f"/submissions/{one.pk}/edit").status_code == 200
        with pytest.raises(Refused):
            submissions.check(world.actor("fz1"), one.pk, version=one.version, at=world.now)
        submissions.send(world.actor("lianjiang1"), one.pk, version=one.version, at=world.now)
    assert set(Submission.unscoped.values_list("state", "current__n")) == {("sent", 1)}
    assert {v.record["unit_name"] for v in SubmissionVersion.unscoped.all()} == {r["unit_name"] for r in records}


def test_the_same_workbook_waits_once_and_is_sent_by_whoever_may_send(world: World) -> None:
    data = workbook(world, carriers(world, 2))
    confirm(world, "ljtransport1", upload(world, "ljtransport1", data))
    assert upload(world, "ljtransport1", data).state == "nothing"
    batch = upload(world, "lianjiang1", data)
    assert set(batch.rows.values_list("effect", flat=True)) == {"new"}
    confirm(world, "lianjiang1", batch)
    assert set(Submission.unscoped.values_list("state", "current__n", "draft")) == {("sent", 1, None)}


def test_a_cooperating_body_does_not_replace_what_was_sent(world: World) -> None:
    records = carriers(world, 1)
    imported(world, "lianjiang1", records)
    batch = upload(world, "ljtransport1", workbook(world, [records[0] | ELSEWHERE]))
    row = batch.rows.get()
    assert (row.effect, "待核查" in row.told) == ("refused", True)


def test_a_row_whose_questionnaire_was_checked_after_the_preview_is_refused_and_the_others_are_written(
    world: World,
) -> None:
    records = carriers(world, 3)
    imported(world, "lianjiang1", records)
    batch = upload(world, "lianjiang1", workbook(world, [r | ELSEWHERE for r in records]), name="新表.xlsx")
    first = Submission.unscoped.order_by("pk")[0]
    submissions.check(world.actor("fz1"), first.pk, version=first.version, at=world.now)
    assert confirm(world, "lianjiang1", batch).state == "done"
    assert sorted(batch.rows.values_list("effect", flat=True)) == ["changed", "changed", "refused"]
    assert sorted(Submission.unscoped.values_list("state", "current__n")) == [("checked", 1), ("sent", 2), ("sent", 2)]


@pytest.mark.django_db(transaction=True)
def test_a_check_during_the_writing_decides_on_what_it_saw_or_is_told(world: World) -> None:
    records = carriers(world, 1)
    imported(world, "lianjiang1", records)
    for n in range(8):
        sent = Submission.unscoped.get()
        before = sent.current.n
        batch = upload(
            world, "lianjiang1", workbook(world, [records[0] | {"unit_address": f"连江县新址{n}号"}]), name=f"{n}.xlsx"
        )
        imports.confirm(world.actor("lianjiang1"), batch.pk, version=batch.version, at=world.now)
        checked, written = at_once(
            lambda sent=sent: submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now),
            lambda: run_pending(lambda: world.now),
        )
        assert written is None
        now, batch = Submission.unscoped.get(), type(batch).unscoped.get(pk=batch.pk)
        assert batch.state == "done"
        if checked is None:
            assert (now.state, now.current.n, batch.rows.get().effect) == ("checked", before, "refused")
            submissions.uncheck(world.actor("fz1"), now.pk, version=now.version, at=world.now)
        else:
            assert isinstance(checked, Stale)
            assert (now.state, now.current.n) == ("sent", before + 1)
