"""A YAML file together with the line on which each of its parts stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from belay.content.broken import ContentBroken

Shape = TypeVar("Shape", bound=BaseModel)
_BOOL = "tag:yaml.org,2002:bool"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads `no`, `on` and `yes` as words, as authors mean them; only true and false are flags."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != _BOOL]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), ["t", "f"])


class YamlFile:
    """One parsed file. `place` is its name as errors show it, `data` what it holds."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.place = path.relative_to(root.parent).as_posix()
        try:
            text = path.read_text("utf-8")
        except OSError as error:
            raise ContentBroken(self.place, None, "the file cannot be read. Restore it.") from error
        except UnicodeDecodeError as error:
            raise ContentBroken(self.place, None, "the file is not UTF-8. Save it so.") from error
        loader = _Loader(text)
        try:
            self._node = loader.get_single_node()
            self._refuse_doubles(self._node)
            self.data: Any = loader.construct_document(self._node) if self._node else None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise ContentBroken(
                self.place,
                mark.line + 1 if mark else None,
                f"this is not YAML ({error.problem}). Check quotes, colons and indentation here.",
            ) from error
        except yaml.YAMLError as error:
            raise ContentBroken(self.place, None, f"this is not YAML ({error}).") from error
        finally:
            loader.dispose()

    def line_at(self, path: Sequence[str | int]) -> int | None:
        """The line of the deepest part of `path` that the file has, counted from 1."""
        node, line = self._node, 1 if self._node is None else self._node.start_mark.line + 1
        for key in path:
            found = _child(node, key)
            if found is None:
                break
            line, node = found
        return int(line)

    def broken(self, problem: str, path: Sequence[str | int] = ()) -> ContentBroken:
        """The error to raise for a part of this file."""
        return ContentBroken(self.place, self.line_at(path), problem)

    def mapping(self) -> dict[str, Any]:
        """What the file holds, as a mapping.

        Raises:
            ContentBroken: It holds something else.
        """
        if not isinstance(self.data, dict):
            raise self.broken("the file has to hold `key: value` pairs. Write them as such.")
        return self.data

    def shaped(self, shape: type[Shape], data: Any = None, at: Sequence[str | int] = ()) -> Shape:
        """What the file (or its part `at`) holds, checked against a shape.

        Raises:
            ContentBroken: For the first thing that does not fit.
        """
        try:
            return shape.model_validate(self.mapping() if data is None else data)
        except ValidationError as error:
            first = error.errors()[0]
            where = [*at, *first["loc"]]
            name = ".".join(str(part) for part in where) or "the file"
            raise self.broken(_remedy(name, first["type"], first["msg"]), where) from error

    def _refuse_doubles(self, node: yaml.Node | None) -> None:
        for mapping in _mappings(node):
            seen: dict[str, yaml.Node] = {}
            for key, value in mapping.value:
                if key.value in seen and seen[key.value].value != value.value:
                    raise ContentBroken(
                        self.place,
                        key.start_mark.line + 1,
                        f"the key '{key.value}' stands here twice, with two values. Keep one.",
                    )
                seen[key.value] = value


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)


def _child(node: yaml.Node | None, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line + 1, node.value[key]
    return None


def _remedy(name: str, kind: str, message: str) -> str:
    if kind == "missing":
        return f"'{name}' is missing. Add it."
    if kind == "extra_forbidden":
        return f"'{name}' is not known here. Remove it or correct its spelling."
    if kind == "string_type":
        return f"'{name}' has to be text. Put it in quotes."
    if kind in ("value_error", "assertion_error"):
        return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return f"'{name}' does not fit ({message[:1].lower()}{message[1:]}). Correct it."
