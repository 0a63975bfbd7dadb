"""Every setting of the Rasa side, read once. The only module here that looks at the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[1]


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and what to do."""


@dataclass(frozen=True)
class Settings:
    """Settings of the Rasa process.

    Attributes:
        port: Port on the loopback interface; 0 lets the system choose one.
        token: Secret that each request of Belay carries.
        model: The trained model to load.
        action_seconds: Longest time that one action may take.
        root: Folder of the project (config.yml, content/, models/).
    """

    port: int
    token: str
    model: Path
    action_seconds: float
    root: Path


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of the Rasa process.

    Raises:
        SettingsError: One is missing or has a value that cannot be used.
    """
    env = os.environ if environ is None else environ
    root = project_root(env)
    token = env.get("BELAY_RASA_TOKEN", "")
    if len(token) < 16:
        raise SettingsError(
            "BELAY_RASA_TOKEN is missing or shorter than 16 characters: set it to a random secret."
        )
    model = env.get("BELAY_MODEL", "")
    if not model:
        raise SettingsError(
            "BELAY_MODEL is missing: run `make train` and set it to models/belay-….tar.gz."
        )
    return Settings(
        port=_port(env.get("BELAY_RASA_PORT", "0")),
        token=token,
        model=root / model,
        action_seconds=_seconds("BELAY_ACTION_SECONDS", env.get("BELAY_ACTION_SECONDS", "7")),
        root=root,
    )


def project_root(environ: Mapping[str, str] | None = None) -> Path:
    """Folder of the project: ``BELAY_ROOT``, or the one that this package lies in."""
    env = os.environ if environ is None else environ
    return Path(env.get("BELAY_ROOT") or PROJECT_ROOT)


def encoder_folder(environ: Mapping[str, str] | None = None) -> Path | None:
    """Folder of other encoder weights (``ENCODER_PATH``), or None for the installed package."""
    env = os.environ if environ is None else environ
    path = env.get("ENCODER_PATH", "")
    return Path(path) if path else None


def small_encoder(environ: Mapping[str, str] | None = None) -> bool:
    """Whether most of the encoder's weights are kept in 8 bits (``ENCODER_INT8``, 1 if not set).

    Raises:
        SettingsError: It is neither 0 nor 1.
    """
    env = os.environ if environ is None else environ
    value = env.get("ENCODER_INT8", "1") or "1"
    if value not in ("0", "1"):
        raise SettingsError(f"ENCODER_INT8 is {value!r}: use 1 for 8-bit weights, or 0.")
    return value == "1"


def prepare_environment() -> None:
    """Set what must be set before Rasa, TensorFlow and BLAS are imported.

    One thread: on a small machine more threads double the CPU time of a turn and gain nothing.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise SettingsError(f"BELAY_RASA_PORT is {text!r}: use a number from 0 to 65535.")
    return int(text)


def _seconds(name: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 300:
        raise SettingsError(f"{name} is {text!r}: use a number of seconds up to 300.")
    return seconds
