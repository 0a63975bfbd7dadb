"""The one error of content/: a sentence that says where, what and how to mend it."""

from __future__ import annotations


class ContentBroken(Exception):
    """Content that cannot be used. The message names file, line and remedy."""

    def __init__(self, place: str, line: int | None, problem: str) -> None:
        self.place = place
        self.line = line
        where = f"{place}, line {line}" if line is not None else place
        super().__init__(f"{where}: {problem}")
