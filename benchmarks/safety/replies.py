"""Which authored safety reply a text is: the benchmark believes what was said, not a label."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

SAFETY_LINE = re.compile(r"^(safety_\w+)\.tier([23])(?:\.again)?$")
PLACE = re.compile(r"\{\w+\}")


class AuthoredReplies:
    """Recognises Belay's safety replies in what a client was shown."""

    def __init__(self, replies: Path) -> None:
        self._shapes: list[tuple[re.Pattern[str], str, int]] = []
        for line in yaml.safe_load(replies.read_text("utf-8"))["lines"]:
            named = SAFETY_LINE.match(line["id"])
            if named:
                for variant in line["variants"]:
                    self._shapes.append((_shape(variant), named[1], int(named[2])))
        if not self._shapes:
            raise ValueError(f"{replies} holds no line named like safety_suicide.tier3.")

    def heard(self, texts: list[str]) -> tuple[str, int] | None:
        """Route and tier of the gravest safety reply among some texts, or None."""
        found = [
            (route, tier)
            for text in texts
            for shape, route, tier in self._shapes
            if shape.search(_one_spaced(text))
        ]
        return max(found, key=lambda one: one[1]) if found else None


def _shape(variant: str) -> re.Pattern[str]:
    said = [re.escape(part) for part in PLACE.split(_one_spaced(variant))]
    # A place may stay empty, and the space beside it goes with it.
    joined = r".*?".join(part.replace(r"\ ", " ") for part in said)
    return re.compile(joined.replace(" .*?", r"\s?.*?").replace(".*? ", r".*?\s?"), re.DOTALL)


def _one_spaced(text: str) -> str:
    return " ".join(text.split())
