"""Two entries become one: what belongs to the one that goes follows to the one that stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from dajian.service.identity.journal import Journal
from dajian.service.identity.models import Profile
from dajian.service.identity.plan import Plan, subjects_of
from dajian.service.organisations.models import (
    Membership,
    Organisation,
    OrganisationAddress,
    OrganisationCode,
    OrganisationName,
)
from dajian.service.registry.models import EntryVersion, RegistryEntry, Subject
from dajian.service.registry.search_index import forget
from dajian.service.survey.models import Invitation, SurveyUnit


def merge(plan: Plan, journal: Journal, reason: str) -> None:
    """Writes the plan through the journal. The caller has taken the rights and met the plan's reasons."""
    kept, gone = plan.keeper, plan.goer
    for clash in plan.clashes:
        _settle(clash.winner, clash.loser, journal, reason)
    by_role = {subject.role: subject for subject in subjects_of(kept)}
    for subject in subjects_of(gone):
        if same := by_role.get(subject.role):
            _follow(subject, same, journal)
            journal.write(subject, merged_into_id=same.pk)
        else:
            journal.write(subject, organisation_id=kept.organisation_id)
    for owned in Subject.unscoped.filter(owner=gone.organisation_id) if gone.organisation_id else ():
        journal.write(owned, owner_id=kept.organisation_id)
    if kept.organisation_id:
        _join_organisations(plan, journal)
    _write_values(plan, journal)


def _settle(winner: SurveyUnit, loser: SurveyUnit, journal: Journal, reason: str) -> None:
    """Of two units in one item: the loser is closed, its open invitation leads to the winner from now on."""
    journal.give_way(loser, winner, reason)
    taken = Invitation.unscoped.filter(unit=winner, revoked_at=None).exists()
    for invitation in Invitation.unscoped.filter(unit=loser, revoked_at=None):
        journal.write(invitation, **({"revoked_at": journal.at} if taken else {"unit_id": winner.pk}))
    for entry in RegistryEntry.unscoped.filter(subject=loser.subject_id, item=loser.item_id):
        journal.take_out([*EntryVersion.unscoped.filter(entry=entry).order_by("pk"), entry])
        forget([journal.aside[-1][1]])


def _follow(subject: Subject, to: Subject, journal: Journal) -> None:
    """Units and entries of one role. Where both have a unit in an item, the one that stays takes the place."""
    here = {unit.item_id: unit for unit in SurveyUnit.unscoped.filter(subject=to)}
    for unit in SurveyUnit.unscoped.filter(subject=subject).order_by("pk"):
        other = here.get(unit.item_id)
        if other is None:
            journal.write(unit, subject_id=to.pk)
        elif unit.state != "duplicate":  # it stays: they change places, over one that nobody has
            journal.write(other, subject_id=-other.pk)
            journal.write(unit, subject_id=to.pk)
            journal.write(other, subject_id=subject.pk)
    for entry in RegistryEntry.unscoped.filter(subject=subject).order_by("pk"):
        journal.write(entry, subject_id=to.pk)


def _join_organisations(plan: Plan, journal: Journal) -> None:
    """Names, codes, addresses and accounts. The code is given free first: it is nobody's twice."""
    gone, kept = plan.goer.organisation, plan.keeper.organisation
    assert gone is not None
    assert kept is not None
    journal.write(gone, credit_code=None)
    models: tuple[Any, ...] = (OrganisationName, OrganisationCode, OrganisationAddress)
    for model in models:
        for row in model.unscoped.filter(organisation=gone).order_by("pk"):
            journal.write(row, organisation_id=kept.pk)
    for membership in Membership.unscoped.filter(organisation=gone).order_by("pk"):
        journal.write(membership, organisation_id=kept.pk)


def _write_values(plan: Plan, journal: Journal) -> None:
    """What was chosen, at the firm and in all its roles; what was not chosen ends today and stays to be found."""
    side = {value.key: plan.left if value.chosen == "left" else plan.right for value in plan.values}
    values = {value.key: value.left if value.chosen == "left" else value.right for value in plan.values}
    area = (side["area"].organisation or side["area"].project).area_id  # type: ignore[union-attr]
    kept = plan.keeper
    if kept.organisation is not None:
        firm = kept.organisation
        journal.write(firm, name=values["name"], credit_code=values["code"] or None, area_id=area,
                      address=values["address"])  # fmt: skip
        _close(OrganisationName, "name", firm, values["name"], journal)
        _close(OrganisationCode, "value", firm, values["code"], journal)
        _close(OrganisationAddress, "address", firm, values["address"], journal)
    for subject in subjects_of(kept):
        journal.write(subject, name=values["name"], code=values["code"], area_id=area)
        if kept.project_id:
            owner = side["owner"].project
            journal.write(subject, owner_id=owner.owner_id if owner else None)


def _close(model: Any, column: str, firm: Organisation, value: str, journal: Journal) -> None:
    today: date = timezone.localdate(journal.at)
    for row in model.unscoped.filter(organisation=firm, ends=None).exclude(**{column: value}):
        journal.write(row, ends=max(row.starts, today - timedelta(days=1)))


def values_told(profile: Profile, values: dict[str, str]) -> dict[str, Any]:
    """A side's values, for the history."""
    return {"profile": profile.pk, "url": profile.url} | values
