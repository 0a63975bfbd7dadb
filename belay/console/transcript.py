"""One conversation: the transcript, and beside it what it led to."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from belay.console.desk import Desk, Visit
from belay.console.problems import nothing_here
from belay.storage.reviewed import RunSeen, Transcript


def show(desk: Desk, visit: Visit) -> Response:
    """The page of one conversation. Showing it is written down as a view."""
    before = visit.query.get("before", "")
    found = desk.review.transcript(
        visit.path["conversation_id"],
        visit.coach.coach_id,
        visit.now,
        int(before) if before.isascii() and before.isdigit() and len(before) < 12 else None,
    )
    if found is None:
        raise nothing_here()
    page = desk.pages.render(
        "transcript.html",
        coach=visit.coach,
        now=visit.now,
        rows=desk.review.conversations(),
        talk=found,
        rated=rated(found),
        lines_at={line.at: line.id for line in reversed(found.lines)},
        names=desk.names,
        unseen=desk.review.unseen(),
    )
    return HTMLResponse(page)


def rated(talk: Transcript) -> list[RunSeen]:
    """The exercises with a number for the chart, oldest first."""
    return [run for run in reversed(talk.runs) if run.rated]
