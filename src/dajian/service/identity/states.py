"""The state of a pair that may be one unit."""

from __future__ import annotations

from dajian.service.workflow.move import ACTION_NAMES
from dajian.service.workflow.tables import table

TWIN = table(
    "twin",
    "疑似重复",
    {"proposed": "待判断", "dismissed": "不是同一家", "merged": "已合并", "lapsed": "已不再相似"},
    ("dismiss", "proposed lapsed", "dismissed", "decide", ""),
    ("reconsider", "dismissed", "proposed", "decide", ""),
    ("merge", "proposed", "merged", "decide", ""),
    ("undo", "merged", "proposed", "decide", ""),
    ("lapse", "proposed", "lapsed", "system", ""),
    ("find_again", "lapsed", "proposed", "system", ""),
)

ACTION_NAMES |= {
    "find_twin": "系统发现疑似重复",
    "propose_twin": "提出可能重复",
    "dismiss": "判断为不是同一家",
    "reconsider": "重新判断",
    "merge": "合并",
    "undo": "撤销合并",
    "lapse": "资料改正后不再相似",
    "find_again": "再次发现相似",
    "advise": "提出意见",
    "merge_from": "并入另一条记录",
    "merge_away": "并入另一条记录",
    "undo_merge": "撤销合并",
    "give_code": "补充代码",
    "join_by_code": "按代码并入已有单位",
    "search_twins": "查找疑似重复",
}
