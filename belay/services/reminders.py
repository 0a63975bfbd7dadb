"""Reminders by chat: offered once after a plan, at a time of the client's own clock."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from belay.domain.client import Risk
from belay.domain.pending import Pending
from belay.domain.practice import Practice
from belay.domain.reminder import (
    CALM_AFTER_SAFETY,
    CHECK_AFTER,
    Kind,
    Quiet,
    Reminder,
    Status,
    room_for,
)
from belay.domain.reminder_time import LocalTime, time_in
from belay.domain.turn import Turn
from belay.domain.zones import city, zone_in, zone_named, zones_for
from belay.services.common_times import common_times
from belay.services.fears import Fears
from belay.services.quiet_hours import TIME_OPEN, QuietHours, read_hours
from belay.services.voice import Voice

STOP_WORDS = re.compile(
    r"\W*(?:(?:stop|no|no more|end|cancel|delete)(?: all)?(?: the| my| these| your)? "
    r"(?:reminders?|reminding me|notes)"
    r"|(?:please )?(?:don'?t|do not) remind me(?: again| any ?more)?)\W*",
    re.IGNORECASE,
)
BARE_STOP = re.compile(r"\W*(?:stop|unsubscribe|off)\W*", re.IGNORECASE)


class Reminders:
    """Sets, moves and stops reminders; sending them is the job's work."""

    def __init__(self, voice: Voice, fears: Fears, hours: QuietHours) -> None:
        self._voice = voice
        self._fears = fears
        self._hours = hours

    def offer(self, turn: Turn, practice: Practice | None) -> bool:
        """Ask whether and when, with common times to pick. False where no reminder fits."""
        if practice is None or not self.may(turn, practice) or turn.life.wishes.stopped:
            return False
        self._ask_when(turn, "remind.offer", practice.id)
        return True

    def offer_later(self, turn: Turn, practice: Practice) -> None:
        """Keep the offer for the turn after another question was answered."""
        turn.conversation.pending = Pending("remind.offer", turn.now, practice.id)

    def offer_waiting(self, turn: Turn) -> None:
        """Make the offer that was kept, if there is one."""
        pending = turn.conversation.pending
        if pending is not None and pending.kind == "remind.offer":
            turn.conversation.pending = None
            self.offer(turn, turn.life.practice(pending.about))

    def asked_for(self, turn: Turn) -> None:
        """ "Remind me tomorrow at 7": at once where the time is told, else asked."""
        practice = turn.life.latest
        if not self.may(turn, practice):
            self._voice.say(turn, "remind.not_here")
            return
        turn.life.wishes.stopped = False
        found = time_in(turn.text)
        about = practice.id if practice else ""
        if found is None:
            self._ask_when(turn, "remind.ask_when", about)
        else:
            self._at(turn, found[0], about)

    def may(self, turn: Turn, practice: Practice | None) -> bool:
        """No reminder soon after a safety event, nor about a person marked red."""
        since = turn.conversation.safety.since
        if since is not None and turn.now - since < CALM_AFTER_SAFETY:
            return False
        about = turn.counterpart(practice.counterpart_id) if practice else None
        return about is None or about.risk is not Risk.RED

    def pick(self, turn: Turn, argument: str) -> None:
        """A button with a time: "+1 19:00" or "+1 19:00|<practice>"."""
        written, _, about = argument.partition("|")
        time = LocalTime.read(written)
        if time is None:
            self._voice.say(turn, "press.gone")
            return
        self._at(turn, time, about or self._about(turn))

    def pick_zone(self, turn: Turn, name: str) -> None:
        """A button with a time zone; the time that was told before is taken up."""
        pending = turn.conversation.pending
        self._in_zone(turn, name, pending)

    def decline(self, turn: Turn) -> None:
        """No reminder, and that is fine."""
        about = self._about(turn)
        turn.conversation.pending = None
        self._voice.say(turn, "remind.none")
        self._then(turn, about)

    def stop(self, turn: Turn) -> None:
        """No more reminders until they are asked for again."""
        turn.life.wishes.stopped = True
        turn.conversation.pending = None
        for one in turn.life.scheduled:
            one.settle(Status.DROPPED, turn.now)
        turn.note("reminders_stopped")
        self._voice.say(turn, "remind.stopped")

    def ask_hours(self, turn: Turn) -> None:
        """Which hours shall be quiet; a time that was being asked for waits behind it."""
        self._hours.ask(turn, self._about(turn))

    def pick_hours(self, turn: Turn, written: str) -> None:
        """A button with quiet hours: "22-7"."""
        quiet = read_hours(written)
        if quiet is None:
            self._voice.say(turn, "press.gone")
        else:
            self._take_hours(turn, quiet)

    def hears(self, turn: Turn) -> bool:
        """What is heard at any time: the end of reminders, and hours without them."""
        return self._hears_stop(turn) or self._hears_hours(turn)

    def _hears_hours(self, turn: Turn) -> bool:
        quiet = self._hours.told(turn)
        if quiet is None:
            return False
        self._take_hours(turn, quiet)
        return True

    def _take_hours(self, turn: Turn, quiet: Quiet) -> None:
        before = turn.conversation.pending
        if not self._hours.take(turn, quiet):
            return
        time = LocalTime.read(before.said) if before else None
        if before is not None and time is not None:
            self._at(turn, time, before.about)
        elif before is not None and (before.kind == "remind.when" or before.said == TIME_OPEN):
            self._ask_when(turn, "remind.ask_when", before.about)
        elif turn.run is None:
            self._voice.say(turn, "practice.and_now")

    def _hears_stop(self, turn: Turn) -> bool:
        """ "Stop reminders" at any time, and a bare "stop" after one arrived."""
        pending = turn.conversation.pending
        after_one = pending is not None and pending.kind == "remind.sent" and turn.run is None
        bare = after_one and BARE_STOP.fullmatch(turn.text) is not None
        if turn.press is not None or not turn.client.may_be_coached:
            return False
        if not bare and STOP_WORDS.fullmatch(turn.text) is None:
            return False
        self.stop(turn)
        return True

    def fits(self, turn: Turn, pending: Pending) -> bool:
        """A time or a place that stands alone."""
        if pending.kind == "remind.when":
            found = time_in(turn.text)
            if found is None or not found[1]:
                return False
            self._at(turn, found[0], pending.about)
            return True
        if pending.kind == "remind.zone" and len(turn.text.split()) <= 6:
            name = zone_in(turn.text, turn.client.country, turn.now)
            if name is not None:
                self._in_zone(turn, name, pending)
                return True
        return False

    def wants_words(self, pending: Pending) -> bool:
        """Times and places only."""
        return False

    def take(self, turn: Turn, pending: Pending, words: str | None) -> None:
        """Nothing is taken in free words."""

    def _ask_when(self, turn: Turn, line: str, about: str) -> None:
        buttons = common_times(self._voice, turn, self._hours.of(turn))
        buttons.append(self._voice.words.button("remind_no"))
        self._voice.put(turn, line, buttons)
        turn.conversation.pending = Pending("remind.when", turn.now, about)
        turn.asked = True

    def _at(self, turn: Turn, time: LocalTime, about: str) -> None:
        if not self.may(turn, turn.life.practice(about)):
            self._voice.say(turn, "remind.not_here")
            turn.conversation.pending = None
            return
        zone = zone_named(turn.life.wishes.zone) if turn.life.wishes.zone else None
        if zone is None:
            names = zones_for(turn.client.country)
            made = [
                self._voice.words.button("remind_zone", zone=name, city=city(name))
                for name in names
            ]
            self._voice.put(turn, "remind.ask_zone", made)
            turn.conversation.pending = Pending("remind.zone", turn.now, about, time.written())
            turn.asked = True
            return
        due = time.resolve(turn.now, zone)
        if due is None:
            self._ask_when(turn, "remind.time_over", about)
        elif self._hours.of(turn).covers(due, zone):
            self._in_quiet(turn, due, zone, about)
        elif not room_for(due, self._moments(turn, Kind.NUDGE)):
            self._voice.say(turn, "remind.enough")
            self._then(turn, about)
        else:
            self._set(turn, due, zone, about)

    def _set(self, turn: Turn, due: datetime, zone: ZoneInfo, about: str) -> None:
        practice = turn.life.practice(about)
        for one in turn.life.scheduled:
            same = practice is not None and one.practice_id == practice.id
            crowded = one.kind is Kind.CHECK and not room_for(due, self._moments(turn))
            if same or crowded:
                one.settle(Status.DROPPED, turn.now)
        self._add(turn, Kind.NUDGE, due, practice)
        check = self._hours.of(turn).over_at(due + CHECK_AFTER, zone)
        if practice is not None and room_for(check, self._moments(turn)):
            self._add(turn, Kind.CHECK, check, practice)
        turn.note("reminder_set")
        turn.conversation.pending = None
        values = {"when": self._voice.words.times.moment(due, zone, turn.now)}
        self._voice.put(turn, "remind.set", [self._hours.button(turn)], values=values)
        self._then(turn, about)

    def _add(self, turn: Turn, kind: Kind, due: datetime, practice: Practice | None) -> None:
        about = practice.id if practice else None
        one = Reminder(uuid4().hex, turn.client.id, kind, turn.now, due, about)
        turn.life.reminders.append(one)

    def _in_quiet(self, turn: Turn, due: datetime, zone: ZoneInfo, about: str) -> None:
        quiet = self._hours.of(turn)
        local = quiet.over_at(due, zone).astimezone(zone)
        day = (local.date() - turn.now.astimezone(zone).date()).days
        time = LocalTime(local.hour, local.minute, day=day).written()
        when = self._voice.words.times.moment(local, zone, turn.now)
        made = [
            self._voice.words.button("remind_at", time=time, when=when[:1].upper() + when[1:]),
            self._hours.button(turn),
            self._voice.words.button("remind_no"),
        ]
        self._voice.put(turn, "remind.quiet", made, values=self._hours.in_words(quiet))
        turn.conversation.pending = Pending("remind.when", turn.now, about)
        turn.asked = True

    def _in_zone(self, turn: Turn, name: str, pending: Pending | None) -> None:
        if zone_named(name) is None:
            self._voice.say(turn, "press.gone")
            return
        turn.life.wishes.zone = name
        time = LocalTime.read(pending.said) if pending else None
        about = pending.about if pending else self._about(turn)
        if time is None:
            self._ask_when(turn, "remind.ask_when", about)
        else:
            turn.conversation.pending = None
            self._at(turn, time, about)

    def _then(self, turn: Turn, about: str) -> None:
        self._fears.ask(turn, turn.life.practice(about))

    def _about(self, turn: Turn) -> str:
        pending = turn.conversation.pending
        if pending is not None and pending.kind.startswith("remind."):
            return pending.about
        latest = turn.life.latest
        return latest.id if latest else ""

    def _moments(self, turn: Turn, *kinds: Kind) -> list[datetime]:
        counted = (Status.SCHEDULED, Status.SENT)
        return [
            one.due_at
            for one in turn.life.reminders
            if one.status in counted and (not kinds or one.kind in kinds)
        ]
