"""The demo as one command: its data, a web server and a worker as child processes, and the log-ins to try."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from dajian.cli.answer import Unusable
from dajian.cli.service import load_service, must_be_free

READY_WITHIN_S = 60
STOP_WITHIN_S = 20
SEEN_S = 30
SOON_S = 5  # a process that ends so soon after its start will do so again
ROLES = {"serve": "网站", "worker": "后台程序"}


@dataclass
class Child:
    """One of the demo's processes; a new one takes the place of one that has died."""

    command: str
    process: subprocess.Popen[bytes]
    started: float

    @classmethod
    def start(cls, command: str) -> Child:
        arguments = [sys.executable, "-m", "dajian.cli", command]
        # In a group of its own: Ctrl-C reaches this process alone, which then tells the others.
        return cls(command, subprocess.Popen(arguments, process_group=0), time.monotonic())

    def watch(self) -> Child:
        """Itself while it runs, else its successor. Unusable: it ended right after its start."""
        code = self.process.poll()
        if code is None:
            return self
        if time.monotonic() - self.started < SOON_S:
            raise Unusable(f"{ROLES[self.command]}没有启动成功（退出码 {code}），原因见上面的输出。")
        print(f"{ROLES[self.command]}意外退出（{code}），重新启动。", file=sys.stderr, flush=True)
        return Child.start(self.command)


def run(host: str, port: str) -> int:
    """Until SIGINT or SIGTERM. Unusable: port taken or no number, or not the mode for a demo."""
    if not port.isdigit():
        raise Unusable(f"--port {port}：应为端口号，例如 8000。")
    known = f"{host},127.0.0.1,localhost"
    os.environ |= {"DAJIAN_HOST": host, "DAJIAN_PORT": port}
    os.environ.setdefault("DAJIAN_HOSTS", known)
    settings = load_service()
    if settings.MODE != "demo":
        raise Unusable(
            f"DAJIAN_MODE={settings.MODE}：dajian demo 只用于演示，正式使用请运行 dajian serve 和 dajian worker。"
        )
    must_be_free(host, int(port))
    _load(settings)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _setting(stopping))
    children: list[Child] = []
    try:
        children += [Child.start(command) for command in ROLES]
        address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}/"
        if _wait_until_ready(address, children, stopping):
            print("\n".join(_welcome(settings, address)), flush=True)
        while not stopping.wait(0.5):
            children[:] = [child.watch() for child in children]
    finally:
        _stop(children)
    return 0


def _setting(stopping: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handler(number: int, frame: FrameType | None) -> None:
        stopping.set()

    return handler


def _load(settings: Any) -> None:
    """Tables and data, unless they are there."""
    from django.core.management import call_command
    from django.utils import timezone

    from dajian.demo.world import load_world

    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    load_world(settings.PROVINCE, timezone.now())


def _wait_until_ready(address: str, children: list[Child], stopping: threading.Event) -> bool:
    """True as soon as the web server answers and a worker was seen; False when told to stop before."""
    until = time.monotonic() + READY_WITHIN_S
    while not stopping.wait(0.1):
        children[:] = [child.watch() for child in children]
        if _ready(address):
            return True
        if time.monotonic() > until:
            raise Unusable(f"{address} 在 {READY_WITHIN_S} 秒内没有就绪，请看上面的输出。")
    return False


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=2) as answer:
            told = json.load(answer)
    except (urllib.error.URLError, TimeoutError, ConnectionError, ValueError):
        return False
    seen = told.get("worker_seen_s")
    return told.get("database") == "ok" and seen is not None and seen < SEEN_S


def _welcome(settings: Any, address: str) -> list[str]:
    from dajian.service.organisations.queries import demo_accounts

    accounts = demo_accounts()
    wide = max(len(one.username) for one in accounts) + 2
    return [
        "",
        f"大件运输许可服务（演示，人员和数据均为虚构）  {address}",
        f"数据在 {settings.VAR}，按 Ctrl-C 停止。登录名如下，密码都是 {settings.DEMO_PASSWORD}",
        "",
        *(f"  {one.username:<{wide}}{one.organisation_name} · {one.role} · {one.person_name}" for one in accounts),
    ]


def _stop(children: list[Child]) -> None:
    """Tells all, then waits; who does not end in time is ended."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    until = time.monotonic() + STOP_WITHIN_S
    for child in children:
        try:
            child.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
