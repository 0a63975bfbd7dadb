"""Rate limits: so many a minute for each sender, counted in this process."""

from __future__ import annotations

from datetime import datetime

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from belay.gateway.problem import TooMany


class Rate:
    """A moving window of one minute."""

    def __init__(self, name: str, per_minute: int) -> None:
        self._name = name
        self._rate = parse(f"{per_minute}/minute")
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, who: str, now: datetime) -> None:
        """Count one request.

        Raises:
            TooMany: with the seconds to wait, when the minute is full.
        """
        if not self._limiter.hit(self._rate, self._name, who):
            reset = self._limiter.get_window_stats(self._rate, self._name, who).reset_time
            raise TooMany(max(1, int(reset - now.timestamp())))
