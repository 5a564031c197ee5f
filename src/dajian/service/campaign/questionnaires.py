"""From a stored questionnaire version to the loaded form."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import QuerySet

from dajian.forms.model import Form
from dajian.forms.present import Reader, masked_phone
from dajian.service.campaign.models import Campaign, Item, QuestionnaireVersion


def form_of(version: QuestionnaireVersion) -> Form:
    """The loaded form; kept, since a version never changes."""
    return _loaded(version.hash, bytes(version.xform))


@lru_cache(maxsize=32)
def _loaded(hash: str, xform: bytes) -> Form:
    from dajian.forms.xlsform import load  # compiling is slow to import

    return load(xform)


def editions(item: Item) -> QuerySet[QuestionnaireVersion]:
    """The editions of the item's questionnaire, newest first; none when it has no questionnaire."""
    found = QuestionnaireVersion.unscoped.order_by("-n")
    return found.filter(questionnaire=item.questionnaire_id) if item.questionnaire_id else found.none()


def newest_version(item: Item) -> QuestionnaireVersion | None:
    return editions(item).first()


def newest_form(item: Item) -> Form | None:
    """The form in force; its bytes are asked for once, not with every page."""
    number = editions(item).values_list("pk", "hash").first()
    return _of_number(*number) if number else None


@lru_cache(maxsize=32)
def _of_number(pk: int, hash: str) -> Form:
    return form_of(QuestionnaireVersion.unscoped.get(pk=pk))


def reader(campaign: Campaign, *, phones: bool) -> Reader:
    """How a campaign's records are read; phones in full only where the right is there."""
    return Reader(campaign.reference_year, campaign.plan_year, str if phones else masked_phone)
