"""The English texts: `python -m dajian.service.translations` renews locale/en from the source; `… compile` alone builds
the .mo that Django reads. A msgid is the Chinese text itself; babel stands in for GNU's tools, which few machines have.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Function → places of its texts among the arguments.
SINGULAR, PLURAL = (1,), (1, 2)
KEYWORDS = dict.fromkeys(("_", "N_", "gettext", "gettext_lazy", "gettext_noop"), SINGULAR) | {"ngettext": PLURAL}
# Of the .po's head what would differ from one machine or day to the next.
DATED = "POT-Creation-Date PO-Revision-Date Last-Translator Generated-By Project-Id-Version Language-Team"
VOLATILE = tuple(f'"{name}:'.encode() for name in DATED.split())
HEADER = "# English texts of dajian; the msgids are the Chinese ones. Renew with python -m dajian.service.translations."

Msgid = str | tuple[str, ...]  # with its plural


def extracted() -> set[Msgid]:
    """Every text of the service that is marked for translation, in Python and in templates."""
    found: set[Msgid] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        found |= set(_calls(path.read_text(encoding="utf-8")))
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        found |= set(of_template(path.read_text(encoding="utf-8"), str(path)))
    return found


def of_template(source: str, name: str = "") -> Iterator[Msgid]:
    """The marked texts of a template. Django makes Python of it, whose indents mean nothing."""
    calls = templatize(source, origin=name)
    yield from _calls("\n".join(line.strip() for line in calls.splitlines()))


def _calls(python: str) -> Iterator[Msgid]:
    for message in extract("python", io.BytesIO(python.encode()), KEYWORDS):
        yield message[1]


def catalog() -> Catalog:
    """The .po as it stands."""
    with ENGLISH.open("rb") as stream:
        return read_po(stream, locale="en")


def renewed(old: Catalog) -> Catalog:
    """What the source holds today, with the English there is; texts that are gone are left out."""
    new = Catalog(locale="en", header_comment=HEADER, charset="utf-8", fuzzy=False)
    for msgid in extracted():
        known = old.get(msgid[0] if isinstance(msgid, tuple) else msgid)
        new.add(msgid, known.string if known and known.id == msgid else None)
    return new


def renew() -> list[str]:
    """Writes the .po anew; returns the texts that still lack an English one."""
    new = renewed(catalog())
    out = io.BytesIO()
    write_po(out, new, width=0, sort_output=True)
    lines = [line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(VOLATILE)]
    ENGLISH.write_bytes(b"".join(lines))
    return lacking(new)


def lacking(texts: Catalog) -> list[str]:
    """The msgids without an English text, or without one of its two numbers."""
    told = [(one, [one.string] if isinstance(one.string, str) else one.string or [""]) for one in texts if one.id]
    return [str(one.id) for one, strings in told if not all(strings)]


def build() -> None:
    """Compiles the .po where it is newer than the .mo; at once, for readers that are at it."""
    target = ENGLISH.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= ENGLISH.stat().st_mtime_ns:
        return
    part = target.with_suffix(f".{os.getpid()}")
    with part.open("wb") as stream:
        write_mo(stream, catalog())
    part.replace(target)


if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        for msgid in renew():
            print(f"no English: {msgid}")
    build()
