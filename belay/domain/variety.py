"""Nothing is said twice in the same words within ten turns where other words exist.

Kept are salted fingerprints of what was said, never the words: they tell whether a text is the
same again, and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from belay.domain.conversation import Conversation
from belay.domain.reply import Reply

TURNS = 10
TRIES = 12


def freshest(conversation: Conversation, seed: str, make: Callable[[str], Reply]) -> Reply:
    """The first of several wordings that was not said lately, else the one said longest ago.

    Args:
        conversation: Remembers what was said; the reply that is returned is noted there.
        seed: Chooses among wordings; the same seed with the same memory chooses the same.
        make: Gives the reply for a seed.
    """
    said = {mark: turn for turn, mark in _read(conversation)}
    best: tuple[int, Reply] | None = None
    for number in range(TRIES):
        reply = make(f"{seed}#{number}" if number else seed)
        last = said.get(_mark(conversation, reply.text), -1)
        if best is None or last < best[0]:
            best = last, reply
        if last < 0:
            break
    assert best is not None
    note(conversation, best[1])
    return best[1]


def pick(seed: str, of: str, count: int) -> int:
    """Which of `count` wordings a seed chooses; `freshest` asks for each of them in turn.

    Args:
        seed: As `freshest` gives it.
        of: What is worded, so that one seed does not choose the same place everywhere.
        count: How many there are, at least one.
    """
    first, _, step = seed.partition("#")
    digest = hashlib.blake2b(f"{of}\0{first}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") + int(step or 0)) % count


def note(conversation: Conversation, reply: Reply) -> None:
    """Remember that this was said in the present turn."""
    lately = conversation.serial - TURNS
    kept = [one for one in _read(conversation) if one[0] >= lately]
    kept.append((conversation.serial, _mark(conversation, reply.text)))
    conversation.recent = [f"{turn}:{mark}" for turn, mark in kept]


def _read(conversation: Conversation) -> list[tuple[int, str]]:
    parts = (one.partition(":") for one in conversation.recent)
    return [(int(turn), mark) for turn, _, mark in parts]


def _mark(conversation: Conversation, text: str) -> str:
    salted = f"{conversation.id}\0{text}".encode()
    return hashlib.blake2b(salted, digest_size=6).hexdigest()
