"""The commands that run and keep the service. Django is loaded only inside them, so that the others start quickly."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dajian.cli.answer import Unusable, add_common, answer

WORKERS, THREADS = 2, 4  # on SQLite too: in WAL readers do not wait for the one writer


def register(subparsers: Any) -> None:
    for name, run in RUN.items():
        parser = subparsers.add_parser(name, add_help=name != "manage")  # Django's own --help
        parser.set_defaults(run=run)
        match name:
            case "doctor":
                add_common(parser)
            case "backup":
                parser.add_argument("out", type=Path, metavar="OUT.tar")
            case "restore":
                parser.add_argument("tar", type=Path, metavar="IN.tar")
            case "manage":
                parser.add_argument("rest", nargs=argparse.REMAINDER)


def load_service() -> Any:
    """Loads Django with the service's settings, and returns the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dajian.service.settings")
    import django  # slow: only these commands need it
    from django.conf import settings

    django.setup()
    return settings


def _must_be_fit() -> None:
    """Raises Unusable with every reason why the service must not run now."""
    from dajian.service.doctor import unready
    from dajian.service.production import unsafe

    if faults := [told] if (told := unready()) else unsafe():
        raise Unusable(*faults)


def serve(args: argparse.Namespace) -> int:
    settings = load_service()
    _must_be_fit()
    host, port = os.environ.get("DAJIAN_HOST", "127.0.0.1"), os.environ.get("DAJIAN_PORT", "8000")
    if not port.isdigit():
        raise Unusable(f"DAJIAN_PORT={port}：应为端口号，例如 8000。")
    must_be_free(host, int(port))
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    print(f"网站地址 http://{host}:{port}/（{settings.MODE}，Ctrl-C 停止）", file=sys.stderr, flush=True)
    Granian(
        "dajian.service.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def must_be_free(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        told = (
            f"不能监听 {host}:{port}（{error.strerror}）。请停掉占用的程序，或用 DAJIAN_HOST、DAJIAN_PORT 换一个地址。"
        )
        raise Unusable(told) from error


def worker(args: argparse.Namespace) -> int:
    load_service()
    _must_be_fit()
    from dajian.service.jobs.worker import work_until_told

    print("后台程序已启动（Ctrl-C 停止，手头的一步会做完）", file=sys.stderr, flush=True)
    work_until_told()
    return 0


def manage(args: argparse.Namespace) -> int:
    load_service().VAR.mkdir(parents=True, exist_ok=True)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dajian manage", *args.rest])
    return 0


def doctor(args: argparse.Namespace) -> int:
    load_service()
    from django.utils import timezone

    from dajian.service.doctor import examine

    findings = examine(timezone.now())
    ok = all(finding.ok for finding in findings)
    lines = [f"{'✓' if finding.ok else '✗'} {finding.check}：{finding.told}" for finding in findings]
    lines.append("全部正常。" if ok else "有需要处理的问题，见标 ✗ 的各行。")
    return answer(args, {"ok": ok, "findings": [asdict(finding) for finding in findings]}, lines)


def backup(args: argparse.Namespace) -> int:
    load_service()
    _must_be_fit()
    from django.utils import timezone

    from dajian.service import archive

    try:
        files = archive.back_up(args.out, timezone.now())
    except archive.Unusable as error:
        raise Unusable(str(error)) from error
    print(f"已备份数据库和 {files} 个文件：{args.out}（{args.out.stat().st_size // 1024} KB）")
    return 0


def restore(args: argparse.Namespace) -> int:
    load_service()
    from dajian.service import archive

    try:
        manifest = archive.restore(args.tar)
    except archive.Unusable as error:
        raise Unusable(str(error)) from error
    print(f"已恢复 {manifest['at']} 的备份：数据库和 {manifest['files']} 个文件。请运行 dajian doctor 检查。")
    return 0


RUN = {
    "serve": serve,
    "worker": worker,
    "doctor": doctor,
    "backup": backup,
    "restore": restore,
    "manage": manage,
}
