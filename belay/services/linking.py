"""Linking devices and channels: a code here, typed there, and a yes before two chats become one.

Who types somebody else's code would share their own chat with that person, so nothing is joined
without the question whether both are theirs, and every other device is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from belay.domain.linking import CODE_LASTS, LinkedTalk, LinkEffect, new_code, read_code, shown
from belay.domain.reply import Button
from belay.domain.turn import Turn
from belay.services.channel_notes import say_note
from belay.services.pins import Pins
from belay.services.voice import Voice

Finding = Literal["fits", "wrong", "too_many", "linked"]
# How many devices the list offers to unlink at once; buttons for more would drown the list.
MOST_LISTED = 6
NAMES = {
    "web": "link.name_web",
    "telegram": "link.name_telegram",
    "slack": "link.name_slack",
    "terminal": "link.name_terminal",
}


class Links(Protocol):
    """What linking has to look up. Writing is the commit's business (`LinkEffect`)."""

    def find(self, code: str, conversation_id: str, now: datetime) -> Finding:
        """Whether a code can be used by a conversation now."""
        ...

    def claimed(self, conversation_id: str, now: datetime) -> str | None:
        """The client whose code this conversation has used and not answered for, or None."""
        ...

    def talks(self, client_id: str) -> Sequence[LinkedTalk]:
        """The conversations of a client, oldest first."""
        ...


class NoLinks:
    """Nothing is linked; for houses without storage (tests of single use cases)."""

    def find(self, code: str, conversation_id: str, now: datetime) -> Finding:
        """No code fits."""
        return "wrong"

    def claimed(self, conversation_id: str, now: datetime) -> str | None:
        """No code was used."""
        return None

    def talks(self, client_id: str) -> Sequence[LinkedTalk]:
        """Nothing is linked."""
        return ()


class Linking:
    """Codes, joining, the list, unlinking, and where reminders go."""

    def __init__(self, voice: Voice, links: Links, pins: Pins) -> None:
        self._voice = voice
        self._links = links
        self._pins = pins
        pins.guards(link=self.give_code, join=self.join)

    def ask_code(self, turn: Turn) -> None:
        """Somebody wants a code: where a PIN is set, it is asked for first."""
        if not turn.client.may_be_coached:
            # There is nothing here yet that another device could share.
            self._voice.say(turn, "link.nothing_yet")
        elif not self._pins.must_ask(turn, "link"):
            self.give_code(turn)

    def ask_join(self, turn: Turn) -> None:
        """Yes, both are theirs; where this chat has a PIN, it is asked for first."""
        if not self._pins.must_ask(turn, "join"):
            self.join(turn)

    def give_code(self, turn: Turn) -> None:
        """A fresh code; one that was given before stops to work."""
        code = new_code()
        turn.link = LinkEffect("issue", code=code)
        # Whoever has the code can join: it is read once and kept nowhere.
        turn.unsaid = True
        minutes = int(CODE_LASTS.total_seconds() // 60)
        self._voice.say(turn, "link.code", code=shown(code), minutes=minutes)

    def use_code(self, turn: Turn, given: str) -> None:
        """A code was given: when it fits, ask whether both chats are theirs."""
        code = read_code(f"link {given}")
        turn.unsaid = True
        found = self._links.find(code or "", turn.conversation.id, turn.now)
        if found == "too_many":
            self._voice.say(turn, "link.too_many")
        elif found == "linked":
            self._voice.say(turn, "link.own")
        elif found == "wrong" or code is None:
            turn.link = LinkEffect("wrong")
            self._voice.say(turn, "link.wrong")
        else:
            turn.link = LinkEffect("claim", code=code)
            self._voice.say(turn, "link.ask")
            turn.asked = True

    def join(self, turn: Turn) -> None:
        """Make two chats one, and tell the other devices."""
        owner = self._links.claimed(turn.conversation.id, turn.now)
        if owner is None:
            self._voice.say(turn, "link.wrong")
            return
        turn.link = LinkEffect("join")
        self._voice.say(turn, "link.joined")
        if turn.conversation.noticed_at is None:
            say_note(self._voice, turn)
        about = self._name(turn, turn.conversation.channel)
        for one in self._links.talks(owner):
            reply = self._voice.words.reply(
                "link.joined_elsewhere",
                turn.id,
                buttons=[self._unlink(turn.conversation.id, about)],
                channel=about,
            )
            turn.elsewhere.append((one.id, reply))

    def leave_apart(self, turn: Turn) -> None:
        """No: nothing is joined, and the code is used up."""
        turn.link = LinkEffect("forget")
        self._voice.say(turn, "link.not")

    def show(self, turn: Turn) -> None:
        """What is linked, with a way out of each and the choice of reminders."""
        talks = self._links.talks(turn.client.id)
        if len(talks) < 2:
            self._voice.say(turn, "link.alone")
            return
        names = {one.id: self._listed(turn, one) for one in talks}
        chosen = next((one for one in talks if one.reminders), None)
        buttons = [self._unlink(one.id, names[one.id]) for one in talks[-MOST_LISTED:]]
        if chosen is None or chosen.id != turn.conversation.id:
            buttons.append(self._voice.words.button("link_remind", talk=turn.conversation.id[:12]))
        listed = "\n".join(f"- {name}" for name in names.values())
        self._voice.put(turn, "link.list", buttons, values={"devices": listed})

    def mention(self, turn: Turn) -> None:
        """Where several devices share the chat, say so: each of them can read it."""
        count = len(self._links.talks(turn.client.id))
        if count > 1:
            self._voice.say(turn, "link.shared", count=count)

    def unlink(self, turn: Turn, which: str) -> None:
        """Take one device out. It starts empty; everything stays with the others."""
        talks = self._links.talks(turn.client.id)
        one = next((one for one in talks if which and one.id.startswith(which)), None)
        if one is None or len(talks) < 2:
            self._voice.say(turn, "link.alone")
            return
        turn.link = LinkEffect("unlink", talk=one.id)
        if one.id == turn.conversation.id:
            self._voice.say(turn, "link.removed_here")
            return
        self._voice.say(turn, "link.removed", channel=self._listed(turn, one))
        turn.elsewhere.append((one.id, self._voice.words.reply("link.removed_here", turn.id)))

    def remind(self, turn: Turn, which: str) -> None:
        """Reminders go to this device from now on."""
        talks = self._links.talks(turn.client.id)
        one = next((one for one in talks if which and one.id.startswith(which)), None)
        if one is None:
            self._voice.say(turn, "link.alone")
            return
        turn.link = LinkEffect("remind", talk=one.id)
        self._voice.say(turn, "link.remind_set", channel=self._listed(turn, one))

    def _unlink(self, talk: str, name: str) -> Button:
        return self._voice.words.button("link_remove", talk=talk[:12], device=name)

    def _listed(self, turn: Turn, one: LinkedTalk) -> str:
        here = "link.listed_here" if one.id == turn.conversation.id else "link.listed"
        since = f"{one.since.day} {one.since:%b}"
        return self._voice.text(turn, here, name=self._name(turn, one.channel), since=since)

    def _name(self, turn: Turn, channel: str) -> str:
        return self._voice.text(turn, NAMES.get(channel, "link.name_other"))
