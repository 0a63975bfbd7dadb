"""Who else may read along, by channel: said at first contact, and when somebody asks."""

from __future__ import annotations

from belay.domain.turn import Turn
from belay.services.voice import Voice

AT_FIRST = {"telegram": "channel.note_telegram", "slack": "channel.note_slack"}
WHEN_ASKED = {**AT_FIRST, "web": "channel.note_web"}


def say_note(voice: Voice, turn: Turn, *, asked: bool = False) -> None:
    """Say the note of this conversation's channel, where there is one."""
    line = (WHEN_ASKED if asked else AT_FIRST).get(turn.conversation.channel)
    if line is not None:
        voice.say(turn, line)
