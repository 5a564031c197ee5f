"""What every template may use: the front end's files, dates and numbers in words, phones, states, page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template.context import Context
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.forms.present import masked_phone
from dajian.service.built import manifest
from dajian.service.language import is_chinese
from dajian.service.public.icons import ICONS
from dajian.service.workflow.tables import MACHINES

register = template.Library()

NOTHING = "—"
WEEKDAYS = (N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"), N_("星期五"), N_("星期六"), N_("星期日"))
TONES = {
    "draft": "",
    "open": "todo",
    "queued": "todo",
    "ready": "care",
    "reading": "wait",
    "writing": "wait",
    "running": "wait",
    "sent": "wait",
    "checked": "wait",
    "reported": "wait",
    "returned": "bad",
    "failed": "bad",
    "refused": "bad",
    "approved": "good",
    "done": "good",
    "closed": "",
    "cancelled": "",
}


@register.simple_tag
def frontend(entry: str = "src/main.ts") -> SafeString:
    """The style sheets and the script of one of Vite's entries, by the hashed names of its manifest."""
    if settings.DEBUG:
        manifest.cache_clear()
    built = manifest()[entry]
    base = f"{settings.STATIC_URL}build/"
    styles = format_html_join("", '<link rel="stylesheet" href="{}{}">', ((base, css) for css in built.get("css", [])))
    return format_html('{}<script type="module" src="{}{}"></script>', styles, base, built["file"])


@register.simple_tag
def html_language() -> str:
    """The page's language for <html lang>."""
    return translation.to_locale(translation.get_language() or settings.LANGUAGE_CODE).replace("_", "-")


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """(code, name in itself) of the languages that the page does not speak."""
    return [(code, name) for code, name in settings.LANGUAGES if code != translation.get_language()]


@register.simple_tag
def data() -> SafeString:
    """For the tag of an element that holds data: on a page of another language, that it is Chinese."""
    return mark_safe("" if is_chinese() else ' lang="zh-Hans"')


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing from `icons.py`; the words beside it say what it means."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
        'stroke-linejoin="round" aria-hidden="true"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def badge(state: str, machine: str = "", label: str = "") -> SafeString:
    """A state as a badge. Its words: those of the machine's table, unless `label` gives them."""
    words = label or (MACHINES[machine].said(state) if machine else state)
    tone = TONES.get(state, "")
    return format_html('<span class="badge{}">{}</span>', f" tone-{tone}" if tone else "", words)


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key that is itself a variable."""
    return mapping.get(key, "")


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """The options of a drop-down, (value, label) each; quicker than a loop where there are a hundred."""
    rows = ((value, mark_safe(" selected") if value == chosen else "", label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """2019年5月31日, 31 May 2019; an instant is shown as the day of Shanghai."""
    found = _local(value)
    if not found:
        return NOTHING
    if is_chinese():
        return f"{found.year}年{found.month}月{found.day}日"
    return f"{found.day} {found:%B %Y}"


@register.filter
def weekday(value: date | datetime | str | None) -> str:
    found = _local(value)
    return _(WEEKDAYS[found.weekday()]) if found else ""


@register.filter
def instant(value: datetime | None) -> str:
    """2019-05-31 16:05, of Shanghai."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else NOTHING


def _local(value: date | datetime | str | None) -> date | None:
    match value:
        case datetime():
            return timezone.localtime(value).date()
        case str() if value:
            return date.fromisoformat(value)
        case date():
            return value
    return None


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """12 345.6 as 12,345.6; no trailing zeros."""
    if value is None or value == "":
        return NOTHING
    whole, __, rest = f"{value:,}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


@register.filter
def percent(part: int, whole: int) -> str:
    """A share in whole percent. Never 100 % while something is missing, never 0 % when something is there."""
    if not whole:
        return NOTHING
    share = round(100 * part / whole)
    return f"{min(max(share, 1 if part else 0), 100 if part >= whole else 99)}%"


@register.filter
def size(value: int) -> str:
    """A file's size: 640 字节, 12 KB, 3.4 MB."""
    if value < 1024:
        return _("%(n)s 字节") % {"n": value}
    return f"{-(-value // 1024)} KB" if value < 1024**2 else f"{value / 1024**2:.1f} MB"


@register.filter
def masked(value: str | None) -> str:
    """A phone without its middle, as `forms.present` has it."""
    return masked_phone(value) if value else NOTHING


@register.filter
def value(raw: Any) -> str:
    """A stored value for people: nothing as a dash, yes and no in words, lists with commas."""
    match raw:
        case None | "" | []:
            return NOTHING
        case bool():
            return _("是") if raw else _("否")
        case int() | float() | Decimal():
            return number(raw)
        case date():
            return instant(raw) if isinstance(raw, datetime) else day(raw)
        case str():
            return raw
        case Iterable():
            return _("、").join(value(one) for one in raw)
    return str(raw)


@register.filter
def control(field: BoundField) -> SafeString:
    """A form's field in the site's look; ticks and circles keep the browser's."""
    kind = getattr(field.field.widget, "input_type", "text")
    if kind in ("checkbox", "radio", "hidden"):
        return field.as_widget()
    return field.as_widget(attrs={"class": "form-select" if kind == "select" else "form-control"})


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present address's query with some parameters changed; None takes one away. For pages, sorting, filters."""
    params: QueryDict = context["request"].GET.copy()
    for name, new in changes.items():
        params.pop(name, None)
        if new not in (None, ""):
            params[name] = str(new)
    return f"?{params.urlencode()}" if params else "?"


@register.filter
def shown_pages(page: Page) -> Iterator[int | str]:
    """Page numbers around the present one, first and last, with … between."""
    yield from page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
