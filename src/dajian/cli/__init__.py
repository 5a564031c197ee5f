"""The command `dajian`: one file a group of commands, loaded only when one of its commands is called.

Exit 0: answered, whatever the answer. Exit 2: unusable input, one line per fault on stderr and nothing on stdout.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from dajian.cli.answer import Unusable, fault_lines

# command -> (module with `register(subparsers)`, which adds the command's parser and sets `run`; help in a line)
COMMANDS: dict[str, tuple[str, str]] = {
    "form": ("dajian.cli.form", "问卷：检查、转换、模板、读取、校验"),
    "demo": ("dajian.cli.demo", "启动演示系统；demo messy 生成问题工作簿"),
    "check": ("dajian.cli.check", "一车货依法属于几类、超限多少、要哪些材料"),
    "compare": ("dajian.cli.check", "一个车组能否代替另一个"),
    "load": ("dajian.cli.load", "货物怎样装车最好：车组、轴荷、稳定、牵引"),
    "bridge": ("dajian.cli.bridge", "桥梁：荷载效应、整省初筛、单桥报告、可通行的最重车组"),
    "due": ("dajian.cli.due", "期限到哪一天，计入哪些工作日"),
    "access": ("dajian.cli.access", "谁能做什么；--json 列出每个地址、角色、地点应得的答复"),
    "states": ("dajian.cli.access", "状态表：每一步由谁、从何到何"),
    "serve": ("dajian.cli.service", "启动网站，地址由 DAJIAN_HOST 和 DAJIAN_PORT 指定"),
    "worker": ("dajian.cli.service", "启动后台程序：导入、导出等任务"),
    "doctor": ("dajian.cli.service", "检查数据库、历史、文件、任务和设置"),
    "backup": ("dajian.cli.service", "把数据库和文件备份到一个 tar，运行中也可以"),
    "restore": ("dajian.cli.service", "把备份恢复到空的数据目录和空的数据库"),
    "manage": ("dajian.cli.service", "Django 的管理命令，例如 dajian manage migrate"),
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, without the usage."""
        self.exit(2, f"{self.prog}: {message}（用法见 {self.prog} --help）\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        args = _parser(words[0] if words else "").parse_args(words)
        return args.run(args) or 0
    except SystemExit as stop:  # argparse: --help, or arguments that cannot be used
        return stop.code if isinstance(stop.code, int) else 2
    except BrokenPipeError:  # the reader of our output has gone
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        lines = fault_lines(error)
        if lines is None:
            raise
        print(*lines, sep="\n", file=sys.stderr)
        return 2


def _parser(command: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="dajian", description="大件运输许可服务", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.epilog = "\n".join(f"  {name:<10}{text}" for name, (_, text) in COMMANDS.items())
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="命令", help="见下")
    if command in COMMANDS:
        import_module(COMMANDS[command][0]).register(subparsers)
    elif command and not command.startswith("-"):
        raise Unusable(f"没有命令 {command}。可用的命令：{'、'.join(COMMANDS)}")
    return parser
