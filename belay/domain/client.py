"""The client, what they agreed to, and the people they talk about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

GATE_LASTS = timedelta(days=30)


class Risk(StrEnum):
    """What the three private questions said about one counterpart, never about the client."""

    UNKNOWN = "unknown"
    NONE = "none"
    WATCH = "watch"
    RED = "red"


@dataclass
class Consents:
    """Three separate permissions. None means: not asked yet."""

    use: bool | None = None
    save: bool | None = None
    review: bool | None = None

    @property
    def may_use(self) -> bool:
        """True once the client said yes to being coached here."""
        return self.use is True

    @property
    def may_save(self) -> bool:
        """True when texts may be kept after their reply was delivered."""
        return self.use is True and self.save is True

    @property
    def may_review(self) -> bool:
        """True when a human coach may see this client at all."""
        return self.use is True and self.review is True


@dataclass
class Secrecy:
    """For a phone that somebody else may pick up. Words and PIN are kept as hashes only.

    Attributes:
        word: Hash of the client's own word for "someone is looking".
        back: Hash of the word that comes back from it.
        pin: Salted hash of the PIN before history, export and delete.
        missed: Wrong PINs in a row.
        locked_until: No PIN is looked at before this moment.
    """

    word: str | None = None
    back: str | None = None
    pin: str | None = None
    missed: int = 0
    locked_until: datetime | None = None


@dataclass
class Client:
    """One person who is coached. `adult` is their own word; None means not asked yet."""

    id: str
    created_at: datetime
    adult: bool | None = None
    consents: Consents = field(default_factory=Consents)
    country: str | None = None
    secrecy: Secrecy = field(default_factory=Secrecy)

    @property
    def may_be_coached(self) -> bool:
        """True when coaching is open: an adult who agreed to use."""
        return self.adult is True and self.consents.may_use


@dataclass
class Counterpart:
    """Someone the client talks about: a role and the word the client uses, never a name."""

    id: str
    role: str
    words: str
    risk: Risk = Risk.UNKNOWN
    asked_at: datetime | None = None

    @property
    def flagged(self) -> bool:
        """True when danger showed since the private questions were last answered."""
        return self.risk is Risk.WATCH and self.asked_at is None

    def risk_at(self, now: datetime) -> Risk:
        """The risk that counts now: answers older than 30 days are asked again, red stays red."""
        if self.risk is Risk.RED:
            return Risk.RED
        if self.asked_at is None or now - self.asked_at > GATE_LASTS:
            return Risk.UNKNOWN
        return self.risk
