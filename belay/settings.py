"""Every setting, typed, read once from the environment (or `.env`) with the prefix BELAY_.

DATABASE_URL is read without the prefix, as platforms set it.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator may set. docs/settings.md lists each with its default."""

    model_config = SettingsConfigDict(
        env_prefix="BELAY_", env_file=".env", extra="ignore", frozen=True
    )

    home: Path = ROOT / "var"
    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "BELAY_DATABASE_URL")
    )
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str | None = None
    allowed_origins: tuple[str, ...] = ()
    content: Path = ROOT / "content"
    rasa_python: Path = ROOT / ".venv-rasa" / "bin" / "python"
    leave_url: str = "https://www.wikipedia.org/"
    staffed: bool = False
    staffed_hours: str = ""
    exercises_open: bool = True
    alert_email: str | None = None
    alert_webhook: str | None = None
    alert_again_minutes: int = Field(default=60, ge=1)
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "belay@localhost"
    keep_days: int = 90
    quiet_from: int = Field(default=21, ge=0, le=23)
    quiet_until: int = Field(default=8, ge=0, le=23)
    turn_seconds: float = 8.0
    log_level: str = "INFO"
    telegram_token: str | None = Field(default=None, repr=False)
    telegram_webhook: bool = False
    telegram_api: str = "https://api.telegram.org"
    slack_bot_token: str | None = Field(default=None, repr=False)
    slack_app_token: str | None = Field(default=None, repr=False)
    slack_signing_secret: str | None = Field(default=None, repr=False)
    slack_api: str = "https://slack.com/api/"

    @model_validator(mode="after")
    def _hours_of_a_staffed_console(self) -> Self:
        if self.staffed and not self.staffed_hours.strip():
            raise ValueError(
                "BELAY_STAFFED is on, so clients are told when people are there: set "
                'BELAY_STAFFED_HOURS, for example "weekdays 9 to 5".'
            )
        return self

    @property
    def database(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.home / 'belay.db'}"

    @property
    def keep(self) -> timedelta:
        """How long transcripts are kept."""
        return timedelta(days=self.keep_days)


PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "SSL_CERT_FILE"),
    *("ENCODER_PATH", "ENCODER_INT8"),
)


def environment_for_rasa() -> dict[str, str]:
    """What the Rasa process inherits: a few harmless names, no secrets of Belay's."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}
