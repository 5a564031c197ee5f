"""Questionnaires and their editions: a new one is checked whole, an old one never changes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from dajian.forms.model import BadForm, Form, FormProblem
from dajian.service.access.actor import Actor
from dajian.service.access.rules import take
from dajian.service.campaign.models import Item, Questionnaire, QuestionnaireVersion
from dajian.service.history.record import record


class FaultyForm(Exception):
    """The workbook is no usable questionnaire; every fault with its sheet and cell."""

    def __init__(self, problems: tuple[FormProblem, ...]):
        super().__init__("; ".join(f"{p.sheet}!{p.cell} {p.message}" for p in problems))
        self.problems = problems


@transaction.atomic
def upload_questionnaire(actor: Actor, item_id: int, *, xlsx: bytes, at: datetime) -> QuestionnaireVersion:
    """A new edition of the item's questionnaire; what was answered by an older one stays with it.

    FaultyForm: the workbook's faults. The same workbook again gives the edition that is there.
    """
    item = take(Item, item_id, actor, "define")
    questionnaire = item.questionnaire or _begin(item)
    version = add_edition(questionnaire, xlsx, at=at)
    details = {"n": version.n, "hash": version.hash}
    record(item, "upload_questionnaire", actor, at=at, details=details)
    return version


def _begin(item: Item) -> Questionnaire:
    """The first questionnaire of an item: named after what it asks about."""
    key = item.subject_role.replace("_", "-")
    questionnaire, _ = Questionnaire.unscoped.get_or_create(key=key, defaults={"title": f"{item.title}调查表"})
    Item.unscoped.filter(pk=item.pk).update(questionnaire=questionnaire)
    return questionnaire


@transaction.atomic
def load_questionnaire(key: str, title: str, *, xlsx: bytes, at: datetime) -> QuestionnaireVersion:
    """What a province's folder ships, put in by the system."""
    questionnaire, _ = Questionnaire.unscoped.get_or_create(key=key, defaults={"title": title})
    return add_edition(questionnaire, xlsx, at=at)


def add_edition(questionnaire: Questionnaire, xlsx: bytes, *, at: datetime) -> QuestionnaireVersion:
    digest = hashlib.sha256(xlsx).hexdigest()
    editions = QuestionnaireVersion.unscoped.filter(questionnaire=questionnaire)
    if same := editions.filter(hash=digest).first():
        return same
    form = checked(xlsx)
    last = editions.aggregate(n=Max("n"))["n"] or 0
    return QuestionnaireVersion.unscoped.create(
        questionnaire=questionnaire, n=last + 1, xlsx=xlsx, xform=form.xml, hash=digest, at=at
    )


def checked(xlsx: bytes) -> Form:
    """The form of an XLSForm workbook. FaultyForm: with every fault."""
    from dajian.forms.xlsform import load  # pyxform is slow to import

    try:
        return load(xlsx)
    except BadForm as error:
        raise FaultyForm(error.problems) from error
