"""YAML with the line on which each mapping begins, so that a complaint can name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LINE = "__line__"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataFileWrong(Exception):
    """A file of examples cannot be read; the message names file, line and remedy."""


class _MarkedLoader(_Loader):  # type: ignore[misc]
    """The safe loader, with line numbers."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    values: dict[str, Any] = loader.construct_mapping(node, deep=True)
    values[LINE] = node.start_mark.line + 1
    return values


_MarkedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load(file: Path) -> dict[str, Any]:
    """Read a file whose top level is a mapping.

    Raises:
        DataFileWrong: It is not YAML, or its top level is something else.
    """
    try:
        data = yaml.load(file.read_text("utf-8"), Loader=_MarkedLoader)  # noqa: S506 (it is safe)
    except yaml.YAMLError as error:
        raise DataFileWrong(f"{file.name} is not YAML, mend it: {error}") from error
    if not isinstance(data, dict):
        raise DataFileWrong(f"{file.name}: the top level must be a mapping.")
    return data
