"""Every view says which right it needs; the list of these declarations is what `dajian access` prints.

`page` answers GET, `act` answers POST. Both send who is not logged in to the log-in page (an API call gets 401).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from dajian.service.access.actor import Actor
from dajian.service.access.errors import NotFound
from dajian.service.access.rules import take

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """For type checkers: a request as the guarded views get it, with the acting membership."""

    actor: Actor


@dataclass(frozen=True)
class Needs:
    """What a view asks of its visitor. model None: a log-in suffices; open: nothing at all.

    empty: the answer to somebody who may when the request brings nothing but the address: 422 to an empty form.
    known: the answer to who is logged in already, where that differs.
    """

    method: str
    model: type[Model] | None = None
    right: str = ""
    open: bool = False
    empty: int = 200
    known: int = 0


DECLARED: dict[Callable, Needs] = {}


def _guard(view: View, needs: Needs, methods: tuple[str, ...], call: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not needs.open and request.actor is None:  # type: ignore[attr-defined]
            if request.path.startswith("/api/"):
                return JsonResponse({"error": "unauthorised"}, status=401)
            return redirect_to_login(request.get_full_path())
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        return call(request, *args, **kwargs)

    DECLARED[guarded] = needs
    return guarded


MOST_ROWS = 2**63 - 1
WATCHED: dict[type[Model], Callable[[Actor, Any], None]] = {}


def watch(model: type[Model], note: Callable[[Actor, Any], None]) -> None:
    """Has `note` told who asked for which row of `model` that is not his; the visitor sees 404 as ever."""
    WATCHED[model] = note


def _taken(model: type[Model], pk: Any, request: HttpRequest, right: str) -> Model:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(pk, int) and pk > MOST_ROWS:  # more than a database counts to: a number that never existed
        raise NotFound(model.__name__)
    try:
        return take(model, pk, actor, right)
    except NotFound:
        if model in WATCHED:
            WATCHED[model](actor, pk)
        raise


def page(
    model: type[Model] | None = None, right: str = "read", *, open: bool = False, empty: int = 200, known: int = 0
) -> Callable[[View], View]:
    """A page to read. With a model the view gets the row itself, taken with `right`, in place of its number."""

    def decorate(view: View) -> View:
        def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if model is None:
                return view(request, *args, **kwargs)
            return view(request, _taken(model, kwargs.pop("pk"), request, right), *args, **kwargs)

        return _guard(view, Needs("GET", model, right if model else "", open, empty, known), ("GET", "HEAD"), call)

    return decorate


def act(
    model: type[Model] | None = None, right: str = "", *, open: bool = False, empty: int = 422
) -> Callable[[View], View]:
    """A deed. The right is taken first, so that a foreign number says 404 whatever was posted; the verb takes it again
    inside its transaction, with the version that the visitor saw."""

    def decorate(view: View) -> View:
        def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if model is not None:
                _taken(model, kwargs["pk"], request, right)
            return view(request, *args, **kwargs)

        return _guard(view, Needs("POST", model, right, open, empty), ("POST",), call)

    return decorate


def both(read: View, write: View) -> View:
    """One address with a page and the deed of its form; each keeps its own declaration."""

    @wraps(read)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (write if request.method == "POST" else read)(request, *args, **kwargs)

    PAIRS[chosen] = (read, write)
    return chosen


PAIRS: dict[Callable, tuple[View, View]] = {}
