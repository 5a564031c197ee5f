"""Numbers that keep the rules of real ones and belong to nobody."""

from __future__ import annotations

from random import Random

from stdnum.cn import uscc

CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
ORGANISATION_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def credit_code(county: str, serial: int, register: str = "91") -> str:
    """统一社会信用代码 of the serial-th unit of a county, 0 <= serial < 31**6: another code for each pair.

    register: its first two places, 91 of an enterprise, 51 of an association, 12 of a public institution.
    """
    places = [serial // len(CODE_SIGNS) ** power % len(CODE_SIGNS) for power in range(5, -1, -1)]
    return _checked(county, "MA" + "".join(CODE_SIGNS[place] for place in places), register)


def digits_only_code(county: str, draw: Random) -> str:
    """A credit code of digits alone: Excel keeps 15 of the 18 when it is typed into a cell of numbers."""
    while not (code := _checked(county, f"{draw.randrange(10**8):08d}")).isdigit():
        continue
    return code


def _checked(county: str, organisation: str, register: str = "91") -> str:
    total = sum(w * ORGANISATION_SIGNS.index(sign) for w, sign in zip(ORGANISATION_WEIGHTS, organisation, strict=True))
    body = f"{register}{county}{organisation}{'0123456789X0'[11 - total % 11]}"
    return body + uscc.calc_check_digit(body)


def mobile(draw: Random) -> str:
    return f"1900000{draw.randrange(10**4):04d}"


def land_line(dial: str, draw: Random) -> str:
    return f"{dial}-0{draw.randrange(10**7):07d}"


def plate(prefix: str, kind: str, draw: Random) -> str:
    """kind: "" for a tractor, 挂 for a trailer, 超 for a temporary one."""
    return f"{prefix}{draw.randrange(10 ** (4 if kind else 5)):0{4 if kind else 5}d}{kind}"


def vin(draw: Random) -> str:
    return "L" + "".join(draw.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(16))
