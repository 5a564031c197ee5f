"""The texts of a form in the language it is shown in: Chinese where the form has it, else the form's default."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dajian.forms.safe_xml import Element, child, children, local

_REFERENCE = re.compile(r"\s*jr:itext\(\s*(['\"])(.*?)\1\s*\)\s*\Z")
_CHINESE = re.compile(r"\bzh\b|中文|chinese|汉语", re.IGNORECASE)


@dataclass(frozen=True)
class Texts:
    by_id: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # expressions inside each text

    @staticmethod
    def read(itext: Element | None) -> Texts:
        translations = children(itext, "translation") if itext is not None else []
        if not translations:
            return Texts()
        chosen = min(
            translations, key=lambda found: (not _CHINESE.search(found.get("lang") or ""), not found.get("default"))
        )
        texts: dict[str, str] = {}
        outputs: dict[str, tuple[str, ...]] = {}
        for text in children(chosen, "text"):
            for value in children(text, "value"):
                if value.get("form") in (None, "long", "short"):
                    texts[text.get("id") or ""] = content(value)
                    outputs[text.get("id") or ""] = expressions(value)
                    break
        return Texts(texts, outputs)

    def resolve(self, text: str) -> str:
        """`jr:itext('id')` -> its text; anything else as it is."""
        match = _REFERENCE.match(text)
        return self.by_id.get(match[2], "") if match else text

    def label(self, element: Element | None) -> tuple[str, tuple[str, ...]]:
        """The text of a <label> or <hint>, and the expressions of its <output>s."""
        if element is None:
            return "", ()
        if reference := element.get("ref"):
            match = _REFERENCE.match(reference)
            return self.resolve(reference), self.outputs.get(match[2], ()) if match else ()
        return content(element), expressions(element)

    def of(self, element: Element, name: str) -> tuple[str, tuple[str, ...]]:
        return self.label(child(element, name))


def content(element: Element) -> str:
    """The text with `…` in place of each <output>, spaces at the ends removed."""
    parts = [element.text or ""]
    for part in element:
        parts += ["…" if local(part) == "output" else content(part), part.tail or ""]
    return "".join(parts).strip()


def expressions(element: Element) -> tuple[str, ...]:
    return tuple(found.get("value") or found.get("ref") or "" for found in element.iter("{*}output"))
