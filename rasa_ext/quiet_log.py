"""Logs without the words of clients: warnings only, and the text of the current turn blanked."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from rasa.utils.log_utils import configure_structlog

from rasa_ext.turn import current_turn

BLANK = "[text of the client]"
_SHORTEST = 4

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class NoClientWords(logging.Filter):
    """Blanks the text of the current turn in whatever is about to be logged.

    Nothing logs it at this level as far as is known; the filter is for what is not known.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where it quotes the client; never drop it."""
        turn = current_turn.get()
        if turn is None or len(turn.text) < _SHORTEST:
            return True
        message = record.getMessage()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        for quoted in _as_quoted(turn.text):
            message = message.replace(quoted, BLANK)
            if record.exc_text:
                record.exc_text = record.exc_text.replace(quoted, BLANK)
        record.msg, record.args = message, None
        return True


def _as_quoted(text: str) -> tuple[str, ...]:
    """The text as it stands in a log line: plain, in Python's quotes, or in JSON."""
    escaped = text.encode("unicode_escape").decode("ascii")
    return (text, repr(text)[1:-1], escaped, escaped.replace("\\", "\\\\").replace('"', '\\"'))


def quiet_logs() -> None:
    """Let only warnings and errors through, to standard error, without words of clients."""
    configure_structlog(logging.WARNING)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(NoClientWords())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("sanic.root", "sanic.error", "sanic.access", "rasa"):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(logging.WARNING)
