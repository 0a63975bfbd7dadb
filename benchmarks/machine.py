"""What the figures were measured on, and how busy it was."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

BELAY_PARTS = ("fastapi", "uvicorn", "sqlalchemy", "rasa-sdk", "spacy", "httpx")
RASA_PARTS = (
    "rasa",
    "rasa-sdk",
    "tensorflow-cpu",
    "tensorflow",
    "sqlalchemy",
    "sanic",
    "onnxruntime",
    "scikit-learn",
    "spacy",
)
_ASK_VERSIONS = """
import json, platform, sys
from importlib.metadata import PackageNotFoundError, version
found = {"python": platform.python_version()}
for name in sys.argv[1:]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        pass
print(json.dumps(found))
"""
TICKS = os.sysconf("SC_CLK_TCK")


def describe() -> dict[str, object]:
    """Processor, cores, memory and system."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9, 1),
        "system": platform.platform(),
    }


def versions(rasa_python: Path) -> dict[str, dict[str, str]]:
    """Versions in both environments."""
    mine = {"python": platform.python_version()} | {part: version(part) for part in BELAY_PARTS}
    answer = subprocess.run(
        [str(rasa_python), "-c", _ASK_VERSIONS, *RASA_PARTS],
        check=True,
        capture_output=True,
        text=True,
    )
    return {"belay": mine, "rasa": json.loads(answer.stdout)}


def commit(root: Path) -> str:
    """The commit that was measured, with "and changes" when files differ from it."""
    if not (root / ".git").exists():
        return "no repository"
    head = _git(root, "rev-parse", "--short", "HEAD")
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    return f"{head} and changes" if changed else head


def load() -> float:
    """Processes that wanted to run in the last minute, on average."""
    return round(os.getloadavg()[0], 2)


def cpu_seconds(pids: Iterable[int]) -> float:
    """The processor time that some processes have used so far, in user and system mode."""
    total = 0
    for pid in pids:
        # The name of the program stands in brackets and may hold spaces; the rest is columns.
        columns = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        total += int(columns[11]) + int(columns[12])
    return total / TICKS


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
