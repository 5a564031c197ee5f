"""One identity for each firm, whichever list or workbook it is met in."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from dajian.service.organisations.models import Area, Organisation, OrganisationCode, OrganisationName


def identify(*, name: str, code: str, area: Area, at: datetime) -> Organisation:
    """The firm with this credit code; else the one of this name and area that has no code yet; else a new one.

    A code that becomes known later joins the firm that was known by name (rule 28).
    """
    if code and (known := Organisation.unscoped.filter(credit_code=code).first()):
        return known
    nameless = Organisation.unscoped.filter(name=name, area=area, credit_code=None).exclude(kind="body").first()
    if nameless is None:
        nameless = Organisation.unscoped.create(kind="firm", name=name, area=area)
        OrganisationName.unscoped.create(organisation=nameless, name=name, starts=timezone.localdate(at))
    if code:
        nameless.credit_code = code
        nameless.save(update_fields=["credit_code"])
        OrganisationCode.unscoped.create(
            organisation=nameless, scheme="uscc", value=code, starts=timezone.localdate(at)
        )
    return nameless
