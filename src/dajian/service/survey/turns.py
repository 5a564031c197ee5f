"""Deeds on one unit take turns: each sees what the one before it left behind.

A unit and its questionnaire are two rows, each with its own version. Who changes one because of how the other stands
holds the unit first. Always in this order, so that nobody waits for somebody who waits for him: areas, units by
number, questionnaires by number.
"""

from __future__ import annotations

from collections.abc import Iterable

from dajian.service.survey.models import ReportEntry, Submission, SurveyUnit


def hold_units(pks: Iterable[int]) -> None:
    """Holds these units until the caller's transaction ends. To be called before anything about them is read."""
    rows = SurveyUnit.unscoped.filter(pk__in=pks).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def hold_unit_of(submission_id: int) -> None:
    hold_units(Submission.unscoped.filter(pk=submission_id).values_list("unit", flat=True))


def hold_units_of_report(report_id: int) -> None:
    hold_units(ReportEntry.unscoped.filter(report=report_id).values_list("version__submission__unit", flat=True))
