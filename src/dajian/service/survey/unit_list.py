"""A list of units as a workbook: found by its headers, whatever else stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from stdnum.cn import uscc

from dajian.service.campaign.models import Item
from dajian.service.registry.subjects import Kind, kind_of
from dajian.service.survey.importing import Met
from dajian.tables.faults import Fault, Unreadable
from dajian.tables.gate import Source
from dajian.tables.read import Sheet, Value, address, read_workbook
from dajian.tables.write import Sheet as SheetOut
from dajian.tables.write import write_xlsx

HEADS = {
    "name": ("单位全称", "单位名称", "企业名称", "名称", "项目名称", "单位"),
    "code": ("统一社会信用代码", "信用代码", "社会信用代码", "投资项目代码", "项目代码", "代码"),
    "area": ("所属区域", "所属县（市、区）", "县（市、区）", "县区", "所属县区", "区县", "所在区县", "区域"),
}
REQUIRED = ("name", "area")
SEARCHED = 20  # rows in which the header is looked for


@dataclass(frozen=True)
class Listing:
    met: tuple[Met, ...]
    problems: tuple[Fault, ...]


def read_list(source: Source, item: Item, areas: Mapping[str, str], *, name: str) -> Listing:
    """The rows of the first sheet that has the headers. `areas`: names and codes of areas → code.

    Raises Unreadable: no such sheet. A faulty row is left out whole and each of its faults told.
    """
    for sheet in read_workbook(source, name).sheets:
        found = _header(sheet)
        if found:
            return _rows(sheet, *found, item, areas)
    named, code, area = heads(kind_of(item.subject_role))
    raise Unreadable(name, f"没有找到名单：表头须有“{named}”“{area}”两栏（可另有“{code}”）。请下载模板对照后重新上传。")


def heads(kind: Kind) -> tuple[str, str, str]:
    """The headers of a list's template: name, code, area."""
    return kind.name, kind.code, HEADS["area"][0]


def _plain(value: Value) -> str:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return "".join(text.split()).translate(str.maketrans("()", "（）"))


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for n, row in enumerate(sheet.rows[:SEARCHED]):
        titles = [_plain(cell).rstrip("＊*") for cell in row]
        columns = {
            key: titles.index(hit)
            for key, words in HEADS.items()
            if (hit := next((w for w in words if w in titles), ""))
        }
        if all(key in columns for key in REQUIRED):
            return n, columns
    return None


def _rows(sheet: Sheet, header: int, columns: dict[str, int], item: Item, areas: Mapping[str, str]) -> Listing:
    met: list[Met] = []
    problems: list[Fault] = []
    seen: dict[str, int] = {}
    titles = [_plain(cell) for cell in sheet.rows[header]]
    for n, row in enumerate(sheet.rows[header + 1 :], start=header + 1):
        values = {key: _plain(row[column]) for key, column in columns.items()}
        if not values["name"]:
            continue
        area = areas.get(values["area"], "")
        code = values.get("code", "").upper()
        twin = seen.setdefault(code or f"{values['name']}@{area}", n)
        faults = list(_faults(kind_of(item.subject_role), values, code, area, twin, n))
        problems += [Fault(sheet.name, address(n, columns[key]), kind, message) for key, kind, message in faults]
        if not faults:
            record = {item.keys["name"]: values["name"], item.keys["code"]: code, item.keys["area"]: area}
            raw = {title: str(cell) for title, cell in zip(titles, row, strict=False) if title and cell != ""}
            met.append(Met(sheet.name, n + 1, {k: v for k, v in record.items() if v}, raw))
    return Listing(tuple(met), tuple(problems))


def _faults(
    kind: Kind, values: dict[str, str], code: str, area: str, twin: int, n: int
) -> Iterator[tuple[str, str, str]]:
    if not 2 <= len(values["name"]) <= kind.longest:
        yield "name", "constraint", f"{kind.name}“{values['name'][:20]}”应为2至{kind.longest}个字。"
    if not area:
        yield "area", "choice", f"“{values['area'] or '空'}”不是本次活动的县（市、区），请填写全称，例如“连江县”。"
    if kind.organisation and len(code) == 18 and not uscc.is_valid(code):
        yield "code", "constraint", f"统一社会信用代码“{code}”校验不符，请核对。"
    if code and len(code) != 18 and "E+" in code:
        yield "code", "lost_digits", "代码被存成了数字，末几位已丢失。请把该列设为文本格式后重新填写。"
    if twin != n:
        yield "name", "twin", f"与第{twin + 1}行是同一{kind.counter}{kind.thing}，请删去一行。"


def template_bytes(item: Item, rows: list[list[Any]]) -> bytes:
    """The list to fill in, with a sheet of notes, in the words of its kind of units."""
    out = BytesIO()
    kind = kind_of(item.subject_role)
    named, code, area = heads(kind)
    notes = [
        [f"一行一{kind.counter}{kind.thing}；“{named}”“{area}”必填。"],
        [f"{area}填{'市或县（市、区）' if 'city' in kind.levels else '县（市、区）'}的全称，例如“连江县”。"],
        [f"{code}暂不清楚可空着，以后补上时按名称和区域合并。"],
        ["表中另加的栏目原样保留，不影响导入。再次导入同一名单只更新，不会重复。"],
    ]
    write_xlsx(
        out,
        [
            SheetOut(f"{item.unit_word}名单", [named, code, area, "地址", "备注"], rows, (36, 24, 16, 36, 24)),
            SheetOut("填写说明", ["说明"], notes, (90,)),
        ],
    )
    return out.getvalue()
