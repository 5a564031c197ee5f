"""Words and figures that the papers on bridges share."""

from __future__ import annotations

from typing import Any

from dajian.engine.bridge.screen import SCREENING
from dajian.engine.findings import sentences

NOTICE = f"{SCREENING}：按规范的比较方法筛查，不是安全通行评价报告，不能代替验算。"
VERDICT_WORDS = {
    "pass": "通过",
    "conditional": "采取措施后通过",
    "verify": "须作荷载效应验算",
    "barred": "不可通行",
    "manual": "须人工判断",
}
EFFECT_WORDS = {"m_pos": "正弯矩 M+", "m_neg": "负弯矩 M-", "v": "剪力 V", "r_max": "反力 Rmax", "r_min": "上拔 Rmin"}
LABELS = {
    "id": "编号",
    "name": "桥名",
    "road": "路线",
    "station_km": "桩号（km）",
    "spans_m": "跨径（m）",
    "structure": "结构体系",
    "design_load": "设计荷载",
    "year": "建成年份",
    "condition": "技术状况",
    "rated_on": "评定日期",
    "section": "截面",
    "lanes": "车道数",
    "girders": "梁（板）数",
    "girder_spacing_m": "梁距（m）",
    "deck_width_m": "桥面宽（m）",
    "piers": "墩型",
    "posted_mass_t": "限载（t）",
    "posted_axle_t": "限轴重（t）",
    "kind": "构造物",
    "clearance_m": "净空（m）",
    "frequency_hz": "基频（Hz）",
}
WORDS = {
    "simple": "简支",
    "continuous": "连续",
    "other": "其他",
    "ordinary": "普通墩",
    "single_column": "独柱墩",
    "box": "整体箱梁",
    "t_girder": "T 梁",
    "small_box": "小箱梁",
    "hollow_slab": "空心板",
    "solid_slab": "实心板",
}
ADVICE = (
    "按申报的装载和轴荷运输，运输前核对轴荷、轴距。",
    "沿桥面中心线匀速行驶，不制动、不换挡、不停车；遇堵车在桥外等候。",
    "同一幅桥上大件车前后不得有其他车辆；小型车辆可在旁边通行，重型车辆不可。",
)


def shown(value: Any, digits: int = 3) -> str:
    """A figure with the decimals that the data has."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.{digits}f}"
    return str(value)


def measure_words(name: str) -> str:
    """A measure's sentence."""
    said = sentences()
    if name.startswith("more_lines_"):
        return said["measure_more_lines"]["zh"].format(value=name.rsplit("_", 1)[1])
    return said[f"measure_{name}"]["zh"]
