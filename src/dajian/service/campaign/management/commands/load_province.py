"""`dajian manage load_province`: what the province's folder ships, into an empty or an older database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from dajian.service.campaign.actions.loading import load_first_campaign
from dajian.service.organisations.models import Area, Organisation


class Command(BaseCommand):
    help = "载入本省的区划、职能、单位、问卷和活动方案；可以重复运行，页面上改过的不会被覆盖"

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_first_campaign(settings.PROVINCE, at=timezone.now())
        bodies = Organisation.unscoped.filter(kind="body").count()
        self.stdout.write(f"{Area.unscoped.count()} 个区域，{bodies} 个单位。")
        if made:
            self.stdout.write(f"已建立活动“{made.title}”（筹备中），由{made.owner.name}核对后启动。")
