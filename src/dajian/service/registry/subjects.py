"""Whom or what a row of a list means: one subject for each organisation in a role, and for each project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.errors import Refused
from dajian.service.campaign.models import Item
from dajian.service.organisations.actions import firms
from dajian.service.organisations.models import Area, Organisation, OrganisationCode, OrganisationName
from dajian.service.registry.models import EntryVersion, Subject
from dajian.twins.codes import is_genuine


@dataclass(frozen=True)
class Kind:
    """What stands behind a role of the trade, and the words for it.

    organisation: its kind, "" where the subject is none (rule 28).
    """

    organisation: str
    code: str  # the name of the code by which it is known
    name: str = N_("单位全称")
    thing: str = N_("单位")
    counter: str = N_("家")
    longest: int = 80  # characters of a name

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels of the areas to which one may belong: a body also to a city."""
        return ("city", "county") if self.organisation == "body" else ("county",)


FIRM = Kind("firm", N_("统一社会信用代码"))
KINDS = {
    "project": Kind("", N_("投资项目代码"), name=N_("项目名称"), thing=N_("项目"), counter=N_("个"), longest=120),
    "association": Kind("association", FIRM.code),
    "permit_body": Kind("body", FIRM.code),
}


def kind_of(role: str) -> Kind:
    return KINDS.get(role, FIRM)


def words_of(role: str) -> Kind:
    """`kind_of` in the words of the page's language."""
    kind = kind_of(role)
    return replace(kind, code=_(kind.code), name=_(kind.name), thing=_(kind.thing), counter=_(kind.counter))


@transaction.atomic
def subject_for(role: str, name: str, code: str, area: Area, *, at: datetime) -> Subject:
    """The firm, body or project in this role: found by its code, else by name and area; created when new.

    One that was known by name and area alone takes the code as soon as it is told: joined, never doubled.
    """
    kind = kind_of(role)
    if kind.organisation:
        organisation = firms.identify(name=name, code=code, area=area, at=at, kind=kind.organisation)
        subject, __ = Subject.unscoped.get_or_create(
            organisation=organisation, role=role, defaults={"name": organisation.name, "code": code, "area": area}
        )
        code = organisation.credit_code or ""  # one that was mistyped leads here too
    else:
        subject = _project(role, name, code, area)
    if code and subject.code != code and (subject.organisation_id is not None or not subject.code):
        subject.code = code
        subject.save(update_fields=["code"])
    return subject


def taken(subject: Subject, code: str) -> bool:
    """Whether another organisation, or another project, is known by this code."""
    if not code or code == subject.code or _is_body(subject):
        return False
    if subject.organisation_id:
        return Organisation.unscoped.filter(credit_code=code).exclude(pk=subject.organisation_id).exists()
    same = Subject.unscoped.filter(role=subject.role, organisation=None, merged_into=None, code=code)
    return same.exclude(pk=subject.pk).exists()


@transaction.atomic
def learn(subject: Subject, name: str, code: str, *, at: datetime) -> None:
    """What was approved is what the unit is called and known by from now on. Refused: another is known by the code.

    A body's name and code are its own affair, whatever a return about it says.
    """
    name, code = name or subject.name, subject.code if outdone(subject, code) else code
    if (name, code) == (subject.name, subject.code) or _is_body(subject):
        return
    if taken(subject, code):
        raise Refused(
            _("“%(name)s”的%(code)s“%(number)s”登记在另一单位名下，请退回核对。")
            % {"name": subject.name, "code": words_of(subject.role).code, "number": code}
        )
    if not code and _namesake(subject, name):
        raise Refused(
            _("“%(name)s”已登记在另一项目名下，两个项目都没有%(code)s。请退回“%(old)s”，由填报人补填后再报。")
            % {"name": name, "code": words_of(subject.role).code, "old": subject.name}
        )
    subject.name, subject.code = name, code
    subject.save(update_fields=["name", "code"])
    if subject.organisation:
        firms.learn(subject.organisation, name=name, code=code, at=at)


def outdone(subject: Subject, code: str) -> bool:
    """Whether the subject has a better code than this one: none is told, or one by which it was met by mistake."""
    if not code or not subject.code:
        return not code
    if subject.organisation_id is None:
        return Subject.unscoped.filter(merged_into=subject, code=code).exists()
    former = OrganisationCode.unscoped.filter(organisation=subject.organisation_id, value=code).exclude(ends=None)
    return is_genuine(subject.code) and not is_genuine(code) and former.exists()


def known_as(subject: Subject, name: str) -> bool:
    """Whether it bore this name once, or was met under it."""
    if subject.organisation_id is None:
        return Subject.unscoped.filter(merged_into=subject, name=name).exists()
    former = OrganisationName.unscoped.filter(organisation=subject.organisation_id, name=name)
    return former.exclude(ends=None).exists()


def _namesake(subject: Subject, name: str) -> bool:
    """Whether another project without a code bears this name in the same area: nothing would tell them apart."""
    same = Subject.unscoped.filter(role=subject.role, organisation=None, merged_into=None, name=name, code="")
    return subject.organisation_id is None and same.filter(area=subject.area).exclude(pk=subject.pk).exists()


def _is_body(subject: Subject) -> bool:
    return kind_of(subject.role).organisation == "body"


def _project(role: str, name: str, code: str, area: Area) -> Subject:
    """A subject without an organisation: a project is not its owner."""
    firms.hold(area)
    known = Subject.unscoped.filter(role=role, organisation=None).order_by(
        F("merged_into").desc(nulls_first=True), "pk"
    )
    if code and (found := known.filter(code=code).first()):
        return kept(found)
    alike = known.filter(name=name, area=area)
    if found := (alike.filter(code="") if code else alike).first():
        return kept(found)
    return Subject.unscoped.create(role=role, name=name, code=code, area=area)


def kept(subject: Subject) -> Subject:
    """The one as which a subject goes on: itself, unless it was found to be another's twin."""
    while subject.merged_into is not None:
        subject = subject.merged_into
    return subject


def last_known(subject_id: int, item: Item) -> EntryVersion | None:
    """What was approved of a unit that the caller has taken, by the same questionnaire in the campaign before."""
    rows = EntryVersion.unscoped.filter(
        entry__subject=subject_id,
        entry__item__questionnaire=item.questionnaire_id,
        entry__campaign__starts__lt=item.campaign.starts,
        n=F("entry__n"),
    )
    rows = rows.select_related("entry__item__campaign", "questionnaire_version")
    return rows.order_by("-entry__campaign__starts", "-entry__pk").first()
