"""Trains the Rasa model when its sources changed, and knows which model belongs to them.

A model is `models/belay-<fingerprint>.tar.gz` with its SHA-256 beside it. The fingerprint
covers everything that training reads, so a model never outlives its sources unnoticed.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

SOURCES = (
    "config.yml",
    "domain.yml",
    "uv.lock",
    "data",
    "content/language/entities",
    "content/language/names.txt",
    "content/language/spelling.yml",
    "models/tuned-encoder.npz",
    "rasa_ext",
)
# Parts of rasa_ext that run beside a model and are not in it.
BESIDE = frozenset(
    f"rasa_ext/{name}.py"
    for name in (
        "action_endpoint",
        "channel",
        "cross_validation",
        "long_tuning",
        "launcher",
        "model_file",
        "quiet_log",
        "reading_tables",
        "safety_cross_validation",
        "server",
        "settings",
        "state_tracker",
        "turn",
        "wire",
    )
)
KEEP = 2
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    # Vectors of sentences are kept in models/; Rasa's own cache would miss changes in rasa_ext.
    "RASA_MAX_CACHE_SIZE": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENBLAS_NUM_THREADS": "2",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}
# What the log says, from the first step to the last, and how to say it to a person.
STEPS = (
    ("Starting to train component 'RulePolicy'", "learning the rules"),
    ("Created vocabulary", "reading the words"),
    ("building the graph of the sentence encoder", "building the sentence encoder (once)"),
    ("reading sentences", "reading the sentences"),
    ("tuning the encoder", "tuning the sentence encoder"),
    ("Starting to train component 'SentenceIntentClassifier'", "training the classifier"),
    ("Starting to train component 'SafetyLayer'", "learning to hear danger"),
    ("Your Rasa model is trained", "writing the model"),
)
SENTENCES = re.compile(r"reading sentences: (\d+) of (\d+)")

Progress = Callable[[str], None]


class ModelBuildFailed(Exception):
    """Training failed. The message names the log and the remedy."""


class ModelDamaged(ModelBuildFailed):
    """A model differs from its hash. The message names the remedy."""


def fingerprint(root: Path) -> str:
    """Twelve hex digits over everything that the model is made of."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def current_model(root: Path) -> Path | None:
    """The model of the present sources, checked against the SHA-256 beside it, or None.

    A model without its hash comes from a training that was cut off; it counts as none.

    Raises:
        ModelDamaged: the file is not the one that was trained.
    """
    path = _model_path(root)
    beside = path.with_name(path.name + ".sha256")
    if not path.exists() or not beside.exists():
        return None
    if beside.read_text("ascii").split()[:1] != [_sha256(path)]:
        shown = path.relative_to(root)
        raise ModelDamaged(f"The model {shown} is damaged: delete it and run `make train`.")
    return path


def build(root: Path, on_progress: Progress, environment: Mapping[str, str] | None = None) -> Path:
    """Train a model for the present sources, and say what is going on.

    Args:
        root: The project's folder.
        on_progress: Told each step in words for a person.
        environment: What the training shall find in its environment besides, such as
            ``ENCODER_PATH``.

    Raises:
        ModelBuildFailed: with the log's place and what to do.
    """
    python = root / ".venv-rasa" / "bin" / "python"
    if not python.exists():
        raise ModelBuildFailed("Rasa's environment is missing. Run `make setup`.")
    (root / "models").mkdir(exist_ok=True)
    with (root / "models" / ".training").open("w") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_progress("waiting for another training to end")
            fcntl.flock(door, fcntl.LOCK_EX)
            model = current_model(root)
            if model is not None:
                return model
        return _train(root, python, on_progress, environment or {})


def _train(root: Path, python: Path, on_progress: Progress, environment: Mapping[str, str]) -> Path:
    path = _model_path(root)
    log = root / "models" / "train.log"
    on_progress(f"reading {_count_examples(root):,} examples")
    # The data are validated by `make test`; here it would only read them twice.
    command = [str(python), "-m", "rasa", "train", "--force", "--skip-validation"]
    command += ["--fixed-model-name", path.name]
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command,
            cwd=root,
            env={**ENVIRONMENT, **environment},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        reporter = threading.Thread(target=_report, args=(log, process, on_progress), daemon=True)
        reporter.start()
        try:
            code = process.wait()
        except BaseException:
            process.kill()
            raise
        reporter.join(2)
    if code != 0 or not path.exists():
        raise ModelBuildFailed(
            f"Training the model failed. {_last_error(log)} See {log.relative_to(root)}; after "
            "mending it, run `make train`."
        )
    path.with_name(path.name + ".sha256").write_text(f"{_sha256(path)}  {path.name}\n", "ascii")
    _drop_old(root)
    return path


def _sources(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        place = root / name
        if place.is_file():
            yield place
        else:
            yield from sorted(
                path
                for path in place.rglob("*")
                if path.is_file()
                and "__pycache__" not in path.parts
                and path.relative_to(root).as_posix() not in BESIDE
            )


def _model_path(root: Path) -> Path:
    return root / "models" / f"belay-{fingerprint(root)}.tar.gz"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _count_examples(root: Path) -> int:
    files = (root / "data" / "nlu").rglob("*.yml")
    return sum(path.read_text("utf-8").count("- {text:") for path in files)


def _report(log: Path, process: subprocess.Popen[bytes], on_progress: Progress) -> None:
    said = ""
    begun = time.monotonic()
    while process.poll() is None:
        time.sleep(1.0)
        step = step_in(log.read_text("utf-8", errors="replace"))
        if step != said:
            said = step
            on_progress(f"{step} ({time.monotonic() - begun:.0f} s)")


def step_in(log: str) -> str:
    """The last step that a training log tells of, in words for a person."""
    words = next((said for mark, said in reversed(STEPS) if mark in log), "loading the examples")
    if words == "reading the sentences":
        done, total = SENTENCES.findall(log)[-1]
        return f"{words}: {int(done):,} of {int(total):,}"
    return words


def _last_error(log: Path) -> str:
    lines = [line.strip() for line in log.read_text("utf-8", errors="replace").splitlines()]
    marked = [line for line in lines if "Error" in line or "Exception" in line]
    return (marked or lines or [""])[-1][:300]


def _drop_old(root: Path) -> None:
    models = sorted((root / "models").glob("belay-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-KEEP]:
        path.unlink()
        path.with_name(path.name + ".sha256").unlink(missing_ok=True)


def main() -> None:
    """`--print` names the current model's path, for the Makefile."""
    root = Path(__file__).resolve().parent.parent.parent
    model = current_model(root)
    if model is None:
        sys.exit("There is no up-to-date model. Run `make train`.")
    sys.stdout.write(f"{model.relative_to(root)}\n")


if __name__ == "__main__":
    main()
