"""`python -m benchmarks [NAME …]`: runs the named benchmarks (default all), each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from unicodedata import east_asian_width

from benchmarks.rows import Row

HERE = Path(__file__).parent
OUT = HERE.parent / "var" / "bench.json"
PARTS = ("__main__", "rows", "databases", "bridges_inventory")  # no benchmarks themselves


def names() -> list[str]:
    return sorted(m.name for m in iter_modules([str(HERE)]) if m.name not in PARTS)


def measure(name: str) -> list[Row]:
    """The rows of one benchmark, from a process of its own, so that none warms another's caches."""
    command = [sys.executable, "-c", f"from benchmarks.__main__ import tell; tell({name!r})"]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def tell(name: str) -> None:
    print(json.dumps([asdict(row) for row in import_module(f"benchmarks.{name}").measure()], ensure_ascii=False))


def wide(text: str, width: int) -> str:
    return text + " " * (width - sum(2 if east_asian_width(c) in "WF" else 1 for c in text))


def main(wanted: list[str]) -> int:
    rows: list[Row] = []
    for name in wanted or names():
        print(f"{name} …", file=sys.stderr)
        for row in measure(name):
            rows.append(row)
            limit = f"<= {row.limit:g}" if row.limit is not None else ""
            mark = "" if row.holds else "  OVER"
            print(f"{wide(row.name, 62)} {row.value:>12.3f} {row.unit:<8} {limit:<10} {row.note}{mark}", flush=True)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([asdict(row) | {"holds": row.holds} for row in rows], ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
