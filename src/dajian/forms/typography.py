"""Marks that a word processor or a Chinese keyboard puts where an expression needs plain ones."""

from __future__ import annotations

import unicodedata

# mark -> what to type instead
_MARKS = {
    **dict.fromkeys("‘’‚‛′＇｀`´", "'"),
    **dict.fromkeys("“”„‟″＂", '"'),
    **dict.fromkeys("–—−﹣", "-"),
    "×": "*",
    "÷": "div",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "≧": ">=",
    "≦": "<=",
    "、": ",",
    "。": ".",
    "【": "[",
    "】": "]",
    "《": "<",
    "》": ">",
    "⟨": "<",
    "⟩": ">",
    "…": "...",
}
# written out, where the same slip is made with plain letters
_WORDS = {
    "&gt;": ">",
    "&lt;": "<",
    "&amp;": "and",
    "&&": "and",
    "||": "or",
    "==": "=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
}
_SPACES = {
    "\u00a0": "不换行空格",
    "\u3000": "全角空格",
    "\u202f": "窄不换行空格",
    "\ufeff": "零宽字符",
    "\u200b": "零宽空格",
}
_REMOVE = "请删去"


def slips(expression: str) -> list[tuple[str, str]]:
    """The wrong marks outside of quoted text, each once: (the mark as shown, what to type)."""
    found: dict[str, str] = {}
    quote = ""
    place = 0
    while place < len(expression):
        char = expression[place]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif word := next((word for word in _WORDS if expression.startswith(word, place)), ""):
            found[f"「{word}」"] = f"「{_WORDS[word]}」"
            place += len(word) - 1
        elif slip := _slip(char):
            found[slip[0]] = slip[1]
        place += 1
    return list(found.items())


def _slip(char: str) -> tuple[str, str] | None:
    if char in " \t\r\n" or (char.isascii() and char not in _MARKS and char.isprintable()):
        return None
    if char in _MARKS:
        return f"「{char}」", f"「{_MARKS[char]}」"
    category = unicodedata.category(char)
    if category in ("Cf", "Cc"):
        return f"{_SPACES.get(char, '看不见的字符')}（U+{ord(char):04X}）", _REMOVE
    if category in ("Zs", "Zl", "Zp"):
        return f"{_SPACES.get(char, '特殊空格')}（U+{ord(char):04X}）", "普通空格"
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and plain.isascii():
        return f"「{char}」", f"「{plain}」"
    return None


def sentence(found: list[tuple[str, str]]) -> str:
    """What stands there and what to type, in one line."""
    return "；".join(f"有{mark}，" + (right if right == _REMOVE else f"应改为{right}") for mark, right in found)


def excerpt(expression: str) -> str:
    """An expression as a sentence shows it: one line, not endless."""
    text = expression.strip()
    return text if len(text) <= 120 else f"{text[:117]}…"
