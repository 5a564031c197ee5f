"""Who may do what in the survey: access.md's rows as (right, standings, reach). See campaign.standing for the words."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import AREA, OWN, PROVINCE, Holders, Within, rule
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import by_duty
from dajian.service.files.owners import owned_by
from dajian.service.survey.models import (
    Comment,
    ImportBatch,
    ImportRow,
    ItemReport,
    ListEntry,
    Photo,
    ReportEntry,
    SourceList,
    Submission,
    SubmissionVersion,
    SurveyUnit,
)

READ = {
    "owner": PROVINCE,
    "lead": AREA,
    "lead_below": AREA,
    "cooperates": AREA,
    "guides": PROVINCE,
    "approves": PROVINCE,
}
LIST = {"lead": AREA, "lead_below": AREA}  # unit lists, outcomes
ENTER = {"lead": AREA, "lead_below": AREA, "cooperates": AREA}
SEND = {"lead": AREA, "lead_below": AREA}  # county: sends up
CHECK = REPORT = {"lead": AREA}
DECIDE = {"approves": PROVINCE, "lead_alone": AREA}
PHONES = {"lead": AREA, "lead_below": AREA, "cooperates": AREA}
COMMENT = {"owner": PROVINCE, "lead": AREA, "guides": PROVINCE}

# The item itself has no area: whoever holds the right somewhere may open its pages; each row is asked again.
for right, holders in {
    "survey": READ,
    "list": LIST,
    "enter": ENTER,
    "report": REPORT,
    "zero": SEND,
    "comment": COMMENT,
}.items():
    rule(Item, right, holders, by_duty("pk", ""))

_UNIT = by_duty("item_id", "area__path")
for right, holders in {"read": READ, "list": LIST, "enter": ENTER, "decide": DECIDE}.items():
    rule(SurveyUnit, right, holders, _UNIT)

_SUBMISSION = by_duty("unit__item_id", "unit__area__path")
for right, holders in {
    "read": READ,
    "enter": ENTER,
    "send": SEND,
    "check": CHECK,
    "report": REPORT,
    "decide": DECIDE,
    "comment": COMMENT,
    "phones": PHONES,
}.items():
    rule(Submission, right, holders, _SUBMISSION)
rule(SubmissionVersion, "read", READ, by_duty("submission__unit__item_id", "submission__unit__area__path"))
rule(Photo, "read", READ, by_duty("submission__unit__item_id", "submission__unit__area__path"))

_REPORT = by_duty("item_id", "area__path")


# A city reports and its report goes to 审定 (or a second person of the lead); a county's 零报告 goes to its city.
REPORT_ZERO = {"lead_below": AREA}
COUNTY_REPORTS = {"report": REPORT_ZERO, "decide": {"lead": AREA}}


def _by_level(right: str) -> Within:
    def within(actor: Actor, holders: Holders) -> Q:
        of_county = Q(area__level="county")
        return _REPORT(actor, holders) & ~of_county | _REPORT(actor, COUNTY_REPORTS[right]) & of_county

    return within


rule(ItemReport, "read", READ, _REPORT)
rule(ItemReport, "report", REPORT, _by_level("report"))
rule(ItemReport, "decide", DECIDE, _by_level("decide"))
rule(ReportEntry, "read", READ, by_duty("report__item_id", "report__area__path"))
rule(SourceList, "read", READ, by_duty("item_id", "area__path"))
rule(ListEntry, "read", READ, by_duty("source__item_id", "source__area__path"))
rule(Comment, "read", READ, by_duty("item_id", "area__path"))


def _own_body(actor: Actor, holders: Holders) -> Q:
    return Q(organisation_id=actor.organisation_id) if actor.works else Q(pk__in=[])


def _own_body_rows(actor: Actor, holders: Holders) -> Q:
    return Q(batch__organisation_id=actor.organisation_id) if actor.works else Q(pk__in=[])


rule(ImportBatch, "read", {"own_body": OWN}, _own_body)
rule(ImportBatch, "enter", {"own_body": OWN}, _own_body)
rule(ImportRow, "read", {"own_body": OWN}, _own_body_rows)

owned_by(ImportBatch, "file")
owned_by(ImportBatch, "marked")
owned_by(SourceList, "file")
owned_by(Photo, "file")
owned_by(ItemReport, "scan")
