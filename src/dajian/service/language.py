"""In which language a page speaks: Chinese, or English for who chose it at the foot of a page.

The browser's own preference is not asked: most of what is told is Chinese whatever the frame. What is kept (history,
notices, remarks) is written in Chinese whoever writes it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def chosen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the language of the visitor's cookie, else Chinese."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(wanted if wanted in known else settings.LANGUAGE_CODE):
            return get_response(request)

    return middleware


def is_chinese() -> bool:
    return translation.get_language() in (None, settings.LANGUAGE_CODE)


def recorded() -> translation.override:
    """`with recorded():` what is written down to be kept, and what is printed, is in Chinese."""
    return translation.override(settings.LANGUAGE_CODE)
