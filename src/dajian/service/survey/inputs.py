"""What the survey's pages take in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from dajian.service.organisations.inputs import day_field
from dajian.service.organisations.models import Area
from dajian.service.registry.subjects import Kind
from dajian.service.survey.actions.submissions import Asked
from dajian.service.survey.models import ASKED_HOW, SourceList


class ListFacts(forms.Form):
    """Who issued a list, for which level and year, under which number; what an item asks of these is required."""

    issuer = forms.CharField(label=_("发布单位"), max_length=120, required=False)
    level = forms.ChoiceField(label=_("名单级别"), choices=[("", _("请选择")), *SourceList.LEVELS], required=False)
    year = forms.IntegerField(label=_("名单年度"), min_value=2000, max_value=2100, required=False)
    number = forms.CharField(label=_("文号"), max_length=80, required=False)

    def require(self, names: Iterable[str]) -> None:
        for name in names:
            self.fields[name].required = True


class NewUnit(ListFacts):
    name = forms.CharField(min_length=2)
    code = forms.CharField(required=False, max_length=40, help_text=_("暂不清楚可先不填，以后补上时自动合并"))
    area_code = forms.ChoiceField(label=_("所属区域"))
    source = forms.CharField(
        label=_("来源"), max_length=120, help_text=_("从何处得知该单位，例如：走访中发现、企业来电")
    )

    field_order = ("name", "code", "area_code", "source", "issuer", "level", "year", "number")

    def __init__(self, *args: Any, kind: Kind, areas: Sequence[Area] = (), facts: Sequence[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in set(ListFacts.base_fields) - set(facts):
            del self.fields[name]
        self.require(facts)
        self.fields["code"].label = kind.code
        self.fields["name"] = forms.CharField(label=kind.name, min_length=2, max_length=kind.longest)
        self.fields["source"].help_text = _("从何处得知该%(thing)s，例如：走访中发现、来电告知") % {"thing": kind.thing}
        choices = [(area.code, area.name) for area in areas if area.level in kind.levels]
        self.fields["area_code"].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]


class Invite(forms.Form):
    """An invitation's last day."""

    expires_on = day_field(N_("请单位在这一天之前报出"), help_text=_("过了这一天，链接失效；最晚到活动结束"))

    def __init__(self, *args: Any, last: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = last


class NewUnitAccount(forms.Form):
    name = forms.CharField(label=_("姓名"), min_length=2, max_length=80)
    username = forms.CharField(label=_("登录名"), max_length=60, help_text=_("小写字母、数字、点、横线，3 到 60 位"))
    mobile = forms.CharField(label=_("手机"), max_length=20, required=False)


class Code(forms.Form):
    """The short code of an invitation, as it may be typed from a letter."""

    code = forms.CharField(
        label=_("短码"),
        max_length=20,
        help_text=_("邀请函上的 8 位短码，不分大小写"),
        error_messages={"required": _("请填写邀请函上的短码。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )


class AskedForm(forms.Form):
    """How and when an officer who fills in for a unit asked it."""

    how = forms.ChoiceField(label=_("如何询问"), choices=ASKED_HOW, error_messages={"required": _("请选择询问方式。")})
    on = day_field(N_("询问日期"))

    def asked(self) -> Asked:
        return Asked(self.cleaned_data["how"], self.cleaned_data["on"])


class CloseUnit(forms.Form):
    OUTCOMES = [
        ("not_eligible", _("不属调查对象")),
        ("gone", _("注销或迁出")),
        ("not_found", _("查无此单位")),
        ("refuse", _("拒绝填报")),
        ("duplicate", _("与另一单位重复")),
    ]
    outcome = forms.ChoiceField(label=_("结果"), choices=OUTCOMES, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("情况说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    visited_on = forms.DateField(
        label=_("走访日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("拒绝填报的必填"),
    )
    duplicate_of = forms.IntegerField(label=_("与哪一家重复"), required=False)


class ImportUpload(forms.Form):
    file = forms.FileField(label=_("表格文件（.xlsx）"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))


class ListUpload(ListFacts, ImportUpload):
    title = forms.CharField(label=_("名单名称"), max_length=120)
    field_order = ("file", "title", "issuer", "level", "year", "number")

    def __init__(self, *args: Any, facts: Sequence[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.require(facts)


class ReportForm(forms.Form):
    cover = forms.CharField(
        label=_("报送说明"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("随报送一并上报，例如摸底方式、总体情况、需要说明的问题"),
    )
    how_checked = forms.CharField(
        label=_("如何核实本区域没有此类单位"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    scan = forms.FileField(label=_("盖章扫描件（PDF 或图片，可不附）"), required=False)
