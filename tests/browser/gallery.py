"""A page with every part and class of docs/screens.md on it, for looking at and for axe. Its addresses stand in for the
service's in the tests that show it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from dajian.service.access.actor import Actor
from dajian.service.urls import urlpatterns as service

TEMPLATE = Path(__file__).with_name("templates") / "gallery.html"
AT = datetime(2019, 5, 19, 8, 5, tzinfo=UTC)


def content() -> dict[str, Any]:
    """The gallery's context, all invented."""
    names = ("泉州顺通大件运输有限公司", "福建闽南重型设备吊装运输股份有限公司", "安溪恒运物流有限公司")
    states = (("sent", "待核查"), ("returned", "已退回"), ("approved", "已审定"))
    rows = [
        {"name": name, "code": f"9135050{n}MA2XN0LQ3{n}", "area": "安溪县", "n": 12 * n + 3, "phone": "0595-23231234"}
        | {"state": state, "label": label}
        for n, (name, (state, label)) in enumerate(zip(names, states, strict=True))
    ]
    return {
        "title": "大件运输企业",
        "trail": [("首页", "/"), ("大走访活动", "/")],
        "tiles": [("名单内", 1284), ("未填报", 96), ("待核查", 3), ("已报送", 412), ("已退回", 2), ("已审定", 771)],
        "steps": [
            ("填报", "done", "安溪县"),
            ("核查", "done", "泉州市"),
            ("报送", "now", "待报送"),
            ("审定", "", ""),
            ("入库", "", ""),
        ],
        "rows": rows,
        "page": Paginator(range(1284), 50).page(6),
        "changes": [
            {"label": "注册资本（万元）", "old": 10000, "new": 12000, "where": ""},
            {"label": "轴线数", "old": None, "new": 14, "where": "车辆 2"},
            {"label": "经营范围", "old": "大型物件运输（三类）", "new": "大型物件运输（四类）、货物专用运输"},
        ],
        "heads": ["名单", "未开始", "草稿", "待核查", "已核查", "已报送", "已退回", "已审定", "查无", "注销"],
        "board": [
            ("福州市", [210, 12, 3, 8, 20, 60, 1, 103, 2, 1]),
            ("平潭综合实验区", [14, 2, 0, 1, 1, 4, 0, 6, 0, 0]),
        ],
        "lines": [
            _line("退回", "福建省道路运输管理局", "陈志明", "注册资本与营业执照不一致，请核实后重报。"),
            _line("报送（第 1 次，23 家）", "泉州市交通运输局", "林晓东", ""),
            _line("核查通过", "泉州市交通运输局", "王丽娟", ""),
        ],
        "job": job("running", 640, 1),
        "badges": [("draft", "草稿"), ("open", "在办"), ("sent", "待核查"), ("ready", "待确认")]
        + [("returned", "已退回"), ("approved", "已审定"), ("closed", "注销或迁出")],
    }


def _line(text: str, organisation_name: str, person_name: str, reason: str) -> SimpleNamespace:
    return SimpleNamespace(
        at=AT, text=text, organisation_name=organisation_name, person_name=person_name, reason=reason
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """The page as an officer of a city with two memberships sees it."""
    posts = [(1, "泉州市交通运输局", "经办人"), (2, "泉州市道路运输管理处", "管理员")]
    request.memberships = [  # type: ignore[attr-defined]
        SimpleNamespace(pk=pk, organisation=SimpleNamespace(name=body), get_role_display=role)
        for pk, body, role in posts
    ]
    request.actor = Actor(  # type: ignore[attr-defined]
        account_id=0,
        person_id=0,
        person_name="林晓东",
        membership_id=1,
        organisation_id=0,
        organisation_name="泉州市交通运输局",
        role="officer",
        role_label="经办人",
        area_name="泉州市",
        area_path="",
    )
    template = engines["django"].from_string(TEMPLATE.read_text(encoding="utf-8"))
    return HttpResponse(template.render(content(), request))


def work(request: HttpRequest) -> HttpResponse:
    """Long work that is further on at the second look and done at the third."""
    look = int(request.GET["look"])
    return render(request, "parts/progress.html", {"job": job("running" if look == 1 else "done", 1200, look + 1)})


def job(state: str, done: int, look: int) -> SimpleNamespace:
    """As jobs.queries.progress tells it."""
    told = "正在处理。可以离开此页，处理不会中断。"
    poll = f"/gallery/work?look={look}"
    said = {"label": "读取「泉州市大件运输企业.xlsx」", "told": told, "error": "", "poll": poll}
    return SimpleNamespace(state=state, running=state == "running", done=done, total=1500, **said)


urlpatterns = [path("gallery", gallery), path("gallery/work", work), *service]
