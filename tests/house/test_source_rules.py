"""Rules of the house that no other tool checks, read off the source itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from belay.settings import ROOT

PACKAGES = ("belay", "actions", "rasa_ext")
LONGEST = 300
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "misc", "common"}
READS_ENVIRONMENT = {"belay/settings.py", "rasa_ext/settings.py"}
SPEAKS_TO_CLIENTS = ("belay/services", "belay/gateway", "belay/channels", "actions")
# Words inside these are for operators, developers or programs: errors, HTTP problems, logs.
NOT_TALKING = {"belay/gateway/model_build.py", "belay/gateway/problem.py"}
NOT_FOR_CLIENTS = {"Refused", "problem", "_problem", "TurnFailed", "compile", "__init__", "match"}
WORDS_OF_A_SENTENCE = 4


def sources(*folders: str) -> list[Path]:
    """Python files under folders of the repository; generated migrations left out."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def name_of(path: Path) -> str:
    """The path as a reader knows it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=name_of)
def test_a_module_is_short_and_named_for_what_it_holds(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
    assert path.stem not in VAGUE
    assert not VAGUE & set(path.relative_to(ROOT).parts)


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=name_of)
def test_the_environment_is_read_by_the_settings_only(path: Path) -> None:
    if name_of(path) in READS_ENVIRONMENT:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in (("os", "environ"), ("os", "getenv"))
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            assert not {"environ", "getenv"} & {alias.name for alias in node.names}


@pytest.mark.parametrize("path", sources(*SPEAKS_TO_CLIENTS), ids=name_of)
def test_no_sentence_for_clients_is_written_in_python(path: Path) -> None:
    if name_of(path) not in NOT_TALKING:
        found = list(sentences(ast.parse(path.read_text("utf-8"))))
        assert found == [], "sentences belong into content/, by line id"


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=name_of)
def test_no_error_is_swallowed_in_silence(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler) and catches_everything(node):
            alone = len(node.body) == 1 and isinstance(node.body[0], ast.Pass | ast.Continue)
            assert not alone, f"line {node.lineno}"


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=name_of)
def test_no_log_line_is_given_a_field_for_words(path: Path) -> None:
    from belay.logs import FORBIDDEN

    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and is_log_call(node):
            fields = {keyword.arg for keyword in node.keywords}
            assert not fields & FORBIDDEN, f"line {node.lineno}"


def test_what_is_committed_does_not_speak_of_how_it_was_made() -> None:
    told = re.compile(
        r"/tmp/briefs|/work/(?:main|shared)|\bthe brief\b|\bsub-?agent\b", re.IGNORECASE
    )
    kinds = ("*.py", "*.md", "*.yml", "*.toml", "Makefile", "*.js", "*.html", "*.css")
    folders = (*PACKAGES, "content", "data", "docs", "scripts", "tests", "benchmarks")
    files = [path for folder in folders for kind in kinds for path in (ROOT / folder).rglob(kind)]
    files += [path for kind in kinds for path in ROOT.glob(kind)]
    own = Path(__file__).name
    guilty = [
        name_of(path)
        for path in files
        if path.name != own and "vendor" not in path.parts and told.search(path.read_text("utf-8"))
    ]
    assert guilty == []


def sentences(tree: ast.Module) -> Iterator[str]:
    """String literals of a few words that are neither docstrings nor for operators."""
    exempt: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            exempt.add(id(body[0].value))
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and not_for_clients(node)):
            exempt.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in exempt
            and len(re.findall(r"[A-Za-z']{2,}\s", node.value + " ")) >= WORDS_OF_A_SENTENCE
        ):
            yield node.value


def not_for_clients(call: ast.Call) -> bool:
    """Whether a call speaks to operators or programs."""
    return called(call) in NOT_FOR_CLIENTS or is_log_call(call)


def is_log_call(call: ast.Call) -> bool:
    """Whether this is a line for the log."""
    func = call.func
    if not (isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)):
        return False
    return func.value.id in ("log", "logger")


def called(call: ast.Call) -> str:
    """The name of what is called."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """A handler of Exception, or of everything."""
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException")
    )


def spoken_lines() -> Iterator[tuple[str, str]]:
    """File and line id, for every id that a use case says literally."""
    for path in sources(*SPEAKS_TO_CLIENTS):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or called(node) not in ("say", "text", "reply"):
                continue
            for given in node.args[:2]:
                for choice in choices_of(given):
                    if re.fullmatch(r"[a-z_]+(?:\.[a-z_0-9]+)+", choice):
                        yield name_of(path), choice


def choices_of(node: ast.expr) -> Iterator[str]:
    """The literal, or both sides of a choice between literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from choices_of(node.body)
        yield from choices_of(node.orelse)


def test_every_line_that_is_said_by_id_is_written_in_content() -> None:
    from tests.gateway.stage import shared_content

    spoken = set(spoken_lines())
    assert len(spoken) > 60
    missing = {(file, line) for file, line in spoken if line not in shared_content().words.lines}
    assert missing == set()
