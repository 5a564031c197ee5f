"""`dajian manage first_admin`: the first security administrator, who invites everybody else."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dajian.service.access.errors import Refused
from dajian.service.organisations.actions.people import appoint_first
from dajian.service.organisations.models import Organisation


class Command(BaseCommand):
    help = "设立第一位安全管理员，打印一次性链接，由本人设置密码"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="登录名")
        parser.add_argument("name", help="姓名")
        parser.add_argument("body", help="所在单位的名称，须已载入")

    def handle(self, *args: Any, **options: Any) -> None:
        body = Organisation.unscoped.filter(kind="body", name=options["body"]).first()
        if body is None:
            raise CommandError(f"没有名为“{options['body']}”的单位。请先运行 load_province，或核对名称。")
        try:
            made = appoint_first(body.pk, name=options["name"], username=options["username"], at=timezone.now())
        except Refused as refused:
            raise CommandError("；".join(refused.reasons)) from refused
        self.stdout.write(f"请{options['name']}在 7 天内打开本站的 /slip/{made.token} 设置密码。链接只能用一次。")
