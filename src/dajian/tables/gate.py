"""The one gate for workbooks from outside: what passes it can be read within a fixed amount of memory.

A workbook is a zip of XML. Every member is unpacked once, in turn, and looked at before any parser sees it.
"""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from lxml import etree

from dajian.tables.faults import Unreadable
from dajian.tables.sheet_xml import SheetFacts, expanded_text, percent_styles, scan, string_sizes

MAX_FILE = 30 * 2**20
MAX_UNPACKED = 100 * 2**20
MAX_MEMBERS = 2_000
MAX_RATIO = 400  # a sheet of equal rows reaches 150; looked at only above RATIO_FROM
RATIO_FROM = 8 * 2**20
MAX_CELLS = 1_500_000  # 50 000 rows of 30 columns
MAX_COUNT = 2_000_000  # a list said to be longer: readers make room for it before they look
MAX_SPREAD = 300_000
MAX_TEXT = 150 * 2**20

Source = str | Path | BinaryIO

_SAVE_AS = "请用 Excel 或 WPS 打开后「另存为」Excel 工作簿（.xlsx）再上传。"
_BROKEN = "文件已损坏，无法打开。" + _SAVE_AS
_SUFFIXES = {
    ".xlsm": "是带宏的工作簿（.xlsm），不能接收。",
    ".xltx": "是 Excel 模板文件（.xltx），不能接收。",
    ".xltm": "是带宏的模板文件（.xltm），不能接收。",
    ".xlsb": "是二进制工作簿（.xlsb），不能接收。",
    ".xls": "是旧版 Excel 文件（.xls），不能接收。",
    ".et": "是 WPS 表格文件（.et），不能接收。",
    ".ett": "是 WPS 模板文件（.ett），不能接收。",
    ".ods": "是 OpenDocument 表格（.ods），不能接收。",
    ".csv": "是文本文件（.csv），长号码和日期会走样，不能接收。",
    ".txt": "是文本文件（.txt），不能接收。",
}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    etree.XMLSyntaxError,
)
_XML_NAMES = (".xml", ".rels", ".vml")
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*\+?(\d+)""")
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedstrings.xml"  # in lower case
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def check_workbook(source: Source, name: str | None = None) -> None:
    """Raise Unreadable, in Chinese with what to do, unless `source` is a harmless .xlsx workbook.

    name: the name under which it came, needed for a file object; its ending is judged, not trusted.
    """
    inspect(source, name)


def inspect(source: Source, name: str | None = None) -> dict[str, SheetFacts]:
    """Check as `check_workbook` does and return what was seen of each worksheet, by member name."""
    called = name or (str(source) if isinstance(source, str | Path) else "")
    suffix = PurePosixPath(called.replace("\\", "/")).suffix.lower()
    if suffix != ".xlsx":
        raise Unreadable(called, _SUFFIXES.get(suffix, "不是 Excel 工作簿（.xlsx），不能接收。") + _SAVE_AS)
    with opened(source, called) as stream:
        _check_outside(stream, called)
        try:
            with zipfile.ZipFile(stream) as archive:
                return _check_inside(archive, called)
        except _DAMAGED as error:
            raise Unreadable(called, _BROKEN) from error


@contextmanager
def opened(source: Source, called: str = "") -> Iterator[BinaryIO]:
    """The source as a stream at its beginning; a stream that was passed in stays open."""
    if isinstance(source, str | Path):
        try:
            stream = open(source, "rb")  # noqa: SIM115 - closed below
        except OSError as error:
            raise Unreadable(called or source, f"打不开文件（{error.strerror}）。请核对文件名和路径。") from error
        with stream:
            yield stream
    else:
        source.seek(0)
        yield source
        source.seek(0)


def _check_outside(stream: BinaryIO, name: str) -> None:
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > MAX_FILE:
        raise Unreadable(
            name,
            f"文件有 {size / 2**20:.0f} MB，超过 {MAX_FILE // 2**20} MB。请删去图片和多余的工作表，或分成几个文件。",
        )
    head = stream.read(8)
    if head == _OLE:
        stream.seek(0)
        if _ENCRYPTED in stream.read():
            raise Unreadable(
                name, "工作簿设有打开密码，无法读取。请在 Excel 中取消密码（文件—信息—保护工作簿）后再上传。"
            )
        raise Unreadable(name, "内容是旧版 Excel 或 WPS 格式，只是文件名改成了 .xlsx。" + _SAVE_AS)
    if not head.startswith(b"PK"):
        raise Unreadable(name, ("文件是空的。" if not size else "内容不是 Excel 工作簿。") + _SAVE_AS)
    stream.seek(0)


def _check_inside(archive: zipfile.ZipFile, name: str) -> dict[str, SheetFacts]:
    members = archive.infolist()
    _check_names(members, name)
    if sum(m.file_size for m in members) > MAX_UNPACKED:
        raise _too_big(name)
    lower = {m.filename.lower(): m for m in members}
    room = MAX_UNPACKED
    shared = {part: _unpack(archive, lower[part], room, name) for part in (_STYLES, _STRINGS) if part in lower}
    percent, sizes = percent_styles(shared.get(_STYLES, b"")), string_sizes(shared.get(_STRINGS, b""))
    facts: dict[str, SheetFacts] = {}
    cells = text = 0
    for member in members:
        body = _unpack(archive, member, room, name)
        room -= len(body)
        if not _SHEET.fullmatch(member.filename):
            continue
        if not body.rstrip().endswith((b"worksheet>", b"dialogsheet>", b"macrosheet>")):  # cut off, unseen by calamine
            raise Unreadable(name, _BROKEN)
        seen = facts[member.filename] = scan(body, percent)
        cells += max(seen.rows * seen.columns, seen.cells)
        if seen.spread > MAX_SPREAD:
            raise Unreadable(name, "合并单元格的范围过大。请取消合并（选中整张表，点「取消单元格合并」）后再上传。")
        if cells > MAX_CELLS:
            raise Unreadable(
                name,
                f"表格范围过大（到第 {seen.rows} 行、第 {seen.columns} 列）。"
                "请删去表格以外很远处的内容（按 Ctrl+End 可找到），或分成几个文件。",
            )
        if max(sizes, default=0) * seen.cells > MAX_TEXT:  # else it cannot be too much
            text += expanded_text(body, sizes)
        if text > MAX_TEXT:
            raise Unreadable(name, "单元格里的文字总量过大。请删去过长的文字，或分成几个文件。")
    return facts


def _check_names(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise Unreadable(name, f"压缩包内有 {len(members)} 个部件，不是普通的工作簿。" + _SAVE_AS)
    names = [m.filename for m in members]
    lower = {n.lower() for n in names}
    if len(lower) < len(names):
        raise Unreadable(name, "压缩包内有重名部件，不能接收。" + _SAVE_AS)
    for part in names:
        if part.startswith("/") or "\\" in part or ":" in part or "\0" in part or ".." in part.split("/"):
            raise Unreadable(name, "压缩包内有指向别处的路径，不能接收。" + _SAVE_AS)
    for member in members:
        if member.flag_bits & 0x1:
            raise Unreadable(name, "压缩包设有密码，无法读取。" + _SAVE_AS)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(name, "压缩方式不是 Excel 所用的，不能接收。" + _SAVE_AS)
    if any(part.endswith("vbaproject.bin") for part in lower):
        raise Unreadable(name, "含有宏，只是文件名改成了 .xlsx，不能接收。" + _SAVE_AS)
    if not {"[content_types].xml", "xl/workbook.xml"} <= lower:
        raise Unreadable(name, "不是 Excel 工作簿（缺少 xl/workbook.xml）。" + _SAVE_AS)


def _too_big(name: str) -> Unreadable:
    return Unreadable(
        name, f"解压后超过 {MAX_UNPACKED // 2**20} MB 或压缩比异常，不能接收。请删去图片和空白格式，或分成几个文件。"
    )


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int, name: str) -> bytes:
    """The member's true content: as long as its stream says, not its header, since other readers follow the stream."""
    honest = copy.copy(member)
    honest.file_size, honest.CRC = room + 1, None  # type: ignore[assignment]  # no stop and no check at the header's size
    with archive.open(honest) as stream:
        body = stream.read(room + 1)
    if len(body) > room or (len(body) > RATIO_FROM and len(body) > MAX_RATIO * max(1, member.compress_size)):
        raise _too_big(name)
    if len(body) != member.file_size or zlib.crc32(body) != member.CRC:
        raise Unreadable(name, _BROKEN)
    if member.filename.lower().endswith(_XML_NAMES):
        if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in body[:256]:
            raise Unreadable(name, "内部文件的编码不是 UTF-8，不能接收。" + _SAVE_AS)
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise Unreadable(name, "内部文件含有 XML 实体定义，不能接收。" + _SAVE_AS)
        if any(int(number) > MAX_COUNT for number in _COUNT.findall(body)):
            raise Unreadable(name, _BROKEN)
    return body
