"""The pictures that answers name; on a page for who may see them, from the file store, under its rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dajian.forms.model import ROOT, Form
from dajian.forms.present import Reader
from dajian.service.access.actor import Actor
from dajian.service.access.rules import scope
from dajian.service.campaign.questionnaires import form_of
from dajian.service.survey.models import Photo, SubmissionVersion


@dataclass(frozen=True)
class Named:
    """A picture where a record names it."""

    scope: str
    row: int  # of the repeat, from 0
    key: str
    name: str


def named(form: Form, record: dict[str, Any]) -> Iterator[Named]:
    """Every picture of a record, in the order of the form."""
    for question in (q for q in form.questions if q.type == "image"):
        rows = [record] if question.scope == ROOT else record.get(question.scope, [])
        yield from (
            Named(question.scope, n, question.key, str(row[question.key]))
            for n, row in enumerate(rows)
            if row.get(question.key)
        )


@dataclass(frozen=True)
class Picture:
    """url: of the file, "" when the picture was never given or may not be seen."""

    where: str
    name: str
    url: str


def pictures(actor: Actor, version: SubmissionVersion, reader: Reader) -> list[Picture]:
    """Every picture of a version, with where it stands in words."""
    form = form_of(version.questionnaire_version)
    repeats = {repeat.key: reader.label(repeat.label) for repeat in form.repeats}
    rows = scope(Photo, actor).filter(submission=version.submission_id).select_related("file")
    urls = {photo.name: photo.file.get_absolute_url() for photo in rows}
    found = []
    for one in named(form, version.record):
        label = reader.label(form.by_key[one.scope, one.key].label)
        around = repeats.get(one.scope, "")
        row = _("%(table)s 第%(row)s行") % {"table": around, "row": one.row + 1} if one.scope else ""
        where = f"{row} {label}".strip() if label != around else row
        found.append(Picture(where, one.name, urls.get(one.name, "")))
    return found
