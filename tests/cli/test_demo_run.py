"""`dajian demo`: one command, ready with data, two beside each other, stopped by a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.test_service import free_port, new_database, refused

LONGEST_S = 120


@pytest.fixture
def environment(tmp_path: Path, django_db_blocker) -> Callable[[str], dict[str, str]]:
    """The environment of a demo with a data folder and a database of its own."""

    def of(name: str) -> dict[str, str]:
        with django_db_blocker.unblock():
            database = new_database()
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("DAJIAN_", "DJANGO_"))}
        return plain | {"DAJIAN_VAR": str(tmp_path / name), "DAJIAN_DATABASE": database}

    return of


@contextmanager
def demo(env: dict[str, str], port: int) -> Iterator[list[str]]:
    """A running demo and what it printed, from the moment when it said the last of its log-ins; then told to stop."""
    command = [sys.executable, "-m", "dajian.cli", "demo", "--port", str(port)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        late = threading.Timer(LONGEST_S, process.kill)
        late.start()
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "系统管理员" in line:
                break
        try:
            yield lines
        finally:
            late.cancel()
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=LONGEST_S)
    assert process.returncode == 0, told


def ask(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def test_two_demos_run_side_by_side_and_stop_when_told(environment) -> None:
    one, two = free_port(), free_port()
    with demo(environment("one"), one) as printed, demo(environment("two"), two):
        assert f"http://127.0.0.1:{one}/" in "".join(printed)
        assert "fz1" in "".join(printed)
        for port in (one, two):
            health = json.loads(ask(port, "/healthz"))
            assert health["database"] == "ok"
            assert health["worker_seen_s"] < 30
            assert "dajian-demo" in ask(port, "/login")
        busy = subprocess.run(
            [sys.executable, "-m", "dajian.cli", "demo", "--port", str(one)],
            env=environment("three"), capture_output=True, text=True, timeout=LONGEST_S, check=False,
        )  # fmt: skip
        refused(busy, f"不能监听 127.0.0.1:{one}")
    with pytest.raises(OSError, match="refused"):
        ask(one, "/healthz")


def test_started_again_it_has_its_data(environment) -> None:
    env, port = environment("one"), free_port()
    name = "示例由页面改过的名称"
    rename = f"""
from dajian.service.organisations.models import Organisation
Organisation.unscoped.filter(name="省公路局").update(name="{name}")
"""
    with demo(env, port) as printed:
        assert "省公路局" in "".join(printed)
        subprocess.run(
            [sys.executable, "-m", "dajian.cli", "manage", "shell", "--no-imports", "-c", rename], env=env, check=True
        )
    with demo(env, port) as printed:
        assert name in "".join(printed)


@pytest.mark.parametrize("mode", ["production", "test"])
def test_a_demo_is_made_in_no_other_mode(environment, mode: str) -> None:
    env = environment("one") | {"DAJIAN_MODE": mode}
    command = [sys.executable, "-m", "dajian.cli", "demo", "--port", str(free_port())]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    refused(done, f"DAJIAN_MODE={mode}")
    assert not Path(env["DAJIAN_VAR"]).exists()


@pytest.mark.parametrize("port", ["x", "", "80 80"])
def test_a_port_is_a_number(environment, port: str) -> None:
    command = [sys.executable, "-m", "dajian.cli", "demo", "--port", port]
    done = subprocess.run(command, env=environment("one"), capture_output=True, text=True, timeout=60, check=False)
    refused(done, f"--port {port}")
