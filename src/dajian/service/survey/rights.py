"""Who may do what in the survey: access.md's rows as (right, standings, reach). See campaign.standing for the words."""

from __future__ import annotations

from django.db.models import Q

from dajian.service.access.actor import Actor
from dajian.service.access.rules import AREA, OWN, PROVINCE, Holders, Within, rule
from dajian.service.campaign.models import Item
from dajian.service.campaign.standing import READ, by_duty, items_with
from dajian.service.files.owners import owned_by
from dajian.service.organisations.heirs import bodies_of
from dajian.service.survey.models import (
    Comment,
    ImportBatch,
    ImportRow,
    Invitation,
    ItemReport,
    ListEntry,
    Photo,
    Remark,
    ReportEntry,
    SourceList,
    Submission,
    SubmissionVersion,
    SurveyUnit,
)
from dajian.service.survey.parties import PARTY, by_party

LIST = {"lead": AREA, "lead_below": AREA}  # unit lists, outcomes
ENTER = {"lead": AREA, "lead_below": AREA, "cooperates": AREA, "surveyed": OWN}
SEND = {"lead": AREA, "lead_below": AREA}  # county: sends up
CORRECT = {"lead": AREA, "lead_below": AREA, "surveyed": OWN}
CHECK = REPORT = {"lead": AREA}
DECIDE = {"approves": PROVINCE, "lead_alone": AREA}
PHONES = {"lead": AREA, "lead_below": AREA, "cooperates": AREA, "surveyed": OWN}
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


def _of_unit(unit: str) -> Within:
    """Rows of a unit, by duty, by party, or because it is one's own body: the look-up to it, "" for the unit itself."""
    to = f"{unit}__" if unit else ""
    duty, party = by_duty(f"{to}item_id", f"{to}area__path"), by_party(unit)

    def itself(actor: Actor, holders: Holders) -> Q:
        own = items_with(actor, {standing: reach for standing, reach in holders.items() if reach == OWN})
        return Q(**{f"{to}item_id__in": sorted(own), f"{to}subject__organisation__in": bodies_of(actor)})

    return lambda actor, holders: duty(actor, holders) | party(actor, holders) | itself(actor, holders)


for right, holders in {
    "read": READ | PARTY,
    "list": LIST,
    "enter": ENTER | PARTY,
    "invite": ENTER,
    "answer": PARTY,  # for oneself: the respondent's own pages
    "decide": DECIDE,
}.items():
    rule(SurveyUnit, right, holders, _of_unit(""))
for right, holders in {
    "read": READ | PARTY,
    "enter": ENTER | PARTY,
    "send": SEND | PARTY,
    "check": CHECK,
    "report": REPORT,
    "decide": DECIDE,
    "comment": COMMENT,
    "phones": PHONES | PARTY,
    "correct": CORRECT,
    "ask_correction": PARTY,
}.items():
    rule(Submission, right, holders, _of_unit("unit"))
for model in (SubmissionVersion, Photo):
    rule(model, "read", READ | PARTY, _of_unit("submission__unit"))
rule(Remark, "read", READ | PARTY, _of_unit("version__submission__unit"))
rule(Invitation, "read", ENTER, _of_unit("unit"))

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
    return Q(organisation_id__in=bodies_of(actor)) if actor.works else Q(pk__in=[])


def _own_body_rows(actor: Actor, holders: Holders) -> Q:
    return Q(batch__organisation_id__in=bodies_of(actor)) if actor.works else Q(pk__in=[])


rule(ImportBatch, "read", {"own_body": OWN}, _own_body)
rule(ImportBatch, "enter", {"own_body": OWN}, _own_body)
rule(ImportRow, "read", {"own_body": OWN}, _own_body_rows)

owned_by(ImportBatch, "file")
owned_by(ImportBatch, "marked")
owned_by(SourceList, "file")
owned_by(Photo, "file")
owned_by(ItemReport, "scan")
