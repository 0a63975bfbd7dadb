"""Hours without reminders: those of the house, until a client names their own."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from belay.domain.pending import Pending
from belay.domain.quiet_hours import has_room, quiet_in, speaks_of_reminders
from belay.domain.reminder import Kind, Quiet
from belay.domain.reply import Button
from belay.domain.turn import Turn
from belay.domain.zones import zone_named
from belay.services.voice import Voice

CHOICES = (Quiet(21, 8), Quiet(20, 10), Quiet(22, 7))
ASKED = "remind.hours"
ASKING_TIME = ("remind.when", "remind.zone")
# The time of a reminder is asked for again, once the hours are known.
TIME_OPEN = "open"


class QuietHours:
    """Asks for quiet hours, hears of them, and moves what waits out of them."""

    def __init__(self, voice: Voice, house: Quiet) -> None:
        self._voice = voice
        self._house = house

    def of(self, turn: Turn) -> Quiet:
        """The hours that hold for this client."""
        return turn.life.wishes.quiet(self._house)

    def in_words(self, quiet: Quiet) -> dict[str, str]:
        """Begin and end as values for a line: "9 pm", "8 am"."""
        clock = self._voice.words.times.clock
        return {"begins": clock(quiet.begins), "ends": clock(quiet.ends)}

    def button(self, turn: Turn) -> Button:
        """The way to change them; its title says which they are now."""
        quiet = self.of(turn)
        if quiet.begins == quiet.ends:
            return self._voice.words.button("remind_hours_none")
        return self._voice.words.button("remind_hours", **self.in_words(quiet))

    def ask(self, turn: Turn, about: str) -> None:
        """Which hours shall be quiet; the reminder that was being set is kept in mind."""
        before = turn.conversation.pending
        made = [
            self._voice.words.button("remind_quiet", hours=written(one), **self.in_words(one))
            for one in CHOICES
        ]
        made.append(self._voice.words.button("remind_quiet_off"))
        self._voice.put(turn, "remind.hours", made)
        said = before.said or TIME_OPEN if before and before.kind in ASKING_TIME else ""
        turn.conversation.pending = Pending(ASKED, turn.now, about, said)
        turn.asked = True

    def told(self, turn: Turn) -> Quiet | None:
        """The hours that a message asks for. Messages among people are not meant."""
        if turn.press is not None or not turn.client.may_be_coached:
            return None
        if turn.conversation.safety.open:
            return None
        pending = turn.conversation.pending
        asked = pending is not None and pending.kind == ASKED and turn.run is None
        about_notes = pending is not None and pending.kind.startswith("remind.")
        known = pending is None and bool(turn.life.reminders)
        if not speaks_of_reminders(turn.text) and (turn.run or not (about_notes or known)):
            return None
        return quiet_in(turn.text, self.of(turn), asked=asked)

    def take(self, turn: Turn, quiet: Quiet) -> bool:
        """Keep these hours. False where they leave no room for a reminder."""
        turn.asked = True
        if not has_room(quiet):
            self._voice.say(turn, "remind.hours_no_room")
            turn.conversation.pending = Pending(ASKED, turn.now)
            return False
        turn.life.wishes.quiet_from, turn.life.wishes.quiet_until = quiet.begins, quiet.ends
        turn.note("quiet_hours", begins=quiet.begins, ends=quiet.ends)
        pending = turn.conversation.pending
        if pending is not None and pending.kind in (ASKED, "remind.sent"):
            turn.conversation.pending = None
        if quiet.begins == quiet.ends:
            self._voice.say(turn, "remind.hours_off")
        else:
            self._voice.put(turn, "remind.hours_set", None, values=self.in_words(quiet))
        self._move(turn, quiet)
        return True

    def _move(self, turn: Turn, quiet: Quiet) -> None:
        zone = zone_named(turn.life.wishes.zone or "UTC") or ZoneInfo("UTC")
        for one in turn.life.scheduled:
            due = quiet.over_at(one.due_at, zone)
            if due != one.due_at:
                one.due_at = due
                if one.kind is Kind.NUDGE:
                    when = self._voice.words.times.moment(due, zone, turn.now)
                    self._voice.say(turn, "remind.hours_moved", when=when)


def written(quiet: Quiet) -> str:
    """A short form for a button, which `read_hours` reads."""
    return f"{quiet.begins}-{quiet.ends}"


def read_hours(text: str) -> Quiet | None:
    """The hours of a short form, or None."""
    begins, _, ends = text.partition("-")
    if not (begins.isdecimal() and ends.isdecimal()) or max(int(begins), int(ends)) > 23:
        return None
    return Quiet(int(begins), int(ends))
