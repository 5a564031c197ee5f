"""What the pages of identities take in."""

from __future__ import annotations

from django import forms


class GivingCode(forms.Form):
    code = forms.CharField(label="代码", min_length=4, max_length=40)


class NamingTwin(forms.Form):
    other = forms.CharField(label="另一条记录的代码或全称", min_length=2, max_length=120)
    reason = forms.CharField(label="理由", max_length=200, help_text="如何得知两条记录是同一家")
