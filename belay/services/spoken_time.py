"""Times of a clock in words: "7:30 pm", "tomorrow at 7 pm"."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def clock(hour: int, minute: int = 0) -> str:
    """A time of day in words of a clock: "9 pm", "7:30 pm", "noon"."""
    if minute == 0 and hour % 12 == 0:
        return "noon" if hour else "midnight"
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {half}"


def spoken(due: datetime, zone: ZoneInfo, now: datetime) -> str:
    """When it will be, on the client's clock: "tomorrow at 7 pm", "Friday at 9 am"."""
    local = due.astimezone(zone)
    ahead = (local.date() - now.astimezone(zone).date()).days
    day = {0: "today", 1: "tomorrow"}.get(ahead)
    if day is None:
        day = local.strftime("%A") if ahead < 7 else f"{local:%A}, {local.day} {local:%B},"
    return f"{day} at {clock(local.hour, local.minute)}"
