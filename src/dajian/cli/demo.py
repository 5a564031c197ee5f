"""`dajian demo`: the service with invented data, to be tried at once.

`dajian demo messy`: a workbook with faults that are known, to try a reader of workbooks on.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from dajian.cli.answer import Unusable, add_common, answer, day
from dajian.demo import carriers, messy
from dajian.demo.drawing import cities
from dajian.demo.questionnaire import words
from dajian.tables.write import replacing


def register(subparsers: Any) -> None:
    """Adds `demo`, which runs it, with its own commands."""
    demo = subparsers.add_parser("demo", help="启动演示系统")
    demo.add_argument("--host", default=os.environ.get("DAJIAN_HOST", "127.0.0.1"), help="监听地址（DAJIAN_HOST）")
    demo.add_argument("--port", default=os.environ.get("DAJIAN_PORT", "8000"), help="端口（DAJIAN_PORT）")
    demo.set_defaults(run=run_demo)
    others = demo.add_subparsers(dest="what", metavar="命令")
    parser = add_common(others.add_parser("messy", help="一个市的问题工作簿，和其中错在哪些格"), on=True)
    parser.add_argument("--item", type=int, required=True, metavar="N", help="调查的第几项")
    parser.add_argument("--rows", type=int, required=True, metavar="R", help=f"企业数，至少 {messy.LEAST_ROWS}")
    parser.add_argument("--seed", type=int, required=True, metavar="S", help="随机种子：相同则结果相同")
    parser.add_argument("--area", metavar="CODE", help="设区市或县的区划代码，默认第一个设区市")
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")
    parser.add_argument("key", type=Path, metavar="KEY.json")
    parser.set_defaults(run=run_messy)


def run_demo(args: argparse.Namespace) -> int:
    """Web server and worker on the demo's data, until told to stop."""
    from dajian.cli.demo_run import run  # loads Django

    return run(args.host, args.port)


def run_messy(args: argparse.Namespace) -> int:
    """Writes OUT.xlsx and KEY.json, both or none."""
    item = words(carriers.TOPIC)["item"]
    if args.item != item:
        raise Unusable(f"--item {args.item}：这一项没有演示工作簿，可以用 --item {item}。")
    if args.rows < messy.LEAST_ROWS:
        raise Unusable(f"--rows {args.rows}：应不少于 {messy.LEAST_ROWS}，才放得下各种错误。")
    area = args.area or next(iter(cities()))
    try:
        with replacing(args.key) as key, replacing(args.out) as book:
            faults = messy.workbook(args.rows, args.seed, area, day(args), book)
            key.write_text(json.dumps(faults, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except KeyError:
        known = "、".join(f"{code} {name}" for code, name in cities().items())
        raise Unusable(f"--area {area}：没有这个区划代码。设区市有：{known}；也可以用其下的县。") from None
    codes = Counter(fault["code"] for fault in faults)
    told = {
        "rows": args.rows,
        "seed": args.seed,
        "area": area,
        "faults": len(faults),
        "codes": dict(sorted(codes.items())),
    }
    lines = [f"{args.out}：{args.rows} 家企业，{len(faults)} 格有错，共 {len(codes)} 种，列在 {args.key}"]
    return answer(args, told, [*lines, *(f"  {code:<16}{n}" for code, n in sorted(codes.items()))])
