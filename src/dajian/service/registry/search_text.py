"""Search and order by Chinese, pinyin, initials and code: one computed text a unit.

Single characters and bigrams of name, pinyin, initials and code as words; a query is its own bigrams, ANDed
(facts: FTS5 `unicode61` on SQLite, GIN over a tsvector on PostgreSQL, 4–15 ms in 100 000).
"""

from __future__ import annotations

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

WORD = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


def folded(text: str) -> str:
    """Half width, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def pinyin(name: str) -> str:
    return "".join(lazy_pinyin(folded(name), errors="default"))


def initials(name: str) -> str:
    return "".join(lazy_pinyin(folded(name), style=Style.FIRST_LETTER, errors="default"))


def grams(text: str) -> list[str]:
    """The words of a text: single characters and bigrams of each run."""
    found: dict[str, None] = {}
    for run in WORD.findall(folded(text)):
        found |= dict.fromkeys(run)
        found |= dict.fromkeys(a + b for a, b in zip(run, run[1:], strict=False))
    return list(found)


def document(name: str, code: str) -> str:
    """What is indexed for a unit."""
    words: dict[str, None] = {}
    for text in (name, pinyin(name), initials(name), code):
        words |= dict.fromkeys(grams(text))
    return " ".join(words)


def query_words(text: str) -> list[str]:
    """The words that a document must hold to match: the bigrams, or the character where the text has but one."""
    found: list[str] = []
    for run in WORD.findall(folded(text)):
        found += [a + b for a, b in zip(run, run[1:], strict=False)] or [run]
    return list(dict.fromkeys(found))
