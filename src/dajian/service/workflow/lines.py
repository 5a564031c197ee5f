"""The history of a thing in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from dajian.service.history.models import Event
from dajian.service.workflow.move import deed_name


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    text: str
    person_name: str
    organisation_name: str
    reason: str
    url: str = ""


def history_lines(
    events: Iterable[Event], told: Callable[[Event], str] = lambda event: event.reason
) -> list[HistoryLine]:
    """Newest first, in words. told: what stands under each line, its reason unless an app says more."""
    lines = [HistoryLine(e.at, deed_name(e.action), e.person_name, e.organisation_name, told(e)) for e in events]
    return lines[::-1]
