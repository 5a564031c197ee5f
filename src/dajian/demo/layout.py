"""Correct carriers written down by a clerk: a sheet for the units, one for each repeat, columns where he likes."""

from __future__ import annotations

from datetime import date
from random import Random

from dajian.demo import oddities
from dajian.demo.drawing import Record
from dajian.demo.grid import KEY, Book, Sheet, Spot, Value
from dajian.demo.questionnaire import Field, Questionnaire

EXTRA = "extra"  # type of a column that the questionnaire does not have
BLANK = "blank"  # type of a column left empty
NUMBER, AGAIN = "#", "="  # names of such columns: a running number; a column doubled
DROPPED = ("contact_post", "unit_location")  # columns that somebody deleted
DOUBLED = ("unit_address", "legal_person", "licence_no")


def lay_out(known: Questionnaire, records: list[Record], on: date, draw: Random) -> tuple[Book, list[tuple[Spot, str]]]:
    """The workbook with every answer in its right form, and the headers in it that stand for nothing.

    Rows are hidden or left blank here and there; headers stand where they like.
    """
    book = Book(known, {"": _sheet(known, known.title, "", draw)})
    for repeat, label in known.repeats.items():
        if known.columns(repeat):
            book.sheets[repeat] = _sheet(known, label, repeat, draw)
    for sheet in book.sheets.values():
        _head(sheet, known.title, on, draw)
    for unit, record in enumerate(records):
        for repeat, sheet in book.sheets.items():
            for row in record.get(repeat, ()) if repeat else (record,):
                add(sheet, known, unit, {**row, KEY: record[KEY]}, draw)
    faults = [
        (sheet.spot(sheet.header_row, column), "header_unknown" if field.name == NUMBER else "header_double")
        for sheet in book.sheets.values()
        for column, field in enumerate(sheet.columns)
        if field.type == EXTRA
    ]
    return book, faults


def add(sheet: Sheet, known: Questionnaire, unit: int, row: Record, draw: Random) -> None:
    """One more row of a unit, sometimes hidden, sometimes after a blank one."""
    answers = {field.name: written(known, field, row[field.name]) for field in sheet.columns if field.name in row}
    doubled = {field.name: answers[field.name[1:]] for field in sheet.columns if field.name[1:] in answers}
    sheet.next_row += draw.random() < 0.01
    if draw.random() < 0.01:
        sheet.hidden.add(sheet.next_row)
    sheet.add(unit, {NUMBER: unit + 1} | doubled | answers)


def written(known: Questionnaire, field: Field, answer: object) -> Value:
    """An answer as it stands in a cell."""
    labels = known.choices.get(field.choices, {})
    if isinstance(answer, list):
        return "、".join(labels[code] for code in answer)
    if field.type == "date":
        return date.fromisoformat(str(answer))
    assert isinstance(answer, str | int | float)
    return labels[str(answer)] if labels else answer


def _sheet(known: Questionnaire, name: str, repeat: str, draw: Random) -> Sheet:
    columns = [field for field in known.columns(repeat) if field.name not in DROPPED]
    if repeat:
        columns.insert(0, next(field for field in known.fields if field.name == KEY))
    for column in draw.sample(columns, len(columns) // 6):
        columns.remove(column)
        columns.insert(draw.randint(0, len(columns)), column)
    if not repeat or draw.random() < 0.3:
        columns.insert(
            draw.choice((0, len(columns))), Field(NUMBER, EXTRA, "", draw.choice(("序号", "备注号")), repeat)
        )
    if draw.random() < 0.5:
        columns.insert(draw.randint(0, len(columns)), Field("", BLANK, "", "", repeat))
    if not repeat:
        doubled = draw.choice(DOUBLED)
        again = next(field for field in columns if field.name == doubled)
        columns.append(Field(AGAIN + again.name, EXTRA, "", again.label, repeat))
    return Sheet(name, tuple(columns))


def _head(sheet: Sheet, title: str, on: date, draw: Random) -> None:
    """The header, under a title or not."""
    if draw.random() < 0.5:
        sheet.header_row = draw.randint(1, 3)
        sheet.put(sheet.spot(0, 0), f"{title}（汇总）")
        if draw.random() < 0.5:
            sheet.merged.append((sheet.spot(0, 0), sheet.spot(0, len(sheet.columns) - 1)))
    for column, field in enumerate(sheet.columns):
        if not field.label:
            continue
        label = field.label.replace("{Y1}", str(on.year)).replace("{Y}", str(on.year - 1))
        sheet.put(sheet.spot(sheet.header_row, column), oddities.header(draw, label))
    sheet.next_row = sheet.header_row + 1
