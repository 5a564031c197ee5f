"""Who acts: one membership, flattened to plain values, so that the apps below organisations need no table of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Post:
    """A function that the actor's body holds today, where, and for which line of work."""

    function: str  # code of the province's list of functions
    level: str  # province | city | county
    area_path: str  # own area and below: paths that start with it
    line: str = ""
    accounts: str = ""  # whose accounts its managers keep: own | area | ""


@dataclass(frozen=True)
class Actor:
    account_id: int
    person_id: int
    person_name: str
    membership_id: int
    organisation_id: int
    organisation_name: str
    role: str  # officer | manager | security_admin | audit_admin | system_admin | unit | invited
    role_label: str
    area_name: str
    area_path: str
    posts: tuple[Post, ...] = ()
    party: int = 0  # whom an invited respondent answers for; he has no account, person or membership
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what was looked up for this actor

    @property
    def works(self) -> bool:
        """Whether the role does the body's work; the administrators do not."""
        return self.role in WORKING_ROLES

    @property
    def answers(self) -> bool:
        """Whether he answers for a party of his own and does no body's work."""
        return self.role in PARTY_ROLES


WORKING_ROLES = ("officer", "manager")
OF_UNIT, INVITED = PARTY_ROLES = ("unit", "invited")  # by an account of the unit; by an invitation, without account
