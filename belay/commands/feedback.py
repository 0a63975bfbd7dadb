"""`belay feedback`: what Belay would say about drafts, without a running Belay and without Rasa."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from belay.content.catalogue import AuthoredCatalogue
from belay.content.load import load_content
from belay.domain.feedback import DraftReading
from belay.language.drafts import DraftReader

MIRROR = "exercise.rule_over_other"
FORMS = 'a line is {"kind": ..., "text": ...} or {"exercise": ..., "step": ..., "text": ...}'


class Answer(NamedTuple):
    """What is printed for one line: the reading, or why there is none."""

    reading: dict[str, Any] | None
    problem: str | None


class LineWrong(ValueError):
    """A line cannot be read; the message says what to write instead."""


class FeedbackCommand:
    """Reads lines of JSON.

    Args:
        content: The content folder.

    Raises:
        ContentBroken: A content file is wrong.
        FeedbackContentError: A feedback file is wrong.
    """

    def __init__(self, content: Path) -> None:
        loaded = load_content(content)
        self._catalogue: AuthoredCatalogue = loaded.catalogue
        self._words = loaded.words
        self._reader = DraftReader(content)

    def answers(self, lines: Iterable[str]) -> Iterator[Answer]:
        """An answer for each line that is not blank, in order."""
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield Answer(self._read(line), None)
            except LineWrong as wrong:
                yield Answer(None, f"Line {number}: {wrong}")

    def _read(self, line: str) -> dict[str, Any]:
        try:
            asked = json.loads(line)
        except ValueError as wrong:
            raise LineWrong(f"not JSON ({wrong}); {FORMS}.") from wrong
        if not isinstance(asked, dict):
            raise LineWrong(f"not an object; {FORMS}.")
        text = _string(asked, "text")
        if "kind" in asked:
            reading = self._by_kind(text, _string(asked, "kind"))
        elif "exercise" in asked:
            reading = self._by_step(text, _string(asked, "exercise"), _string(asked, "step"))
        else:
            raise LineWrong(f'neither "kind" nor "exercise"; {FORMS}.')
        return self._json(reading, text)

    def _by_kind(self, text: str, kind: str) -> DraftReading:
        if kind not in self._reader.kinds:
            known = ", ".join(self._reader.kinds)
            raise LineWrong(f"no kind is called {kind!r}; there are {known}.")
        return self._reader.read_kind(text, kind, text)

    def _by_step(self, text: str, exercise_id: str, step_id: str) -> DraftReading:
        exercise = self._catalogue.get(exercise_id)
        if exercise is None:
            known = ", ".join(one.id for one in self._catalogue.all())
            raise LineWrong(f"no exercise is called {exercise_id!r}; there are {known}.")
        if step_id not in [step.id for step in exercise.steps]:
            known = ", ".join(step.id for step in exercise.steps)
            raise LineWrong(f"{exercise_id} has no step {step_id!r}; it has {known}.")
        return self._reader.read_as_step(text, exercise.step(step_id), text)

    def _json(self, reading: DraftReading, text: str) -> dict[str, Any]:
        tip = reading.feedback.tip_text
        if reading.feedback.fear is None and reading.feedback.rule_over_other is not None:
            tip = self._words.text(MIRROR, text)
        spans: list[tuple[int, int, str | None, str | None]]
        spans = [(one.start, one.end, one.name, None) for one in reading.named]
        spans += [(one.start, one.end, None, one.feature) for one in reading.findings]
        return {
            "issues": list(reading.issues),
            "strengths": list(reading.strengths),
            "spans": [
                {"start": start, "end": end, "text": text[start:end], "name": name, "feature": id_}
                for start, end, name, id_ in sorted(spans, key=lambda span: span[:2])
            ],
            "features": list(dict.fromkeys(one.feature for one in reading.findings)),
            "lacks": list(reading.feedback.missing),
            "tip": tip,
            "overall": reading.overall,
        }


def run(content: Path, file: Path) -> int:
    """Print an answer for each line of the file; "-" is standard input.

    Returns:
        The exit code: 0, or 2 when a line was left out or the file cannot be read.
    """
    code = 0
    try:
        lines = sys.stdin if file == Path("-") else file.open(encoding="utf-8")
    except OSError as wrong:
        print(f"{file} cannot be read ({wrong.strerror}).", file=sys.stderr)
        return 2
    with lines:
        for answer in FeedbackCommand(content).answers(lines):
            if answer.problem is not None:
                print(answer.problem, file=sys.stderr, flush=True)
                code = 2
            else:
                print(json.dumps(answer.reading, ensure_ascii=False), flush=True)
    return code


def _string(asked: dict[str, Any], key: str) -> str:
    value = asked.get(key)
    if not isinstance(value, str):
        raise LineWrong(f'"{key}" has to be a text; {FORMS}.')
    return value
