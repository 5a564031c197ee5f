"""What is a province's or a year's is data: Python names no body, no area code and no year of the campaign."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "dajian"
FORBIDDEN = re.compile(r"运管局|公路局|高速集团|政法处|35\d{4}|2018|2019")


def docstrings(tree: ast.AST) -> set[int]:
    """Lines that belong to docstrings."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str())) as told, *_]:
                    lines |= set(range(told.lineno, (told.end_lineno or told.lineno) + 1))
    return lines


def test_no_body_area_code_or_year_stands_in_python() -> None:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        told = docstrings(ast.parse(text))
        for n, line in enumerate(text.splitlines(), start=1):
            code = line.split("#")[0]
            if n not in told and FORBIDDEN.search(code):
                found.append(f"{path.relative_to(SOURCE)}:{n}: {line.strip()}")
    assert found == []
