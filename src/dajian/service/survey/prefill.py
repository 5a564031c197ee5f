"""What the province knows of a unit already: shown to be confirmed, not asked again (问一次)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dajian.forms.model import ROOT, Form, Question
from dajian.forms.moved import moved
from dajian.service.campaign.models import QuestionnaireVersion
from dajian.service.campaign.questionnaires import form_of
from dajian.service.registry.subjects import last_known
from dajian.service.survey.models import SurveyUnit

YEARS = ("{Y}", "{Y1}")  # what is asked for a year is another figure next time


@dataclass(frozen=True)
class Known:
    draft: dict[str, Any]
    told: dict[str, Any] = field(default_factory=dict)  # for Submission.prefilled; {} when nothing came from elsewhere


def prefill(unit: SurveyUnit, edition: QuestionnaireVersion) -> Known:
    """A draft of what the list says and of what was approved of the unit in an earlier campaign.

    Left out: figures of a year, pictures, and what each round asks anew (the item's keys, `fresh`).
    """
    listed = {
        unit.item.keys.get("name"): unit.subject.name,
        unit.item.keys.get("code"): unit.subject.code,
        unit.item.keys.get("area"): unit.area.code if unit.area.level == "county" else "",
    }
    draft = {key: value for key, value in listed.items() if key and value} | _of_its_list(unit)
    before = last_known(unit.subject_id, unit.item)
    if before is None:
        return Known(draft)
    form = form_of(edition)
    record, _ = moved(before.values, form_of(before.questionnaire_version), form)
    kept = lasting(form, record, fresh=frozenset(unit.item.keys.get("fresh", "").split()))
    campaign = before.entry.item.campaign
    told = {"from": campaign.title, "year": campaign.reference_year, "keys": sorted(kept)}
    return Known(kept | draft, told if kept else {})


def _of_its_list(unit: SurveyUnit) -> dict[str, Any]:
    """Level, year and number of the list on which it stands, where the questionnaire asks for them."""
    pairs = [pair.split(":") for pair in unit.item.keys.get("source_questions", "").split()]
    entry = unit.list_entries.exclude(source__kind="workbook").select_related("source").order_by("pk").first()
    if entry is None:
        return {}
    return {question: value for fact, question in pairs if (value := getattr(entry.source, fact))}


def lasting(form: Form, record: dict[str, Any], *, fresh: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What of a record still holds in another year. fresh: questions and repeats that every round asks anew."""
    lasts = {(q.scope, q.key) for q in form.questions if _lasts(q) and q.key not in fresh}
    kept = {key: value for key, value in record.items() if (ROOT, key) in lasts}
    for repeat in form.repeats:
        if repeat.scope != ROOT or repeat.key in fresh or _of_a_year(repeat.label, *repeat.groups):
            continue
        rows = [{k: v for k, v in row.items() if (repeat.key, k) in lasts} for row in record.get(repeat.key, [])]
        if any(rows):
            kept[repeat.key] = [row for row in rows if row]
    return kept


def _lasts(question: Question) -> bool:
    return question.type not in ("image", "calculate", "note") and not _of_a_year(question.label, *question.groups)


def _of_a_year(*texts: str) -> bool:
    return any(year in text for year in YEARS for text in texts)
