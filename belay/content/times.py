"""A time in authored words: "noon", "tomorrow at 7:30 pm"."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator

from belay.content.shapes import PLACEHOLDER, Strict

_NEEDS: dict[str, set[str]] = {
    "noon": set(),
    "midnight": set(),
    "morning": {"time"},
    "afternoon": {"time"},
    "today": {"clock"},
    "tomorrow": {"clock"},
    "this_week": {"weekday", "clock"},
    "later": {"weekday", "day", "month", "clock"},
}
_WEEK = timedelta(days=7)


class _Forms(Strict):
    """Forms of words, each with the values that it needs and no other."""

    @field_validator("*")
    @classmethod
    def _has_its_values(cls, form: str, info: ValidationInfo) -> str:
        needs = _NEEDS[info.field_name or ""]
        if set(PLACEHOLDER.findall(form)) != needs:
            named = ", ".join(f"{{{name}}}" for name in sorted(needs)) or "no placeholder"
            raise ValueError(f"'{form}' has to hold {named}. Write it so.")
        return form


class ClockShape(_Forms):
    """A time of day."""

    noon: str
    midnight: str
    morning: str
    afternoon: str


class MomentShape(_Forms):
    """A day and a time."""

    today: str
    tomorrow: str
    this_week: str
    later: str


class TimesShape(Strict):
    """The file of times; weekdays begin with Monday."""

    clock: ClockShape
    moment: MomentShape
    weekdays: tuple[str, ...] = Field(min_length=7, max_length=7)
    months: tuple[str, ...] = Field(min_length=12, max_length=12)


class AuthoredTimes:
    """Says times in the words of content/replies/times.yml (the port `Times`)."""

    def __init__(self, shape: TimesShape) -> None:
        self._shape = shape

    def clock(self, hour: int, minute: int = 0) -> str:
        """A time of day in words of a clock: "9 pm", "7:30 pm", "noon"."""
        forms = self._shape.clock
        if minute == 0 and hour % 12 == 0:
            return forms.noon if hour else forms.midnight
        form = forms.morning if hour < 12 else forms.afternoon
        return form.format(time=f"{hour % 12 or 12}{f':{minute:02}' if minute else ''}")

    def moment(self, due: datetime, zone: ZoneInfo, now: datetime) -> str:
        """When it will be, on the client's clock: "tomorrow at 7 pm", "Friday at 9 am"."""
        local = due.astimezone(zone)
        ahead = local.date() - now.astimezone(zone).date()
        forms = self._shape.moment
        form = {0: forms.today, 1: forms.tomorrow}.get(ahead.days)
        if form is None:
            form = forms.this_week if ahead < _WEEK else forms.later
        return form.format(
            clock=self.clock(local.hour, local.minute),
            weekday=self._shape.weekdays[local.weekday()],
            day=local.day,
            month=self._shape.months[local.month - 1],
        )
