"""`dajian backup` and `dajian restore`: database and files in one tar, taken while the service runs.

    manifest.json      what is in it, and of which database
    database           SQLite's file, or pg_dump's custom format
    files/ab/cdef…     the store

The database first, then the files: bytes are stored before their row and never change, so each row finds its own.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from dajian.service.files.store import sha256_of

FORMAT = 1


class Unusable(Exception):
    """Why nothing was done, in Chinese with what to do."""


def back_up(out: Path, at: datetime) -> int:
    """Writes the tar under a temporary name and renames it; returns the number of files in it. Raises Unusable."""
    if out.exists():
        raise Unusable(f"{out} 已经存在。请换一个文件名，以免覆盖旧备份。")
    if not out.parent.is_dir():
        raise Unusable(f"没有目录 {out.parent}。请先建立。")
    partial = out.with_name(f".{out.name}.{uuid.uuid4().hex}")
    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as folder:
            database = Path(folder) / "database"
            _dump(database)
            stored = [p for p in sorted(Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]/*")) if p.is_file()]
            manifest = {"format": FORMAT, "database": connection.vendor, "at": at.isoformat(), "files": len(stored)}
            with tarfile.open(partial, "x") as tar:
                said = Path(folder) / "manifest.json"
                said.write_text(json.dumps(manifest), encoding="utf-8")
                tar.add(said, "manifest.json")
                tar.add(database, "database")
                for path in stored:
                    tar.add(path, f"files/{path.parent.name}/{path.name}")
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return len(stored)


def restore(tar_path: Path) -> dict[str, Any]:
    """Puts a backup into an empty data folder and an empty database; returns its manifest. Raises Unusable."""
    if not tar_path.is_file():
        raise Unusable(f"没有文件 {tar_path}。请检查文件名。")
    _must_be_empty()
    with _unpacked(tar_path) as folder:
        manifest = _checked_manifest(folder)
        _load(folder / "database")
        if (folder / "files").is_dir():
            shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)
            (folder / "files").replace(settings.FILES_ROOT)
    return manifest


def _must_be_empty() -> None:
    files = Path(settings.FILES_ROOT)
    if any(files.glob("[0-9a-f][0-9a-f]/*")):
        raise Unusable(f"{files} 中已有文件。只能恢复到空的数据目录，请用 DAJIAN_VAR 指定一个新目录。")
    if connection.vendor == "sqlite":
        if Path(connection.settings_dict["NAME"]).exists():
            raise Unusable(f"{settings.VAR} 中已有数据库。只能恢复到空的数据目录，请用 DAJIAN_VAR 指定一个新目录。")
    elif connection.introspection.table_names():
        raise Unusable("DAJIAN_DATABASE 指定的数据库中已有数据表。只能恢复到空数据库，请先新建一个。")


@contextmanager
def _unpacked(tar_path: Path) -> Iterator[Path]:
    """The tar's content in a temporary folder on the data folder's own disk."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix="restoring-") as name:
        try:
            with tarfile.open(tar_path, "r:") as tar:
                tar.extractall(name, filter="data")
        except tarfile.TarError as error:
            raise Unusable(f"{tar_path} 不是完整的 tar 文件。请检查文件名，或换一份备份。") from error
        yield Path(name)


def _checked_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        vendor, files = manifest["database"], manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable("文件中没有备份清单，不是 dajian backup 生成的备份。") from error
    if vendor != connection.vendor:
        raise Unusable(f"备份来自 {vendor}，当前设置是 {connection.vendor}。请把 DAJIAN_DATABASE 改为同一种数据库。")
    stored = [p for p in folder.glob("files/*/*") if p.is_file()]
    damaged = [p for p in stored if sha256_of(p) != p.parent.name + p.name]
    if damaged or len(stored) != files:
        raise Unusable(
            f"备份不完整：应有 {files} 个文件，读到 {len(stored)} 个，其中 {len(damaged)} 个已损坏。请换一份备份。"
        )
    return manifest


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        if not _whole(source):
            raise Unusable("备份中的数据库已损坏。请换一份备份。")
        source.replace(connection.settings_dict["NAME"])
    else:
        name = connection.settings_dict["NAME"]
        _postgres(
            "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={name}", str(source)
        )


def _whole(source: Path) -> bool:
    try:
        with closing(sqlite3.connect(source)) as copy:
            return copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return False


def _postgres(program: str, *arguments: str) -> None:
    """PostgreSQL's own program on the service's database."""
    if not shutil.which(program):
        raise Unusable(f"找不到 {program}。请安装与数据库服务器同版本的 PostgreSQL 客户端，并放入 PATH。")
    told = connection.settings_dict
    where = {"PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"],
             "PGDATABASE": told["NAME"]}  # fmt: skip
    env = os.environ | {name: str(value) for name, value in where.items() if value}
    done = subprocess.run([program, *arguments], env=env, capture_output=True, text=True)
    if done.returncode:
        raise Unusable(f"{program} 没有成功：{done.stderr.strip()[-500:]}")
