"""The definition of a campaign, as data: stages, items, who has which duty, which questionnaire."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dajian.service.access.models import Guarded
from dajian.service.organisations.models import LEVELS, Area, FunctionKind
from dajian.service.workflow.models import Stateful


class Campaign(Stateful):
    title = models.CharField(_("名称"), max_length=120)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    theme = models.CharField(_("主题"), max_length=200, blank=True)
    goals = models.TextField(_("目标"), blank=True)
    # The basis's own words; nothing follows from them.
    duration = models.CharField(_("期限"), max_length=40, blank=True)
    starts = models.DateField(_("开始"))
    ends = models.DateField(_("结束"))  # included
    reference_year = models.PositiveSmallIntegerField(_("基准年度"))
    plan_year = models.PositiveSmallIntegerField(_("计划年度"))
    phones = models.JSONField(_("监督电话"), default=list)
    owner = models.ForeignKey(FunctionKind, models.PROTECT, verbose_name=_("主办职能"))
    areas = models.ManyToManyField(Area, related_name="campaigns")
    demo = models.BooleanField(default=False)

    class Meta(Stateful.Meta):
        ordering = ("-starts",)

    def __str__(self) -> str:
        return self.title


class Stage(Guarded):
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="stages")
    n = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()  # included
    task = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        ordering = ("n",)
        constraints = [models.UniqueConstraint(fields=["campaign", "n"], name="stage_once")]


class Questionnaire(Guarded):
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)


class QuestionnaireVersion(Guarded):
    """One edition of a form; immutable once an answer refers to it."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    xlsx = models.BinaryField()
    xform = models.BinaryField()
    hash = models.CharField(max_length=64)  # sha256 of the workbook
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "n"], name="questionnaire_version_once"),
            models.UniqueConstraint(fields=["questionnaire", "hash"], name="questionnaire_content_once"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("an edition never changes: upload a new one")
        super().save(*args, **kwargs)


class Item(Guarded):
    """One row of the duty table: an item of the survey, or one variant of it (市县层面, 高速公路 …)."""

    WAYS: ClassVar = [("questionnaire", _("调查问卷")), ("return", _("组织填报"))]
    taken_with = ("campaign",)

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("序号")
    variant = models.CharField("分项", max_length=20, blank=True)
    title = models.CharField("名称", max_length=60)
    unit_word = models.CharField("对象", max_length=30)  # what one row is: 大件运输企业
    subject_role = models.CharField(max_length=20)  # registry.Subject.role
    way = models.CharField("方式", max_length=20, choices=WAYS)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, null=True)
    keys = models.JSONField(default=dict)  # questions: name, code, area, eligibility; filters, figures of the registry
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ("number", "variant")
        constraints = [models.UniqueConstraint(fields=["campaign", "number", "variant"], name="item_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Duty(Guarded):
    """Who does what for an item: always a function at a level, never a body."""

    KINDS: ClassVar = [("lead", _("牵头")), ("cooperate", _("配合")), ("guide", _("指导")), ("approve", _("审定"))]

    item = models.ForeignKey(Item, models.CASCADE, related_name="duties")
    kind = models.CharField(max_length=10, choices=KINDS)
    function = models.ForeignKey(FunctionKind, models.PROTECT)
    level = models.CharField(max_length=10, choices=LEVELS)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "function", "level"], name="duty_once"),
        ]
