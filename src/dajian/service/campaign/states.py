"""The states of a campaign."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.campaign.checks import faults
from dajian.service.campaign.queries import definition_of
from dajian.service.workflow.move import ACTION_NAMES
from dajian.service.workflow.tables import table


def whole(campaign: Any, actor: Actor) -> list[str]:
    """Stages without gap or overlap, sensible years, each item with one lead."""
    return faults(definition_of(campaign))


CAMPAIGN = table(
    "campaign",
    N_("活动"),
    {"draft": N_("筹备中"), "open": N_("进行中"), "closed": N_("已结束")},
    ("open_campaign", "draft", "open", "define", "", whole),
    ("close_campaign", "open", "closed", "define", ""),
    ("reopen_campaign", "closed", "open", "define", ""),
)

ACTION_NAMES |= {
    "open_campaign": N_("启动活动"),
    "close_campaign": N_("结束活动"),
    "reopen_campaign": N_("重新开启活动"),
    "create_campaign": N_("建立活动"),
    "edit_campaign": N_("修改活动"),
    "edit_duties": N_("调整分工"),
    "upload_questionnaire": N_("上传问卷"),
}
