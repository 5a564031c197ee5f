"""The data dictionary (字段说明) of an item's registry, made from its questionnaires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dajian.service.registry.exporting import Column, Table

HEADER = ("表", "字段名", "名称", "类型", "单位", "选项", "必填", "来源")
KINDS = {"text": "文本", "integer": "整数", "decimal": "小数", "date": "日期"}


def about(column: Column) -> dict[str, str]:
    """What is told of a column, by the words of HEADER; what it has not is left out."""
    told = {
        "名称": column.label,
        "类型": KINDS[column.kind] + ("（按权限显示完整号码）" if column.private else ""),
        "单位": column.unit,
        "选项": "；".join(column.choices),
        "必填": "是" if column.required else "",
        "来源": column.source,
    }
    return {word: text for word, text in told.items() if text}


def fields(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """One row a column of each table, under HEADER."""
    for table in tables:
        for column in table.columns:
            told = {"表": table.name, "字段名": column.name, **about(column)}
            yield tuple(told.get(word, "") for word in HEADER)
