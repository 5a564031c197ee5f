"""The one upload gate: what passes, what is refused and in which words, and what is left on the disk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from dajian.service.access.errors import Refused
from dajian.service.files.actions import open_file, path_of, receive, store_bytes, store_path
from dajian.service.files.formats import LONGEST, SCANS, TABLES, WORKBOOK, clean_name
from dajian.service.files.models import File
from tests.service.actors import NOON, someone

PDF, PNG, JPEG = b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0...."
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings, db: None) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("企业").write(0, 0, "企业名称")
    book.close()
    return out.getvalue()


def give(name: str, data: bytes, allow: tuple[str, ...] = SCANS) -> File:
    return receive(SimpleUploadedFile(name, data), actor=someone(), allow=allow, at=NOON)


def on_disk(root: Path) -> list[Path]:
    return sorted(p for p in root.rglob("*") if p.is_file())


def test_a_workbook_is_kept_with_its_name_giver_and_hash(root: Path) -> None:
    data = workbook()
    file = give("福州企业.xlsx", data, TABLES)
    assert (file.name, file.type, file.size, file.account_id) == ("福州企业.xlsx", WORKBOOK, len(data), 1)
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    with open_file(file) as stream:
        assert stream.read() == data
    assert on_disk(root) == [root / file.sha256[:2] / file.sha256[2:]]


@pytest.mark.parametrize(("name", "data", "type"), [
    ("盖章.pdf", PDF, "application/pdf"), ("盖章.PNG", PNG, "image/png"), ("盖章.jpg", JPEG, "image/jpeg"),
    ("盖章.jpeg", JPEG, "image/jpeg"),
])  # fmt: skip
def test_a_scan_is_known_by_its_first_bytes(name: str, data: bytes, type: str) -> None:
    assert give(name, data).type == type


REFUSED = [
    ("盖章.pdf", PNG, SCANS, "内容不是PDF 文件"),
    ("盖章.png", JPEG, SCANS, "内容不是PNG 图片"),
    ("盖章.jpg", b"<html>", SCANS, "内容不是JPEG 图片"),
    ("盖章.svg", b"<svg/>", SCANS, "只接收：PDF 文件、PNG 图片、JPEG 图片"),
    ("盖章", PDF, SCANS, "没有扩展名"),
    ("盖章.pdf.exe", PDF, SCANS, ".exe"),
    ("盖章.pdf", b"", SCANS, "空文件"),
    ("企业.xls", OLE, TABLES, "另存为"),
    ("企业.et", OLE, TABLES, "另存为"),
    ("企业.xlsm", b"PK\x03\x04", TABLES, "另存为"),
    ("企业.xlsx", OLE, TABLES, "另存为"),
    ("企业.xlsx", b"PK\x03\x04 but no zip", TABLES, "已损坏"),
    ("企业.csv", b"a,b", TABLES, "另存为"),
]


@pytest.mark.parametrize(("name", "data", "allow", "told"), REFUSED, ids=[f"{n}: {t}" for n, _, _, t in REFUSED])
def test_what_is_refused_is_named_with_a_way_out_and_leaves_nothing(root, name, data, allow, told) -> None:
    with pytest.raises(Refused, match=told) as caught:
        give(name, data, allow)
    assert f"“{name}”" in caught.value.reasons[0]
    assert on_disk(root) == []
    assert not File.unscoped.exists()


def test_the_limit_holds_to_the_byte_whatever_size_was_told(root: Path, settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2**20
    head = PDF.ljust(2**20, b".")
    assert give("盖章.pdf", head).size == 2**20
    for told_size in (2**20 + 1, 10):  # the second lies
        upload = SimpleUploadedFile("盖章.pdf", head + b".")
        upload.size = told_size
        with pytest.raises(Refused, match="超过 1 MB"):
            receive(upload, actor=someone(), allow=SCANS, at=NOON)
    assert len(on_disk(root)) == 1


def test_an_upload_is_read_in_pieces(settings) -> None:
    upload = TemporaryUploadedFile("盖章.pdf", "application/pdf", 3 * 2**20, None)
    upload.write(PDF.ljust(3 * 2**20, b"."))
    upload.seek(0)
    pieces: list[int] = []
    chunks = upload.chunks

    def counted(size: int | None = None) -> Iterator[bytes]:
        for piece in chunks(size):
            pieces.append(len(piece))
            yield piece

    upload.chunks = counted  # type: ignore[assignment,method-assign]
    receive(upload, actor=someone(), allow=SCANS, at=NOON)
    assert len(pieces) > 10
    assert max(pieces) <= upload.DEFAULT_CHUNK_SIZE


def test_the_same_bytes_lie_on_the_disk_once_under_as_many_rows_as_came(root: Path) -> None:
    first, second = give("甲.pdf", PDF), give("乙.pdf", PDF)
    assert first.pk != second.pk
    assert path_of(first) == path_of(second)
    assert on_disk(root) == [path_of(first)]


def test_a_truncated_copy_is_mended_by_the_next_upload(root: Path) -> None:
    file = give("甲.pdf", PDF)
    path_of(file).chmod(0o640)
    path_of(file).write_bytes(PDF[:3])
    give("甲.pdf", PDF)
    assert path_of(file).read_bytes() == PDF


def test_what_the_service_makes_goes_the_same_way(root: Path, tmp_path: Path) -> None:
    (tmp_path / "made").write_bytes(b"\xef\xbb\xbf1,2")
    from_path = store_path(tmp_path / "made", "导出.csv", account_id=4, at=NOON)
    assert (from_path.type, from_path.account_id, from_path.size) == ("text/csv; charset=utf-8", 4, 6)
    assert (tmp_path / "made").exists()
    from_bytes = store_bytes("错误.xlsx", workbook(), account_id=None, at=NOON, classification="personal")
    assert (from_bytes.type, from_bytes.classification) == (WORKBOOK, "personal")


def test_a_name_of_unknown_ending_cannot_be_made(root: Path) -> None:
    with pytest.raises(KeyError):
        store_bytes("a.exe", b"x", account_id=None, at=NOON)
    assert on_disk(root) == []


@pytest.mark.parametrize(("given_name", "kept"), [
    ("../../etc/passwd", "passwd"),
    (r"C:\用户\名单.xlsx", "名单.xlsx"),
    ('a<b>:"c|?*.xlsx', "abc.xlsx"),
    ("\u202egpj.xlsx", "gpj.xlsx"),  # a mark that turns the reading direction
    ("  名单 \t 2019 .xlsx ", "名单 2019.xlsx"),
    ("名单\r\nX-Evil: 1.xlsx", "名单X-Evil 1.xlsx"),
    (".xlsx", "未命名.xlsx"),
    ("...", "未命名"),
    ("", "未命名"),
])  # fmt: skip
def test_names_are_made_harmless(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_one_line_of_bounded_length_and_stays_what_it_is(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= LONGEST
    assert clean.isprintable() or "\u3000" in clean
    assert not set('/\\:*?"<>|') & set(clean)
    assert clean_name(clean) == clean


def test_a_workbook_is_told_its_own_limit_at_once_and_a_scan_the_larger_one(root: Path) -> None:
    for name, allow, size, told in (("福州企业.xlsx", TABLES, 31, "超过 30 MB"), ("盖章.pdf", SCANS, 51, "超过 50 MB")):
        upload = SimpleUploadedFile(name, b"PK")
        upload.size = size * 2**20
        with pytest.raises(Refused, match=told):
            receive(upload, actor=someone(), allow=allow, at=NOON)
    head = PDF.ljust(31 * 2**20, b".")
    assert give("盖章.pdf", head).size == len(head)
