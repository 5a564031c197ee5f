"""The states of the survey, each machine a table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.access.actor import Actor
from dajian.service.organisations.heirs import bodies_of
from dajian.service.workflow.move import ACTION_NAMES
from dajian.service.workflow.tables import table


def campaign_open(obj: Any, actor: Actor) -> list[str]:
    item = obj.item if hasattr(obj, "item") else obj.unit.item
    return [] if item.campaign.state == "open" else [_("活动尚未开始或已经结束，只能查看。")]


def unit_under_way(submission: Any, actor: Actor) -> list[str]:
    """A unit that has its outcome sends nothing more: first it is listed again."""
    unit = submission.unit
    if unit.state == "open":
        return []
    told = {"name": unit.subject.name, "outcome": UNIT.said(unit.state)}
    return [_("“%(name)s”已登记为“%(outcome)s”，请先重新列入，或把这份调查表退回。") % told]


def another_person(submission: Any, actor: Actor) -> list[str]:
    """两人: who checks is not who entered (rule 12)."""
    if submission.current and submission.current.person_id == actor.person_id:
        return [_("“%(name)s”由您本人填报，须由另一位同志核查。") % {"name": submission.unit.subject.name}]
    return []


def sent_by_own_body(submission: Any, actor: Actor) -> list[str]:
    """Who moved it last takes it back, nobody else."""
    if submission.current and submission.current.organisation_id not in bodies_of(actor):
        return [
            _("这份调查表由%(organisation_name)s报出，只能由其撤回；您可以退回。")
            % {"organisation_name": submission.current.organisation_name}
        ]
    return []


def not_own_report(report: Any, actor: Actor) -> list[str]:
    """No one decides on what he entered or reported."""
    if report.reported_by == actor.person_id:
        return [_("这份报送由您本人报出，须由另一位同志审定。")]
    own = report.entries.filter(version__person_id=actor.person_id, fate="held")
    return [
        _("“%(name)s”由您本人填报，须由另一位同志审定。") % {"name": e.version.submission.unit.subject.name}
        for e in own[:3]
    ]


def nothing_decided(report: Any, actor: Actor) -> list[str]:
    decided = report.entries.exclude(fate="held").exists()
    return [_("审定单位已开始处理，不能撤回。")] if decided else []


def no_submission_under_way(unit: Any, actor: Actor) -> list[str]:
    """An outcome other than approved only when no submission is to come."""
    submission = getattr(unit, "submission", None)
    if submission and submission.state in ("sent", "checked", "reported"):
        return [_("调查表正在核查或审定，请先退回或撤回，再登记结果。")]
    return []


def nothing_approved(unit: Any, actor: Actor) -> list[str]:
    """What 审定 found is changed by a correction, which goes the same way once more."""
    submission = getattr(unit, "submission", None)
    if submission and submission.state == "approved":
        return [_("该单位的调查表已审定。请打开调查表，使用“提出更正”。")]
    return []


SUBMISSION = table(
    "submission",
    N_("调查表"),
    {
        "draft": N_("草稿"),
        "sent": N_("待核查"),
        "checked": N_("已核查"),
        "reported": N_("已报送"),
        "returned": N_("已退回"),
        "approved": N_("已审定"),
    },
    ("send", "draft returned", "sent", "send", "", campaign_open, unit_under_way),
    ("take_back", "sent", "draft", "send", "", campaign_open, sent_by_own_body),
    ("check", "sent", "checked", "check", "", campaign_open, unit_under_way, another_person),
    ("uncheck", "checked", "sent", "check", "", campaign_open),
    ("return", "sent checked", "returned", "check", "", campaign_open),
    ("report", "checked", "reported", "report", "", campaign_open, unit_under_way),
    ("recall", "reported", "checked", "report", "", campaign_open),
    ("send_back", "reported", "returned", "decide", "", campaign_open),
    ("approve", "reported", "approved", "decide", "", campaign_open, unit_under_way, another_person),
    ("correct", "approved", "returned", "correct", "", campaign_open),
)

OUTCOMES = {
    "approved": N_("已审定"),
    "not_eligible": N_("不属调查对象"),
    "gone": N_("注销或迁出"),
    "not_found": N_("查无"),
    "refused": N_("拒绝填报"),
    "duplicate": N_("重复"),
}

UNIT = table(
    "unit",
    N_("单位"),
    {"open": N_("在办"), **OUTCOMES},
    ("approve", "open", "approved", "decide", ""),
    ("find_ineligible", "open", "not_eligible", "decide", ""),
    ("not_eligible", "open", "not_eligible", "list", "", campaign_open, no_submission_under_way),
    ("gone", "open", "gone", "list", "", campaign_open, no_submission_under_way),
    ("not_found", "open", "not_found", "list", "", campaign_open, no_submission_under_way),
    ("refuse", "open", "refused", "list", "", campaign_open, no_submission_under_way),
    ("duplicate", "open", "duplicate", "list", "", campaign_open, no_submission_under_way),
    ("reopen", "not_eligible gone not_found refused duplicate", "open", "list", "", campaign_open, nothing_approved),
    ("correct", "approved not_eligible", "open", "list", ""),
    # Two units found to be one: the one that is not kept gives way, and comes back as it was when that is undone.
    ("absorb", "open approved not_eligible gone not_found refused", "duplicate", "system", ""),
    *((f"part_as_{state}", "duplicate", state, "system", "") for state in ("open", *OUTCOMES) if state != "duplicate"),
)

REPORT = table(
    "report",
    N_("报送"),
    {"open": N_("编制中"), "reported": N_("待审定"), "returned": N_("已退回"), "approved": N_("已审定")},
    ("report", "open", "reported", "report", "", campaign_open),
    ("recall", "reported", "open", "report", "", campaign_open, nothing_decided),
    ("return", "reported", "returned", "decide", "", campaign_open),
    ("approve", "reported", "approved", "decide", "", campaign_open, not_own_report),
)

IMPORT = table(
    "import",
    N_("导入"),
    {
        "reading": N_("读取中"),
        "refused": N_("未能读取"),
        "ready": N_("待确认"),
        "nothing": N_("没有变化"),
        "writing": N_("写入中"),
        "done": N_("已导入"),
        "cancelled": N_("已取消"),
    },
    ("read", "reading", "ready", "system", ""),
    ("read_nothing", "reading", "nothing", "system", ""),
    ("fail", "reading", "refused", "system", ""),
    ("confirm", "ready", "writing", "enter", "", campaign_open),
    ("finish", "writing", "done", "system", ""),
    ("cancel", "ready", "cancelled", "enter", ""),
)

ACTION_NAMES |= {
    "enter": N_("新建调查表"),
    "invite_unit": N_("发出填报邀请"),
    "revoke_invitation": N_("撤销填报邀请"),
    "open_invitation": N_("打开填报邀请"),
    "lock_invitation": N_("短码连续输错，邀请暂停"),
    "open_unit_account": N_("开通单位账号"),
    "reset_unit_account": N_("重设单位账号密码"),
    "ask_correction": N_("请求更正"),
    "take_over": N_("草稿转到新版问卷"),
    "send": N_("报出"),
    "take_back": N_("撤回"),
    "check": N_("核查通过"),
    "uncheck": N_("撤回核查"),
    "return": N_("退回"),
    "report": N_("报送"),
    "recall": N_("撤回报送"),
    "send_back": N_("审定时退回"),
    "approve": N_("审定通过"),
    "correct": N_("提出更正"),
    "reopen": N_("重新列入"),
    "not_eligible": N_("登记为不属调查对象"),
    "find_ineligible": N_("审定为不属调查对象"),
    "gone": N_("登记为注销或迁出"),
    "not_found": N_("登记为查无"),
    "refuse": N_("登记为拒绝填报"),
    "duplicate": N_("登记为重复"),
    "absorb": N_("与另一家合并"),
    **{f"part_as_{state}": N_("撤销合并") for state in ("open", *OUTCOMES)},
    "list": N_("列入名单"),
    "relist": N_("按新名单更新"),
    "read": N_("读取完成"),
    "fail": N_("未能读取"),
    "read_nothing": N_("读取完成，没有需要导入的内容"),
    "confirm": N_("确认导入"),
    "finish": N_("导入完成"),
    "cancel": N_("取消导入"),
    "import": N_("上传表格"),
    "replace": N_("以新表替换"),
    "replace_draft": N_("以表格替换草稿"),
    "comment": N_("提出意见"),
    "open": N_("开始编制"),
}
