"""The commands that run the service, each in a process of its own on a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tarfile
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.running.postgres import binaries

Run = Callable[..., subprocess.CompletedProcess[str]]
FILL = """
from datetime import UTC, datetime
from dajian.service.files.actions import store_bytes
from dajian.service.history.record import record
from dajian.service.organisations.models import Person
at = datetime(2019, 5, 20, tzinfo=UTC)
person = Person.unscoped.create(name="林晓东")
record(person, "enter", None, at=at, details={"旧": 1})
for n in range(3):
    store_bytes(f"名单{n}.csv", f"企业{n}".encode(), account_id=None, at=at)
"""
SHOW = """
from dajian.service.files.actions import path_of
from dajian.service.files.models import File
from dajian.service.history.models import Event
from dajian.service.organisations.models import Person
print(*Person.unscoped.values_list("name", flat=True), *Event.unscoped.values_list("hash", flat=True),
      *(f"{f.name}={path_of(f).read_bytes().decode()}" for f in File.unscoped.order_by("pk")), sep="|")
"""


def new_database() -> str:
    """An empty PostgreSQL database beside the tests' own, as DAJIAN_DATABASE names it; nothing on SQLite."""
    if connection.vendor == "sqlite":
        return ""
    name = f"cli_{uuid.uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    told = connection.settings_dict
    return f"postgresql://{told['USER']}@/{name}?host={told['HOST']}"


@pytest.fixture
def at(tmp_path: Path, django_db_blocker) -> Callable[[str], Run]:
    """`dajian` in the data folder of a name, each with a database of its own."""
    databases: dict[str, str] = {}

    def place(name: str) -> Run:
        if name not in databases:
            with django_db_blocker.unblock():
                databases[name] = new_database()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("DAJIAN_", "DJANGO_"))} | {
            "DAJIAN_MODE": "test", "DAJIAN_VAR": str(tmp_path / name), "DAJIAN_DATABASE": databases[name],
            "DAJIAN_PORT": str(free_port()),
        }  # fmt: skip
        if connection.vendor == "postgresql":
            env["PATH"] = f"{binaries() / 'bin'}:{env['PATH']}"

        def run(*words: str, **extra: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "dajian.cli", *words]
            return subprocess.run(command, env=env | extra, capture_output=True, text=True, timeout=120)

        run.env = env  # type: ignore[attr-defined]
        return run

    return place


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def refused(done: subprocess.CompletedProcess[str], told: str) -> None:
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_restores_database_and_files_into_an_empty_place_and_nowhere_else(at, tmp_path: Path) -> None:
    here, there, tar = at("here"), at("there"), tmp_path / "backup.tar"
    assert here("manage", "migrate", "-v0").returncode == 0
    assert here("manage", "shell", "--no-imports", "-c", FILL).returncode == 0
    shown = here("manage", "shell", "--no-imports", "-c", SHOW).stdout

    assert "3 个文件" in here("backup", str(tar)).stdout
    refused(here("backup", str(tar)), "已经存在")
    refused(here("restore", str(tar)), "空的数据目录")

    assert "3 个文件" in there("restore", str(tar)).stdout
    assert there("manage", "shell", "--no-imports", "-c", SHOW).stdout == shown
    assert "林晓东" in shown
    assert shown.count("企业") == 3
    doctor = json.loads(there("doctor", "--json").stdout)
    assert [f["check"] for f in doctor["findings"] if not f["ok"]] == ["后台程序"]


def test_what_is_no_whole_backup_is_refused_and_leaves_an_empty_place(at, tmp_path: Path) -> None:
    there = at("there")
    (tmp_path / "text.tar").write_text("no tar")
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.add(tmp_path / "text.tar", "files/ab/cd")
    manifest = {"format": 1, "database": connection.vendor, "at": "2019-05-20", "files": 1}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(tmp_path / "altered.tar", "w") as tar:
        for name, source in (("manifest.json", "manifest.json"), ("database", "text.tar"), ("files/ab/cd", "text.tar")):
            tar.add(tmp_path / source, name)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"database": "oracle"}))
    with tarfile.open(tmp_path / "foreign.tar", "w") as tar:
        tar.add(tmp_path / "manifest.json", "manifest.json")
    told = {
        "absent.tar": "没有文件", "text.tar": "不是完整的 tar", "other.tar": "没有备份清单", "altered.tar": "已损坏",
        "foreign.tar": "备份来自 oracle",
    }  # fmt: skip
    for name, words in told.items():
        refused(there("restore", str(tmp_path / name)), words)
    assert not list((tmp_path / "there").glob("*"))


def test_nothing_starts_without_a_database(at) -> None:
    for command in (("serve",), ("worker",), ("backup", "x.tar")):
        refused(at("empty")(*command), "dajian manage migrate")


def test_the_service_starts_is_seen_and_stops(at) -> None:
    run = at("here")
    assert run("manage", "migrate", "-v0").returncode == 0
    refused(run("serve", DAJIAN_MODE="production"), "DAJIAN_SECRET")
    refused(run("serve", DAJIAN_PORT="http"), "端口号")
    command = [sys.executable, "-m", "dajian.cli"]
    worker = subprocess.Popen([*command, "worker"], env=run.env, stderr=subprocess.PIPE, text=True)
    server = subprocess.Popen([*command, "serve"], env=run.env, stderr=subprocess.PIPE, text=True)
    try:
        for process, words in ((worker, "后台程序已启动"), (server, "网站地址")):
            assert process.stderr
            assert words in process.stderr.readline()
        health = answered(f"http://127.0.0.1:{run.env['DAJIAN_PORT']}/healthz", server)
        assert health["database"] == "ok"
        assert health["worker_seen_s"] < 30
        refused(run("serve"), "不能监听")
    finally:
        for process in (server, worker):
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
    assert (server.returncode, worker.returncode) == (0, 0)


def answered(url: str, server: subprocess.Popen[str]) -> dict:
    """The first answer of a server that is starting."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return json.load(answer)
        except OSError:
            try:
                server.wait(0.1)
                pytest.fail("the server ended")
            except subprocess.TimeoutExpired:
                continue
