"""A city's workbook of carriers as it comes in: mostly right, oddly typed, and wrong in places that are known.

Shares nothing with the reader of workbooks: labels and choices come from the XLSForm by openpyxl, what is wrong with a
cell follows from what was planted there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

from dajian.demo import carriers, oddities
from dajian.demo.drawing import Record
from dajian.demo.faults import WAYS, Way
from dajian.demo.grid import KEY, Book, Spot
from dajian.demo.layout import add, lay_out
from dajian.demo.questionnaire import questionnaire
from dajian.demo.writing import write

LEAST_ROWS = 40  # fewer cannot hold every code, each in a unit of its own
LEAST_FAULTY = 26
PER_FAULTY = 6  # one unit of so many is spoiled
PER_ODD = 30  # one right answer of so many is written in another way
UNDER = ("制表：示例　复核：示例", "注：以上数据由各县汇总", "填表说明见附件")
BESIDE = ("待核", "电话未通，改天再问", "见邮件")


@dataclass
class Mess:
    """key: the cells at fault with their codes; untouched: units without a fault, to be spoiled in this order."""

    book: Book
    records: list[Record]
    draw: Random
    key: list[tuple[Spot, str]] = field(default_factory=list)
    untouched: list[int] = field(default_factory=list)

    def spoil(self, code: str, plant: Callable[[int], tuple[Spot, ...]]) -> None:
        """One unit, the first that suits."""
        for unit in self.untouched:
            if spots := plant(unit):
                self.untouched.remove(unit)
                self.key += [(spot, code) for spot in spots]
                return


def workbook(rows: int, seed: int, area: str, on: date, path: Path) -> list[dict[str, str]]:
    """Writes a workbook of so many carriers of an area; returns [{sheet, cell, code}] in the order of its cells.

    The same for the same arguments. {Y} is the year before `on`; no answer is later than `on` unless it is a fault.
    Raises KeyError for an unknown area, ValueError for fewer rows than LEAST_ROWS.
    """
    mess = make(rows, seed, area, on)
    write(mess.book, on, path)
    order = {sheet.name: i for i, sheet in enumerate(mess.book.sheets.values())}
    cells = sorted(mess.key, key=lambda found: (order[found[0].sheet], found[0].row, found[0].column))
    return [{"sheet": spot.sheet, "cell": spot.a1, "code": code} for spot, code in cells]


def make(rows: int, seed: int, area: str, on: date) -> Mess:
    """The workbook before it is written; arguments and errors as `workbook`."""
    if rows < LEAST_ROWS:
        raise ValueError(rows)
    draw = Random(f"messy/{seed}")
    *records, stranger = carriers.make(seed, rows + 1, area, on=on)
    units = draw.sample(range(rows), rows)
    bare = [unit for unit in units if records[unit]["eligible"] == "yes"][: 2 + rows // 250]
    for i, unit in enumerate(bare):
        del records[unit][("vehicle", "route")[i % 2]]
    book, headers = lay_out(questionnaire("carrier"), records, on, draw)
    mess = Mess(book, records, draw, headers, [unit for unit in units if unit not in bare])
    mess.key += [(spot, "count") for unit in bare if (spot := book.spot(unit, KEY))]
    for way in _ways(draw, max(LEAST_FAULTY, rows // PER_FAULTY)):
        mess.spoil(way.code, partial(way.plant, book, draw))
    _disguise(mess)
    for _ in range(1 + rows // 500):
        mess.spoil("twin", lambda unit: _again(mess, unit))
        mess.spoil("irrelevant", lambda unit: _vehicles_of_a_closed_one(mess, unit))
    _add_strangers(mess, stranger)
    _scribble(mess)
    return mess


def _ways(draw: Random, n: int) -> Iterator[Way]:
    """One way for each code, then all of them over and over."""
    ways = draw.sample(WAYS, len(WAYS))
    first = {way.code: way for way in ways}
    rest = [way for way in ways if way not in first.values()]
    every = [*first.values(), *rest]
    yield from (every[i % len(every)] for i in range(n))


def _again(mess: Mess, unit: int) -> tuple[Spot, ...]:
    """The same unit once more, at the end of the sheet."""
    sheet = mess.book.sheets[""]
    add(sheet, mess.book.questionnaire, unit, mess.records[unit], mess.draw)
    return (sheet.answers[unit][1, KEY],)


def _vehicles_of_a_closed_one(mess: Mess, unit: int) -> tuple[Spot, ...]:
    """A vehicle of a unit that said not to be one of those asked: every answer of its row is out of place."""
    sheet = mess.book.sheets["vehicle"]
    if mess.records[unit]["eligible"] == "yes":
        return ()
    add(sheet, mess.book.questionnaire, unit, _some_row(mess, "vehicle") | {KEY: mess.records[unit][KEY]}, mess.draw)
    answers = sheet.answers[unit]
    asked = {field.name for field in mess.book.questionnaire.columns("vehicle")}
    return tuple(spot for (_, question), spot in answers.items() if question in asked and spot in sheet.cells)


def _add_strangers(mess: Mess, stranger: Record) -> None:
    """Rows of a unit that the workbook does not have."""
    unit = len(mess.records)
    for repeat in ("vehicle", "route"):
        sheet = mess.book.sheets[repeat]
        add(
            sheet,
            mess.book.questionnaire,
            unit,
            _some_row(mess, repeat) | {KEY: stranger[KEY]},
            mess.draw,
        )
        mess.key.append((sheet.answers[unit][0, KEY], "orphan"))


def _some_row(mess: Mess, repeat: str) -> Record:
    return next(record[repeat][0] for record in mess.records if record.get(repeat))


def _scribble(mess: Mess) -> None:
    """Remarks beside and under the tables."""
    for sheet in mess.book.sheets.values():
        if not sheet.answers:
            continue
        rows = sorted({spot.row for spots in sheet.answers.values() for spot in spots.values()})
        beside = sheet.spot(mess.draw.choice(rows), len(sheet.columns) + mess.draw.randint(0, 2))
        under = sheet.spot(rows[-1] + mess.draw.randint(2, 4), mess.draw.choice((0, len(sheet.columns) - 1)))
        for spot, texts in ((beside, BESIDE), (under, UNDER)):
            sheet.put(spot, mess.draw.choice(texts))
            mess.key.append((spot, "stray"))


def _disguise(mess: Mess) -> None:
    wrong = {spot for spot, _ in mess.key}
    for sheet in mess.book.sheets.values():
        oddities.disguise(sheet, mess.draw, 1 / PER_ODD, wrong)
