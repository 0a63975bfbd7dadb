"""Signing up with a one-time link."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from belay.console.desk import Desk, Visit
from belay.console.passwords import PasswordRefused
from belay.console.problems import Problem
from belay.console.sign_in import begin_session
from belay.storage.coaches import EmailTaken, InviteGone

NAME_LIMIT = 40
EMAIL_LIMIT = 200


def show(desk: Desk, visit: Visit) -> Response:
    """The form. Opening the link does not use it up; signing up does."""
    if not desk.coaches.is_invited(visit.path["token"], visit.now):
        raise _gone()
    return _page(desk)


def open_account(desk: Desk, visit: Visit) -> Response:
    """Open the account, use the link up, and sign in."""
    name = " ".join(visit.form.get("name", "").split())
    email = visit.form.get("email", "").strip()
    password = visit.form.get("password", "")
    if not desk.coaches.is_invited(visit.path["token"], visit.now):
        raise _gone()
    refused = _refusal(desk, name, email, password)
    if refused:
        return _page(desk, name=name, email=email, refused=refused)
    try:
        coach_id = desk.coaches.sign_up(
            visit.path["token"],
            name=name,
            email=email,
            password_hash=desk.passwords.hash(password),
            now=visit.now,
        )
    except InviteGone as error:
        raise _gone() from error
    except EmailTaken:
        taken = "There is an account with this address. Sign in with it, or use another."
        return _page(desk, name=name, email=email, refused=("email", taken))
    return begin_session(desk, visit, coach_id)


def _refusal(desk: Desk, name: str, email: str, password: str) -> tuple[str, str] | None:
    """The field that will not do and why, or None."""
    if not name or len(name) > NAME_LIMIT:
        return "name", f"Give the name clients may see, up to {NAME_LIMIT} characters."
    before, at, after = email.partition("@")
    if not (before and at and after) or " " in email or len(email) > EMAIL_LIMIT:
        return "email", "Give a whole e-mail address, as in name@example.org."
    try:
        desk.passwords.check_strength(password, name, email)
    except PasswordRefused as error:
        return "password", str(error)
    return None


def _page(
    desk: Desk, *, name: str = "", email: str = "", refused: tuple[str, str] | None = None
) -> Response:
    page = desk.pages.render(
        "join.html",
        name=name,
        email=email,
        field=refused[0] if refused else None,
        why=refused[1] if refused else None,
    )
    return HTMLResponse(page, status_code=422 if refused else 200)


def _gone() -> Problem:
    return Problem(
        410,
        "This sign-up link is used up or too old",
        "A link works once, for 15 minutes. Ask whoever runs this Belay for a new one "
        "(`belay coach-link`).",
    )
