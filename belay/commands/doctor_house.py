"""What `belay doctor` looks at on this computer: files, disk, database, model, content, people."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from belay.commands.finding import Finding, State
from belay.content.broken import ContentBroken
from belay.content.load import Content, load_content
from belay.gateway.model_build import ModelBuildFailed, current_model
from belay.settings import ROOT, Settings
from belay.storage.deliveries import Deliveries
from belay.storage.engine import DatabaseUnusable, Engine, is_writable, open_engine
from belay.storage.schema_state import is_current

MEGABYTE = 1024 * 1024
LITTLE, TOO_LITTLE = 1024, 100
OTHERS = 0o077
DAY = timedelta(hours=24)


def in_house(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at everything that needs no network."""
    yield from _files(settings)
    yield from _disk(settings)
    yield from _database(settings, now)
    yield _rasa(settings)
    yield _model()
    yield from _content(settings, now)
    yield from _people(settings)


def _files(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    if not home.exists():
        yield Finding("files", "told", f"{home} is made at the first start")
        return
    private = [home, home / "secrets.json", ROOT / ".env", Path(".env").resolve()]
    open_ones = sorted({path for path in private if path.exists() and _open_to_others(path)})
    for path in open_ones:
        mode = "700" if path.is_dir() else "600"
        yield Finding(
            "files",
            # Belay does not start with secrets that others can read.
            "broken" if path.name == "secrets.json" else "look",
            f"{path} can be read by others on this computer",
            f"chmod {mode} {path}",
        )
    if not os.access(home, os.W_OK):
        yield Finding("files", "broken", f"{home} cannot be written", "check who owns it")
    elif not open_ones:
        yield Finding("files", "good", "only you can read secrets and settings")


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & OTHERS)


def _disk(settings: Settings) -> Iterator[Finding]:
    at = settings.home if settings.home.exists() else ROOT
    free = shutil.disk_usage(at).free // MEGABYTE
    state: State = "broken" if free < TOO_LITTLE else "look" if free < LITTLE else "good"
    remedy = "" if state == "good" else "make room: a full disk stops every conversation"
    yield Finding("disk", state, f"{free} MB are free", remedy)
    if is_encrypted(at):
        yield Finding("disk encryption", "good", "the data lies on an encrypted disk")
    else:
        yield Finding(
            "disk encryption",
            "told",
            "no encryption of the disk can be seen from here",
            "Belay stores what clients write as it is: use an encrypted disk (LUKS, FileVault, "
            "BitLocker, or your provider's)",
        )


def is_encrypted(path: Path, devices: Path = Path("/sys/dev/block")) -> bool:
    """Whether the disk under a path is one of Linux's encrypted ones, as far as can be seen."""
    number = path.stat().st_dev
    top = devices / f"{os.major(number)}:{os.minor(number)}"
    waiting, seen = [top], 0
    while waiting and seen < 50:
        device, seen = waiting.pop(), seen + 1
        kind = device / "dm" / "uuid"
        if kind.exists() and kind.read_text("utf-8").startswith("CRYPT-"):
            return True
        below = device / "slaves"
        waiting += sorted(below.iterdir()) if below.exists() else []
    return False


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    url = settings.database
    file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
    if file is not None and not file.exists():
        yield Finding("database", "told", f"{file} is made at the first start")
        return
    try:
        engine = open_engine(url)
    except DatabaseUnusable as error:
        yield Finding("database", "broken", str(error))
        return
    try:
        yield from _inside(engine, now)
    except DatabaseUnusable as error:
        yield Finding("database", "broken", str(error))
    finally:
        engine.dispose()


def _inside(engine: Engine, now: datetime) -> Iterator[Finding]:
    if not is_current(engine):
        yield Finding(
            "database",
            "look",
            "the database is of another version of Belay; the next start brings it up to date",
            "make a copy of it before",
        )
        return
    if not is_writable(engine):
        remedy = "check who owns the file or DATABASE_URL, and that no other program holds it"
        yield Finding("database", "broken", "the database cannot be written", remedy)
        return
    yield Finding("database", "good", "the database can be written")
    yield from _undelivered(Deliveries(engine), now)


def _undelivered(deliveries: Deliveries, now: datetime) -> Iterator[Finding]:
    for one in deliveries.troubles(now - DAY):
        if one.failed:
            yield Finding(
                "delivery",
                "look",
                f"{one.failed} replies did not arrive on {one.channel} in the last 24 hours",
                "the reasons are in var/logs/belay.log, under delivery.failed",
            )
        if one.blocked:
            said = f"{one.blocked} people on {one.channel} cannot be written to"
            yield Finding("delivery", "told", said)


def _rasa(settings: Settings) -> Finding:
    if settings.rasa_python.exists():
        return Finding("Rasa", "good", "its environment is there")
    return Finding("Rasa", "broken", f"{settings.rasa_python} is missing", "make setup")


def _model() -> Finding:
    try:
        model = current_model(ROOT)
    except ModelBuildFailed as error:
        return Finding("model", "broken", str(error), "make train")
    if model is None:
        said = "no model of the present sources; the next start trains one (minutes the first time)"
        return Finding("model", "look", said, "make train")
    return Finding("model", "good", f"{model.name} fits its sources")


def _content(settings: Settings, now: datetime) -> Iterator[Finding]:
    try:
        content = load_content(settings.content)
    except ContentBroken as error:
        yield Finding("content", "broken", str(error))
        return
    yield Finding("content", "good", f"version {content.version}")
    yield from _waiting_for_people(content, now)


def _waiting_for_people(content: Content, now: datetime) -> Iterator[Finding]:
    unsigned = content.sign_offs.report()
    for said in unsigned:
        yield Finding("safety texts", "look", said, "belay safety sign-off")
    if not unsigned:
        yield Finding("safety texts", "good", "each was checked by a named person")
    old = content.helplines.report(now.date())
    for said in old:
        yield Finding("help lines", "look", said, "call or look them up, and enter the date")
    if not old:
        yield Finding("help lines", "good", "each was checked lately")


def _people(settings: Settings) -> Iterator[Finding]:
    if not settings.staffed:
        yield Finding(
            "people",
            "told",
            "BELAY_STAFFED is off: clients are told that nobody reads along",
        )
        return
    yield Finding("people", "good", f"clients are told: {settings.staffed_hours}")
    if not (settings.alert_email or settings.alert_webhook):
        yield Finding(
            "people",
            "look",
            "nobody is told when a safety flag opens",
            "set BELAY_ALERT_EMAIL or BELAY_ALERT_WEBHOOK",
        )
