"""The people of a body: invited, joined, moved, gone; and the links by which they set a password."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.pages import Request, act
from dajian.service.access.rules import scope, take
from dajian.service.organisations.actions import people, slips
from dajian.service.organisations.inputs import Invitation, Joining, Leaving, Moving, at_first
from dajian.service.organisations.models import Membership, Organisation, Person
from dajian.service.organisations.queries import seen_persons
from dajian.service.organisations.standing import roles_given_by
from dajian.service.organisations.views.bodies import trail_of
from dajian.service.workflow.form_view import form_view, version_of


def _link_page(request: Request, person: Person, token: str, kind: str, back: str) -> HttpResponse:
    """Shows a one-time link, this once."""
    shown = {
        "title": _("链接已生成"),
        "person": person,
        "link": request.build_absolute_uri(f"/slip/{token}"),
        "days": slips.LASTS[kind].days,
        "kind": kind,
        "back": back,
    }
    return render(request, "organisations/slip_made.html", shown)


def _invite(request: Request, body: Organisation, form: Invitation) -> HttpResponse:
    given = {name: form.cleaned_data[name] for name in ("name", "username", "mobile", "email")}
    invited = people.invite(request.actor, body.pk, **given, post=form.post(), at=timezone.now())
    return _link_page(request, invited.membership.person, invited.token, "invite", f"/bodies/{body.pk}")


invite = form_view(
    Organisation,
    "people",
    title=lambda body: _("%(name)s：邀请人员") % {"name": body.name},
    make=lambda request, body, given: Invitation(
        **given, body=body, roles=roles_given_by(request.actor), initial=at_first()
    ),
    do=_invite,
    button=N_("生成邀请链接"),
    trail=trail_of,
    lead=N_("系统不设初始密码：把邀请链接交给本人，由本人设置密码。"),
)


def _join(request: Request, body: Organisation, form: Joining) -> tuple[str, str]:
    person = form.cleaned_data["person"]
    people.add_membership(request.actor, person.pk, organisation_id=body.pk, post=form.post(), at=timezone.now())
    return _("已为%(name)s增加在%(body_name)s的身份。") % {
        "name": person.name,
        "body_name": body.name,
    }, f"/bodies/{body.pk}"


join = form_view(
    Organisation,
    "people",
    title=lambda body: _("%(name)s：增加兼职人员") % {"name": body.name},
    make=lambda request, body, given: Joining(
        **given,
        body=body,
        roles=roles_given_by(request.actor),
        persons=seen_persons(request.actor),
        initial=at_first(),
    ),
    do=_join,
    button=N_("增加身份"),
    trail=trail_of,
    lead=N_("已在其他单位有账号的人员，在这里增加在本单位的身份；登录后可在右上角切换。"),
)


def _move(request: Request, membership: Membership, form: Moving) -> tuple[str, str]:
    given = form.cleaned_data
    people.move(
        request.actor,
        membership.pk,
        organisation_id=given["body"].pk,
        post=people.Post(given["role"], given["starts"]),
        version=version_of(request),
        at=timezone.now(),
    )
    told = _("%(name)s自 %(starts)s 起在%(body_name)s。") % {
        "name": membership.person.name,
        "starts": given["starts"],
        "body_name": given["body"].name,
    }
    return told, f"/bodies/{given['body'].pk}"


move = form_view(
    Membership,
    "accounts",
    title=lambda membership: _("%(name)s：调动") % {"name": membership.person.name},
    make=lambda request, membership, given: Moving(
        **given,
        bodies=scope(Organisation, request.actor, "people").order_by("area__path", "name"),
        roles=roles_given_by(request.actor),
        initial=at_first(role=membership.role),
    ),
    do=_move,
    button=N_("办理调动"),
    trail=trail_of,
)


def _leave(request: Request, membership: Membership, form: Leaving) -> tuple[str, str]:
    people.leave(request.actor, membership.pk, **form.cleaned_data, version=version_of(request), at=timezone.now())
    told = _("%(name)s的身份到 %(last_day)s 为止。") % {
        "name": membership.person.name,
        "last_day": form.cleaned_data["last_day"],
    }
    return told, f"/bodies/{membership.organisation_id}"


leave = form_view(
    Membership,
    "accounts",
    title=lambda membership: _("%(name)s：离岗") % {"name": membership.person.name},
    make=lambda request, membership, given: Leaving(**given, initial=at_first()),
    do=_leave,
    button=N_("办理离岗"),
    trail=trail_of,
    lead=N_("没有其他身份的，账号同时停用；以前办理的事项和记录都保留。"),
)


@act(Person, "accounts", empty=200)
def reset(request: Request, pk: int) -> HttpResponse:
    person = take(Person, pk, request.actor, "accounts")
    token = slips.reset(request.actor, pk, at=timezone.now())
    kept = scope(Membership, request.actor, "accounts").filter(person=person).first()
    return _link_page(request, person, token, "reset", f"/bodies/{kept.organisation_id}" if kept else "/bodies")
