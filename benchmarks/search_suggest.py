"""A suggestion of the search box while one types: the whole request, by Django's test client."""

from __future__ import annotations

from functools import partial

from benchmarks import registry_list
from benchmarks.databases import on_both
from benchmarks.rows import Row, median_s

SIZES = (10_000, 100_000)
LIMIT_MS = 20
ASKED = [  # who, what for, text
    ("province", "拼音首字母", "hddj"),
    ("province", "拼音一字母", "h"),
    ("province", "拼音全拼", "fuzhouhongda"),
    ("province", "地名", "福州"),
    ("province", "每家都有的词", "有限公司"),
    ("province", "名称三字", "顺达大"),
    ("province", "代码后六位", "007919"),
    ("province", "手机尾号", "1234"),
    ("province", "两词", "厦门 重型"),
    ("province", "查无结果", "不存在的企业"),
    ("city", "本市地名", "福州"),
    ("city", "外市地名", "厦门"),
    ("county", "本县查词", "运输"),
]


def measure() -> list[Row]:
    return on_both("benchmarks.search_suggest")


def on_database() -> list[Row]:
    item_id = registry_list.build(SIZES[0])
    few = _taken(SIZES[0])
    registry_list.grow(item_id, *SIZES)
    return few + _taken(SIZES[1])


def _taken(size: int) -> list[Row]:
    found = []
    for who, what, text in ASKED:
        ask = partial(registry_list.client(who).get, "/search/suggest", {"find": text})
        options = ask().content.count(b'role="option"')
        took = 1000 * median_s(ask, times=3)
        found.append(
            Row(f"search suggestion: {what} ({who}), {size:,} units", took, "ms", LIMIT_MS, f"{options} shown")
        )
    return found
