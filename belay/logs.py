"""Logging: structured, to a file and to the terminal, and never a client's words."""

from __future__ import annotations

import logging
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

import structlog

FORBIDDEN = frozenset({"text", "body", "said", "message", "reply", "payload", "answer"})


def drop_words(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Remove every field that could hold what a client wrote."""
    return {name: value for name, value in event.items() if name not in FORBIDDEN}


def set_up_logs(folder: Path, level: str) -> None:
    """Log to `folder`/belay.log; only errors of the libraries get through."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(folder / "belay.log", encoding="utf-8")
    logging.basicConfig(handlers=[handler], level=logging.WARNING, format="%(message)s", force=True)
    logging.getLogger("belay").setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_words,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
