"""`dajian manage rebuild_registry`: the registry's search, order and figures, anew from what was approved."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from dajian.service.registry.deriving import rebuild


class Command(BaseCommand):
    help = "按审定的内容重建资源库的检索、排序和列表数字；修改活动的筛选项或升级后运行，可以重复运行"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"已重建 {rebuild()} 家。")
