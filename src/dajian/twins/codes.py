"""Codes as people mistype them: letters for digits, one place wrong, two places swapped, one place lost."""

from __future__ import annotations

from stdnum.cn import uscc

from dajian.twins.names import plain

# GB 32100 has no I, O, S, V, Z: where one stands, a digit was meant.
MEANT = str.maketrans("OISZ", "0152")
LENGTH = 18


def meant(code: str) -> str:
    """The code as it was meant to be, as far as its signs tell: `9135O` gives `91350`."""
    return plain(code).translate(MEANT)


def is_genuine(code: str) -> bool:
    """Whether this is a credit code whose check digit holds; nothing that was mistyped in one place passes."""
    return len(code) == LENGTH and uscc.is_valid(code)


def slip(a: str, b: str) -> str:
    """How b may come from a by one slip of the hand: digit, swap, lost; "" when by none."""
    if len(a) == len(b):
        wrong = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(wrong) == 1:
            return "digit"
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return "swap" if swapped and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]] else ""
    if abs(len(a) - len(b)) == 1:
        short, long = sorted((a, b), key=len)
        at = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
        return "lost" if short[at:] == long[at + 1 :] else ""
    return ""


def keys(code: str) -> list[str]:
    """By which codes that differ by one slip meet: one wrong place leaves the even or the odd places as they were.

    A lost place shifts what follows: the places before or those after it, counted from their own end, still agree.
    """
    if len(code) < 8:
        return [f"whole {code}"] if code else []
    return [
        f"even {code[::2]}",
        f"odd {code[1::2]}",
        f"signs {''.join(sorted(code))}",
        f"tail {code[-8:]}",
        f"head {code[:-5]}",
    ]
