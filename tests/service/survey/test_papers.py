"""The PDFs behind the buttons: for whom they are, and that phones stay private on them."""

from __future__ import annotations

import pytest

from dajian.service.survey.views import papers
from tests.service.survey.chain import Chain
from tests.service.world import World


def test_the_blank_one_is_for_whoever_enters(world: World) -> None:
    address = f"/items/{world.item().pk}/form.pdf"
    answer = world.client("lianjiang1").get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert world.client("fzhighway1").get(address).status_code == 403


def test_the_filled_one_is_for_whoever_reads_the_questionnaire(world: World, chain: Chain) -> None:
    sent = chain.sent()
    address = f"/submissions/{sent.pk}/print.pdf"
    for login, status in {"lianjiang1": 200, "fz1": 200, "yunguan1": 200, "qz1": 404, "minhou1": 404}.items():
        assert world.client(login).get(address).status_code == status, login
    assert world.client("fz1").get(f"{address}?n=7").status_code == 404


@pytest.mark.parametrize(("login", "full"), [("lianjiang1", True), ("yunguan1", False)])
def test_phones_are_printed_in_full_only_for_who_sees_them(
    world: World, chain: Chain, monkeypatch, login: str, full: bool
) -> None:
    sent = chain.sent()
    assert sent.current
    made = []
    monkeypatch.setattr(papers, "pdf", lambda one: made.append(one) or b"%PDF")
    world.client(login).get(f"/submissions/{sent.pk}/print.pdf")
    assert (sent.current.record["contact_mobile"] in str(made[0])) == full


def test_a_draft_that_was_never_sent_is_not_printed(world: World, chain: Chain) -> None:
    draft = chain.draft()
    assert world.client("lianjiang1").get(f"/submissions/{draft.pk}/print.pdf").status_code == 404
