"""`belay catalogue`: the page of all exercises, made from their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from belay.content.load import load_content
from belay.domain.exercise import Exercise, Step

PAGE = Path("docs") / "exercises.md"
MADE = "<!-- Made by `belay catalogue --write` from content/exercises. Change the files there. -->"
GATES = {
    "G0": "private thinking, always open",
    "G1": "words for another person: after the three private questions, closed where one is a yes",
    "G2": "done together: open only when all three answers are no, and both are 18 or over",
}
KINDS = {"text": "own words", "choice": "a choice", "rating": "a number"}


def catalogue_page(content: Path) -> str:
    """The whole page as Markdown.

    Raises:
        ContentBroken: A content file is wrong.
    """
    exercises = load_content(content).catalogue.all()
    parts = ["# The exercises", MADE, _introduction(exercises), _table(exercises)]
    parts += [_needs(exercises), *("\n\n".join(_chapter(one)) for one in exercises)]
    return "\n\n".join(parts) + "\n"


def is_stale(content: Path, page: Path) -> bool:
    """Whether the page on disk is not the one that the files make."""
    return not page.is_file() or page.read_text("utf-8") != catalogue_page(content)


def _introduction(exercises: Sequence[Exercise]) -> str:
    gates = "\n".join(f"- **{gate}** {meaning}." for gate, meaning in GATES.items())
    return (
        f"{len(exercises)} exercises, in the order of the menu. Each is one file in "
        "`content/exercises`; [how to add one](adding-an-exercise.md), "
        "[what the feedback looks for](feedback.md).\n\n"
        f"{gates}\n\n"
        "An exercise asks for a number before and after, ends in a statement in the client's own "
        "words, and offers a plan. Every question can be skipped; an example is there for each."
    )


def _table(exercises: Sequence[Exercise]) -> str:
    rows = ["| exercise | gate | minutes | what it is for |", "|---|---|---|---|"]
    rows += [
        f"| [{one.title}](#{one.id}) | {one.gate} | {one.minutes} | {one.short} |"
        for one in exercises
    ]
    return "\n".join(rows)


def _needs(exercises: Sequence[Exercise]) -> str:
    needs = sorted({need for one in exercises for need in (*one.first_for, *one.second_for)})
    rows = ["| someone wants | offered first | offered second |", "|---|---|---|"]
    for need in needs:
        first = "; ".join(one.title for one in exercises if need in one.first_for)
        second = "; ".join(one.title for one in exercises if need in one.second_for)
        rows.append(f"| `{need}` | {first} | {second} |")
    return "## Which need opens which\n\n" + "\n".join(rows)


def _chapter(exercise: Exercise) -> Iterator[str]:
    yield f'<a id="{exercise.id}"></a>\n## {exercise.title}'
    yield f"`{exercise.id}`, {exercise.gate}, about {exercise.minutes} minutes. {exercise.why}"
    yield f"**Builds on** {exercise.source}"
    yield f"**Not for** {_lowered(exercise.not_for)}"
    yield "\n".join(_step(number, step) for number, step in enumerate(exercise.steps, 1))
    lines = "\n".join(f"> {line}  " for line in exercise.artefact_lines)
    yield f"It ends in **{exercise.artefact_title}**:\n\n{lines}"
    if exercise.opening:
        yield f"First words that are offered: {exercise.opening[0]}"
    yield "Practice:\n\n" + "\n".join(f"- {one}" for one in exercise.practice)


def _step(number: int, step: Step) -> str:
    told = [f"{number}. **{step.name}** ({_kind(step)}): {step.ask[0]}"]
    told.append(f"   For example: *{step.examples[0]}*")
    wants = [*step.need, *((f"one of {' '.join(step.need_any)}",) if step.need_any else ())]
    looks = [f"wants {', '.join(wants)}"] if wants else []
    looks += [f"tips on {', '.join(step.ban)}"] if step.ban else []
    looks += [f"at most {step.max_words} words"] if step.max_words else []
    if looks:
        told.append(f"   Feedback: {'; '.join(looks)}.")
    return "  \n".join(told)


def _kind(step: Step) -> str:
    if step.options:
        return "one of: " + ", ".join(option.title.lower() for option in step.options)
    return KINDS[step.kind]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
