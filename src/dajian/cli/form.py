"""`dajian form`: check a questionnaire, print its XForm, write its workbook, read a filled one, judge a submission."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dajian.cli.answer import Unusable, add_common, answer, day
from dajian.forms import instance
from dajian.forms.evaluate import validate
from dajian.forms.model import BadForm, Form
from dajian.forms.workbook import instructions_of, mark, read, template, years_of
from dajian.forms.workbook.layout import in_years
from dajian.forms.xlsform import load
from dajian.tables.gate import check_workbook
from dajian.tables.read import read_workbook


def register(subparsers: Any) -> None:
    """Adds `form` with its own commands."""
    group = subparsers.add_parser("form", help="问卷").add_subparsers(dest="what", required=True, metavar="命令")
    check = _command(group, "check", check_form, "检查问卷，列出每一处错误")
    xml = _command(group, "xml", print_xml, "输出 XForm")
    blank = _command(group, "template", write_template, "写出供填报的工作簿")
    filled = _command(group, "read", read_filled, "读取填好的工作簿，列出每一格错误")
    sent = _command(group, "validate", validate_submission, "校验一份提交")
    for parser in (check, xml, blank, filled, sent):
        parser.add_argument("form", type=Path, metavar="FORM.xlsx", help="问卷（XLSForm 工作簿或 XForm）")
    blank.add_argument("out", type=Path, metavar="OUT.xlsx")
    filled.add_argument("filled", type=Path, metavar="FILLED.xlsx")
    filled.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="另存一份标出错格的工作簿")
    sent.add_argument("submission", type=Path, metavar="SUBMISSION.xml")


def check_form(args: argparse.Namespace) -> int:
    """Every fault of the form with sheet and cell; a file that is no form at all is unusable."""
    try:
        form = _load(args.form)
    except BadForm as error:
        if all((p.sheet or "xml", p.cell) == ("xml", "") for p in error.problems):
            raise _unusable(args.form, error) from error
        document = {"ok": False, "questions": 0, "problems": [asdict(p) for p in error.problems]}
        lines = [f"{p.sheet}!{p.cell} {p.message}" for p in error.problems]
        return answer(args, document, [f"有 {len(lines)} 处错误：", *lines])
    document = {"ok": True, "questions": len(form.questions), "problems": []}
    return answer(args, document, [f"没有错误：《{form.title}》{len(form.questions)} 题"])


def print_xml(args: argparse.Namespace) -> int:
    """The XForm, as it is served."""
    xml = _usable(args.form).xml.decode()
    return answer(args, {"xml": xml}, [xml]) if args.json else _print(xml)


def write_template(args: argparse.Namespace) -> int:
    """A workbook to fill in, with the instructions that stand in the form's own workbook."""
    form = _usable(args.form)
    lines = instructions_of(read_workbook(args.form)) if args.form.suffix.lower() == ".xlsx" else ()
    template(form, args.out, years=years_of(day(args)), instructions=lines)
    return answer(args, {"out": str(args.out)}, [f"已写出 {args.out}"])


def read_filled(args: argparse.Namespace) -> int:
    """Accepted records, and every faulty cell."""
    reading = read(_usable(args.form), args.filled, on=day(args))
    if args.errors:
        mark(args.filled, reading.problems, args.errors)
    document = {
        "accepted": reading.accepted,
        "rejected": reading.rejected,
        "records": reading.records,
        "problems": [asdict(p) for p in reading.problems],
        "ignored_sheets": list(reading.ignored),
    }
    lines = [f"可以接收 {reading.accepted} 条，退回 {reading.rejected} 条，错误 {len(reading.problems)} 格"]
    lines += [f"{p.sheet}!{p.cell} {p.code} {p.message}" for p in reading.problems]
    lines += [f"没有读取的工作表：{name}" for name in reading.ignored]
    return answer(args, document, lines)


def validate_submission(args: argparse.Namespace) -> int:
    """What the server would say to a submission."""
    form = _usable(args.form)
    try:
        sent = instance.read(form, args.submission.read_bytes())
    except instance.BadInstance as error:
        raise Unusable(f"{args.submission}: {error.message}") from error
    verdict = validate(form, sent.record, on=day(args))
    years = years_of(day(args))
    problems = [{"path": p.path, "message": in_years(p.message, years)} for p in verdict.problems]
    document = {"valid": verdict.valid, "record": verdict.record, "problems": problems}
    lines = ["合格" if verdict.valid else f"有 {len(problems)} 处错误："]
    return answer(args, document, [*lines, *(f"{p['path']} {p['message']}" for p in problems)])


def _command(group: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser = add_common(group.add_parser(name, help=text), on=True)
    parser.set_defaults(run=run)
    return parser


def _load(path: Path) -> Form:
    with path.open("rb") as stream:
        start = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        check_workbook(path)
    return load(path)


def _usable(path: Path) -> Form:
    try:
        return _load(path)
    except BadForm as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: BadForm) -> Unusable:
    return Unusable(*(f"{path}: {p.sheet + '!' + p.cell + ' ' if p.sheet else ''}{p.message}" for p in error.problems))


def _print(text: str) -> int:
    sys.stdout.write(text)
    return 0
