"""The registry (资源库): what was approved, one entry a subject and campaign. Derived, never edited."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dajian.service.access.models import Guarded
from dajian.service.campaign.models import Campaign, Item, QuestionnaireVersion
from dajian.service.files.models import File
from dajian.service.organisations.models import Area, Organisation


class Subject(Guarded):
    """An organisation in one role of the trade, or a project: what the registry lists."""

    role = models.CharField(max_length=20)  # carrier, maker …
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="subjects")
    name = models.CharField(max_length=120, db_index=True)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    area = models.ForeignKey(Area, models.PROTECT)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="projects")  # of a project
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="absorbed")  # the same one, kept

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "role"], name="subject_once"),
            models.UniqueConstraint(
                fields=["role", "code"],
                condition=Q(organisation=None, merged_into=None) & ~Q(code=""),
                name="project_once_by_code",
            ),
            models.UniqueConstraint(
                fields=["role", "name", "area"],
                condition=Q(organisation=None, merged_into=None, code=""),
                name="project_once_by_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


STANDS = Q(withdrawn__isnull=True)


class RegistryEntry(Guarded):
    """Subject → its current approved version in one campaign. What a list shows, seeks and sorts; no answers."""

    taken_with = ("item__campaign", "area__parent", "subject")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="entries")
    campaign = models.ForeignKey(Campaign, models.PROTECT)
    item = models.ForeignKey(Item, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT)
    area_path = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True)
    sort_key = models.CharField(max_length=240)  # pinyin
    search = models.TextField()  # name, former names, pinyin, initials and code, as search_text.runs
    mentions = models.TextField(blank=True)  # products, routes: what the item's `search` questions were told, as runs
    answers = models.TextField(blank=True)  # to the item's filters, and phones: " kind=lowbed =13800000000 "
    figures = models.JSONField(default=dict)  # the answers that the list shows
    n = models.PositiveIntegerField()  # of its current version
    withdrawn = models.CharField(max_length=20, null=True)  # the outcome that took the unit out; NULL: it stands
    approved_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["subject", "item"], name="entry_once"),
        ]
        indexes = [
            # The area last, so that a walk in order knows whose an entry is without reading it.
            models.Index(fields=["item", "sort_key", "id", "area_path"], name="entry_by_name", condition=STANDS),
            models.Index(fields=["item", "approved_at", "id", "area_path"], name="entry_by_time", condition=STANDS),
            models.Index(
                fields=["item", "area_path", "sort_key", "id"],
                name="entry_by_area",
                condition=STANDS,
                opclasses=["int8_ops", "varchar_pattern_ops", "text_ops", "int8_ops"],  # PostgreSQL, for access.paths
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EntryVersion(Guarded):
    """One approval: the values and where they come from. Immutable; the entry's `n` says which one holds."""

    entry = models.ForeignKey(RegistryEntry, models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()  # the submission version's
    values = models.JSONField()
    questionnaire_version = models.ForeignKey(QuestionnaireVersion, models.PROTECT)
    submission_version_id = models.BigIntegerField()
    source_url = models.CharField(max_length=200, blank=True)  # the page of the questionnaire that was approved
    approved_by = models.CharField(max_length=80)
    approved_for = models.CharField(max_length=120)
    approved_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["entry", "n"], name="entry_version_once")]


EXPORT_JOB = "registry.export"  # the kind of job that makes an export's file


class Export(Guarded):
    """A file made for one person with his rights of that moment; nobody else's."""

    taken_with = ("item__campaign", "file")
    FORMATS: ClassVar = [("xlsx", "XLSX"), ("csv", "CSV"), ("parquet", "Parquet")]

    account_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    item = models.ForeignKey(Item, models.PROTECT)
    format = models.CharField(max_length=8, choices=FORMATS)
    query = models.JSONField(default=dict)  # what the list's address asked for
    told = models.JSONField(default=list)  # the same in words
    rows = models.PositiveIntegerField(default=0)
    phones = models.BooleanField(default=False)  # in full, at least for some
    file = models.ForeignKey(File, models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["account_id", "membership_id", "-at"], name="export_by_maker")]
