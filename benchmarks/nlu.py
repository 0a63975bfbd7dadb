"""Intents of other people's data, by Belay's pipeline and by Rasa's own (``make bench-nlu``).

Runs in Rasa's environment. The folder holds ``train_10.tsv`` and ``test.tsv`` (text, tab, label).
Both sides are trained and asked in processes of their own, one after the other, and the figures go
to ``reports/bench_nlu.json`` under the folder's name; other data sets stay in the report.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from benchmarks.machine import commit, describe, load
from benchmarks.nlu_data import DataWrong, Lines, read_lines
from benchmarks.nlu_projects import SIDES, environment, make_project
from benchmarks.nlu_scores import judged, lines_of

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "reports" / "bench_nlu.json"
TRAINING, TESTS = "train_10.tsv", "test.tsv"
UNUSABLE = 2


class SideFailed(Exception):
    """One side could not be trained or asked; the message says which and why."""


def main(arguments: list[str] | None = None) -> int:
    """Measure both sides on one folder.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nlu", description=__doc__)
    parser.add_argument("folder", type=Path, help=f"holds {TRAINING} and {TESTS}")
    parser.add_argument("--side", choices=sorted(SIDES), help="only this one; writes no report")
    chosen = parser.parse_args(arguments)
    try:
        train, test = read_lines(chosen.folder / TRAINING), read_lines(chosen.folder / TESTS)
        measured = {
            side: measure(side, train, test)
            for side in ([chosen.side] if chosen.side else sorted(SIDES))
        }
    except (DataWrong, SideFailed) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    entry = judged(train, test, measured)
    print("\n".join(lines_of(chosen.folder.name, entry)))
    if not chosen.side:
        write(chosen.folder.name, entry)
        print(f"Written to {REPORT.relative_to(ROOT)}.")
    return 0


def measure(side: str, train: Lines, test: Lines) -> dict[str, Any]:
    """Train one side, then ask it every test line, each in a fresh process.

    Raises:
        SideFailed: One of them ended with an error.
    """
    with tempfile.TemporaryDirectory(prefix="belay-bench-") as name:
        project = Path(name)
        make_project(side, project, train)
        (project / "test.json").write_text(json.dumps(test.texts), "utf-8")
        learnt = run(side, "train", project)
        asked = run(side, "ask", project)
    return {**learnt, **asked, "load": load()}


def run(side: str, task: str, project: Path) -> dict[str, Any]:
    """One task of one side, with a line that says how far it is."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.nlu_side", task, str(project)]
    log = project / f"{task}.log"
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(side, project),
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
    stop = threading.Event()
    told = {"far": ""}
    clock = threading.Thread(target=_show, args=(f"{side}: {task}", told, stop), daemon=True)
    clock.start()
    answer = ""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("PROGRESS "):
            told["far"] = line.removeprefix("PROGRESS ").strip()
        elif line.startswith("RESULT "):
            answer = line.removeprefix("RESULT ")
    code = process.wait()
    stop.set()
    clock.join()
    if code != 0 or not answer:
        last = (log.read_text("utf-8").strip().splitlines() or ["no word about it"])[-1]
        raise SideFailed(f"{side} could not {task}: {last}. Run `make setup` and try again.")
    result: dict[str, Any] = json.loads(answer)
    return result


def write(name: str, entry: Mapping[str, Any]) -> None:
    """Put one data set into the report; the others stay."""
    report: dict[str, Any] = {"sets": {}}
    if REPORT.is_file():
        report = json.loads(REPORT.read_text("utf-8"))
    report["machine"] = describe()
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")  # noqa: UP017 (3.10)
    report["sets"][name] = {"when": now, "commit": commit(ROOT), **entry}
    REPORT.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _show(what: str, told: Mapping[str, str], stop: threading.Event) -> None:
    """A line on the terminal, written over itself once a second."""
    begun = time.monotonic()
    while not stop.wait(1.0):
        if sys.stderr.isatty():
            seconds = time.monotonic() - begun
            print(
                f"\r{what} {told['far']} ({seconds:.0f} s)  ", end="", file=sys.stderr, flush=True
            )
    print(
        f"\r{what} done in {time.monotonic() - begun:.0f} s" + " " * 24, file=sys.stderr, flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
