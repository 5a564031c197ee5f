"""The log as it is written: a respondent's page fails in every way, and no link, code or phone is in a line of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from dajian.service.log_lines import Discreet
from dajian.service.organisations.models import Person
from dajian.service.survey.actions import invitations, submissions
from dajian.service.survey.parties import invited
from tests.service.survey.chain import Chain
from tests.service.survey.test_runner_api import photo, post, xml_of
from tests.service.world import World


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the service's own handler writes, with everything in it."""
    [handler] = [h for h in logging.root.handlers if type(h) is logging.StreamHandler]
    written, level = StringIO(), logging.root.level
    before, handler.stream = handler.stream, written  # not setStream: it flushes a stream that pytest may have closed
    logging.root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield written
    logging.root.setLevel(level)
    handler.stream = before


def test_neither_link_nor_code_nor_phone_is_in_any_line(world: World, log: StringIO, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.now)
    unit, record = Chain(world).unit()
    letter = invitations.invite(world.actor("lianjiang1"), unit.pk, at=world.now)
    begun = submissions.begin(invited(letter.invitation), unit.pk, at=world.now)
    client = Client(raise_request_exception=False)
    link = f"/i/{letter.token}"
    for wrong in ["AAAA-AAAA"] * 10:
        client.post(link, {"code": wrong})
    client.post(link, {"code": letter.code})  # locked
    client.get(f"{link}/x")
    session = client.session  # as if it had been opened before
    session["invitation"] = letter.invitation.pk
    session.save()
    xml = xml_of(begun, record)
    assert post(client, begun, "draft", xml=xml.replace("contact_mobile", "mobile"), version=1).status_code == 422
    assert post(client, begun, "send", xml=xml, version=99, instance_id="uuid:1").status_code == 409
    assert photo(client, begun, f"{record['contact_mobile']}.pdf").status_code == 422
    client.get(f"/registry/?q={record['contact_mobile']}")
    client.get(f"/slip/{letter.token}")
    logging.getLogger("dajian").error("failed at %s", json.dumps(record), exc_info=ValueError(record["contact_mobile"]))

    lines = log.getvalue()
    assert "Unprocessable Entity" in lines
    assert "Conflict" in lines
    assert "failed at" in lines
    phones = {record["contact_mobile"], *Person.unscoped.exclude(mobile="").values_list("mobile", flat=True)}
    for secret in (letter.token, letter.code, letter.code.replace("-", ""), *phones):
        assert secret not in lines


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Not Found: /i/ABCD2345WXYZ", "Not Found: /i/…"),
        ("Not Found: /slip/aB-3_x", "Not Found: /slip/…"),
        ("Not Found: /items/12/units", "Not Found: /items/12/units"),
        ("called 13805911234, thrice", "called 1**********, thrice"),
        ("91350100M000100Y43 and 1380591123456", "91350100M000100Y43 and 1380591123456"),
    ],
)
def test_what_is_secret_is_masked_and_nothing_else(said: str, written: str) -> None:
    assert Discreet("%(message)s").format(logging.makeLogRecord({"msg": said})) == written
