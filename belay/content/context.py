"""The context layer's rules out of content/safety/context.yml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from belay.content.broken import ContentBroken
from belay.domain.context import ContextRules, context_rules
from belay.domain.floor import FloorRules


def context_of(data: Mapping[str, Any], floor: FloorRules) -> ContextRules:
    """The rules, read in the floor's spelling.

    Raises:
        ContentBroken: naming the file.
    """
    try:
        return context_rules(data, floor.spelling)
    except ValueError as error:
        raise ContentBroken("safety/context.yml", None, str(error)) from error
