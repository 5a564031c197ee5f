"""What a sent questionnaire shows besides its answers: the pictures, and the reminders that the sender confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dajian.service.history.record import of
from dajian.service.survey.actions import runner, submissions
from dajian.service.survey.entry_form import name_of
from dajian.service.survey.models import Submission
from tests.service.survey.chain import Chain
from tests.service.survey.test_runner_api import JPEG
from tests.service.world import World

UNLIKELY = {"revenue_10k": 10.0, "expense_10k": 99.0}
REMINDER = "支出达到收入的三倍以上"


def drafted(chain: Chain, **changes: Any) -> Submission:
    """A carrier's draft with some answers changed; its parts of the money are left out."""
    unit, record = chain.unit()
    record = {k: v for k, v in record.items() if not k.startswith(("exp_", "oversize_"))} | changes
    actor = chain.world.actor("lianjiang1")
    asked = submissions.Asked("visit", chain.world.now.date())
    begun = submissions.begin(actor, unit.pk, asked=asked, at=chain.world.now)
    return submissions.save_draft(actor, begun.pk, draft=record, version=begun.version)


def sent(chain: Chain, draft: Submission, *, confirmed: bool) -> Submission:
    actor = chain.world.actor("lianjiang1")
    return submissions.send(actor, draft.pk, version=draft.version, at=chain.world.now, confirmed=confirmed)


def page_of(client: Client, submission: Submission) -> str:
    return client.get(f"/submissions/{submission.pk}").content.decode()


def test_a_confirmed_reminder_is_kept_with_the_version_and_shown_to_the_reviewer(world: World, chain: Chain) -> None:
    submission = sent(chain, drafted(chain, **UNLIKELY), confirmed=True)
    assert submission.current is not None
    [kept] = submission.current.confirmed
    assert (kept["scope"], kept["key"]) == ("", "expense_10k")
    page = page_of(world.client("fz1"), submission)
    assert "报出时确认的提醒" in page
    assert page.count(REMINDER) == 1
    assert "确认了 1 条提醒" in page
    assert [event.details.get("confirmed") for event in of(submission)][-1] == 1


def test_a_reminder_that_nobody_was_asked_about_is_a_hint_and_no_confirmation(world: World, chain: Chain) -> None:
    submission = sent(chain, drafted(chain, **UNLIKELY), confirmed=False)
    page = page_of(world.client("fz1"), submission)
    assert "报出时确认的提醒" not in page
    assert "填报人没有确认过" in page
    assert REMINDER in page


def test_likely_answers_leave_nothing_confirmed(world: World, chain: Chain) -> None:
    submission = sent(chain, drafted(chain), confirmed=True)
    assert submission.current is not None
    assert submission.current.confirmed == []
    assert "报出时确认的提醒" not in page_of(world.client("fz1"), submission)


def as_posted(record: dict[str, Any]) -> dict[str, Any]:
    """A record in the names of the plain page's fields."""
    plain = {name_of("", 0, key): value for key, value in record.items() if not isinstance(value, list)}
    for key, values in record.items():
        if isinstance(values, list) and values and isinstance(values[0], dict):
            plain |= {name_of(key, n, k): v for n, row in enumerate(values) for k, v in row.items()}
        elif isinstance(values, list):
            plain[name_of("", 0, key)] = values
    return {name: value for name, value in plain.items() if value is not None}


def test_the_page_without_scripts_asks_for_the_confirmation_too(world: World, chain: Chain) -> None:
    draft = drafted(chain, **UNLIKELY)
    assert draft.draft is not None
    client = world.client("lianjiang1")
    fields = as_posted(draft.draft) | {"asked-how": "visit", "asked-on": "2019-04-22"}
    asked = client.post(f"/submissions/{draft.pk}/edit", {**fields, "version": draft.version, "send": "1"})
    assert asked.status_code == 422
    assert REMINDER in asked.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.current) == ("draft", None)
    again = client.post(f"/submissions/{draft.pk}/edit", {**fields, "version": draft.version, "send": "confirmed"})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.current is not None
    assert [one["key"] for one in draft.current.confirmed] == ["expense_10k"]


@pytest.fixture
def with_photo(chain: Chain) -> Submission:
    draft = drafted(chain, photo=[{"visit_photo": "gate.jpg"}, {"visit_photo": "lost.jpg"}])
    upload = SimpleUploadedFile("gate.jpg", JPEG)
    runner.add_photo(chain.world.actor("lianjiang1"), draft.pk, upload=upload, at=chain.world.now)
    return sent(chain, draft, confirmed=False)


def test_pictures_stand_on_the_reading_page_with_their_place(world: World, with_photo: Submission) -> None:
    client = world.client("fz1")
    page = page_of(client, with_photo)
    [photo] = with_photo.photos.all()
    address = photo.file.get_absolute_url()
    assert f'<img src="{address}" alt="走访照片 第1行"' in page
    assert "照片“lost.jpg”不在服务器上" in page
    assert "<caption>走访照片" not in page
    assert client.get(address).getvalue() == JPEG


def test_a_picture_opens_for_nobody_who_may_not_read_the_questionnaire(world: World, with_photo: Submission) -> None:
    address = with_photo.photos.get().file.get_absolute_url()
    assert world.client("qz1").get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_comparison_of_two_versions_names_a_photo_that_came(world: World, with_photo: Submission) -> None:
    county = world.actor("lianjiang1")
    back = submissions.take_back(county, with_photo.pk, version=with_photo.version, at=world.now)
    fewer = {**(back.draft or {}), "photo": [{"visit_photo": "gate.jpg"}]}
    kept = submissions.save_draft(county, back.pk, draft=fewer, version=back.version)
    submissions.send(county, kept.pk, version=kept.version, at=world.now)
    page = world.client("fz1").get(f"/submissions/{with_photo.pk}/compare").content.decode()
    assert "走访照片：lost.jpg" in page
    assert "gate.jpg" not in page
