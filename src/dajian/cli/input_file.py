"""Vehicle, declaration, cargo and proposal files: YAML or JSON, one mapping, every fault by file and key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from dajian.cli.answer import Unusable
from dajian.engine import findings

Read = TypeVar("Read")
MAX_BYTES = 5_000_000


class _Loader(yaml.CSafeLoader):
    """YAML without doubled keys, which the standard loader passes over in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"键 {key} 出现两次", key_node.start_mark)
            seen.add(key if isinstance(key, str) else str(key))
        return super().construct_mapping(node, deep)


def read_input(path: str, reader: Callable[[Any], Read]) -> Read:
    """What `reader` makes of a file. Raises Unusable with a line for each fault: file, key, found, expected."""
    document = load(path)
    try:
        return reader(document)
    except findings.Unusable as error:
        raise unusable(path, error) from error


def load(path: str) -> Any:
    """The document in a YAML or JSON file."""
    file = Path(path)
    if file.is_dir():
        raise Unusable(f"{path}: 是文件夹，应为 YAML 或 JSON 文件")
    content = file.read_bytes()
    if len(content) > MAX_BYTES:
        raise Unusable(f"{path}: {len(content)} 字节，应不超过 {MAX_BYTES} 字节")
    try:
        text = content.decode("utf-8-sig")
        if file.suffix.lower() == ".json":
            return json.loads(text, object_pairs_hook=_once)
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except UnicodeDecodeError:
        raise Unusable(f"{path}: 不是 UTF-8 文字，应为 YAML 或 JSON 文件") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unusable(f"{path}: 第 {line} 行：{error.problem}，应为 YAML") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unusable(f"{path}: {' '.join(str(error).split())}，应为 YAML 或 JSON") from None


def unusable(path: str, error: findings.Unusable) -> Unusable:
    """The engine's faults as lines of a file."""
    return Unusable(*(f"{path}: {fault.place}: 现为 {fault.found}，应为 {fault.expected}" for fault in error.faults))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"键 {next(key for key in keys if keys.count(key) > 1)} 出现两次")
    return mapping
