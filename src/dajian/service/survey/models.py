"""From the unit list to the report: what a campaign asks of whom, and how far it has come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dajian.service.access.models import Guarded
from dajian.service.campaign.models import Item, QuestionnaireVersion
from dajian.service.files.models import File
from dajian.service.organisations.models import Area
from dajian.service.registry.models import Subject
from dajian.service.workflow.models import Stateful

# How an officer who fills in for a unit asked it (plan rule 16, and what offices do besides).
ASKED_HOW = [
    ("visit", _("上门走访")),
    ("meeting", _("座谈交流")),
    ("phone", _("电话询问")),
    ("paper", _("纸质问卷")),
    ("online", _("网上沟通")),
]


class SourceList(Guarded):
    """Where units come from: a list with its issuer, or a workbook in which they were met."""

    KINDS: ClassVar = [("list", _("名单")), ("workbook", _("调查表中发现")), ("hand", _("手工补录"))]
    LEVELS: ClassVar = [("national", _("国家级")), ("province", _("省级")), ("city", _("市级")), ("county", _("县级"))]

    item = models.ForeignKey(Item, models.PROTECT, related_name="sources")
    area = models.ForeignKey(Area, models.PROTECT)
    kind = models.CharField(max_length=10, choices=KINDS)
    title = models.CharField(_("名单名称"), max_length=120)
    issuer = models.CharField(_("发布单位"), max_length=120, blank=True)
    level = models.CharField(_("级别"), max_length=10, choices=LEVELS, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["item", "area", "kind", "title"], name="source_once")]


class SurveyUnit(Stateful):
    """One row of the denominator. Its state is `open` while under way, else the outcome."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="units")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="units")
    area = models.ForeignKey(Area, models.PROTECT)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    outcome_reason = models.TextField(blank=True)
    visited_on = models.DateField(null=True, blank=True)

    class Meta(Stateful.Meta):
        constraints = [models.UniqueConstraint(fields=["item", "subject"], name="unit_once")]
        indexes = [models.Index(fields=["item", "area", "state"], name="unit_by_board")]


class ListEntry(Guarded):
    """A row of a source list, kept as it was written."""

    source = models.ForeignKey(SourceList, models.PROTECT, related_name="entries")
    row = models.PositiveIntegerField()
    raw = models.JSONField()
    unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="list_entries")

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["source", "unit"], name="list_entry_once")]


class Submission(Stateful):
    """One per unit. `draft` is what is being typed; what was sent stands in the versions."""

    unit = models.OneToOneField(SurveyUnit, models.PROTECT, related_name="submission")
    draft = models.JSONField(null=True)
    draft_version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, null=True)
    current = models.ForeignKey("SubmissionVersion", models.PROTECT, null=True, related_name="+")
    organisation_id = models.BigIntegerField()  # the body that entered it: what is returned goes back there
    remark = models.TextField(blank=True)  # why it was returned
    asked_how = models.CharField(
        "询问方式", max_length=10, choices=ASKED_HOW, blank=True
    )  # by an officer, for the unit
    asked_on = models.DateField("询问日期", null=True, blank=True)
    correction_asked = models.TextField(blank=True)  # by the unit; until somebody has given it back
    prefilled = models.JSONField(default=dict)  # from: what it was filled in from; keys: the questions
    moved = models.JSONField(default=list)  # notes of the draft's last change of edition, as forms.moved has them


class SubmissionVersion(Guarded):
    """What was sent, for good."""

    MODES: ClassVar = [
        ("hand", _("经办人录入")),
        ("workbook", _("表格导入")),
        ("invited", _("受邀填报")),
        ("unit", _("单位账号填报")),
    ]

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    questionnaire_version = models.ForeignKey(QuestionnaireVersion, models.PROTECT)
    record = models.JSONField()
    hash = models.CharField(max_length=64)
    mode = models.CharField(max_length=10, choices=MODES)
    file = models.ForeignKey(File, models.PROTECT, null=True)  # the workbook that it came in
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=80)
    organisation_id = models.BigIntegerField()  # the body that sent it
    organisation_name = models.CharField(max_length=120)
    asked_how = models.CharField(max_length=10, choices=ASKED_HOW, blank=True)
    asked_on = models.DateField(null=True)
    instance_id = models.CharField(max_length=60, blank=True)  # given by the device: sent twice, kept once
    confirmed = models.JSONField(
        default=list
    )  # soft checks that the sender was shown and confirmed: answers.as_confirmed
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["submission", "n"], name="submission_version_once"),
            models.UniqueConstraint(
                fields=["submission", "instance_id"], condition=~models.Q(instance_id=""), name="instance_once"
            ),
        ]


