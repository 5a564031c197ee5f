"""A file is seen through the row that owns it, and only saved, never shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadhandler import SkipFile
from django.db.models import Q

from dajian.service.access.errors import NotFound
from dajian.service.access.rules import RULES, Rule, take
from dajian.service.files.actions import path_of, store_bytes
from dajian.service.files.integrity import damaged
from dajian.service.files.models import File
from dajian.service.files.owners import OWNERS, owned_by
from dajian.service.files.upload import Capped
from dajian.service.notices.models import OutboxMessage
from tests.service.actors import NOON, browser, officer, someone


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings, db: None) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def owners(monkeypatch) -> None:
    """A notice stands for any row that holds a file: here by its number."""
    monkeypatch.setattr("dajian.service.files.owners.OWNERS", OWNERS[:0])
    owned_by(OutboxMessage, "pk")


def made(name: str = "登记证（盖章）.pdf") -> File:
    return store_bytes(name, b"%PDF-", account_id=1, at=NOON)


def test_a_file_that_no_row_owns_is_nobodys_not_even_its_givers(owners: None) -> None:
    with pytest.raises(NotFound):
        take(File, made().pk, someone(1))


def test_whoever_sees_the_owning_row_sees_the_file_and_nobody_else(owners: None) -> None:
    file = made()
    OutboxMessage.unscoped.create(pk=file.pk, account_id=2, kind="sent", text="x", at=NOON)
    assert take(File, file.pk, someone(2)) == file
    for stranger in (someone(1), None):
        with pytest.raises(NotFound):
            take(File, file.pk, stranger)


def test_an_owner_may_ask_for_a_right_of_its_own(owners: None, monkeypatch) -> None:
    file = made()
    OutboxMessage.unscoped.create(pk=file.pk, account_id=2, kind="sent", text="x", at=NOON)
    monkeypatch.setattr("dajian.service.files.owners.OWNERS", [(OutboxMessage, "pk", "decide")])
    managers = Rule(OutboxMessage, "decide", {}, lambda actor, holders: Q() if actor.role == "manager" else Q(pk=0))
    monkeypatch.setitem(RULES, (OutboxMessage, "decide"), managers)
    assert take(File, file.pk, someone(3, role="manager")) == file
    with pytest.raises(NotFound):
        take(File, file.pk, someone(2))


def test_a_file_is_saved_under_its_chinese_name_and_never_shown(owners: None) -> None:
    mine, file = officer(), made()
    OutboxMessage.unscoped.create(pk=file.pk, account_id=mine.account_id, kind="sent", text="x", at=NOON)
    answer = browser(mine).get(file.get_absolute_url())
    assert b"".join(answer) == b"%PDF-"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(file.name)}"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_foreign_absent_and_misnamed_files_are_answered_alike(owners: None) -> None:
    mine, foreign, own = officer(), made(), made()
    OutboxMessage.unscoped.create(pk=own.pk, account_id=mine.account_id, kind="sent", text="x", at=NOON)
    client = browser(mine)
    paths = [f"/files/{foreign.pk}/{foreign.name}", f"/files/{own.pk + 1}/{own.name}", f"/files/{own.pk}/other.pdf"]
    answers = [client.get(path) for path in paths]
    assert [a.status_code for a in answers] == [404] * 3
    assert len({a.content for a in answers}) == 1


def test_a_file_whose_bytes_are_gone_says_so(owners: None) -> None:
    mine, file = officer(), made()
    OutboxMessage.unscoped.create(pk=file.pk, account_id=mine.account_id, kind="sent", text="x", at=NOON)
    path_of(file).unlink()
    answer = browser(mine).get(file.get_absolute_url())
    assert answer.status_code == 422
    assert "缺失" in answer.content.decode()


def test_missing_and_altered_bytes_are_found_once_a_content() -> None:
    whole, gone, altered = (store_bytes(f"{n}.csv", n.encode(), account_id=1, at=NOON) for n in "abc")
    again = store_bytes("again.csv", b"b", account_id=1, at=NOON)
    path_of(gone).unlink()
    path_of(altered).chmod(0o640)
    path_of(altered).write_bytes(b"d")
    assert again.sha256 == gone.sha256
    assert [(file.pk, wrong) for file, wrong in damaged()] == [(gone.pk, "缺失"), (altered.pk, "内容已改变")]
    assert whole.pk not in {file.pk for file, _ in damaged()}


def test_no_more_of_a_huge_upload_is_kept_than_the_gate_would_take(settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    handler = Capped()
    handler.new_file("file", "a.pdf", "application/pdf", 5000)
    for start in range(0, 5000, 500):
        try:
            handler.receive_data_chunk(b"." * 500, start)
        except SkipFile:
            pytest.fail("the form would not know of the file")
    upload = handler.file_complete(5000)
    assert upload
    assert upload.size == 5000
    assert len(upload.read()) <= 1500
