"""A unit's name as it is compared: whatever width, brackets, legal form and place words it was written with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import lazy_pinyin

# Legal forms, the longest first; only at the end of a name, so that a branch keeps what it is a branch of.
FORMS = re.compile(r"(?:股份有限公司|有限公司|股份公司|有限合伙|普通合伙|责任公司|总公司|公司)$")
# What says of a firm only what it does; the rest is its brand.
TRADES = re.compile(
    "供应链|大型物件|国际|大件|重型|特种|物流|运输|货运|起重|吊装|搬运|设备|装备|制造|机械|重工|机电|电气|电力|科技"
    "|工程|建设|实业|贸易|发展|服务|汽车|车辆|专用车|配件|集团|工业|能源|安装"
)
ADMINISTRATIVE = "(?:特别行政区|自治区|综合实验区|[省市县区])?"


def plain(text: str) -> str:
    """Half width, capitals, nothing but letters and digits. `ＡＢ（福建）` gives `AB福建`."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


class Places:
    """The province's areas by their words, so that 福建省福州市 and 福州 are read alike."""

    def __init__(self, names: Iterable[str]):
        stems = {re.sub(ADMINISTRATIVE + "$", "", plain(name)) or plain(name) for name in names}
        words = sorted((s for s in stems if len(s) > 1), key=lambda s: (-len(s), s))
        self._pattern = re.compile(f"({'|'.join(map(re.escape, words))}){ADMINISTRATIVE}") if words else None

    def split(self, text: str) -> tuple[frozenset[str], str]:
        """(places named, what is left) of a plain text. A name that is nothing but places is left whole."""
        if self._pattern is None:
            return frozenset(), text
        found = frozenset(match[1] for match in self._pattern.finditer(text))
        rest = self._pattern.sub("", text)
        return (found, rest) if len(rest) > 1 else (frozenset(), text)


def core(name: str) -> str:
    """A plain name without its legal form; whole where nothing else would be left."""
    name = name.replace("有限责任公司", "有限公司")  # also inside the name of a branch
    found = FORMS.sub("", name)
    return found if len(found) > 1 else name


def brand(core: str) -> str:
    """What is left without the words of the trade; "" where a name has nothing of its own."""
    return TRADES.sub("", core)


@lru_cache(maxsize=65_536)
def _sound_of(sign: str) -> str:
    return lazy_pinyin(sign, errors="default")[0]


def sound(text: str) -> str:
    """Pinyin without tones, sign by sign: who hears a name does not know how it is written."""
    return " ".join(map(_sound_of, text))
