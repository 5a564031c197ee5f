"""What a unit is compared by, the pairs that may be one, and the mergers with what is needed to take them back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dajian.service.access.models import Guarded
from dajian.service.organisations.models import Area, Organisation
from dajian.service.registry.models import Subject
from dajian.service.workflow.models import Stateful


class Firm(Organisation):
    """An organisation seen through what it does in the trade; its rules follow its units."""

    class Meta:
        proxy = True


class Project(Subject):
    """A project, which is a unit without being an organisation."""

    class Meta:
        proxy = True


class Profile(Guarded):
    """One firm or project as it is compared with others; derived, made anew from what is known."""

    ORGANISATION, PROJECT = "organisation", "project"

    organisation = models.OneToOneField(Organisation, models.CASCADE, null=True, related_name="profile")
    project = models.OneToOneField(Subject, models.CASCADE, null=True, related_name="profile")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey(Area, models.PROTECT)
    area_path = models.CharField(max_length=40)
    address = models.CharField(max_length=200, blank=True)
    phones = models.JSONField(default=list)
    old_names = models.JSONField(default=list)

    class Meta(Guarded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, project__isnull=False) | Q(organisation__isnull=False, project=None),
                name="profile_of_one",
            )
        ]

    @property
    def kind(self) -> str:
        return self.PROJECT if self.organisation_id is None else self.ORGANISATION

    @property
    def url(self) -> str:
        return f"/firms/{self.organisation_id}" if self.organisation_id else f"/projects/{self.project_id}"

    def __str__(self) -> str:
        return self.name


class ProfileKey(Guarded):
    """A block in which a profile meets those that may be its twins (twins.units.block_keys)."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="keys", db_index=True)
    key = models.BigIntegerField(db_index=True)


class Twin(Stateful):
    """Two profiles that may be one. What was said of a pair is remembered: it is never proposed anew."""

    taken_with = ("left", "right")
    ADVICE: ClassVar = [("one", "建议合并"), ("two", "建议不合并")]

    left = models.ForeignKey(Profile, models.CASCADE, related_name="+")  # the one with the smaller number
    right = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)  # [code, value here, value there], the weightiest first
    by = models.CharField(max_length=10, default="search")  # search | hand
    advice = models.CharField(max_length=5, blank=True)  # of the city, newest
    advised_by = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta(Stateful.Meta):
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="twin_once"),
            models.CheckConstraint(condition=Q(left__lt=models.F("right")), name="twin_in_order"),
        ]
        indexes = [models.Index(fields=["state", "-points", "id"], name="twin_by_points")]


class Merger(Guarded):
    """Two entries made one. `steps` and `aside` take it back to the letter."""

    twin = models.ForeignKey(Twin, models.PROTECT, null=True, related_name="mergers")
    kept = models.ForeignKey(Profile, models.PROTECT, related_name="mergers")
    absorbed = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    chosen = models.JSONField(default=dict)  # value -> kept | absorbed; "item:7" -> whose questionnaire stays
    told = models.JSONField(default=list)  # the values of both before, for the history
    steps = models.JSONField(default=list)  # what was written, in order: [model, number, before, after]
    aside = models.JSONField(default=list)  # rows that were taken out whole, as Django's serializer has them
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)


class Search(Guarded):
    """One search for twins among all units, for its progress and its outcome."""

    account_id = models.BigIntegerField()
    at = models.DateTimeField()
    units = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
