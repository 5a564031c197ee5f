"""What the pages of bodies and people take in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from dajian.service.organisations.actions.people import Post
from dajian.service.organisations.models import ROLES, Area, FunctionKind, Organisation, Person


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """A date by the browser's own picker; the label marked with gettext_noop."""
    return forms.DateField(
        label=_(label),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": format_lazy(_("请填写“{label}”。"), label=_(label)),
            "invalid": _("请填写日期，例如 2026-05-31。"),
        },
        **kwargs,
    )


class LogIn(forms.Form):
    username = forms.CharField(
        label=_("登录名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()


class NewPassword(forms.Form):
    """A new password, typed twice."""

    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 位，不用常见密码，不与登录名相近。一句容易记的话最好。"),
    )
    again = forms.CharField(
        label=_("再输一次"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        if self.cleaned_data.get("new") != self.cleaned_data.get("again"):
            self.add_error("again", _("两次输入的新密码不一样。"))


class ChangePassword(NewPassword):
    old = forms.CharField(
        label=_("原密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")


class PostFields(forms.Form):
    """The parts of a membership besides person and body."""

    role = forms.ChoiceField(label=_("角色"))
    area = forms.ModelChoiceField(
        label=_("负责区域"),
        queryset=Area.unscoped.none(),
        required=False,
        empty_label=_("本单位全部区域"),
        help_text=_("只负责其中一个县（市、区）的，在这里选"),
    )
    starts = day_field(N_("开始日期"))

    def __init__(self, *args: Any, body: Organisation, roles: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, label) for role, label in ROLES if role in roles]  # type: ignore[attr-defined]
        below = Area.unscoped.filter(parent=body.area) if body.area else Area.unscoped.none()
        self.fields["area"].queryset = below  # type: ignore[attr-defined]
        if not below.exists():
            del self.fields["area"]

    def post(self) -> Post:
        area = self.cleaned_data.get("area")
        return Post(self.cleaned_data["role"], self.cleaned_data["starts"], area.pk if area else None)


class Invitation(PostFields):
    name = forms.CharField(label=_("姓名"), min_length=2, max_length=80)
    username = forms.CharField(label=_("登录名"), max_length=60, help_text=_("小写字母、数字、点、横线，3 到 60 位"))
    mobile = forms.CharField(label=_("手机"), max_length=20, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    field_order = ("name", "username", "mobile", "email", "role", "area", "starts")


class Joining(PostFields):
    """A further membership of somebody whom the actor sees."""

    person = forms.ModelChoiceField(label=_("人员"), queryset=Person.unscoped.none(), empty_label=_("请选择"))
    field_order = ("person", "role", "area", "starts")

    def __init__(self, *args: Any, persons: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class Moving(forms.Form):
    """Where somebody goes, and as what."""

    body = forms.ModelChoiceField(label=_("调往单位"), queryset=Organisation.unscoped.none(), empty_label=_("请选择"))
    role = forms.ChoiceField(label=_("角色"))
    starts = day_field(N_("到岗日期"), help_text=_("原单位的身份到前一天为止"))

    def __init__(self, *args: Any, bodies: Any, roles: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role, label) for role, label in ROLES if role in roles]  # type: ignore[attr-defined]


class Leaving(forms.Form):
    last_day = day_field(N_("最后一天"), help_text=_("这一天之内仍可使用；要立即停用，填昨天"))
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)


class NewBody(forms.Form):
    name = forms.CharField(label=_("单位全称"), min_length=2, max_length=120)
    kinds = forms.ModelMultipleChoiceField(
        label=_("承担职能"),
        queryset=FunctionKind.unscoped.order_by("pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since = day_field(N_("起始日期"))


class Renaming(forms.Form):
    name = forms.CharField(label=_("单位全称"), min_length=2, max_length=120)
    starts = day_field(N_("启用日期"), help_text=_("在此之前的记录仍显示原来的名称"))


class GivingFunction(forms.Form):
    kind = forms.ModelChoiceField(
        label=_("职能"), queryset=FunctionKind.unscoped.order_by("pk"), empty_label=_("请选择")
    )
    starts = day_field(N_("开始日期"))


class EndingFunction(forms.Form):
    last_day = day_field(N_("最后一天"))
    reason = forms.CharField(label=_("原因（文件名称、文号）"), max_length=200)


class TransferringFunction(forms.Form):
    heir = forms.ModelChoiceField(label=_("接收单位"), queryset=Organisation.unscoped.none(), empty_label=_("请选择"))
    starts = day_field(N_("接收日期"), help_text=_("从这一天起由接收单位办理，原单位到前一天为止"))
    reason = forms.CharField(label=_("依据（文件名称、文号）"), max_length=200)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = bodies  # type: ignore[attr-defined]


def at_first(**known: Any) -> dict[str, Any]:
    """What a form shows at first: today for its date, and what is known."""
    return dict.fromkeys(("starts", "last_day", "since"), timezone.localdate()) | known
