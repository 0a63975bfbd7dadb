"""Slows down guessing of passwords: by account and by address."""

from __future__ import annotations

import math
import threading
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

TRIES = 5
MINUTES = 5


class Throttle:
    """Counts tries to sign in, 5 in 5 minutes for an account and for an address.

    The counts are in this process's memory, so a restart forgets them. Unknown accounts count
    like known ones: being slowed down tells nothing about who has an account.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(TRIES, MINUTES)
        self._lock = threading.Lock()

    def take(self, account: str, address: str) -> int:
        """Count one try. Returns 0, or the seconds to wait when there were too many."""
        keys = (("account", account), ("address", address))
        with self._lock:
            waits = [self._wait(key) for key in keys if not self._limiter.test(self._limit, *key)]
            if waits:
                return max(waits)
            for key in keys:
                self._limiter.hit(self._limit, *key)
        return 0

    def forget(self, account: str, address: str) -> None:
        """The try was a good one: begin from zero."""
        self._limiter.clear(self._limit, "account", account)
        self._limiter.clear(self._limit, "address", address)

    def _wait(self, key: tuple[str, str]) -> int:
        stats = self._limiter.get_window_stats(self._limit, *key)
        return max(1, math.ceil(stats.reset_time - time.time()))
