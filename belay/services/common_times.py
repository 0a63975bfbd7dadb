"""Times for a reminder that are offered as buttons: those that are still ahead, and not quiet."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from belay.domain.reminder import Quiet
from belay.domain.reminder_time import LocalTime
from belay.domain.reply import Button
from belay.domain.turn import Turn
from belay.domain.zones import zone_named, zones_for
from belay.services.voice import Voice

COMMON = ("remind_tonight", "remind_tomorrow", "remind_in_two_days")


def common_times(voice: Voice, turn: Turn, quiet: Quiet) -> list[Button]:
    """The buttons that fit the client's clock, or the likeliest one where it is not known."""
    likely = turn.life.wishes.zone or zones_for(turn.client.country)[0]
    zone = zone_named(likely) or ZoneInfo("UTC")
    made = [voice.words.button(name) for name in COMMON]
    return [one for one in made if _fits(turn, one.press, quiet, zone)]


def _fits(turn: Turn, press: str, quiet: Quiet, zone: ZoneInfo) -> bool:
    time = LocalTime.read(press.partition(":")[2])
    due = time.resolve(turn.now, zone) if time else None
    return due is not None and not quiet.covers(due, zone)
