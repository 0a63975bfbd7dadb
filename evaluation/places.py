"""Where things lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRAINING = ROOT / "data" / "nlu"
HELD_OUT = ROOT / "tests" / "nlu"
OUTSIDE = ROOT.parent / "shared" / "eval"
REPORTS = ROOT / "reports" / "eval"
COMMITTED = ROOT / "evaluation" / "committed.json"
SCRATCH = ROOT / "var" / "evaluation"
RULES = ROOT / "data" / "rules"
BELAY_PYTHON = ROOT / ".venv" / "bin" / "python"


def shown(path: Path) -> str:
    """A path as a person knows it: from the project's root where it lies inside."""
    try:
        return path.relative_to(ROOT).as_posix()
    except ValueError:
        return str(path)
