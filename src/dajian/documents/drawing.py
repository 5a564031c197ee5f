"""The dimensioned outline drawing (轮廓图, order 62 article 10 ¶2) of a proposal: side, plan and rear view to scale."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby
from pathlib import Path

from dajian.documents.sheet import PAPER_MM, TEXT_MM, Frame, Sheet
from dajian.documents.silhouettes import plan_parts, rear_parts, side_parts
from dajian.documents.typeset import pdf, png
from dajian.engine.findings import figure
from dajian.engine.loading.arrangement import Arrangement
from dajian.engine.loading.proposal import Proposal
from dajian.engine.loading.statics import centre

TEMPLATE = Path(__file__).parent / "drawing.typ"
SCALES = (20, 25, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250, 300, 400, 500)
MARGIN_MM, SIDE_ROOM_MM = 12.0, 40.0
GROUPINGS = {
    "four_point": "四点支承",
    "three_point_front": "三点支承（前组联通）",
    "three_point_rear": "三点支承（后组联通）",
    "fifth_wheel": "牵引鞍座与轴组",
    "springs": "前后轴组",
}
CLASSES = {None: "不属于超限", "I": "一类大件", "II": "二类大件", "III": "三类大件"}


def outline_svg(proposal: Proposal) -> str:
    """The drawing as SVG; its coordinates are millimetres of the train."""
    found = proposal.ranked.arrangement
    vehicle = found.vehicle
    sheet = Sheet(_scale(found), f"轮廓图 {vehicle.name}")
    left = sheet.paper(MARGIN_MM)
    top = sheet.paper(MARGIN_MM + 5)
    sheet.text((left, top), f"车货总体轮廓图：{_cut(vehicle.name, 90)}", size=4.2, anchor="start", bold=True)
    right = sheet.paper(PAPER_MM[0] - MARGIN_MM)
    sheet.text((right, top), f"比例 1:{sheet.scale:g}　单位 m、t", size=3.0, anchor="end")
    first_axle = left + found.nose_m * 1000
    ground = top + sheet.paper(22) + vehicle.height_m * 1000
    _side(proposal, Frame(sheet, first_axle, ground))
    middle = ground + sheet.paper(38) + vehicle.width_m * 500
    _plan(proposal, Frame(sheet, first_axle, middle))
    rear_ground = middle + vehicle.width_m * 500 + sheet.paper(24) + vehicle.height_m * 1000
    rear_middle = left + sheet.paper(6) + vehicle.width_m * 500
    _rear(proposal, Frame(sheet, rear_middle, rear_ground))
    block_x = rear_middle + vehicle.width_m * 500 + sheet.paper(48)
    _facts(proposal, sheet, block_x, middle + vehicle.width_m * 500 + sheet.paper(22))
    return sheet.svg()


def _scale(found: Arrangement) -> int:
    """The largest usual scale at which all three views fit on the paper."""
    vehicle = found.vehicle
    room_x = PAPER_MM[0] - 2 * MARGIN_MM - SIDE_ROOM_MM
    for scale in SCALES:
        tall = 2 * vehicle.height_m + vehicle.width_m
        if vehicle.length_m * 1000 / scale <= room_x and tall * 1000 / scale + 112 <= PAPER_MM[1] - 2 * MARGIN_MM:
            return scale
    return SCALES[-1]


def _side(proposal: Proposal, frame: Frame) -> None:
    found, sheet = proposal.ranked.arrangement, frame.sheet
    vehicle, load = found.vehicle, found.load
    end = vehicle.length_m - found.nose_m
    side_parts(found, frame)
    sheet.line(frame.at(-found.nose_m, 0), frame.at(end, 0), width=0.4)
    _cargo_mark(found, frame)
    _, at, _, up = centre(found.suspension.body)
    sheet.mark(frame.at(at, up), "support")
    _axle_loads(found, frame)
    below = frame.base_y + sheet.paper(5.5)
    _spacings(found, frame, below)
    row = below + sheet.paper(11)
    _level(frame, "cargo_front", 0.0, found.cargo_front_m, row, f"货物前端 {figure(found.cargo_front_m)}")
    _level(frame, "cargo_length", found.cargo_front_m, found.cargo_front_m + load.length_m, row,
           f"货长 {figure(load.length_m)}")  # fmt: skip
    _level(frame, "length", -found.nose_m, end, row + sheet.paper(7), f"总长 {figure(vehicle.length_m)}")
    x = frame.origin_x + end * 1000 + sheet.paper(5)
    _upright(frame, "height", x, 0.0, vehicle.height_m, f"总高 {figure(vehicle.height_m)}")
    x += sheet.paper(17)
    _upright(frame, "deck_height", x, 0.0, found.deck_height_m, f"底面 {figure(found.deck_height_m)}")
    top = found.deck_height_m + load.height_m
    _upright(frame, "cargo_height", x, found.deck_height_m, top, f"货高 {figure(load.height_m)}")
    title_y = frame.base_y - vehicle.height_m * 1000 - sheet.paper(15.5)
    sheet.text((frame.origin_x - found.nose_m * 1000, title_y), "侧视图（前端在左）", size=3.0, anchor="start")


def _plan(proposal: Proposal, frame: Frame) -> None:
    found, sheet = proposal.ranked.arrangement, frame.sheet
    vehicle, load = found.vehicle, found.load
    plan_parts(found, frame)
    sheet.rect(frame.at(found.cargo_front_m, load.width_m / 2), (load.length_m * 1000, load.width_m * 1000), "cargo",
               "rgba(217,119,6,0.12)", name="cargo")  # fmt: skip
    points = proposal.grouping.points
    sheet.polygon([frame.at(*point) for point in points], "support", "rgba(29,78,216,0.10)")
    for point in points:
        sheet.circle(frame.at(*point), sheet.paper(0.8), "support", "white")
    (x1, y1), (x2, y2) = proposal.grouping.tipping.edge
    sheet.line(frame.at(x1, y1), frame.at(x2, y2), "danger", width=0.5, dash="tipping")
    _, at, right, _ = centre(found.suspension.body)
    sheet.mark(frame.at(at, right), "support")
    end = vehicle.length_m - found.nose_m
    x = frame.origin_x + end * 1000 + sheet.paper(5)
    half = vehicle.width_m / 2
    _upright(frame, "width", x, -half, half, f"总宽 {figure(vehicle.width_m)}")
    _upright(frame, "cargo_width", x + sheet.paper(17), -load.width_m / 2, load.width_m / 2,
             f"货宽 {figure(load.width_m)}")  # fmt: skip
    title_y = frame.base_y - half * 1000 - sheet.paper(3)
    words = f"俯视图　{GROUPINGS[proposal.grouping.kind]}，红虚线为最先倾翻的支承边"
    sheet.text((frame.origin_x - found.nose_m * 1000, title_y), words, size=3.0, anchor="start")


def _rear(proposal: Proposal, frame: Frame) -> None:
    found, sheet = proposal.ranked.arrangement, frame.sheet
    vehicle = found.vehicle
    rear_parts(found, frame)
    half = vehicle.width_m / 2
    sheet.line(frame.at(-half, 0), frame.at(half, 0), width=0.4)
    _, at, right, up = centre(found.suspension.body)
    pivot = found.suspension.pivot_height_m
    for side in _edge_sides(proposal, at):
        sheet.line(frame.at(right, up), frame.at(side, pivot), "danger", dash="tipping")
        sheet.circle(frame.at(side, pivot), sheet.paper(0.8), "support", "white")
    sheet.mark(frame.at(right, up), "support")
    y = frame.base_y + sheet.paper(6)
    _level(frame, "rear_width", -half, half, y, f"总宽 {figure(vehicle.width_m)}")
    x = frame.origin_x + half * 1000 + sheet.paper(4)
    _upright(frame, "rear_height", x, 0.0, vehicle.height_m, f"总高 {figure(vehicle.height_m)}")
    _upright(frame, "centre_height", x + sheet.paper(17), 0.0, up, f"重心 {figure(round(up, 3))}")
    title_y = frame.base_y - vehicle.height_m * 1000 - sheet.paper(3)
    words = f"后视图　倾翻角 {proposal.grouping.tipping.angle_deg:.1f}°"
    sheet.text((frame.origin_x - half * 1000, title_y), words, size=3.0, anchor="start")


def _facts(proposal: Proposal, sheet: Sheet, x: float, y: float) -> None:
    """What the form asks for in words, under the plan."""
    ranked, found = proposal.ranked, proposal.ranked.arrangement
    vehicle, load, option = found.vehicle, found.load, found.option
    grouping = proposal.grouping
    tractors = f"{option.tractors} 台 {option.tractor.name}" if option.tractor else "自行"
    points = GROUPINGS[grouping.kind]
    if grouping.front_lines:
        points += f"，前组 {grouping.front_lines} 线、后组 {grouping.rear_lines} 线"
    rows = [
        f"货物：{_cut(load.name, 60) or '未填名称'}，"
        + " × ".join(map(figure, (load.length_m, load.width_m, load.height_m)))
        + f" m，{figure(load.mass_t)} t",
        f"车组：{_cut(vehicle.name, 60)}；{_cut(tractors, 40)}",
        f"总质量 {figure(vehicle.train.mass_t)} t（牵引车 {figure(found.tractors_t)}，"
        f"挂车 {figure(round(found.trailer_t, 3))}）；"
        f"{CLASSES[ranked.permit_class]}{'，超过第十七条限值' if ranked.refused else ''}",
        *_wrapped("轴荷 t：", [_run(n, v) for v, n in _runs(vehicle.train.loads_t)], "＋"),
        *_wrapped("轴距 m：", [_run(n, v) for v, n in _runs(vehicle.train.spacings_m)], "－"),
        f"悬挂：{points}；倾翻角 {grouping.tipping.angle_deg:.1f}°",
        "重心：橙色为货物，蓝色为挂车与货物合成；蓝色圆点为支承点。",
        "通用车型尺寸，送审前以实际车辆参数表替换；"
        + ("货物重心为假定。" if load.assumed else "货物参数由托运人申报。"),
    ]
    for number, row in enumerate(rows):
        sheet.text((x, y + number * sheet.paper(5.2)), row, size=3.0, anchor="start")


def _cargo_mark(found: Arrangement, frame: Frame) -> None:
    load = found.load
    top = found.deck_height_m + load.height_m
    corner = frame.at(found.cargo_front_m, top)
    size = (load.length_m * 1000, load.height_m * 1000)
    frame.sheet.rect(corner, size, "cargo", "rgba(217,119,6,0.12)", name="cargo")
    back, _, up = load.centre_m
    frame.sheet.mark(frame.at(found.cargo_front_m + back, found.deck_height_m + up), "cargo")


def _axle_loads(found: Arrangement, frame: Frame) -> None:
    """The load over each run of equal axles, in rows that keep clear of each other."""
    sheet, train = frame.sheet, found.vehicle.train
    base = frame.base_y - found.vehicle.height_m * 1000 - sheet.paper(3.5)
    at, index = train.positions_m, 0
    for value, count in _runs(train.loads_t):
        first, last = at[index], at[index + count - 1]
        x1, x2 = frame.at(first, 0)[0], frame.at(last, 0)[0]
        y = sheet.label(((x1 + x2) / 2, base - sheet.paper(1)), _run(count, value), down=False)
        sheet.line((x1, y + sheet.paper(0.9)), (max(x2, x1 + 1), y + sheet.paper(0.9)), "dim", width=0.3)
        for axle in {index, index + count - 1}:
            x = frame.at(at[axle], 0)[0]
            sheet.line((x, y + sheet.paper(0.9)), (x, base + sheet.paper(2.5)), "dim", width=0.15)
        index += count


def _spacings(found: Arrangement, frame: Frame, y: float) -> None:
    """Chain of axle spacings under the ground line; equal ones in one figure."""
    sheet, train = frame.sheet, found.vehicle.train
    at, index = train.positions_m, 0
    for value, count in _runs(train.spacings_m):
        a, b = frame.at(at[index], 0)[0], frame.at(at[index + count], 0)[0]
        tick = sheet.paper(1)
        sheet.line((a, y - tick), (a, y + tick), "dim", width=0.2)
        sheet.line((b, y - tick), (b, y + tick), "dim", width=0.2)
        sheet.measured(f"axle_spacing_{index + 1}_{index + count}", (a, y), (b, y))
        sheet.label(((a + b) / 2, y + sheet.paper(TEXT_MM + 0.8)), _run(count, value), down=True)
        index += count


def _level(frame: Frame, name: str, start_m: float, end_m: float, y: float, words: str) -> None:
    frame.sheet.dimension(name, (frame.at(start_m, 0)[0], y), (frame.at(end_m, 0)[0], y), words)


def _upright(frame: Frame, name: str, x: float, low_m: float, high_m: float, words: str) -> None:
    frame.sheet.dimension(name, (x, frame.at(0, low_m)[1]), (x, frame.at(0, high_m)[1]), words)


def _edge_sides(proposal: Proposal, at_m: float) -> tuple[float, ...]:
    """Where the support figure's sides lie across the train, at the centre of gravity's place along it."""
    points = list(proposal.grouping.points)
    sides = set()
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if min(x1, x2) <= at_m <= max(x1, x2) and abs(x2 - x1) > 1e-6:
            sides.add(round(y1 + (y2 - y1) * (at_m - x1) / (x2 - x1), 4))
    return tuple(sorted(sides))


def _cut(words: str, most: int) -> str:
    """At most so many half-width signs."""
    wide = [2 if ord(sign) > 0x2E80 else 1 for sign in words]
    return words if sum(wide) <= most else words[: bisect_right(list(accumulate(wide)), most - 2)] + "…"


def _runs(values: Sequence[float]) -> list[tuple[float, int]]:
    return [(value, len(list(group))) for value, group in groupby(values)]


def _run(count: int, value: float) -> str:
    return f"{count}×{figure(value)}" if count > 1 else figure(value)


def _wrapped(head: str, pieces: Sequence[str], joint: str, most: int = 62) -> list[str]:
    """Pieces joined, broken into rows of at most `most` signs."""
    rows, row = [], head
    for number, piece in enumerate(pieces):
        part = piece + (joint if number < len(pieces) - 1 else "")
        if len(row) + len(part) > most:
            rows.append(row)
            row = "　　　　"
        row += part
    return [*rows, row]


def outline_pdf(svg: str) -> bytes:
    """The drawing as a PDF page of the sheet's size."""
    return pdf(TEMPLATE, _page(svg))


def outline_png(svg: str, ppi: float = 120) -> bytes:
    """The drawing as a picture, for Word papers and for looking at."""
    return png(TEMPLATE, _page(svg), ppi)


def _page(svg: str) -> dict[str, object]:
    return {"svg": svg, "width_mm": PAPER_MM[0], "height_mm": PAPER_MM[1]}
