"""The `belay` command."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from belay.bootstrap import utc_now
from belay.commands.erasing import erase_in_running
from belay.commands.safety import app as safety_commands
from belay.content.broken import ContentBroken
from belay.gateway.forgetting import Forgetting
from belay.gateway.model_build import ModelBuildFailed, current_model
from belay.gateway.model_build import build as build_model
from belay.gateway.rasa_process import RasaWillNotStart
from belay.gateway.spool import Spool
from belay.language.features import FeedbackContentError
from belay.logs import set_up_logs
from belay.running import CannotStart, Running, running_url
from belay.secrets_file import SecretsUnusable
from belay.settings import ROOT, Settings
from belay.storage.coaches import Coaches
from belay.storage.engine import DatabaseUnusable, migrate, open_engine
from belay.storage.erasure import Erasure
from belay.storage.retention import Retention
from belay.talking import chat_in_terminal, parse_lines, play_lines

app = typer.Typer(
    help="Belay, an interdependence coach. `belay run` starts it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
EXPECTED = (
    CannotStart,
    ContentBroken,
    DatabaseUnusable,
    FeedbackContentError,
    ModelBuildFailed,
    RasaWillNotStart,
    SecretsUnusable,
)
note = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="Port of website and console.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
) -> None:
    """Start Belay and Rasa; stop with Ctrl-C."""
    given = {name: value for name, value in (("port", port), ("host", host)) if value is not None}
    settings = Settings(**given)  # type: ignore[arg-type]
    if (url := running_url(settings)) is not None:
        _fail(f"Belay is running already at {url}. Stop it there, or set BELAY_HOME to another.")
    set_up_logs(settings.home / "logs", settings.log_level)
    asyncio.run(_run(settings))


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even when up to date.")] = False) -> None:
    """Train the Rasa model when its sources changed."""
    model = None if force else current_model(ROOT)
    if model is not None:
        note.print(f"The model is up to date: {model.name}")
        return
    made = build_model(ROOT, lambda words: note.print(f"  {words}"))
    note.print(f"Trained: {made.name}")


@app.command("migrate")
def migrate_database() -> None:
    """Bring the database to the newest schema."""
    settings = Settings()
    migrate(open_engine(settings.database))
    note.print("The database is up to date.")


@app.command()
def chat(
    client: Annotated[str, typer.Option(help="Name of the conversation to go on with.")] = "me",
) -> None:
    """Talk to Belay in the terminal."""
    asyncio.run(chat_in_terminal(Settings(), client))


@app.command()
def play(
    file: Annotated[Path, typer.Argument(help="JSON lines; - reads standard input.")],
    onboarded: Annotated[
        bool, typer.Option("--onboarded", help="New clients begin past welcome and consent.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Do not go on with clients of earlier plays.")
    ] = False,
) -> None:
    """Play lines {"client", "text" or "button"}; print one JSON answer a line."""
    code = asyncio.run(play_lines(Settings(), file, onboarded=onboarded, fresh=fresh))
    raise typer.Exit(code)


@app.command()
def parse(
    file: Annotated[Path, typer.Argument(help="JSON lines {text}; - reads stdin.")] = Path("-"),
) -> None:
    """Understand lines without talking; print one JSON answer a line."""
    code = asyncio.run(parse_lines(Settings(), file))
    raise typer.Exit(code)


@app.command()
def feedback(
    file: Annotated[Path, typer.Argument(help="JSON lines; - reads stdin.")] = Path("-"),
) -> None:
    """Read drafts {"kind" or "exercise" and "step", "text"}; print issues, strengths, one tip."""
    from belay.commands.feedback import run as run_feedback

    raise typer.Exit(run_feedback(Settings().content, file))


@app.command("coach-link")
def coach_link() -> None:
    """Print a one-time sign-up link for a coach (15 minutes)."""
    settings = Settings()
    engine = open_engine(settings.database)
    migrate(engine)
    url = settings.public_url or running_url(settings) or f"http://{settings.host}:{settings.port}"
    print(f"{url}/console/join/{Coaches(engine).invite(utc_now())}")


@app.command()
def demo(
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the invented clients away.")
    ] = False,
) -> None:
    """Fill in three invented clients, so that console and progress are not empty."""
    from belay.jobs import demo as invented

    settings = Settings()
    engine = open_engine(settings.database)
    migrate(engine)
    if remove:
        invented.remove(engine, utc_now())
        note.print("The invented clients are gone.")
    else:
        invented.fill(engine, utc_now())
        note.print("Three invented clients are in the console.")


@app.command()
def sweep() -> None:
    """Run the retention job once."""
    settings = Settings()
    engine = open_engine(settings.database)
    migrate(engine)
    swept = Retention(engine).sweep(utc_now(), timedelta(days=settings.keep_days))
    note.print(
        f"Removed {swept.transcripts} old messages, blanked {swept.held_runs} held exercises "
        f"and {swept.undelivered} undelivered replies."
    )


@app.command()
def erase(client_id: Annotated[str, typer.Argument(help="The client's id.")]) -> None:
    """Erase one client: every row; safety events keep day and tier."""
    settings = Settings()
    engine = open_engine(settings.database)
    migrate(engine)
    if (url := running_url(settings)) is not None:
        erased = erase_in_running(settings, url, client_id)
    else:
        spool = Spool(settings.home / "spool" / "safety.jsonl")
        erased = Forgetting(Erasure(engine), spool).erase(client_id, utc_now()) is not None
    if not erased:
        _fail(f"There is no client {client_id}. The console shows ids in its address line.")
    note.print("Erased.")


@app.command()
def catalogue(
    write: Annotated[bool, typer.Option("--write", help="Write docs/exercises.md.")] = False,
) -> None:
    """Print the page of all exercises, made from their files."""
    from belay.commands.catalogue import PAGE, catalogue_page

    page = catalogue_page(ROOT / "content")
    if write:
        (ROOT / PAGE).write_text(page, "utf-8")
        note.print(f"Written: {PAGE}")
    else:
        print(page, end="")


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no provider.")] = False,
) -> None:
    """Check tokens, webhook, clock, files, database, model, texts, people; 1 when broken."""
    from belay.commands.doctor import doctor as examined

    if not examined(as_json=as_json, offline=offline):
        raise typer.Exit(1)


app.add_typer(safety_commands, name="safety")


async def _run(settings: Settings) -> None:
    house = Running(settings)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    begun = loop.time()

    def say(words: str) -> None:
        note.print(f"[dim]{loop.time() - begun:5.1f} s[/dim]  {words}")

    try:
        starting = asyncio.create_task(house.start(say))
        halted = asyncio.create_task(stopping.wait())
        await asyncio.wait({starting, halted}, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
            return
        starting.result()
        _say_ready(house, loop.time() - begun)
        await halted
        note.print("Stopping")
    finally:
        await house.stop()
    note.print("Stopped.")


def _say_ready(house: Running, seconds: float) -> None:
    assert house.belay is not None
    settings = house.settings
    base = settings.public_url or house.url
    note.print(f"\n[bold]Belay is ready[/bold] ({seconds:.0f} s)")
    note.print(f"  Chat      {base}/")
    note.print(f"  Console   {base}/console/")
    note.print(f"  Help page {base}/help-now")
    if not house.belay.coaches.any():
        token = house.belay.coaches.invite(utc_now())
        note.print("  No coach yet. Sign up with this link, once, within 15 minutes:")
        note.print(f"  {base}/console/join/{token}")
    note.print("Stop with Ctrl-C.\n")


def _fail(sentence: str) -> None:
    note.print(f"[bold]{sentence}[/bold]" if sys.stderr.isatty() else sentence)
    raise SystemExit(1)


def main() -> None:
    """Run the command; what can be expected ends in one sentence and exit code 1."""
    try:
        app()
    except EXPECTED as error:
        _fail(str(error))
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "_".join(str(part) for part in wrong["loc"]).upper()
        _fail(f"The setting BELAY_{name} cannot be used: {wrong['msg']}. See docs/settings.md.")
