"""Safety events: the open and worst ones first, and marking them as seen or closed."""

from __future__ import annotations

from starlette.responses import HTMLResponse, RedirectResponse, Response

from belay.console.desk import Desk, Visit
from belay.console.problems import nothing_here
from belay.storage.reviewed import SafetyFlag


def show(desk: Desk, visit: Visit) -> Response:
    """Every safety event. Without the client's leave: time, tier and route only."""
    page = desk.pages.render(
        "safety.html",
        coach=visit.coach,
        now=visit.now,
        flags=desk.review.safety_flags(),
        closed=desk.review.closed_flags(),
        notices=desk.notices(),
        unseen=desk.review.unseen(),
    )
    return HTMLResponse(page)


def mark_seen(desk: Desk, visit: Visit) -> Response:
    """Write down that a coach has seen an event."""
    event_id = visit.path["event_id"]
    return _answer(desk, visit, desk.review.mark_seen(event_id, visit.coach.coach_id, visit.now))


def close(desk: Desk, visit: Visit) -> Response:
    """Write down that a coach has dealt with an event."""
    event_id = visit.path["event_id"]
    return _answer(desk, visit, desk.review.close(event_id, visit.coach.coach_id, visit.now))


def _answer(desk: Desk, visit: Visit, flag: SafetyFlag | None) -> Response:
    if flag is None:
        raise nothing_here()
    inside = visit.form.get("from") == "transcript"
    if visit.wants_fragment:
        return HTMLResponse(
            desk.pages.render(
                "flag_answer.html",
                coach=visit.coach,
                now=visit.now,
                flag=flag,
                inside=inside,
                message_id=visit.form.get("message"),
                unseen=desk.review.unseen(),
                unseen_here=desk.review.unseen(flag.conversation_id),
            )
        )
    back = f"conversations/{flag.conversation_id}" if inside else "safety"
    return RedirectResponse(f"{desk.base}/{back}", status_code=303)
