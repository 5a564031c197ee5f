"""What the pages of a campaign take in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from dajian.service.campaign.definition import Definition, DutyRow, StageRow
from dajian.service.campaign.models import Duty
from dajian.service.organisations.inputs import day_field
from dajian.service.organisations.models import LEVELS, FunctionKind


def year_field(label: str, **kwargs: Any) -> forms.IntegerField:
    """A year; the label marked with gettext_noop."""
    return forms.IntegerField(label=_(label), min_value=2000, max_value=2100, **kwargs)


class StageForm(forms.Form):
    title = forms.CharField(label=_("阶段名称"), max_length=60)
    starts = day_field(N_("开始"))
    ends = day_field(N_("结束（含当天）"))
    task = forms.CharField(label=_("任务"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DutyForm(forms.Form):
    kind = forms.ChoiceField(label=_("分工"), choices=[("", _("请选择")), *Duty.KINDS])
    function = forms.ChoiceField(label=_("职能"))
    level = forms.ChoiceField(label=_("层级"), choices=[("", _("请选择")), *LEVELS])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = FunctionKind.unscoped.order_by("pk").values_list("code", "name")
        self.fields["function"].choices = [("", _("请选择")), *kinds]  # type: ignore[attr-defined]


StageForms = forms.formset_factory(StageForm, extra=1, can_delete=True, max_num=12)
DutyForms = forms.formset_factory(DutyForm, extra=2, can_delete=True, max_num=40)


def _kept(rows: forms.BaseFormSet) -> list[dict[str, Any]]:
    """The rows of a valid formset that remain: those shown, and those added, but for those to be taken away."""
    added = [form for form in rows.extra_forms if form.has_changed()]
    found = [dict(form.cleaned_data) for form in (*rows.initial_forms, *added)]
    return [row for row in found if not row.pop("DELETE", False)]


class CampaignForm(forms.Form):
    """A campaign's own fields and, below them, its stages."""

    title = forms.CharField(label=_("名称"), max_length=120)
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)
    theme = forms.CharField(label=_("主题"), max_length=200, required=False)
    goals = forms.CharField(label=_("目标"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    starts = day_field(N_("开始"))
    ends = day_field(N_("结束（含当天）"))
    duration = forms.CharField(
        label=_("期限（原文）"),
        max_length=40,
        required=False,
        help_text=_("方案里的说法，只作显示；起止日期以上面两栏为准"),
    )
    reference_year = year_field(N_("基准年度"), help_text=_("收支、许可数量等按这一年填；活动开始后不能再改"))
    plan_year = year_field(N_("计划年度"), help_text=_("生产和运输计划按这一年填；活动开始后不能再改"))
    phones = forms.CharField(
        label=_("监督电话"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("每行一个")
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(definition, name) for name in self.base_fields}
        self.initial["phones"] = "\n".join(definition.phones)
        self.definition = definition
        stages = [{"title": s.title, "starts": s.starts, "ends": s.ends, "task": s.task} for s in definition.stages]
        self.stages = StageForms(kwargs.get("data"), prefix="stage", initial=stages)

    def is_valid(self) -> bool:
        return super().is_valid() & self.stages.is_valid()

    def clean_phones(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["phones"].splitlines() if line.strip())

    def changed_definition(self) -> Definition:
        stages = sorted((StageRow(**row) for row in _kept(self.stages)), key=lambda stage: stage.starts)
        return replace(self.definition, **self.cleaned_data, stages=tuple(stages))


class DutiesForm(forms.Form):
    """The duty rows of an item."""

    def __init__(self, *args: Any, duties: tuple[DutyRow, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        ordered = sorted(duties, key=lambda d: (list(dict(Duty.KINDS)).index(d.kind), d.function, d.level))
        known = [{"kind": d.kind, "function": d.function, "level": d.level} for d in ordered]
        self.rows = DutyForms(kwargs.get("data"), prefix="duty", initial=known)

    def is_valid(self) -> bool:
        return super().is_valid() & self.rows.is_valid()

    def duties(self) -> tuple[DutyRow, ...]:
        return tuple(DutyRow(**row) for row in _kept(self.rows))


class CopyForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=120)
    starts = day_field(N_("开始"), help_text=_("各阶段按同样的天数顺延；月日不变的，按整年顺延"))
    reference_year = year_field(N_("基准年度"))
    plan_year = year_field(N_("计划年度"))


class QuestionnaireUpload(forms.Form):
    file = forms.FileField(
        label=_("XLSForm 工作簿（.xlsx）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )
