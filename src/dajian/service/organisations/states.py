"""The names of what is done to bodies and people, for history lines; nothing here has a state."""

from __future__ import annotations

from dajian.service.workflow.move import ACTION_NAMES

ACTION_NAMES |= {
    "create_body": "建立单位",
    "rename_body": "更改名称",
    "give_function": "赋予职能",
    "end_function": "结束职能",
    "transfer_function": "移交职能",
    "invite": "邀请",
    "join": "增加身份",
    "move_away": "调出",
    "move_in": "调入",
    "leave": "离岗",
    "slip_invite": "发出邀请链接",
    "slip_reset": "发出重设密码链接",
    "set_password": "设置密码",
}
