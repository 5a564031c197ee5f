"""XML from outside -> elements, without entities, DTD, network or giant trees."""

from __future__ import annotations

from lxml import etree

Element = etree._Element  # lxml has no public name for it


class BadXml(Exception):
    """Not readable as XML, or with a document type; `message` says where."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def parse_xml(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise BadXml(f"不是完整的 XML（第 {fault.lineno or 1} 行：{fault.msg}），请重新导出后再传") from fault
    except ValueError as fault:
        raise BadXml(f"不是 XML 文件（{fault}）") from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadXml("XML 里有 DOCTYPE 声明，本系统不接受，请删去后再传")
    return root


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def child(element: Element, name: str) -> Element | None:
    return next((found for found in element if local(found) == name), None)


def children(element: Element, name: str) -> list[Element]:
    return [found for found in element if local(found) == name]
