"""The only wiring: settings in, a running house out. Used by `belay.cli` and the tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import yaml
from fastapi import FastAPI
from starlette.applications import Starlette

from actions.endpoint import create_endpoint
from actions.registry import make_actions
from belay.channel_wiring import make_push, undelivered
from belay.channels.local import Local
from belay.channels.other_sites import OtherSites
from belay.channels.push import Push
from belay.channels.web import Web, WebSettings
from belay.channels.web_links import WebLinks
from belay.console.app import create_console
from belay.content.broken import ContentBroken
from belay.content.context import context_of
from belay.content.load import Content, load_content
from belay.domain.floor import FloorRules, rules_from
from belay.domain.masking import Masking
from belay.domain.reminder import Quiet
from belay.gateway.buttons import ButtonSigner, plain_title
from belay.gateway.forgetting import Forgetting
from belay.gateway.gateway import Gateway, Pace
from belay.gateway.identity import Identity
from belay.gateway.live import Live, News
from belay.gateway.open_turns import OpenTurns
from belay.gateway.planner import Planner
from belay.gateway.problem import BodyLimit, add_problem_handlers
from belay.gateway.rasa_link import RasaLink
from belay.gateway.rescue import Rescue
from belay.gateway.spool import Spool
from belay.jobs.alert_ways import make_alerts
from belay.jobs.alerts import Alerts
from belay.jobs.reminders import Reminding
from belay.language.drafts import DraftReader
from belay.language.person import PersonFinder
from belay.language.reflection import Reflector
from belay.secrets_file import Secrets, load_secrets
from belay.services.use_cases import House, UseCases, make_use_cases
from belay.settings import ROOT, Settings
from belay.storage.alerts import AlertLog
from belay.storage.coaches import Coaches
from belay.storage.engine import Engine, migrate, open_engine
from belay.storage.erasure import Erasure
from belay.storage.inbox import Inbox
from belay.storage.links import StoredLinks
from belay.storage.outbox import Outbox
from belay.storage.pins import StoredPins
from belay.storage.records import StoredDownloads, StoredRecords
from belay.storage.reminders import StoredReminders
from belay.storage.retention import Retention
from belay.storage.review import Review
from belay.storage.safety_log import SafetyLog
from belay.storage.turns import Turns, Versions
from belay.widget.pages import add_pages

BODY_LIMIT = 256 * 1024


def utc_now() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


@dataclass
class Belay:
    """Everything that runs in the Belay process."""

    settings: Settings
    secrets: Secrets
    engine: Engine
    content: Content
    rules: FloorRules
    use_cases: UseCases
    gateway: Gateway
    rasa: RasaLink
    web: Web
    push: Push
    links: StoredLinks
    app: FastAPI
    actions: Starlette
    action_token: str
    inbox: Inbox
    outbox: Outbox
    records: StoredRecords
    retention: Retention
    erasure: Erasure
    alerts: Alerts
    reminders: Reminding
    safety_log: SafetyLog
    coaches: Coaches
    review: Review
    spool: Spool


def build(
    settings: Settings,
    *,
    action_token: str,
    clock: Callable[[], datetime] = utc_now,
    model_version: str = "",
    pace: Pace | None = None,
) -> Belay:
    """Open everything and wire it. Starts nothing.

    Raises:
        ContentBroken, SecretsUnusable, DatabaseUnusable: each names its remedy.
    """
    content = load_content(settings.content)
    secrets = load_secrets(settings.home / "secrets.json")
    engine = open_engine(settings.database)
    migrate(engine)
    try:
        rules = rules_from(content.floor_data)
    except ValueError as error:
        raise ContentBroken("safety/floor.yml", None, str(error)) from error
    titles = {exercise.id: exercise.title for exercise in content.catalogue.all()}
    records = StoredRecords(engine, titles)
    links = StoredLinks(engine, secrets.signing)
    quiet = Quiet(settings.quiet_from, settings.quiet_until)
    use_cases = make_use_cases(
        words=content.words,
        catalogue=content.catalogue,
        helplines=content.helplines,
        drafts=DraftReader(settings.content),
        records=records,
        mirror=ReflectorMirror(Reflector(settings.content)),
        house=House(settings.staffed, settings.staffed_hours, settings.exercises_open, quiet),
        links=links,
        context_rules=context_of(content.context_data, rules),
        onlooker_words=content.onlooker_words,
        people_finder=PersonFinder(settings.content),
    )
    rasa = RasaLink()
    live, open_turns = Live(), OpenTurns()
    signer = ButtonSigner(secrets.signing)
    inbox, outbox = Inbox(engine), Outbox(engine)
    spool = Spool(settings.home / "spool" / "safety.jsonl")
    gateway = Gateway(
        inbox=inbox,
        turns=Turns(engine, Versions(content.version, model_version), links),
        planner=Planner(
            rasa=rasa,
            open_turns=open_turns,
            safety=use_cases.safety,
            steps=use_cases.steps,
            voice=use_cases.voice,
            context=use_cases.context,
            onlookers=use_cases.onlookers,
            pins=use_cases.pins,
            presses=use_cases.presses,
            waiting=use_cases.waiting,
        ),
        onlookers=use_cases.onlookers,
        rescue=Rescue(use_cases.safety, use_cases.voice, spool),
        rules=rules,
        signer=signer,
        live=live,
        clock=clock,
        titles=frozenset(plain_title(one.title) for one in content.words.buttons.values()),
        pace=pace or Pace(late=settings.turn_seconds),
    )
    web = Web(
        gateway=gateway,
        identity=Identity(secrets.signing),
        signer=signer,
        live=live,
        outbox=outbox,
        records=records,
        downloads=StoredDownloads(engine),
        pins=StoredPins(engine),
        words=content.words,
        help_lines=use_cases.help_lines,
        settings=_web_settings(settings, content),
        clock=clock,
    )
    erasure = Erasure(engine)
    forgetting = Forgetting(erasure, spool, use_cases.memory, live)
    local = Local(
        gateway=gateway,
        outbox=outbox,
        forgetting=forgetting,
        rules=rules,
        rasa=rasa,
        token=secrets.local,
        clock=clock,
    )
    push = make_push(
        settings=settings,
        secrets=secrets,
        engine=engine,
        content=content,
        gateway=gateway,
        outbox=outbox,
        live=live,
        signer=signer,
        records=records,
        clock=clock,
    )
    coaches, review = (
        Coaches(engine),
        Review(engine, mask=Masking(content.names, content.names_also_words)),
    )
    app = FastAPI(title="Belay", docs_url=None, redoc_url=None)
    told = content.widget_problems
    add_problem_handlers(app, told)
    app.add_middleware(BodyLimit, limit=BODY_LIMIT, told=told["too_large"])
    app.add_middleware(OtherSites, origins=settings.allowed_origins)
    app.include_router(web.router())
    app.include_router(local.router())
    web_links = WebLinks(
        gateway=gateway, inbox=inbox, links=links, visitor=web.visitor, clock=clock
    )
    app.include_router(web_links.router())
    for router in push.routers():
        app.include_router(router)
    add_pages(app, content.widget_labels, use_cases.help_lines.page, settings.leave_url)
    app.mount(
        "/console",
        create_console(
            review=review,
            coaches=coaches,
            clock=clock,
            public_url=settings.public_url,
            version=content.version,
            catalogue=content.catalogue,
            notices=lambda: [*content.notices(clock().date()), *undelivered(push)],
        ),
    )
    return Belay(
        settings=settings,
        secrets=secrets,
        engine=engine,
        content=content,
        rules=rules,
        use_cases=use_cases,
        gateway=gateway,
        rasa=rasa,
        web=web,
        push=push,
        links=links,
        app=app,
        actions=create_endpoint(make_actions(use_cases, open_turns), domain(), action_token),
        action_token=action_token,
        inbox=inbox,
        outbox=outbox,
        records=records,
        retention=Retention(engine),
        erasure=erasure,
        alerts=make_alerts(settings, AlertLog(engine)),
        reminders=Reminding(
            StoredReminders(engine, links.reminder_talk, quiet),
            content.words,
            lambda talk: live.tell(talk, News("posted")),
        ),
        safety_log=SafetyLog(engine),
        coaches=coaches,
        review=review,
        spool=spool,
    )


class ReflectorMirror:
    """The reflector as the use cases know it: text or nothing."""

    def __init__(self, reflector: Reflector) -> None:
        self._reflector = reflector

    def __call__(self, text: str, seed: str) -> str | None:
        """One reflection, or None."""
        found = self._reflector.reflect(text, seed)
        return found.text if found is not None else None

    def clause(self, text: str) -> str | None:
        """The turned clause alone, or None."""
        return self._reflector.clause(text)


def domain() -> dict[str, Any]:
    """The Rasa domain as the action endpoint needs it."""
    data: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    return data


def _web_settings(settings: Settings, content: Content) -> WebSettings:
    return WebSettings(
        labels=content.widget_labels,
        leave_url=settings.leave_url,
        secure=bool(settings.public_url and settings.public_url.startswith("https://")),
        cross_site=bool(settings.allowed_origins),
        origins=settings.allowed_origins,
    )