class Invitation(Guarded):
    """A link and a short code by which a unit fills in its own questionnaire. Only their digests are kept."""

    unit = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    expires_on = models.DateField("截止日期")  # the last day
    organisation_id = models.BigIntegerField()  # the body that invites; what is returned goes to its officers too
    organisation_name = models.CharField(max_length=120)
    person_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)  # codes since the last right one or the last lock
    locked_until = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=models.Q(revoked_at=None), name="invitation_open_once")
        ]


class Remark(Guarded):
    """What is wrong with one answer, said when a questionnaire is returned; answered by the next version."""

    version = models.ForeignKey(SubmissionVersion, models.PROTECT, related_name="remarks")
    scope = models.CharField(max_length=60, blank=True)  # key of the repeat, "" outside
    row = models.PositiveIntegerField(default=0)  # of the repeat, from 0
    key = models.CharField(max_length=60)
    text = models.TextField()
    person_name = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    answered_by = models.ForeignKey(SubmissionVersion, models.PROTECT, null=True, related_name="+")

    class Meta(Guarded.Meta):
        ordering = ("pk",)


class Photo(Guarded):
    """A picture that a questionnaire's answers name; given before what names it is sent."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="photos")
    name = models.CharField(max_length=120)  # as the answers have it
    file = models.ForeignKey(File, models.PROTECT)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="photo_once")]


class ItemReport(Stateful):
    """报送: what one area reported for one item. A 零报告 holds no submission but how it was checked."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="reports")
    area = models.ForeignKey(Area, models.PROTECT)
    n = models.PositiveIntegerField()
    zero = models.BooleanField("零报告", default=False)
    how_checked = models.TextField("核实方式", blank=True)
    cover = models.TextField("报送说明", blank=True)
    scan = models.ForeignKey(File, models.PROTECT, null=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.BigIntegerField(null=True)  # person
    remark = models.TextField(blank=True)

    class Meta(Stateful.Meta):
        constraints = [models.UniqueConstraint(fields=["item", "area", "n"], name="report_once")]


class ReportEntry(Guarded):
    """A submission version in a report, and what became of it there."""

    FATES: ClassVar = [("held", _("待审定")), ("approved", _("已审定")), ("returned", _("已退回"))]

    report = models.ForeignKey(ItemReport, models.CASCADE, related_name="entries")
    version = models.ForeignKey(SubmissionVersion, models.PROTECT)
    fate = models.CharField(max_length=10, choices=FATES, default="held")
    reason = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="report_entry_once")]


class Comment(Guarded):
    """What a guiding body says; it moves nothing."""

    item = models.ForeignKey(Item, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="comments")
    text = models.TextField()
    person_name = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    at = models.DateTimeField()


class ImportBatch(Stateful):
    """One uploaded workbook on its way: read, previewed, confirmed, written."""

    KINDS: ClassVar = [("submissions", _("调查表")), ("units", _("名单"))]

    kind = models.CharField(max_length=12, choices=KINDS)
    item = models.ForeignKey(Item, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT)
    organisation_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    file = models.ForeignKey(File, models.PROTECT)
    marked = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")  # with its faults shown
    source = models.ForeignKey(SourceList, models.PROTECT, null=True)
    questionnaire_version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, null=True)
    problems = models.JSONField(default=list)
    told = models.TextField(blank=True)  # why the whole file was refused
    at = models.DateTimeField()


class ImportRow(Guarded):
    """One record of the workbook, and what writing it would do (or did)."""

    EFFECTS: ClassVar = [
        ("new", _("新增")),
        ("changed", _("更新")),
        ("unchanged", _("未变")),
        ("refused", _("不予导入")),
    ]

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    n = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True)
    area_code = models.CharField(max_length=6, blank=True)
    record = models.JSONField()
    raw = models.JSONField(default=dict)
    effect = models.CharField(max_length=10, choices=EFFECTS)
    unlisted = models.BooleanField(default=False)  # joins the list by this workbook
    told = models.TextField(blank=True)
    written = models.BooleanField(default=False)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["batch", "n"], name="import_row_once")]
