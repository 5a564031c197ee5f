"""Where the server and the browser's engine differ about a submission.

How many rows a repeat must have is the server's alone (an XForm does not say it), so `count` is left out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lxml import etree

from dajian.forms.evaluate import validate
from dajian.forms.instance import write
from dajian.forms.model import Form
from tests.forms.against_browser_engine import engine
from tests.forms.against_browser_engine.engine import Found

CODES = {"required": "required", "constraint": "constraint", "type": "dropped", "choice": "dropped"}
Record = dict[str, Any]
AT_ONCE = 100  # submissions a process of the engine, which keeps them all in memory


def differences(form: Form, records: list[Record], *, now: datetime, xform: bytes = b"") -> list[str]:
    """A line for each submission that is not judged alike. xform: what the browser is given, the form's if left out."""
    submissions = [write(form, record, instance_id=f"uuid:{n}") for n, record in enumerate(records)]
    parts = [submissions[start : start + AT_ONCE] for start in range(0, len(submissions), AT_ONCE)]
    theirs = [found for part in parts for found in engine.judge(xform or form.xml, part, now=now)]
    ours = [of_server(form, record, now) for record in records]
    return [f"{n}: {told}" for n, pair in enumerate(zip(ours, theirs, strict=True)) if (told := _told(*pair))]


def of_server(form: Form, record: Record, now: datetime) -> Found:
    """The server's verdict in the engine's terms."""
    verdict = validate(form, record, on=now.date(), at=now)
    faults = frozenset((p.path, CODES[p.code]) for p in verdict.problems if p.code != "count")
    values: dict[str, str] = {}
    root = etree.fromstring(write(form, verdict.record, instance_id="uuid:0"))
    _collect(root, f"/{root.tag}", {repeat.path for repeat in form.repeats}, "", values)
    return Found(faults, values)


def _collect(element: etree._Element, path: str, repeats: set[str], plain: str, values: dict[str, str]) -> None:
    """Texts by path, rows with their places. plain: the path around without places."""
    plain = plain or path
    met: dict[str, int] = {}
    for part in element:
        name = etree.QName(part).localname
        met[name] = met.get(name, 0) + 1
        place = f"[{met[name]}]" if f"{plain}/{name}" in repeats else ""
        if len(part):
            _collect(part, f"{path}/{name}{place}", repeats, f"{plain}/{name}", values)
        elif part.text:
            values[f"{path}/{name}{place}"] = part.text


def _told(ours: Found, theirs: Found) -> str:
    """What differs, for people. What may rest on an answer that was not taken is not compared."""
    if refused := ours.dropped | theirs.dropped:
        missed = theirs.dropped - ours.dropped if ours.dropped and theirs.dropped else refused
        return "; ".join(
            f"only {'the engine' if path in theirs.dropped else 'the server'} refuses {path}" for path in sorted(missed)
        )
    told = [f"only the server: {fault}" for fault in sorted(ours.faults - theirs.faults)]
    told += [f"only the engine: {fault}" for fault in sorted(theirs.faults - ours.faults)]
    for path in sorted(ours.values.keys() | theirs.values.keys()):
        one, other = ours.values.get(path, ""), theirs.values.get(path, "")
        if "/meta/" not in path and not _alike(one, other):
            told.append(f"{path}: server {one!r}, engine {other!r}")
    return "; ".join(told)


def _alike(one: str, other: str) -> bool:
    """Choices in another order and numbers in another spelling are the same."""
    ours, theirs = sorted(one.split()), sorted(other.split())
    return one == other or len(ours) == len(theirs) > 0 and all(map(_same_word, ours, theirs))


def _same_word(one: str, other: str) -> bool:
    try:
        return one == other or abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)))
    except ValueError:
        return False
