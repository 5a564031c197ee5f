"""The kinds of file that may come in: known by their ending, believed by their content."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.errors import Refused
from dajian.tables.faults import Unreadable
from dajian.tables.gate import MAX_FILE, check_workbook

LONGEST = 120
FORBIDDEN = set('\\/:*?"<>|')


@dataclass(frozen=True)
class Format:
    name: str  # as people call it
    type: str  # media type
    check: Callable[[Path, str], None]  # (bytes, name they came under); raises Refused
    most: int | None = None  # bytes, where it may have fewer than any upload


def _workbook(path: Path, name: str) -> None:
    try:
        check_workbook(path, name)
    except Unreadable as error:
        raise Refused(f"“{name}”{error.message}") from error


def _begins(called: str, *signatures: bytes) -> Callable[[Path, str], None]:
    def check(path: Path, name: str) -> None:
        with path.open("rb") as stream:
            head = stream.read(16)
        if not head.startswith(signatures):
            raise Refused(
                _("“%(name)s”的内容不是%(called)s，可能只改了文件名。请重新扫描或导出为%(called)s后再上传。")
                % {"name": name, "called": _(called)}
            )

    return check


def _image(called: str, type: str, signature: bytes) -> Format:
    return Format(called, type, _begins(called, signature))


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JPEG = _image(N_("JPEG 图片"), "image/jpeg", b"\xff\xd8\xff")
FORMATS: dict[str, Format] = {
    "xlsx": Format(N_("Excel 工作簿（.xlsx）"), WORKBOOK, _workbook, MAX_FILE),
    "pdf": Format(N_("PDF 文件"), "application/pdf", _begins(N_("PDF 文件"), b"%PDF-")),
    "png": _image(N_("PNG 图片"), "image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
}
TABLES = ("xlsx",)
SCANS = ("pdf", "png", "jpg", "jpeg")
GENERATED = {"csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip"} | {
    e: f.type for e, f in FORMATS.items()
}


def ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().lstrip(".")


def format_of(name: str, allow: tuple[str, ...]) -> Format:
    """The format that the name's ending announces. Refused: not among `allow`."""
    found = ending(name)
    if found in allow:
        return FORMATS[found]
    if "xlsx" in allow:
        _workbook(Path(name), name)  # knows what each other table program's files are called, and the way out
    wanted = _("、").join(dict.fromkeys(_(FORMATS[e].name) for e in allow))
    if not found:
        raise Refused(_("“%(name)s”是没有扩展名的文件，这里只接收：%(wanted)s。") % {"name": name, "wanted": wanted})
    told = {"name": name, "ending": found, "wanted": wanted}
    raise Refused(_("“%(name)s”是 .%(ending)s 文件，这里只接收：%(wanted)s。") % told)


def clean_name(given: str) -> str:
    """A name fit for any system: no folders, control or direction marks, at most 120 characters, its ending kept."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in FORBIDDEN)
    stem, dot, end = " ".join(kept.split()).rpartition(".")
    stem, end = (stem, end.strip()[:10].strip()) if dot else (end, "")
    tail = f".{end}" if end else ""
    return (stem.strip(". ")[: LONGEST - len(tail)].strip(". ") or "未命名") + tail
