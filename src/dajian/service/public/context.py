"""What every page shows around its content."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.campaign.queries import public_titles
from dajian.service.campaign.standing import items_with
from dajian.service.identity.rights import DECIDE, PROPOSE
from dajian.service.registry.rights import READ as REGISTRY

NAME = N_("大件运输许可服务")
VERSION = version("dajian")
# label, address, and the beginnings of the addresses that belong to it
DOORS = [
    (N_("首页"), "/", ()),
    (N_("活动与填报"), "/campaigns", ("/campaigns", "/items", "/units", "/submissions", "/reports", "/imports")),
    (N_("资源库"), "/registry/", ("/registry", "/firms", "/projects")),
    (N_("疑似重复"), "/twins", ("/twins",)),
    (N_("单位与人员"), "/bodies", ("/bodies", "/memberships", "/people", "/functions", "/areas")),
]


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, navigation of what the visitor may open, unread notices; the phones of supervision for who is not in."""
    actor: Actor | None = getattr(request, "actor", None)
    told: dict[str, Any] = {"name": _(NAME), "version": VERSION, "demo": settings.MODE == "demo"}
    if actor:
        told |= {"navigation": _navigation(actor, request.path), "unread": getattr(request.user, "unread", 0)}
    else:
        told["phones"] = list(dict.fromkeys(phone for campaign in public_titles() for phone in campaign.phones))
    return {"site": told}


def _navigation(actor: Actor, path: str) -> list[tuple[str, str, bool]]:
    if actor.answers:
        return [(_("本单位的调查表"), "/own", True)]
    shut = set()
    if not actor.works:
        shut.add("/campaigns")
    if not items_with(actor, REGISTRY):
        shut.add("/registry/")
    if not items_with(actor, DECIDE | PROPOSE):
        shut.add("/twins")
    return [(_(label), url, path == url or path.startswith(parts)) for label, url, parts in DOORS if url not in shut]
