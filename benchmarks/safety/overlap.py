"""Which benchmark lines are too close to lines that a bot was trained on.

`python -m benchmarks.safety.overlap data/nlu` reads every `- example` line below the given files
and folders. It names the row of a benchmark line that is too close and never the other text, so
that whoever mends the benchmark learns nothing about the training data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.safety.lines import SETS, Line, load

TOO_CLOSE = 0.6
ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
EXAMPLE = re.compile(r"^\s*-\s+(.*\S)\s*$")


def grams(text: str) -> frozenset[tuple[str, ...]]:
    """The three-word runs of a text; the whole of it when it is shorter."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    runs = {tuple(words[start : start + 3]) for start in range(len(words) - 2)}
    return frozenset(runs or {tuple(words)})


def closeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Jaccard's share: runs in both, of runs in either."""
    return len(one & other) / len(one | other)


def too_close(lines: Sequence[Line], others: Iterable[str]) -> list[tuple[Line, float]]:
    """The lines that share most of their three-word runs with some other text."""
    known = [grams(text) for text in others]
    by_run: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, runs in enumerate(known):
        for run in runs:
            by_run[run].append(number)
    found = []
    for line in lines:
        mine = grams(line.text)
        near = {number for run in mine for number in by_run.get(run, ())}
        worst = max((closeness(mine, known[number]) for number in near), default=0.0)
        if worst >= TOO_CLOSE:
            found.append((line, worst))
    return found


def pairs_too_close(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Pairs of benchmark lines that are nearly the same line."""
    runs = [grams(line.text) for line in lines]
    by_run: dict[tuple[str, ...], list[int]] = defaultdict(list)
    pairs = set()
    for number, mine in enumerate(runs):
        near = {other for run in mine for other in by_run[run]}
        pairs |= {(other, number) for other in near if closeness(mine, runs[other]) >= TOO_CLOSE}
        for run in mine:
            by_run[run].append(number)
    return [(lines[one], lines[other]) for one, other in sorted(pairs)]


def examples_in(paths: Iterable[Path]) -> list[str]:
    """Every `- example` line of YAML files, without entity annotations."""
    files = [
        file
        for path in paths
        for file in (sorted(path.rglob("*.y*ml")) if path.is_dir() else [path])
    ]
    return [
        ANNOTATION.sub(r"\1", example[1])
        for file in files
        for raw in file.read_text("utf-8").splitlines()
        if (example := EXAMPLE.match(raw))
    ]


def main(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of training data.")],
) -> None:
    """Compare; ends with 1 when a line is too close."""
    examples = examples_in(paths)
    found = [one for set_ in SETS for one in too_close(load(set_), examples)]
    for line, share in found:
        print(f"{line.place} is too close to a training line ({share:.2f}). Replace it.")
    print(f"{len(found)} lines too close to {len(examples)} examples.")
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
