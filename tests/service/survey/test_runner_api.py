"""What the runner asks of the server: each thing may be asked twice, and counts once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dajian.forms.instance import write
from dajian.service.campaign.questionnaires import form_of
from dajian.service.files.models import File
from dajian.service.survey.actions import editions, submissions
from dajian.service.survey.actions.runner import PHOTO_LIMIT_BYTES
from dajian.service.survey.models import Submission, SubmissionVersion
from tests.service.survey.chain import Chain
from tests.service.survey.test_editions import second_edition
from tests.service.world import World

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 100
ASKED = {"how": "visit", "on": "2019-04-22"}


def xml_of(submission: Submission, record: dict[str, Any]) -> str:
    assert submission.draft_version is not None
    return write(form_of(submission.draft_version), record, instance_id="uuid:draft").decode()


def post(client: Client, submission: Submission, what: str, **body: Any) -> Any:
    return client.post(f"/api/submissions/{submission.pk}/{what}", json.dumps(body), content_type="application/json")


def sending(client: Client, submission: Submission, record: dict[str, Any], **more: Any) -> Any:
    body = {"xml": xml_of(submission, record), "version": submission.version, "instance_id": "uuid:press-1"}
    return post(client, submission, "send", **{**body, "asked": ASKED, "confirmed": True, **more})


@pytest.fixture
def begun(chain: Chain) -> tuple[Submission, dict[str, Any]]:
    unit, record = chain.unit()
    return submissions.begin(chain.world.actor("lianjiang1"), unit.pk, at=chain.world.now), record


Begun = tuple[Submission, dict[str, Any]]


def test_the_form_carries_the_campaigns_years_and_is_kept_only_under_the_address_of_its_bytes(
    world: World, begun: Begun
) -> None:
    client = world.client("lianjiang1")
    address = client.get(f"/api/submissions/{begun[0].pk}/draft").json()["form"]
    answer = client.get(address)
    text = answer.content.decode()
    assert "{Y" not in text
    assert f"{world.campaign.reference_year}年运输收入" in text
    assert "immutable" in answer["Cache-Control"]
    assert client.get(address.split("?")[0])["Cache-Control"] == "no-store"


def test_three_presses_with_one_instance_make_one_version(world: World, begun: Begun) -> None:
    submission, record = begun
    answers = [sending(world.client("lianjiang1"), submission, record) for _ in range(3)]
    assert [(answer.status_code, answer.json().get("n")) for answer in answers] == [(200, 1)] * 3
    [version] = SubmissionVersion.unscoped.filter(submission=submission)
    assert version.instance_id == "uuid:press-1"


def test_a_draft_saved_again_after_a_lost_answer_is_no_conflict(world: World, begun: Begun) -> None:
    submission, record = begun
    client, xml = world.client("lianjiang1"), xml_of(submission, record)
    first = post(client, submission, "draft", xml=xml, version=submission.version).json()
    assert post(client, submission, "draft", xml=xml, version=submission.version).json()["version"] == first["version"]


def test_a_draft_changed_meanwhile_is_answered_with_both_versions(world: World, begun: Begun) -> None:
    submission, record = begun
    theirs = {**record, "unit_name": "办公室里的名称"}
    kept = submissions.save_draft(world.actor("lianjiang2"), submission.pk, draft=theirs, version=submission.version)
    mine = xml_of(submission, {**record, "unit_name": "手机上的名称"})
    answer = post(world.client("lianjiang1"), submission, "draft", xml=mine, version=submission.version)
    assert answer.status_code == 409
    assert answer.json()["version"] == kept.version
    assert "办公室里的名称" in answer.json()["xml"]
    assert answer.json()["changes"] == [
        {"where": "", "label": "单位全称", "old": "办公室里的名称", "new": "手机上的名称"}
    ]
    submission.refresh_from_db()
    assert submission.draft == theirs


def test_what_was_typed_by_an_older_edition_without_network_is_taken_over(world: World, begun: Begun) -> None:
    submission, record = begun
    client, county = world.client("lianjiang1"), world.actor("lianjiang1")
    form = client.get(f"/api/submissions/{submission.pk}/draft").json()["form"]
    typed = xml_of(submission, {**record, "contact_name": "叶春生"})
    second_edition(world)
    taken = editions.take_over(county, submission.pk, version=submission.version, at=world.now)
    answer = post(client, submission, "draft", xml=typed, version=taken.version, form=form)
    assert answer.status_code == 200
    assert answer.json()["form"] != form
    submission.refresh_from_db()
    assert submission.draft is not None
    assert submission.draft["contact_name"] == "叶春生"
    assert "unit_address" not in submission.draft


def test_faults_are_told_by_the_place_of_their_node_and_the_draft_is_kept(world: World, begun: Begun) -> None:
    submission, record = begun
    faulty = {**record, "vehicle": [record["vehicle"][0], {**record["vehicle"][0], "quantity": None}]}
    answer = sending(world.client("lianjiang1"), submission, faulty)
    assert answer.status_code == 422
    assert [fault["path"] for fault in answer.json()["faults"]] == ["/carrier/main/vehicle[2]/quantity"]
    submission.refresh_from_db()
    assert submission.state == "draft"
    assert submission.version == answer.json()["version"]


def test_an_unlikely_answer_waits_for_its_confirmation(world: World, begun: Begun) -> None:
    submission, record = begun
    odd = {k: v for k, v in record.items() if not k.startswith(("exp_", "oversize_"))}
    odd |= {"revenue_10k": 10.0, "expense_10k": 99.0}
    client = world.client("lianjiang1")
    asked = sending(client, submission, odd, confirmed=False)
    assert asked.status_code == 422
    assert [warning["path"] for warning in asked.json()["warnings"]] == ["/carrier/main/money/expense_10k"]
    assert sending(client, submission, odd, version=asked.json()["version"]).json()["n"] == 1
    submission.refresh_from_db()
    assert submission.current is not None
    assert [one["key"] for one in submission.current.confirmed] == ["expense_10k"]


def test_an_officer_says_how_and_when_the_unit_was_asked(world: World, begun: Begun) -> None:
    submission, record = begun
    answer = sending(world.client("lianjiang1"), submission, record, asked=None)
    assert answer.status_code == 422
    assert {fault["path"] for fault in answer.json()["faults"]} == {"asked"}


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("<carrier", "XML"),
        ('<road id="road"/>', "carrier"),
        ('<carrier id="carrier"><identity><secret>1</secret></identity></carrier>', "secret"),
    ],
)
def test_what_is_no_submission_of_this_form_is_refused_with_the_place(
    world: World, begun: Begun, xml: str, told: str
) -> None:
    submission, _ = begun
    answer = post(world.client("lianjiang1"), submission, "draft", xml=xml, version=submission.version)
    assert answer.status_code == 422
    assert told in "".join(answer.json()["told"])
    submission.refresh_from_db()
    assert submission.version == 1


@pytest.mark.parametrize("body", [b"", b"[]", b'{"xml": 1, "version": 1}', b'{"xml": "", "version": "1"}', b"\xff"])
def test_a_body_that_is_none_of_the_runners_is_refused(world: World, begun: Begun, body: bytes) -> None:
    client = world.client("lianjiang1")
    answer = client.post(f"/api/submissions/{begun[0].pk}/draft", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["told"]


def photo(client: Client, submission: Submission, name: str, data: bytes = JPEG) -> Any:
    return client.post(f"/api/submissions/{submission.pk}/photos", {"photo": SimpleUploadedFile(name, data)})


def test_a_photo_given_twice_is_kept_once_and_seen_by_who_may_fill_in(world: World, begun: Begun) -> None:
    submission, _ = begun
    client = world.client("lianjiang1")
    assert [photo(client, submission, "ab12.jpg").status_code for _ in range(2)] == [200, 200]
    assert submission.photos.count() == 1
    answer = client.get(f"/api/submissions/{submission.pk}/photos/ab12.jpg")
    assert answer.getvalue() == JPEG
    assert world.client("qz1").get(f"/api/submissions/{submission.pk}/photos/ab12.jpg").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("big.jpg", JPEG[:4] + b"0" * (20 * 2**20), f"超过 {PHOTO_LIMIT_BYTES // 2**20} MB"),
        ("note.pdf", b"%PDF-1.7", "JPEG"),
        ("fake.jpg", b"MZ not a picture", "JPEG"),
    ],
)
def test_a_photo_that_is_too_large_or_none_is_refused_and_nothing_is_stored(
    world: World, begun: Begun, name: str, data: bytes, told: str
) -> None:
    submission, _ = begun
    before = File.unscoped.count()
    answer = photo(world.client("lianjiang1"), submission, name, data)
    assert answer.status_code == 422
    assert told in answer.json()["told"][0]
    assert (submission.photos.count(), File.unscoped.count()) == (0, before)


def test_answers_that_name_a_photo_which_never_came_are_not_sent(world: World, begun: Begun) -> None:
    submission, record = begun
    record = {**record, "photo": [{"visit_photo": "lost.jpg"}]}
    client = world.client("lianjiang1")
    answer = sending(client, submission, record)
    assert answer.status_code == 422
    [fault] = answer.json()["faults"]
    assert fault["path"].endswith("/photo[1]/visit_photo")
    assert "lost.jpg" in fault["message"]
    photo(client, submission, "lost.jpg")
    assert sending(client, submission, record, version=answer.json()["version"]).json()["n"] == 1


def test_a_forged_total_is_worked_out_anew(world: World, begun: Begun) -> None:
    submission, record = begun
    xml = xml_of(submission, record).replace("<vehicles_total/>", "<vehicles_total>9999</vehicles_total>")
    assert "9999" in xml
    assert sending(world.client("lianjiang1"), submission, record, xml=xml).status_code == 200
    submission.refresh_from_db()
    assert submission.current is not None
    assert submission.current.record["vehicles_total"] == sum(row["quantity"] for row in record["vehicle"])


@pytest.mark.parametrize("what", ["draft", "form"])
def test_a_stranger_learns_nothing_and_who_is_not_logged_in_is_told_so(world: World, begun: Begun, what: str) -> None:
    address = f"/api/submissions/{begun[0].pk}/{what}"
    assert world.client("qz1").get(address).status_code == 404
    assert Client().get(address).status_code == 401


def test_only_the_runners_page_may_run_webassembly(world: World, begun: Begun) -> None:
    client = world.client("lianjiang1")
    rule = "wasm-unsafe-eval"
    assert rule in client.get(f"/submissions/{begun[0].pk}/fill")["Content-Security-Policy"]
    assert rule not in client.get(f"/submissions/{begun[0].pk}/edit")["Content-Security-Policy"]


def test_every_answer_tells_the_servers_time(world: World, begun: Begun) -> None:
    told = world.client("lianjiang1").get(f"/api/submissions/{begun[0].pk}/draft").json()["now"]
    assert abs((timezone.now() - datetime.fromisoformat(told)).total_seconds()) < 60
