"""The names of what is done to bodies and people, for history lines; nothing here has a state."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from dajian.service.workflow.move import ACTION_NAMES

ACTION_NAMES |= {
    "create_body": N_("建立单位"),
    "rename_body": N_("更改名称"),
    "give_function": N_("赋予职能"),
    "end_function": N_("结束职能"),
    "transfer_function": N_("移交职能"),
    "succeed": N_("机构改革：由其他单位承继"),
    "succeed_to": N_("机构改革：承继其他单位"),
    "follow": N_("随机构改革转入承继单位"),
    "invite": N_("邀请"),
    "join": N_("增加身份"),
    "move_away": N_("调出"),
    "move_in": N_("调入"),
    "leave": N_("离岗"),
    "slip_invite": N_("发出邀请链接"),
    "slip_reset": N_("发出重设密码链接"),
    "set_password": N_("设置密码"),
}
