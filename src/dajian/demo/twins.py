"""A province's units with twins that are known: the same firm once more, as another office would have entered it.

Shares nothing with what finds them: what is written otherwise is drawn here, by tables of its own. Around them stand
firms that look alike and are not one: brothers at one address, namesakes in other cities, branches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from dajian.demo import carriers, manufacturers, numbers
from dajian.demo.drawing import Record, cities
from dajian.demo.questionnaire import questionnaire, words

TWINS = 30
ROLES = {"carrier": carriers, "maker": manufacturers}
# Signs that are spoken alike, as somebody writes who only heard the name.
SPOKEN_ALIKE = {
    "鸿": "宏洪虹", "宏": "鸿洪", "顺": "舜", "远": "苑", "恒": "衡横", "盛": "胜圣", "通": "同桐", "安": "桉",
    "瑞": "睿锐", "捷": "杰洁", "金": "今", "泰": "太", "华": "骅", "兴": "星", "嘉": "佳加", "福": "富", "隆": "龙",
    "诚": "成城", "信": "鑫", "宇": "雨羽", "联": "连", "新": "欣鑫", "众": "仲", "合": "和禾", "程": "成", "途": "图",
    "驰": "池", "翔": "祥", "腾": "藤", "航": "杭", "峰": "丰锋", "源": "元", "丰": "峰", "力": "立利", "川": "穿",
    "岳": "悦跃", "桥": "乔", "鼎": "顶", "发": "伐", "昌": "唱", "路": "陆", "百": "佰", "万": "萬",
}  # fmt: skip
UNLIKE = {"鑫", "唱", "伐", "穿", "藤", "萬", "横"}  # not quite alike, or nobody's choice
MISREAD = {"0": "O", "1": "I"}
TRADING_AS = ("海西重载", "八闽吊运", "闽台特运", "东南巨无霸", "沿海超限", "北斗大件", "武夷重载", "妈祖起运")


@dataclass(frozen=True)
class Entered:
    """A unit as an office entered it. county: its code; old_name: the one that it bore before."""

    role: str  # carrier | maker
    name: str
    code: str
    county: str
    address: str
    phone: str
    old_name: str = ""


@dataclass(frozen=True)
class Planted:
    """units: all, twins among them. twins: (place of the one, place of the other, way)."""

    units: tuple[Entered, ...]
    twins: tuple[tuple[int, int, str], ...]


def plant(seed: int, n: int = 1000, twins: int = TWINS, *, on: date) -> Planted:
    """n units, among them so many pairs of one firm, each way as often as the others; the same for the same arguments.

    Raises ValueError for fewer than ten units a twin.
    """
    if n < 10 * twins:
        raise ValueError(n)
    draw = Random(f"twins/{seed}")
    firms = _firms(seed, n - twins, draw, on)
    coded = [at for at, firm in enumerate(firms) if firm.code and firm.phone and firm.address]
    units, pairs = list(firms), []
    ways = list(WAYS)
    for one, at in enumerate(draw.sample(coded, twins)):
        way = ways[one % len(ways)]
        units[at], again = WAYS[way](units[at], draw)
        pairs.append((at, len(units), way))
        units.append(again)
    order = draw.sample(range(n), n)
    place = {old: new for new, old in enumerate(order)}
    return Planted(tuple(units[old] for old in order), tuple((place[a], place[b], way) for a, b, way in pairs))


def _firms(seed: int, n: int, draw: Random, on: date) -> list[Entered]:
    """Carriers and makers of all cities in turn; one in eight is known without a code, one in ten has a neighbour."""
    areas = list(cities())
    each = n // len(areas) // len(ROLES) + 1
    found = [
        _entered(role, record, draw)
        for area in areas
        for role, kind in ROLES.items()
        for record in kind.make(f"twins/{seed}", each, area, on=on)
    ]
    draw.shuffle(found)
    firms = found[: n - n // 10]
    near = draw.sample([firm for firm in firms if firm.code], n - len(firms))
    return firms + [NEIGHBOURS[i % len(NEIGHBOURS)](firm, draw) for i, firm in enumerate(near)]


def _entered(role: str, record: Record, draw: Random) -> Entered:
    code = record["unit_credit_code"] if draw.random() > 1 / 8 else ""
    address, phone = record.get("unit_address", ""), record.get("contact_mobile", "")
    return Entered(role, record["unit_name"], code, record["unit_area"], address, phone)


def _brother(firm: Entered, draw: Random) -> Entered:
    """Another firm of the same owner, at the same door and phone, with a code of its own."""
    name = firm.name.replace("有限公司", draw.choice(("仓储", "供应链", "设备租赁")) + "有限公司")
    return replace(firm, name=name, code=_another_code(firm, draw))


def _branch(firm: Entered, draw: Random) -> Entered:
    county = draw.choice(_counties(firm.county))
    return replace(firm, name=f"{firm.name}第{draw.randint(2, 9)}分公司", code=_another_code(firm, draw), county=county)


def _namesake(firm: Entered, draw: Random) -> Entered:
    """A firm of the same trade name in another city, known without a code."""
    names = list(cities().values())
    here = next((name[:2] for name in names if name[:2] in firm.name), "")
    there = draw.choice([name for name in names if name[:2] != here])
    county = draw.choice(questionnaire("carrier").counties[there])
    return Entered(firm.role, firm.name.replace(here, there[:2], 1) if here else f"{there[:2]}{firm.name}", "", county,
                   f"{there}示例路{draw.randint(1, 399)}号", numbers.mobile(draw))  # fmt: skip


def _another_code(firm: Entered, draw: Random) -> str:
    return numbers.credit_code(firm.county, draw.randrange(31**6))


def _counties(county: str) -> tuple[str, ...]:
    return next(codes for codes in questionnaire("carrier").counties.values() if county in codes)


NEIGHBOURS = (_brother, _branch, _namesake)


# The six ways in which one firm comes twice: (the firm, drawn anew) -> (the firm, the firm once more).
def _digit_wrong(firm: Entered, draw: Random) -> tuple[Entered, Entered]:
    """One digit of the code mistyped, under a shortened name."""
    at = draw.randrange(8, len(firm.code))
    wrong = draw.choice([sign for sign in "0123456789" if sign != firm.code[at]])
    return firm, replace(_met_elsewhere(firm, draw), code=firm.code[:at] + wrong + firm.code[at + 1 :])


def _letter_for_digit(firm: Entered, draw: Random) -> tuple[Entered, Entered]:
    """O for 0, I for 1, as read from a scanned licence."""
    places = [at for at, sign in enumerate(firm.code) if sign in MISREAD]
    taken = set(draw.sample(places, draw.randint(1, min(3, len(places)))))
    code = "".join(MISREAD[sign] if at in taken else sign for at, sign in enumerate(firm.code))
    return firm, replace(_met_elsewhere(firm, draw), code=code)


def _met_elsewhere(firm: Entered, draw: Random) -> Entered:
    """The same firm with another phone and a looser name."""
    name = firm.name.removesuffix("有限公司").removeprefix("示例")
    return replace(firm, name=name, phone=numbers.mobile(draw), address="")


def _other_form(firm: Entered, draw: Random) -> tuple[Entered, Entered]:
    """有限责任公司 for 有限公司, full width, brackets, blanks; no code."""
    name = firm.name.replace("有限公司", "有限责任公司") if draw.random() < 0.7 else firm.name
    city = next((city[:2] for city in cities().values() if city[:2] in name), "")
    if city and draw.random() < 0.5:
        name = name.replace(city, draw.choice((f"（{city}）", f"({city})", f" {city} ")), 1)
    if name == firm.name:
        name = f"{name[:4]}　{name[4:]}"
    return firm, replace(firm, name=name, code="", phone="", address="")


def _former_name(firm: Entered, draw: Random) -> tuple[Entered, Entered]:
    """Once more under the name that it bore before; no code."""
    first, second = draw.sample(words("province")["names"]["first"], 2)
    old = f"示例{first}{second}{draw.choice(('汽运', '联运', '货运', '机械'))}{draw.choice(('有限公司', '总公司'))}"
    return replace(firm, old_name=old), replace(firm, name=old, code="", phone="", address="")


def _by_ear(firm: Entered, draw: Random) -> tuple[Entered, Entered]:
    """The name as it was heard on the phone; no code."""
    able = [at for at, sign in enumerate(firm.name) if at >= 4 and _alike(sign)]
    name = firm.name
    for at in draw.sample(able, min(len(able), draw.randint(1, 2))):
        name = name[:at] + draw.choice(_alike(name[at])) + name[at + 1 :]
    return firm, replace(firm, name=name, code="", phone="", address="")


def _alike(sign: str) -> list[str]:
    return [other for other in SPOKEN_ALIKE.get(sign, "") if other not in UNLIKE]


def _same_door(firm: Entered, draw: Random) -> tuple[Entered, Entered]:
    """Under the name that stands on its lorries; the same phone, the address without its city. No code."""
    name = draw.choice(TRADING_AS) + draw.choice(("车队", "公司", "运输部"))
    address = firm.address
    for city, known in questionnaire("carrier").counties.items():
        if firm.county in known:
            address = address.removeprefix(city)
    phone = f"{firm.phone[:3]} {firm.phone[3:7]} {firm.phone[7:]}" if draw.random() < 0.5 else f"+86{firm.phone}"
    return firm, replace(firm, name=name, code="", address=address, phone=phone)


WAYS: dict[str, Callable[[Entered, Random], tuple[Entered, Entered]]] = {
    "代码错一位": _digit_wrong,
    "字母当数字": _letter_for_digit,
    "名称写法不同": _other_form,
    "曾用名": _former_name,
    "同音字": _by_ear,
    "同电话同地址": _same_door,
}
