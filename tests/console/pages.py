"""What a test looks at: one transcript, and a page without its markup."""

from __future__ import annotations

import re

from tests.console.conftest import House
from tests.console.visitor import Visitor


def words(page: str) -> str:
    """A page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


async def open_talk(house: House, coach: Visitor, who: str) -> str:
    answer = await coach.get(f"/conversations/{house.people[who].conversation.id}")
    assert answer.status_code == 200
    return answer.text
