"""One task of one side, in a process of its own: ``python -m benchmarks.nlu_side train FOLDER``.

Prints lines ``PROGRESS done of total`` and at the end ``RESULT`` with the figures as JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.nlu_data import percentile
from rasa_ext.settings import prepare_environment

TELL_EVERY = 50
WARM_UP = 20


def main() -> None:
    """Do one task."""
    task, folder = sys.argv[1], Path(sys.argv[2])
    done = {"train": train, "ask": ask}[task](folder)
    print("RESULT " + json.dumps(done), flush=True)


def train(folder: Path) -> dict[str, Any]:
    """Train as `rasa train nlu` does; importing Rasa does not count."""
    if (folder / "content").exists():
        prepare_environment()
    from rasa.model_training import train_nlu

    logging.disable(logging.INFO)
    begun, used = time.perf_counter(), time.process_time()
    model = train_nlu(
        str(folder / "config.yml"),
        str(folder / "examples.yml"),
        str(folder / "trained"),
        fixed_model_name="model.tar.gz",
    )
    seconds = time.perf_counter() - begun
    if model is None:
        raise RuntimeError("training gave no model")
    return {
        "train_seconds": round(seconds, 1),
        "train_cpu_seconds": round(time.process_time() - used, 1),
        "train_peak_mb": _peak_mb(),
        "model_mb": round(Path(model).stat().st_size / 1e6, 1),
    }


def ask(folder: Path) -> dict[str, Any]:
    """Parse every test line as a message; the clock runs around the whole pipeline."""
    prepare_environment()
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    from rasa_ext.quiet_log import quiet_logs
    from rasa_ext.wire import inert

    # Rasa would write a line for each message, on both sides.
    quiet_logs()
    agent = Agent()
    agent.load_model(folder / "trained" / "model.tar.gz")
    processor = agent.processor
    if processor is None:
        raise RuntimeError("the model does not load")
    texts = json.loads((folder / "test.json").read_text("utf-8"))
    loop = asyncio.new_event_loop()

    def parse(text: str) -> dict[str, Any]:
        found: dict[str, Any] = loop.run_until_complete(
            processor.parse_message(UserMessage(inert(text)))
        )
        return found

    for text in texts[:WARM_UP]:
        parse(text)
    answers, clock, used = [], [], []
    for number, text in enumerate(texts, start=1):
        begun, busy = time.perf_counter(), time.process_time()
        parsed = parse(text)
        clock.append((time.perf_counter() - begun) * 1000)
        used.append((time.process_time() - busy) * 1000)
        ranking = [entry["name"] for entry in parsed["intent_ranking"]]
        likeliest = next((name for name in ranking if name != "nlu_fallback"), None)
        answers.append([parsed["intent"]["name"], likeliest])
        if number % TELL_EVERY == 0:
            print(f"PROGRESS {number} of {len(texts)}", flush=True)
    return {
        "answers": answers,
        "parse_p50_ms": round(percentile(clock, 0.5), 2),
        "parse_p95_ms": round(percentile(clock, 0.95), 2),
        # Processor time says more than the clock where other work keeps the machine busy.
        "parse_cpu_p50_ms": round(percentile(used, 0.5), 2),
        "parse_peak_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    main()
