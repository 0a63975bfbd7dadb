"""How long the feedback on a draft takes. `python -m benchmarks.feedback`.

Writes reports/feedback.json. The bars: 20 ms for 60 words, 100 ms for 5,000 characters, both for
the processor time of the middle reading: on a busy machine the clock also counts the work of
others. What the clock said is given beside it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from belay.language.drafts import DraftReader
from belay.settings import ROOT
from benchmarks.machine import describe
from benchmarks.series import percentile

REPORT = ROOT / "reports" / "feedback.json"
SHORT_WORDS, SHORT_BAR = 60, 20.0
LONG_LETTERS, LONG_BAR = 5_000, 100.0
ROUNDS = 200
SENTENCES = (
    "On Tuesday you looked at your phone while I told you about my exam, and I felt sad. ",
    "You never call when you are late, it makes me so angry, and then you say I am too much. ",
    "I need some rest at the end of the day, could you take the kids for an hour on Friday? ",
    "If you shout again I will leave the room and come back in half an hour, I promise. ",
    "Sorry to ask, maybe you could sort of help me because my mum is ill and I work late. ",
)


def measure(content: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """Time both lengths on different texts, after one reading that is not counted."""
    reader = DraftReader(content)
    words = " ".join(SENTENCES).split()
    short = [" ".join((words[at:] + words)[:SHORT_WORDS]) for at in range(0, len(words), 7)]
    long = [("".join(SENTENCES[at:] + SENTENCES) * 20)[:LONG_LETTERS] for at in range(5)]
    return {
        "machine": describe(),
        "short": _spread(reader, short, rounds) | {"words": SHORT_WORDS, "bar": SHORT_BAR},
        "long": _spread(reader, long, max(5, rounds // 10))
        | {"letters": LONG_LETTERS, "bar": LONG_BAR},
    }


def _spread(reader: DraftReader, texts: list[str], rounds: int) -> dict[str, float]:
    reader.read_kind(texts[0], "i_statement", "")
    pairs = [
        _milliseconds(partial(reader.read_kind, texts[at % len(texts)], "request", ""))
        for at in range(rounds)
    ]
    took, busy = [wall for wall, _ in pairs], [cpu for _, cpu in pairs]
    return {
        "p50": round(median(took), 2),
        "p95": round(percentile(took, 0.95), 2),
        "longest": round(max(took), 2),
        "processor_p50": round(median(busy), 2),
    }


def _milliseconds(call: Callable[[], object]) -> tuple[float, float]:
    """What a call took by the clock, and of the processor."""
    begun, used = perf_counter(), process_time()
    call()
    return 1000 * (perf_counter() - begun), 1000 * (process_time() - used)


def main() -> int:
    """Measure, write the report, and say which bars were missed."""
    report = measure(ROOT / "content")
    REPORT.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    for name, told in (("short", "60 words"), ("long", "5,000 characters")):
        figures = report[name]
        verdict = "held" if figures["processor_p50"] < figures["bar"] else "missed"
        print(
            f"{told}: p50 {figures['p50']} ms, p95 {figures['p95']} ms, "
            f"longest {figures['longest']} ms, processor p50 {figures['processor_p50']} ms "
            f"(bar {figures['bar']:.0f} ms: {verdict})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
