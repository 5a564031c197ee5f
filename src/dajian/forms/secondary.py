"""Secondary instances -> tables: choice lists inside the form, CSV, XML and GeoJSON files given beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dajian.forms.itext import Texts
from dajian.forms.model import Choice
from dajian.forms.safe_xml import BadXml, Element, local, parse_xml
from dajian.forms.tree import Node, assign_keys

Rows = list[dict[str, str]]


@dataclass
class Table:
    """Its shape (a root with one repeat of leaves) and its rows."""

    root: Node
    data: dict[str, Rows]
    _choices: dict[tuple[str, str], tuple[Choice, ...]] = field(default_factory=dict)

    @property
    def item(self) -> Node:
        return next(iter(self.root.children.values()))

    def choices(self, value: str, label: str) -> tuple[Choice, ...]:
        """The rows as choices; made once, since many questions may offer one long list."""
        if (value, label) not in self._choices:
            rows = self.data[self.item.key]
            made = (Choice(row.get(value, ""), row.get(label, "") or row.get(value, "")) for row in rows)
            self._choices[value, label] = tuple(made)
        return self._choices[value, label]


def read_tables(
    instances: Iterable[Element], texts: Texts, media: Mapping[str, bytes]
) -> tuple[dict[str, Table], dict[str, str]]:
    """Tables by id, and the files that are wanted but were not given (id -> file name)."""
    tables: dict[str, Table] = {}
    missing: dict[str, str] = {}
    for instance in instances:
        table_id, source = instance.get("id") or "", instance.get("src") or ""
        if source.endswith("last-saved"):
            tables[table_id] = table(table_id, "data", "item", [], ())
        elif source:
            file = source.rpartition("/")[2]
            if file in media:
                tables[table_id] = _from_file(table_id, file, media[file])
            else:
                missing[table_id] = file
        elif len(instance):
            tables[table_id] = _from_element(table_id, instance[0], texts)
    return tables, missing


def table(table_id: str, root: str, item: str, rows: Rows, columns: Iterable[str]) -> Table:
    top = Node(root, table=table_id)
    repeat = top.add(item, kind="repeat")
    for column in columns:
        repeat.add(column, kind="leaf")
    assign_keys(top)
    return Table(top, {item: rows})


def _from_element(table_id: str, root: Element, texts: Texts | None) -> Table:
    items = list(root)
    name = local(items[0]) if items else "item"
    rows = [_row(item, texts) for item in items if local(item) == name]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return table(table_id, local(root), name, rows, columns)


def _row(item: Element, texts: Texts | None) -> dict[str, str]:
    row = {local(part): (part.text or "").strip() for part in item}
    if texts and "itextId" in row:
        row.setdefault("label", texts.by_id.get(row["itextId"], ""))
    return row


def _from_file(table_id: str, file: str, data: bytes) -> Table:
    """Raises ValueError with a sentence where the file cannot be read."""
    kind = file.rpartition(".")[2].lower()
    try:
        if kind == "csv":
            reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
            rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
            return table(table_id, "root", "item", rows, [name for name in reader.fieldnames or () if name])
        if kind == "geojson":
            features = json.loads(data)["features"]
            rows = [
                {
                    key: str(value)
                    for key, value in {**feature.get("properties", {}), "id": feature.get("id", "")}.items()
                }
                for feature in features
            ]
            return table(table_id, "root", "item", rows, dict.fromkeys(key for row in rows for key in row))
        return _from_element(table_id, parse_xml(data), None)
    except (ValueError, KeyError, TypeError, csv.Error, BadXml) as fault:
        raise ValueError(f"文件「{file}」读不出来（{fault}），请检查格式，CSV 请存为 UTF-8") from fault
