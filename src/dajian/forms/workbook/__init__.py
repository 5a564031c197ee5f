"""The workbook of a form: written to be filled in, read back, and returned with its faults marked.

template(form, "填报.xlsx", years=(2018, 2019))
reading = read(form, "填报.xlsx", on=date(2019, 5, 20))
mark("填报.xlsx", reading.problems, "退回.xlsx")
"""

from dajian.forms.workbook.faults import CODES, CellFault
from dajian.forms.workbook.instructions import instructions_of
from dajian.forms.workbook.layout import years_of
from dajian.forms.workbook.marks import mark
from dajian.forms.workbook.reading import Entry, Filled, Reading, open_filled, read
from dajian.forms.workbook.templates import template

__all__ = [
    "CODES",
    "CellFault",
    "Entry",
    "Filled",
    "Reading",
    "instructions_of",
    "mark",
    "open_filled",
    "read",
    "template",
    "years_of",
]
