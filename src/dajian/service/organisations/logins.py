"""Who comes back with a session: account, memberships, posts and unread notices, asked for in one statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, F, FilteredRelation, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from dajian.service.access.actor import Post
from dajian.service.notices.models import OutboxMessage
from dajian.service.organisations.models import Account, Membership, valid_on
from dajian.service.organisations.queries import post_of

POST = ("kind__code", "kind__accounts", "area__level", "area__path", "line")


class Logins(ModelBackend):
    """As Django's own, but the account brings its day along: every request asks for these."""

    def get_user(self, user_id: int) -> Account | None:
        rows = list(_rows(user_id, timezone.localdate()))
        if not rows:
            return super().get_user(user_id)
        account: Account = rows[0].person.account
        posts: dict[int, list[Post]] = {row.pk: [] for row in rows}
        for row in rows:
            held = None
            if row.post_kind__code is not None:
                held = post_of(row, *(getattr(row, f"post_{name}") for name in POST))
            if held:
                posts[row.pk].append(held)
        account.held = {row.pk: (row, tuple(posts[row.pk])) for row in rows}
        account.unread = rows[0].unread
        return account if self.user_can_authenticate(account) else None


def _rows(account_id: int, on: date) -> QuerySet[Any]:
    """The account's memberships of the day, oldest first, once for each function that their bodies hold."""
    unread = OutboxMessage.unscoped.filter(account_id=OuterRef("person__account"), read_at=None).order_by()
    counted = unread.values("account_id").annotate(n=Count("pk")).values("n")
    found = Membership.unscoped.filter(valid_on(on), person__account=account_id)
    found = found.annotate(
        function=FilteredRelation("organisation__functions", condition=valid_on(on, "organisation__functions__")),
        unread=Coalesce(Subquery(counted), 0),
        **{f"post_{name}": F(f"function__{name}") for name in POST},
    )
    found = found.select_related("organisation__area", "area", "person__account")
    return found.order_by("starts", "pk", "function__pk")
