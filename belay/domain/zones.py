"""Where a client's clock is: a city, a region, or simply what time it is there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from belay.domain.reminder_time import time_in

BY_COUNTRY = {
    "GB": ("Europe/London",),
    "IE": ("Europe/Dublin",),
    "DE": ("Europe/Berlin",),
    "US": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    "CA": ("America/Toronto", "America/Winnipeg", "America/Edmonton", "America/Vancouver"),
    "AU": ("Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth"),
    "NZ": ("Pacific/Auckland",),
    "ZA": ("Africa/Johannesburg",),
    "IN": ("Asia/Kolkata",),
}
ANYWHERE = ("Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles")
_ALSO = {
    "uk": "Europe/London",
    "england": "Europe/London",
    "scotland": "Europe/London",
    "wales": "Europe/London",
    "ireland": "Europe/Dublin",
    "germany": "Europe/Berlin",
    "france": "Europe/Paris",
    "spain": "Europe/Madrid",
    "italy": "Europe/Rome",
    "netherlands": "Europe/Amsterdam",
    "india": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "japan": "Asia/Tokyo",
    "new zealand": "Pacific/Auckland",
    "south africa": "Africa/Johannesburg",
    "nyc": "America/New_York",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "manchester": "Europe/London",
    "utc": "UTC",
    "gmt": "UTC",
}


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of this key, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def city(name: str) -> str:
    """How a zone is called in talk: "New York"."""
    return name.rsplit("/", 1)[-1].replace("_", " ")


def zones_for(country: str | None) -> tuple[str, ...]:
    """Zones to choose among, likeliest first."""
    return BY_COUNTRY.get(country or "", ANYWHERE)


def zone_in(text: str, country: str | None, now: datetime) -> str | None:
    """The zone that a short text names by a place, or by the time it is there; None else."""
    said = " ".join(re.findall(r"[a-z]+", text.casefold()))
    places = {**_places(), **_ALSO}
    named = [place for place in places if re.search(rf"\b{re.escape(place)}\b", said)]
    if named:
        return places[max(named, key=len)]
    return _by_clock(text, country, now)


def _by_clock(text: str, country: str | None, now: datetime) -> str | None:
    clock = re.search(r"\b(\d{1,2})[:.](\d{2})\s*(am|pm)?|\b(\d{1,2})\s*(am|pm)\b", text.casefold())
    found = time_in(clock[0]) if clock else None
    if found is None:
        return None
    there = now.astimezone(UTC).replace(hour=found[0].hour, minute=found[0].minute)
    minutes = round((there - now.astimezone(UTC)).total_seconds() / 60 / 15) * 15
    shift = timedelta(minutes=(minutes + 12 * 60) % (24 * 60) - 12 * 60)
    for name in BY_COUNTRY.get(country or "", ()):
        zone = zone_named(name)
        if zone is not None and now.astimezone(zone).utcoffset() == shift:
            return name
    hours = shift.total_seconds() / 3600
    if hours != int(hours):
        return "Asia/Kolkata" if hours == 5.5 else None
    # The signs of these zones are the other way round.
    return f"Etc/GMT{-int(hours):+d}" if hours else "UTC"


@cache
def _places() -> dict[str, str]:
    known = sorted(name for name in available_timezones() if "/" in name)
    wanted = (name for name in known if not name.startswith(("Etc/", "posix/", "right/", "US/")))
    return {city(name).casefold(): name for name in wanted if len(city(name)) > 3}
