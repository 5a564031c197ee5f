"""What the upload gate lets through and what it refuses, and that a refusal says what to do."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from dajian.tables import gate
from dajian.tables.faults import Unreadable
from dajian.tables.gate import check_workbook
from tests.tables.archives import SHEET, changed, with_cells, workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504


def refusal(content: bytes, name: str = "填报.xlsx") -> str:
    with pytest.raises(Unreadable) as caught:
        check_workbook(BytesIO(content), name)
    return caught.value.message


def test_a_plain_workbook_passes_from_a_path_and_from_a_stream(tmp_path):
    path = tmp_path / "填报.XLSX"
    path.write_bytes(workbook())
    check_workbook(path)
    check_workbook(BytesIO(workbook()), "填报.xlsx")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("a.xlsm", "宏"),
        ("a.xls", "旧版"),
        ("a.et", "WPS"),
        ("a.csv", "走样"),
        ("a.xlsb", "二进制"),
        ("a", "不是"),
        ("a.xlsx.exe", "不是"),
    ],
)
def test_other_endings_are_refused_with_the_way_out(name, word):
    message = refusal(workbook(), name)
    assert word in message
    assert "另存为" in message


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        ("名称,数量\n甲,1\n".encode("gb18030"), "不是 Excel 工作簿"),
        (b"<html><table/></html>", "不是 Excel 工作簿"),
        (OLE, "旧版 Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (workbook()[:500], "损坏"),
        (b"PK\x03\x04" + b"\0" * 100, "损坏"),
    ],
)
def test_what_is_no_workbook_inside_is_refused_by_what_it_is(content, word):
    assert word in refusal(content)


def test_a_zip_that_is_no_workbook_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "xl/workbook.xml" in refusal(out.getvalue())


def test_macros_under_another_ending_are_refused():
    assert "宏" in refusal(changed(workbook(), more={"xl/vbaProject.bin": b"x"}))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl\\..\\evil.xml", "C:/evil.xml", "xl/../../evil.xml"])
def test_members_that_point_elsewhere_are_refused(name):
    assert "路径" in refusal(changed(workbook(), more={name: b"<x/>"}))


def test_members_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        content = changed(workbook(), more={SHEET: b"<worksheet/>"})
    assert "重名" in refusal(content)
    assert "重名" in refusal(changed(workbook(), more={"XL/Workbook.xml": b"<x/>"}))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE a [<!ENTITY b "boom">]>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE a [<!ENTITY a0 "ha"><!ENTITY a1 "&a0;&a0;">]>',
    ],
)
@pytest.mark.parametrize("member", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"])
def test_xml_with_entities_is_refused_in_any_member(member, declaration):
    def change(name: str, body: bytes) -> bytes:
        return body.replace(b"?>", b"?>" + declaration, 1) if name == member else body

    assert "实体" in refusal(changed(workbook(), change))


def test_entities_hidden_in_another_encoding_are_refused():
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")
    assert "UTF-8" in refusal(changed(workbook(), lambda n, b: xml if n == SHEET else b))


def test_a_bomb_is_refused_by_what_it_unpacks_to():
    bomb = b"<worksheet><sheetData>" + b" " * (20 * 2**20) + b"</sheetData></worksheet>"
    assert "压缩比" in refusal(changed(workbook(), lambda n, b: bomb if n == SHEET else b))
    parts = {f"xl/media/{i}.bin": bytes(bytearray(range(256))) * 40_000 for i in range(12)}
    assert "解压后" in refusal(changed(workbook(), more=parts))


def test_a_bomb_that_lies_about_its_size_is_refused():
    """Python stops at the size that the header names; other readers follow the stream."""
    bomb = b"<worksheet><sheetData>" + b" " * (20 * 2**20) + b"</sheetData></worksheet>"
    content = bytearray(changed(workbook(), lambda n, b: bomb if n == SHEET else b))
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = content.index(b"PK\x01\x02", at + 4)
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    assert "压缩比" in refusal(bytes(content))


def test_a_changed_byte_is_a_damaged_file():
    content = bytearray(workbook())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        item = archive.getinfo("xl/theme/theme1.xml")
    content[item.header_offset + 60] ^= 0xFF
    assert "损坏" in refusal(bytes(content))


def test_too_many_members_are_refused():
    assert "部件" in refusal(changed(workbook(), more={f"xl/media/{i}.png": b"" for i in range(gate.MAX_MEMBERS)}))


@pytest.mark.parametrize("count", ["4294967296", "99999999999999999999"])
def test_a_list_said_to_be_endless_is_refused_before_room_is_made_for_it(count):
    """A reader that trusts it dies, and takes its process along."""

    def change(name: str, body: bytes) -> bytes:
        return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="%s"' % count.encode(), body)

    assert "损坏" in refusal(changed(workbook(), change))


@pytest.mark.parametrize("address", ["A4999999999999999999996", "A-1", "1", "", "ABCD1", "$A$1"])
def test_a_cell_whose_address_is_none_is_refused(address):
    assert "损坏" in refusal(with_cells(f'<row><c r="{address}9"><v>1</v></c></row>'))


@pytest.mark.parametrize(
    "cell",
    ['<c r="XFD1048576"><v>1</v></c>', '<c s="1" r="ZZ99999"><v>1</v></c>', "<x:c r='XFD9000'><v>1</v></x:c>"],
)
def test_one_far_cell_is_refused_before_it_costs_gigabytes(cell):
    content = with_cells(f"<row>{cell}</row>")
    assert "Ctrl+End" in refusal(content)


def test_a_far_cell_without_content_is_no_fault():
    check_workbook(BytesIO(with_cells('<row r="1048576"><c r="XFD1048576" s="1"/></row>')), "填报.xlsx")


def test_cells_without_address_are_counted_too():
    assert "范围过大" in refusal(
        with_cells("<row>" + "".join(f"<c><v>{i}</v></c>" for i in range(1_500_001)) + "</row>")
    )


def test_one_long_text_in_many_cells_is_refused():
    long = workbook([["长" * 30_000]] + [["长" * 30_000] * 20 for _ in range(200)])
    strings = BytesIO(long)
    with zipfile.ZipFile(strings) as archive:
        assert archive.getinfo("xl/sharedStrings.xml").file_size < 100_000
    assert "文字总量" in refusal(long)


def test_a_range_merged_over_the_whole_sheet_is_refused_and_a_long_title_is_not():
    """Readers that make every covered cell would fill the memory."""

    def merged(area: str) -> bytes:
        end = b'</sheetData><mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % area.encode()
        return changed(workbook(), lambda n, b: b.replace(b"</sheetData>", end) if n == SHEET else b)

    assert "合并" in refusal(merged("A1:XFD1048576"))
    check_workbook(BytesIO(merged("A1:XFD1")), "填报.xlsx")


def test_sixty_megabytes_are_refused_without_unpacking_them():
    content = BytesIO(workbook() + b"\0" * (60 * 2**20))
    with pytest.raises(Unreadable, match="60 MB"):
        check_workbook(content, "填报.xlsx")


def test_memory_stays_within_bounds_for_the_largest_workbook_that_passes(tmp_path):
    """Read in a process of its own: 50 000 rows of 29 columns, half of them different texts."""
    path = tmp_path / "大.xlsx"
    text = '<c t="inlineStr"><is><t>{0}文字{1}</t></is></c>'
    rows = ("".join(text.format(r, c) if c % 2 else f"<c><v>{r}.5</v></c>" for c in range(29)) for r in range(50_000))
    path.write_bytes(with_cells("".join(f"<row>{row}</row>" for row in rows)))
    code = (  # VmHWM: what getrusage tells would hold the size of the tests' own process too
        "import re, sys; from dajian.tables.read import read_workbook\n"
        "rows = len(read_workbook(sys.argv[1]).sheets[0].rows)\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())\n"
        "print(rows, int(peak[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    rows, megabytes = map(int, done.stdout.split())
    assert rows > 50_000
    assert megabytes < 500, megabytes
