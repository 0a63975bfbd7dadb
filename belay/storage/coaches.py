"""Coaches' accounts, the one-time links that open them, and who is signed in.

Of a link and of a session only the SHA-256 of the token is stored: whoever reads the database
cannot sign in with what they find.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from belay.storage.engine import writing
from belay.storage.records import hashed
from belay.storage.tables import coach, coach_invite, coach_session

INVITE_LASTS = timedelta(minutes=15)
IDLE_LASTS = timedelta(minutes=30)
SESSION_LASTS = timedelta(hours=12)
# A request less than this after the last one does not write.
_TOUCH_AFTER = timedelta(seconds=30)


class InviteGone(Exception):
    """The sign-up link was used, is too old, or never existed."""


class EmailTaken(Exception):
    """Another coach signed up with this address."""


@dataclass(frozen=True)
class Account:
    """What checking a password needs."""

    id: str
    password_hash: str


@dataclass(frozen=True)
class SignedIn:
    """A coach with the session they came with. `csrf` goes into each form of this session."""

    coach_id: str
    name: str
    csrf: str


class Coaches:
    """Accounts, invites and sessions of coaches."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def any(self) -> bool:
        """Whether somebody has signed up yet."""
        with self._engine.connect() as connection:
            return bool(connection.execute(select(func.count()).select_from(coach)).scalar_one())

    def invite(self, now: datetime) -> str:
        """A new sign-up token, good for one coach within 15 minutes."""
        token = secrets.token_urlsafe(32)
        with writing(self._engine).begin() as connection:
            connection.execute(delete(coach_invite).where(coach_invite.c.expires_at < now))
            connection.execute(
                insert(coach_invite).values(
                    token_hash=hashed(token), made_at=now, expires_at=now + INVITE_LASTS
                )
            )
        return token

    def is_invited(self, token: str, now: datetime) -> bool:
        """Whether a sign-up token could be used now. Looking does not use it up."""
        query = select(coach_invite.c.token_hash).where(
            coach_invite.c.token_hash == hashed(token),
            coach_invite.c.used_at.is_(None),
            coach_invite.c.expires_at > now,
        )
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def sign_up(
        self, token: str, *, name: str, email: str, password_hash: str, now: datetime
    ) -> str:
        """Use the token up and open an account; returns the coach's id.

        Raises:
            InviteGone: see there.
            EmailTaken: see there; the token stays good.
        """
        coach_id = uuid4().hex
        try:
            with writing(self._engine).begin() as connection:
                used = connection.execute(
                    update(coach_invite)
                    .where(coach_invite.c.token_hash == hashed(token))
                    .where(coach_invite.c.used_at.is_(None), coach_invite.c.expires_at > now)
                    .values(used_at=now)
                )
                if used.rowcount == 0:
                    raise InviteGone
                connection.execute(
                    insert(coach).values(
                        id=coach_id,
                        name=name,
                        email=_plain(email),
                        password_hash=password_hash,
                        created_at=now,
                        active=True,
                    )
                )
        except IntegrityError as error:
            raise EmailTaken from error
        return coach_id

    def account(self, email: str) -> Account | None:
        """The active account of an address, or None."""
        query = select(coach.c.id, coach.c.password_hash).where(
            coach.c.email == _plain(email), coach.c.active.is_(True)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return Account(row[0], row[1]) if row else None

    def replace_hash(self, coach_id: str, password_hash: str) -> None:
        """Store the same password's hash made with newer settings."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                update(coach).where(coach.c.id == coach_id).values(password_hash=password_hash)
            )

    def open_session(self, coach_id: str, now: datetime) -> str:
        """A new session; returns its token. Sessions that ran out go."""
        token = secrets.token_urlsafe(32)
        with writing(self._engine).begin() as connection:
            connection.execute(
                delete(coach_session).where(
                    (coach_session.c.seen_at < now - IDLE_LASTS)
                    | (coach_session.c.made_at < now - SESSION_LASTS)
                )
            )
            connection.execute(
                insert(coach_session).values(
                    token_hash=hashed(token),
                    coach_id=coach_id,
                    csrf=secrets.token_urlsafe(32),
                    made_at=now,
                    seen_at=now,
                )
            )
        return token

    def session(self, token: str, now: datetime) -> SignedIn | None:
        """Who comes with a token, or None: unknown, idle for 30 minutes, or 12 hours old.

        Being asked counts as activity.
        """
        query = (
            select(coach.c.id, coach.c.name, coach_session.c.csrf, coach_session.c.seen_at)
            .join(coach, coach.c.id == coach_session.c.coach_id)
            .where(coach_session.c.token_hash == hashed(token), coach.c.active.is_(True))
            .where(coach_session.c.made_at > now - SESSION_LASTS)
            .where(coach_session.c.seen_at > now - IDLE_LASTS)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        if now - row[3] > _TOUCH_AFTER:
            with writing(self._engine).begin() as connection:
                connection.execute(
                    update(coach_session)
                    .where(coach_session.c.token_hash == hashed(token))
                    .values(seen_at=now)
                )
        return SignedIn(coach_id=row[0], name=row[1], csrf=row[2])

    def close_session(self, token: str) -> None:
        """End a session at once."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                delete(coach_session).where(coach_session.c.token_hash == hashed(token))
            )


def _plain(email: str) -> str:
    return email.strip().casefold()
