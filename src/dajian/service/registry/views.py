"""The registry's pages: its items, the list of one, a unit with its values, provenance and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.cache import never_cache

from dajian.forms.present import changes, sections
from dajian.service.access.errors import NotFound
from dajian.service.access.numbers import whole
from dajian.service.access.pages import Request, act, page
from dajian.service.access.rules import may, take
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import form_of, reader
from dajian.service.history.record import of
from dajian.service.organisations.models import Area
from dajian.service.registry import actions, queries
from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.subjects import words_of
from dajian.service.workflow.lines import history_lines

ENTRIES = "/registry/entries/"  # as urls.py has it; fifty look-ups of one address would cost a tenth of the page
SORTS = [("name", N_("单位名称")), ("time", N_("审定时间"))]


@page()
def index(request: Request) -> HttpResponse:
    return render(request, "registry/index.html", {"title": _("资源库"), "items": queries.items(request.actor)})


@page(Item, "registry")
def listing(request: Request, item: Item) -> HttpResponse:
    areas = queries.areas_of(request.actor, item)
    asked = queries.asked(item, areas, request.GET)
    number = request.GET.get("page", "")
    found = queries.listing(request.actor, item, asked, whole(number) or 1)
    known = {area.path: area for area in areas}
    context = {
        "title": _("%(unit_word)s资源库") % {"unit_word": item.unit_word},
        "item": item,
        "words": words_of(item.subject_role),
        "asked": asked,
        "areas": [(a.path, f"{'　' if a.level == 'county' else ''}{a.name}") for a in areas if a.level != "province"],
        "rows": [_line(entry, asked, known) for entry in found.rows],
        "page": Paginator(range(found.total), queries.PER_PAGE).get_page(found.page),
        "over": found.over,
        "sorts": [_sort(asked.order, key, _(label)) for key, label in SORTS],
    }
    return render(request, "registry/list.html", context)


@dataclass(frozen=True)
class Line:
    """One row of the list, ready to be printed: fifty of them are most of the page's work."""

    url: str
    name: str
    code: str
    place: str
    figures: list[tuple[str, str]]  # label, value
    approved: str


def _line(entry: RegistryEntry, asked: queries.Asked, known: dict[str, Area]) -> Line:
    figures = [(label, _figure(entry.figures.get(key))) for key, label in asked.figures]
    approved = timezone.localtime(entry.approved_at).strftime("%Y-%m-%d %H:%M")
    return Line(
        f"{ENTRIES}{entry.pk}", entry.name, entry.code or "—", _place(known, entry.area_path), figures, approved
    )


def _figure(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value or "—")


def _place(known: dict[str, Area], path: str) -> str:
    """莆田市 仙游县: the names below the province; an area of the past is left out."""
    codes = path.strip("/").split("/")
    above = ["/" + "/".join(codes[: n + 1]) + "/" for n in range(1, len(codes))]
    return " ".join(known[one].name for one in above if one in known)


def _sort(order: str, key: str, label: str) -> dict[str, str]:
    """A column's head: what a click on it asks for, and how the list is sorted now."""
    here = {key: "ascending", f"-{key}": "descending"}.get(order, "")
    return {"key": key, "label": label, "next": f"-{key}" if order == key else key, "now": here}


@page(RegistryEntry)
@never_cache
def entry(request: Request, found: RegistryEntry) -> HttpResponse:
    return _entry(request, found, phones=may(found, request.actor, "phones"))


@act(RegistryEntry, "phones_on_need")
@never_cache
def reveal(request: Request, pk: int) -> HttpResponse:
    """The same page with the phones in full, this once; the reason is kept with the unit's history."""
    actions.reveal(request.actor, pk, reason=request.POST.get("reason", ""), at=timezone.now())
    return _entry(request, take(RegistryEntry, pk, request.actor), phones=True, revealed=True)


def _entry(request: Request, found: RegistryEntry, *, phones: bool, revealed: bool = False) -> HttpResponse:
    versions = list(queries.versions(found))
    wanted = request.GET.get("n", str(found.n))
    version = next((v for v in versions if str(v.n) == wanted), None)
    if version is None:
        raise NotFound("version")
    campaign = found.item.campaign
    form = form_of(version.questionnaire_version)
    context = {
        "title": found.name,
        "entry": found,
        "item": found.item,
        "campaign": campaign,
        "version": version,
        "versions": versions,
        "sections": sections(form, version.values, reader(campaign, phones=phones)),
        "elsewhere": queries.elsewhere(request.actor, found),
        "history": history_lines(of(found)),
        "phones": phones,
        "revealed": revealed,
        "on_need": not phones and may(found, request.actor, "phones_on_need"),
    }
    return render(request, "registry/entry.html", context)


@page(RegistryEntry)
@never_cache
def compare(request: Request, found: RegistryEntry) -> HttpResponse:
    """Two approved versions: ?a= the earlier, ?b= the later; by default the one that holds and the one before."""
    versions = list(queries.versions(found))
    later = _chosen(versions, request.GET.get("b", str(found.n)))
    before = [v for v in versions if v.n < later.n]
    earlier = _chosen(versions, request.GET.get("a", str(before[0].n) if before else ""))
    reading = reader(found.item.campaign, phones=may(found, request.actor, "phones"))
    form = form_of(later.questionnaire_version)
    context = {
        "title": _("%(name)s：第%(n)s版与第%(later_n)s版的差别")
        % {"name": found.name, "n": earlier.n, "later_n": later.n},
        "entry": found,
        "item": found.item,
        "earlier": earlier,
        "later": later,
        "changes": changes(form, earlier.values, later.values, reading),
    }
    return render(request, "registry/compare.html", context)


def _chosen(versions: list[Any], n: str) -> Any:
    found = next((v for v in versions if str(v.n) == n), None)
    if found is None:
        raise NotFound("version")
    return found
