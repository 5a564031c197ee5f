"""From a stored questionnaire version to the loaded form."""

from __future__ import annotations

from functools import lru_cache

from dajian.forms.model import Form
from dajian.service.campaign.models import Item, QuestionnaireVersion


def form_of(version: QuestionnaireVersion) -> Form:
    """The loaded form; kept, since a version never changes."""
    return _loaded(version.hash, bytes(version.xform))


@lru_cache(maxsize=32)
def _loaded(hash: str, xform: bytes) -> Form:
    from dajian.forms.xlsform import load  # compiling is slow to import

    return load(xform)


def newest_version(item: Item) -> QuestionnaireVersion | None:
    found = QuestionnaireVersion.unscoped.filter(questionnaire_id=item.questionnaire_id)
    return found.order_by("-n").first() if item.questionnaire_id else None
