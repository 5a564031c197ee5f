"""The papers on bridges as HTML pages without outside files; figures stand as they do in the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dajian.documents.bridge_words import VERDICT_WORDS, shown
from dajian.engine.bridge.screen import SCREENING, VERDICTS


def sheet_html(data: Mapping[str, Any]) -> str:
    """Either paper as one HTML page without outside files."""
    body = _one_html(data) if "effects" in data else _many_html(data)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(data['title'])}</title><style>{_STYLE}</style>"
        f"</head><body><main><p class=mark>{SCREENING}</p><h1>{escape(data['title'])}</h1>"
        f"<p>{escape(data['notice'])}</p>{body}<p>依据：{escape(data['basis'])}。取值：{escape(data['policy'])}。"
        f"以 {escape(data['on'])} 为准。</p></main></body></html>"
    )


_STYLE = (
    "body{font:15px/1.6 'Noto Sans SC',sans-serif;margin:0;color:#1f2933}"
    "main{max-width:60rem;margin:auto;padding:1rem}table{border-collapse:collapse;width:100%;margin:.5rem 0}"
    "td,th{border-bottom:1px solid #cbd5e1;padding:.25rem .5rem;"
    "text-align:left}.n{text-align:right;font-variant-numeric:tabular-nums}.mark{float:right;border:2px solid #b91c1c;"
    "color:#b91c1c;padding:0 .6rem;font-weight:700}h1{font-size:1.4rem}h2{font-size:1.05rem}svg{width:100%;height:auto}"
    ".verdict{font-size:1.2rem;font-weight:700}"
)


def _html_table(head: Sequence[str], rows: Sequence[Sequence[Any]], digits: Sequence[int] = ()) -> str:
    """digits: of the last columns; 3 where nothing is said."""

    def cell(value: Any, decimals: int) -> str:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return f"<td{' class=n' if number else ''}>{escape(shown(value, decimals))}</td>"

    def line(row: Sequence[Any]) -> str:
        decimals = (*[3] * (len(row) - len(digits)), *digits)
        return "<tr>" + "".join(map(cell, row, decimals)) + "</tr>"

    top = "".join(f"<th scope=col>{escape(one)}</th>" for one in head)
    body = "".join(map(line, rows))
    return f"<table>{f'<thead><tr>{top}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"


def _items(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>" if lines else "<p>无</p>"


def _one_html(data: Mapping[str, Any]) -> str:
    effects = [
        [row["words"], row["section"], row["train"], row["design"], row["check_load"], row["ratio"], row["plain_ratio"],
         row["ratio_own_code"], row["ratio_today_code"]]
        for row in data["effects"]
    ]  # fmt: skip
    head = ["效应", "控制截面", "大件车", "设计荷载", "挂车", "效应比值", "不计分项系数", "设计规范", "现行规范"]
    measures = [[row["words"], row["ratio"], row["gain"], row["passes"]] for row in data["measures"]]
    best = ""
    if found := data["best"]:
        best = f"<p>最少的措施：{escape(found['words'])}，效应比值 {shown(found['ratio'])}</p>"
    support = _items(found["words"]) if (found := data["temporary_support"]) else ""
    acting = "，".join(f"{name} {shown(value, 1)}" for name, value in data["acting"].items())
    ratios = f"效应比值 {shown(data['ratio'])}，不计分项系数 {shown(data['plain_ratio'])}"
    sections = (
        ("原因", _items(data["reasons"])),
        ("什么能改变结论", _items(data["would_change"])),
        ("桥梁", _html_table([], data["bridge"])),
        ("车组", _html_table([], data["train"])),
        ("效应（一车道，静力；kN·m、kN）", _html_table(head, effects, (1, 1, 1, 3, 3, 3, 3)) + data["picture"]),
        ("同时作用（kN·m、kN）", f"<p>{escape(acting) or '—'}</p>"),
        ("措施", _html_table(["单独采取", "效应比值", "变化", "通过"], measures) + best + support),
        ("假定", _items(data["assumptions"])),
    )
    told = "".join(f"<h2>{title}</h2>{body}" for title, body in sections)
    return f"<p class=verdict>结论：{data['verdict_words']}（{ratios}）</p>{told}"


def _many_html(data: Mapping[str, Any]) -> str:
    names = [VERDICT_WORDS[name] for name in VERDICTS]
    groups = "".join(
        f"<h2>{escape(group['title'])}</h2>"
        + _html_table(["", *names], [[row["name"], *(row[name] for name in VERDICTS)] for row in group["rows"]])
        for group in data["groups"]
    )
    ranges = [[row["words"], row["bridges"], row["low"], row["high"]] for row in data["ranges"]]
    listed = [[row["id"], row["words"], row["ratio"], row["why"]] for row in data["not_passing"]]
    more = f"<p>另有 {data['left_off']} 座未列出。</p>" if data["left_off"] else ""
    return (
        f"<h2>申请</h2>{_html_table([], data['application'])}"
        f"<h2>车组</h2>{_html_table([], data['train'])}<h2>通行方式</h2>{_items(data['crossing'])}"
        f"<h2>检查了 {data['checked']} 座桥</h2>"
        f"{_html_table([], [[row['words'], row['bridges']] for row in data['verdicts']])}"
        f"<h2>效应比值</h2>{_html_table(['效应', '桥数', '最小', '最大'], ranges, (2, 2))}{groups}"
        f"<h2>未直接通过的桥</h2>{_html_table(['编号', '结论', '效应比值', '原因和措施'], listed)}{more}"
        f"<h2>建议</h2>{_items(data['advice'])}<p>{'　　'.join(f'{one}：________' for one in data['signed'])}</p>"
    )
