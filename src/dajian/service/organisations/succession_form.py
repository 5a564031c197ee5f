"""What the page of a reform takes in."""

from __future__ import annotations

from typing import Any

from django import forms

from dajian.service.organisations.actions.successions import Heir, Reform
from dajian.service.organisations.inputs import day_field
from dajian.service.organisations.models import Function, Membership, Organisation, Succession

WHICH = [("0", "第一家承继单位"), ("1", "第二家承继单位")]


def _body(label: str, help_text: str) -> forms.ModelChoiceField:
    none = Organisation.unscoped.none()
    return forms.ModelChoiceField(
        label=label, queryset=none, required=False, empty_label="新建单位", help_text=help_text
    )


def _which(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=WHICH, required=False, initial="0")


class Reforming(forms.Form):
    kind = forms.ChoiceField(label="方式", choices=Succession.KINDS)
    along = forms.ModelMultipleChoiceField(
        label="一并并入的单位",
        queryset=Organisation.unscoped.none(),
        required=False,
        help_text="几家合并成一家的，在这里一并选上；按住 Ctrl 键可多选",
    )
    heir = _body("承继单位", "选已有单位；新建的在下一栏填全称")
    heir_name = forms.CharField(label="新单位全称", max_length=120, required=False)
    second = _body("第二家承继单位", "只在分立时选或填")
    second_name = forms.CharField(label="第二家新单位全称", max_length=120, required=False)
    starts = day_field("改革日期", help_text="从这一天起由承继单位办理")
    reason = forms.CharField(label="依据（文件名称、文号）", max_length=200)

    def __init__(self, *args: Any, others: Any, functions: list[Function], people: list[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("along", "heir", "second"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]
        for one in functions:
            self.fields[f"function-{one.pk}"] = _which(f"分立时，“{one.kind.name}（{one.area.name}）”归")
        for member in people:
            self.fields[f"person-{member.pk}"] = _which(f"分立时，{member.person.name}转入")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name, label in (("heir", "承继单位"), ("second", "第二家承继单位")):
            if given.get(name) and given.get(f"{name}_name"):
                self.add_error(name, f"“{label}”选了已有单位，就不要再填新单位的名称。")
        return given

    def reform(self) -> Reform:
        given = self.cleaned_data
        heirs = [
            Heir(given[name].pk if given[name] else None, given[f"{name}_name"].strip())
            for name in ("heir", "second")
            if given[name] or given[f"{name}_name"].strip()
        ]
        return Reform(
            given["kind"],
            tuple(heirs),
            given["starts"],
            given["reason"],
            self._chosen("function"),
            self._chosen("person"),
        )

    def _chosen(self, what: str) -> dict[int, int]:
        named = ((name.partition("-"), value) for name, value in self.cleaned_data.items())
        return {int(pk): int(value or 0) for (kind, _, pk), value in named if kind == what and pk}
