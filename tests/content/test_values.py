"""Every value that a line needs is given by the code that says the line."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

from belay.content import Content
from belay.content.shapes import PLACEHOLDER

ROOT = Path(__file__).resolve().parents[2]
NO_VALUES = {"buttons", "card", "tier"}
HELP = {"emergency", "lines"}

# What is given to lines whose id the code puts together. All others get what their call names.
GIVEN = {
    "people.told": {"hours"},
    "rehearsal.*": {"sentence"},
    "talk.*": {"reflection", "points", "need", "first", "second"},
    "safety_*": {"people", *HELP},
    "safety.thanks_no": HELP,
    "safety.still_here": HELP,
    "safety.abuse_lines": HELP,
    "help.now": HELP,
    "help.way_*": {"value"},
    "gate.afraid": {"lead"},
    "gate.hurt": {"lead"},
    "gate.controls": {"lead"},
    "exercise.change_*": {"before", "after"},
    "exercise.example": {"example", "plain"},
    "exercise.dont_know": {"example", "plain"},
    "feeling.*": {"feeling"},
    "human.*": {"hours"},
    "welcome.again": {"named"},
    "welcome.notice": {"named"},
    "progress.one": {"count"},
    "progress.some": {"count"},
    "exercise.step": {"ask"},
    "exercise.plan*": {"practice"},
    "progress.plan*": {"plan", "opening"},
    "link.list": {"devices"},
    "progress.life": {"count"},
    "practice.ask_plan": {"plan"},
    "practice.ask_first": {"plan", "opening"},
    "practice.compare_fear": {"fear"},
    "goal.some": {"goal"},
    "goal.ours_*": {"goal"},
    "remind.quiet": {"begins", "ends"},
    "remind.hours_set": {"begins", "ends"},
    "remind.set": {"when"},
    "link.listed*": {"name", "since"},
}


def calls() -> dict[str, list[set[str]]]:
    """Line id to the names of the values that each call of it gives."""
    found: dict[str, list[set[str]]] = {}
    for path in (ROOT / "belay").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in ("say", "text", "reply"):
                continue
            names = {word.arg for word in node.keywords if word.arg} - NO_VALUES
            if any(word.arg is None for word in node.keywords):
                names |= HELP
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.setdefault(argument.value, []).append(names)
    return found


def needs(content: Content, line: str) -> set[str]:
    variants = content.words.lines[line].variants
    return {
        name[:1].lower() + name[1:] for text in variants for name in PLACEHOLDER.findall(text)
    } - {"person"}


def test_calls_give_what_their_lines_need(content: Content) -> None:
    missing = {
        line: sorted(needs(content, line) - names)
        for line, given in calls().items()
        if content.words.has(line)
        for names in given
        if needs(content, line) - names
    }
    assert missing == {}


def test_lines_without_a_call_of_their_own_need_only_what_their_family_gets(
    content: Content,
) -> None:
    called = calls()
    for line in content.words.lines:
        if line in called:
            continue
        family = [values for pattern, values in GIVEN.items() if fnmatch(line, pattern)]
        given = set().union(*family)
        assert needs(content, line) <= given, line


@pytest.mark.parametrize("line", ["human.asked", "human.needs_review", "human.later"])
def test_the_hours_of_coaches_are_told(content: Content, line: str) -> None:
    assert "weekdays 9 to 5" in content.words.text(line, "seed", hours="weekdays 9 to 5")
