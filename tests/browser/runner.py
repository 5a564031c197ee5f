"""A questionnaire filled in as a person would, in the runner."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from dajian.service.survey.actions import submissions
from dajian.service.survey.models import Submission
from tests.service.survey.chain import Chain
from tests.service.world import World


def begun(world: World, who: str = "lianjiang1", n: int = 0) -> tuple[Submission, dict[str, Any]]:
    """A carrier's questionnaire that was just begun, and the answers that it would give."""
    unit, record = Chain(world).unit(who, n)
    return submissions.begin(world.actor(who), unit.pk, at=world.now), record


def opened(page: Page, submission: Submission, *, offline_ready: bool = False) -> Page:
    page.goto(f"/submissions/{submission.pk}/fill")
    expect(page.locator(".runner")).to_be_visible()
    if offline_ready:
        expect(page.locator("[data-offline-ready]")).to_be_attached()
    return page


def whole(page: Page) -> None:
    """All parts on one page, folded groups open."""
    page.get_by_role("button", name="整页填写").click()
    unfold(page)


def unfold(page: Page) -> None:
    while (folded := page.locator(".runner details.folded:not([open])")).count():
        folded.first.locator("summary").first.click()


def question(scope: Page | Locator, label: str) -> Locator:
    """The field of the question with exactly this label."""
    return scope.locator(".form-field").filter(
        has=scope.page.get_by_text(label, exact=True) if isinstance(scope, Locator) else scope.get_by_text(label, exact=True)
    )
