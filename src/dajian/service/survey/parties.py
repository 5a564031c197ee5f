"""Who answers for a unit himself: by an invitation, or by an account of the unit. He sees that unit and nothing else.

The standing is `party`, the reach OWN; it stands in the same rules as the duties, so that there is one formula.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from dajian.service.access.actor import INVITED, OF_UNIT, Actor
from dajian.service.access.rules import NOBODY, OWN, Holders, Within
from dajian.service.survey.models import Invitation

PARTY = {"party": OWN}


def by_party(unit: str) -> Within:
    """The filter of a model whose rows belong to a unit: the look-up to it, "" for the unit itself."""

    def within(actor: Actor, holders: Holders) -> Q:
        if "party" not in holders:
            return NOBODY
        if actor.role == INVITED:
            return Q(**{unit or "pk": actor.party})
        if actor.role == OF_UNIT:
            return Q(**{f"{unit}__subject__organisation" if unit else "subject__organisation": actor.organisation_id})
        return NOBODY

    return within


def invited(invitation: Invitation) -> Actor:
    """Whoever came by this invitation. Its numbers below 0 are no account's: what he uploads stays his unit's."""
    subject = invitation.unit.subject
    return Actor(
        account_id=-invitation.unit_id,
        person_id=0,
        person_name="受邀填报人",
        membership_id=0,
        organisation_id=subject.organisation_id or 0,
        organisation_name=subject.name,
        role=INVITED,
        role_label=_("受邀填报"),
        area_name="",
        area_path="",
        party=invitation.unit_id,
    )
