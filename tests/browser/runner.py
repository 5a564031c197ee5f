"""A questionnaire filled in as a person would, in the runner."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from dajian.forms.model import ROOT, Form, Question
from dajian.service.campaign.questionnaires import newest_form
from dajian.service.survey.actions import submissions
from dajian.service.survey.models import Submission
from tests.service.survey.chain import Chain
from tests.service.world import World


def begun(world: World, who: str = "lianjiang1", n: int = 0) -> tuple[Submission, dict[str, Any]]:
    """A carrier's questionnaire that was just begun, and the answers that it would give."""
    unit, record = Chain(world).unit(who, n)
    asked = submissions.Asked("visit", world.now.date())
    return submissions.begin(world.actor(who), unit.pk, asked=asked, at=world.now), record


def form_of_item(world: World) -> Form:
    found = newest_form(world.item())
    assert found is not None
    return found


def opened(page: Page, submission: Submission, *, kept: bool = False) -> Page:
    """The runner, ready to type in; `kept`: and ready to open without network."""
    page.goto(f"/submissions/{submission.pk}/fill")
    expect(page.locator(".send-bar")).to_be_visible()
    if kept:
        expect(page.locator("[data-offline-ready]")).to_be_attached()
    return page


def show_all(page: Page) -> None:
    """All parts on one page, folded groups and rows open."""
    if (button := page.get_by_role("button", name="整页填写")).count():
        button.click()
    while (folded := page.locator(".runner details:is(.folded, .row-card):not([open])")).count():
        folded.first.locator("summary").first.click()


def question(scope: Page | Locator, name: str) -> Locator:
    return scope.locator(f'[data-question="{name}"]').first


def answer(scope: Page | Locator, asked: Question, value: Any) -> None:
    """Answers one question by what stands on the page for it."""
    field = question(scope, asked.name)
    if asked.type in ("select_one", "select_multiple") and not field.locator("select, [role=combobox]").count():
        for one in value if isinstance(value, list) else [value]:
            field.locator(f'input[value="{one}"]').check()
    elif field.locator("select").count():
        field.locator("select").select_option(str(value))
    elif field.locator("[role=combobox]").count():
        label = next(choice.label for choice in asked.choices if choice.name == value)
        field.locator("[role=combobox]").fill(label)
        field.get_by_role("option", name=label, exact=True).click()
    else:
        text = f"{value:g}" if isinstance(value, float) and value < 1e6 else str(value)
        field.locator("input, textarea").first.fill(text)


def fill(page: Page, form: Form, record: dict[str, Any]) -> None:
    """Types a record in, in the order of the form; what the form works out is left alone."""
    for asked in form.questions:
        if asked.scope == ROOT and asked.type not in ("calculate", "note") and record.get(asked.key) is not None:
            show_all(page)
            answer(page, asked, record[asked.key])
    for repeat in form.repeats:
        for n, row in enumerate(record.get(repeat.key, [])):
            fill_row(page, form, repeat.key, n, row)


def fill_row(page: Page, form: Form, repeat: str, n: int, row: dict[str, Any]) -> None:
    show_all(page)
    section = page.locator(f'[data-repeat="{repeat}"]')
    cards = section.locator(":scope > details.row-card")
    while cards.count() <= n:
        section.locator(".add-row").click()
        show_all(page)
    for asked in form.questions:
        if asked.scope == repeat and asked.type not in ("calculate", "note") and row.get(asked.key) is not None:
            show_all(page)
            answer(cards.nth(n), asked, row[asked.key])


def saved(page: Page, where: str = "server") -> None:
    """What was typed has reached the device or the server."""
    expect(page.locator(f'.saved-mark[data-saved="{where}"]')).to_be_visible()


def picture(width: int = 2000, height: int = 1500) -> FilePayload:
    """A photo as a file input takes it: a PNG of one colour."""
    row = b"\0" + b"\x30\x80\xc0" * width
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height, 1)),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return {"name": "gate.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + body}
