"""`dajian access` and `dajian states`: the rights and the state machines, printed from the code."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from dajian.cli.answer import Unusable, add_common, answer


def register(subparsers: argparse._SubParsersAction) -> None:
    access = add_common(subparsers.add_parser("access", help="谁能做什么：各职能的权限表；--json 为各地址应答表"))
    access.set_defaults(run=_access)
    states = add_common(subparsers.add_parser("states", help="状态表：每一步从何到何、由谁、须具备什么"))
    states.add_argument("machine", nargs="?", help="只看一张表，例如 submission")
    states.set_defaults(run=_states)


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dajian.service.settings")
    import django  # slow: only the service's own commands load it

    django.setup()


def _access(args: argparse.Namespace) -> int:
    _django()
    from django.conf import settings

    from dajian.service import access_table
    from dajian.service.campaign.actions.loading import campaign_file
    from dajian.service.campaign.definition import read_definition
    from dajian.service.organisations.province import read_province

    province, definition = read_province(settings.PROVINCE), read_definition(campaign_file(settings.PROVINCE))
    if args.json:
        return answer(args, [asdict(row) for row in access_table.table(province, definition)], ())
    return answer(args, None, _for_people(access_table.people(province, definition)))


def _for_people(table: dict[str, dict[str, str]]) -> Iterable[str]:
    yield "r 看 · w 写 · d 决定 · c 意见 · n 写明用途后看；A 本区域及以下 · P 全省 · O 本单位；数字为事项"
    for capability, held in table.items():
        yield f"\n{capability}"
        yield from (f"  {role}：{told}" for role, told in held.items() if told)


def _states(args: argparse.Namespace) -> int:
    _django()
    from dajian.service.workflow.tables import MACHINES, Machine

    if args.machine and args.machine not in MACHINES:
        raise Unusable(f"没有名为「{args.machine}」的状态表；有：{'、'.join(MACHINES)}")
    chosen: list[Machine] = [MACHINES[args.machine]] if args.machine else list(MACHINES.values())
    rows = [row for machine in chosen for row in _rows(machine)]
    return answer(args, rows, _drawn(chosen))


def _rows(machine: Any) -> Iterable[dict[str, Any]]:
    for move in machine.moves:
        yield {
            "machine": machine.name,
            "action": move.action,
            "from": list(move.sources),
            "to": move.to,
            "who": move.who,
            "clock": move.clock,
            "needs": [need.__name__ for need in move.needs],
        }


def _drawn(machines: Iterable[Any]) -> Iterable[str]:
    from dajian.service.workflow.move import ACTION_NAMES

    for machine in machines:
        yield f"{machine.label}（{machine.name}）"
        for move in machine.moves:
            sources = "、".join(machine.states[s] for s in move.sources)
            needs = f"；须 {'、'.join(n.__name__ for n in move.needs)}" if move.needs else ""
            deed = f"{ACTION_NAMES.get(move.action, move.action)}（{move.who}{needs}）"
            yield f"  {sources} ──{deed}──▶ {machine.states[move.to]}"
        yield ""
