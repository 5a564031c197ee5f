"""Numbers as a visitor types them into an address or a form."""

from __future__ import annotations

MOST = 2**31 - 1  # what every column of ours holds


def whole(text: str) -> int | None:
    """A whole number of plain digits that a row may have; None for anything else, however it is written."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 10:
        return None
    return number if (number := int(text)) <= MOST else None
