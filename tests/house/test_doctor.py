"""`belay doctor` on houses that are well, and on houses where something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from belay.commands import doctor_house
from belay.commands.doctor import doctor, examine, tell
from belay.commands.doctor_channels import at_providers
from belay.commands.doctor_house import in_house, is_encrypted
from belay.commands.finding import Finding
from belay.settings import Settings
from tests.channels.fakes.slack_payloads import BOT_TOKEN
from tests.channels.fakes.slack_server import SlackServer
from tests.channels.fakes.slack_web_api import APP_TOKEN, AWAY
from tests.channels.fakes.telegram_bot_api import TOKEN
from tests.channels.fakes.telegram_server import TelegramServer
from tests.gateway.shared import empty_database

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A home as the first start leaves it."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    shutil.copy(empty_database(), home / "belay.db")
    (home / "secrets.json").write_text("{}")
    (home / "secrets.json").chmod(0o600)
    return home


class Webhooks(TelegramServer):
    """Telegram that also tells the state of the webhook."""

    state: dict[str, Any] = {}

    def _get_webhook_info(self, _: dict[str, Any]) -> Any:
        return {"url": "", "has_custom_certificate": False, "pending_update_count": 0, **self.state}


@pytest.fixture
async def telegram() -> AsyncIterator[Webhooks]:
    made = Webhooks()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    made = await SlackServer().start()
    yield made
    await made.stop()


def about(found: list[Finding], name: str) -> list[Finding]:
    return [one for one in found if one.about == name]


def at_home(home: Path, **settings: Any) -> list[Finding]:
    return list(in_house(Settings(home=home, **settings), NOW))


async def asked(**settings: Any) -> list[Finding]:
    return [one async for one in at_providers(Settings(**settings))]


def test_a_house_that_is_well_has_nothing_broken_in_files_and_database(house: Path) -> None:
    found = at_home(house)
    assert [one.state for one in about(found, "files") if "home" in one.said] == []
    assert [one.state for one in about(found, "database")] == ["good"]
    assert [one.state for one in about(found, "content")] == ["good"]


def test_before_the_first_start_nothing_is_made(tmp_path: Path) -> None:
    home = tmp_path / "not yet"
    found = at_home(home)
    assert about(found, "files")[0].state == "told"
    assert about(found, "database")[0].state == "told"
    assert not home.exists()


def test_secrets_that_others_can_read_are_broken_with_the_command_that_mends_them(
    house: Path,
) -> None:
    (house / "secrets.json").chmod(0o644)
    (finding,) = [one for one in about(at_home(house), "files") if "secrets" in one.said]
    assert finding.state == "broken"
    assert finding.remedy == f"chmod 600 {house / 'secrets.json'}"


def test_a_database_that_is_no_database_is_broken(house: Path) -> None:
    (house / "belay.db").write_text("this is no database" * 100)
    assert about(at_home(house), "database")[0].state == "broken"


def test_a_database_of_another_version_is_told_and_left_alone(house: Path) -> None:
    with closing(sqlite3.connect(house / "belay.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.execute("DROP TABLE unreachable")
        database.commit()
    (finding,) = about(at_home(house), "database")
    assert finding.state == "look"
    assert "next start" in finding.said


def test_a_full_disk_is_broken(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(house)._replace(free=5 * 1024 * 1024)
    monkeypatch.setattr(doctor_house.shutil, "disk_usage", lambda _: usage)
    assert about(at_home(house), "disk")[0].state == "broken"


def test_texts_that_nobody_signed_are_named(house: Path) -> None:
    waiting = about(at_home(house), "safety texts")
    assert all(one.remedy or one.state == "good" for one in waiting)
    assert any("is not checked by a person" in one.said for one in waiting) or (
        [one.state for one in waiting] == ["good"]
    )


def test_help_lines_grow_old(house: Path) -> None:
    later = in_house(Settings(home=house), NOW + timedelta(days=3000))
    assert any(one.state == "look" for one in about(list(later), "help lines"))


def test_a_staffed_house_without_alerts_is_told(house: Path) -> None:
    found = about(at_home(house, staffed=True, staffed_hours="weekdays 9 to 5"), "people")
    assert [one.state for one in found] == ["good", "look"]


def test_an_encrypted_disk_is_seen_through_the_volumes_on_it(tmp_path: Path) -> None:
    number = tmp_path.stat().st_dev
    assert not is_encrypted(tmp_path, tmp_path)
    top = tmp_path / f"{os.major(number)}:{os.minor(number)}"
    (top / "slaves" / "dm-0" / "dm").mkdir(parents=True)
    (top / "slaves" / "dm-0" / "dm" / "uuid").write_text("CRYPT-LUKS2-abc")
    assert is_encrypted(tmp_path, tmp_path)


async def test_good_tokens_are_good(telegram: Webhooks, slack: SlackServer) -> None:
    found = await asked(
        telegram_token=TOKEN,
        telegram_api=telegram.api,
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_api=slack.api,
    )
    assert {one.state for one in about(found, "Slack")} == {"good"}
    assert about(found, "Telegram")[0].state == "good"
    assert about(found, "webhook")[0].state == "good"
    assert about(found, "clock")[0].state == "good"


async def test_a_wrong_token_is_broken_and_not_repeated(
    telegram: Webhooks, slack: SlackServer
) -> None:
    found = await asked(
        telegram_token="1:wrongwrong",
        telegram_api=telegram.api,
        slack_bot_token="xoxb-wrongwrong",
        slack_app_token=APP_TOKEN,
        slack_api=slack.api,
    )
    assert about(found, "Telegram")[0].state == "broken"
    assert about(found, "Slack")[0].state == "broken"
    assert "wrongwrong" not in str(found)


async def test_a_missing_scope_for_files_is_said_with_what_is_lost_and_how_to_mend_it(
    slack: SlackServer,
) -> None:
    slack.scopes = slack.scopes.replace("files:write,", "")
    found = await asked(slack_bot_token=BOT_TOKEN, slack_app_token=APP_TOKEN, slack_api=slack.api)
    (told,) = [one for one in about(found, "Slack") if one.state == "look"]
    assert "files:write" in told.said
    assert "install it again" in str(told.remedy)
    assert "broken" not in {one.state for one in about(found, "Slack")}


async def test_a_provider_that_is_away_is_not_broken_and_tells_no_token(
    telegram: Webhooks, slack: SlackServer
) -> None:
    slack.fault = lambda *_: AWAY
    found = await asked(
        telegram_token=TOKEN,
        telegram_api="http://127.0.0.1:1",
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_api=slack.api,
    )
    assert about(found, "Telegram")[0].state == "look"
    assert about(found, "Slack")[0].state == "look"
    assert TOKEN not in str(found)
    assert about(found, "clock")[0].state == "told"


@pytest.mark.parametrize(
    ("state", "settings", "expected"),
    [
        ({"url": "https://other.example/hook"}, {}, "look"),
        ({}, {"telegram_webhook": True}, "broken"),
        ({}, {"telegram_webhook": True, "public_url": "https://b.example"}, "look"),
        (
            {"url": "https://b.example/telegram/webhook"},
            {"telegram_webhook": True, "public_url": "https://b.example"},
            "good",
        ),
        (
            {
                "url": "https://b.example/telegram/webhook",
                "last_error_date": 1772452800,
                "last_error_message": "Connection timed out",
            },
            {"telegram_webhook": True, "public_url": "https://b.example"},
            "look",
        ),
        ({"pending_update_count": 5000}, {}, "look"),
    ],
)
async def test_the_state_of_the_webhook_is_compared_with_the_settings(
    telegram: Webhooks, state: dict[str, Any], settings: dict[str, Any], expected: str
) -> None:
    telegram.state = state
    found = await asked(telegram_token=TOKEN, telegram_api=telegram.api, **settings)
    (webhook,) = about(found, "webhook")
    assert webhook.state == expected
    assert webhook.remedy or expected == "good"


def test_settings_that_cannot_be_read_are_named_without_their_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BELAY_PORT", "quokkaquilt")
    (finding,) = examine(offline=True)
    assert finding.state == "broken"
    assert "port" in finding.said
    assert "quokkaquilt" not in str(finding)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, house: Path) -> Path:
    monkeypatch.setenv("BELAY_HOME", str(house))
    return house


def test_json_is_printed_and_a_broken_house_fails(
    environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (environment / "secrets.json").chmod(0o644)
    assert doctor(as_json=True, offline=True) is False
    found = json.loads(capsys.readouterr().out)
    assert {"about", "state", "said", "remedy"} == set(found[0])


def test_the_worst_is_told_last(capsys: pytest.CaptureFixture[str]) -> None:
    tell([Finding("a", "broken", "x [y]", "mend it"), Finding("b", "good", "fine")])
    printed = capsys.readouterr().out
    assert printed.index("fine") < printed.index("x [y]") < printed.index("mend it")
    assert "1 broken" in printed
