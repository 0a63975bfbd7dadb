"""No reply is repeated word for word within ten turns while other words exist."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.gateway.shared import shared_content
from tests.gateway.stage import Stage

SAME_AGAIN = ("thanks", "hello", "the exercises", "my mum", "?!?", "show my progress")


@pytest.mark.parametrize("text", SAME_AGAIN)
async def test_the_same_message_again_gets_other_words(stage: Stage, text: str) -> None:
    ann = stage.person()
    said: dict[str, list[str]] = defaultdict(list)
    for _ in range(8):
        await ann.says(text)
        rows = stage.sql("SELECT line || '|' || text FROM message WHERE author = 'bot'")
    for row in rows:
        line, _, words = str(row).partition("|")
        said[line].append(words)
    for line, texts in said.items():
        variants = len(shared_content().words.lines[line].variants)
        for place in range(len(texts)):
            window = texts[max(0, place - variants + 1) : place + 1]
            assert len(set(window)) == len(window), f"{line} came again too soon"


async def test_what_is_remembered_holds_no_words(stage: Stage) -> None:
    ann = stage.person()
    await ann.says("thanks", "hello")
    (kept,) = stage.sql("SELECT recent FROM conversation")
    assert "welcome" not in str(kept).lower()
    assert len(str(kept)) < 400
