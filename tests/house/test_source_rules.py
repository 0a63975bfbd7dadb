"""Rules of the house that no other tool checks, read off the source itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from belay.logs import FORBIDDEN
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


def everything() -> list[Path]:
    """Every Python file of the product."""
    return sources(*PACKAGES)


def name_of(path: Path) -> str:
    """The path as a reader knows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Everything that a file is made of."""
    return tuple(ast.walk(tree_of(path)))


def reads_environment(node: ast.AST) -> bool:
    """Whether a piece of source looks at the environment."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return (node.value.id, node.attr) in (("os", "environ"), ("os", "getenv"))
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return bool({"environ", "getenv"} & {alias.name for alias in node.names})
    return False


def test_a_module_is_short() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in everything()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_a_module_is_named_for_what_it_holds() -> None:
    names = {name_of(path): {path.stem, *path.relative_to(ROOT).parts} for path in everything()}
    assert [name for name, parts in names.items() if parts & VAGUE] == []


def test_the_environment_is_read_by_the_settings_only() -> None:
    reads = [path for path in everything() if any(map(reads_environment, nodes_of(path)))]
    assert {name_of(path) for path in reads} <= READS_ENVIRONMENT


def test_no_sentence_for_clients_is_written_in_python() -> None:
    """Sentences belong into content/, by line id."""
    found = {name_of(path): list(sentences(tree_of(path))) for path in sources(*SPEAKS_TO_CLIENTS)}
    assert {name: said for name, said in found.items() if said and name not in NOT_TALKING} == {}


def test_no_error_is_swallowed_in_silence() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in everything()
        for node in nodes_of(path)
        if isinstance(node, ast.ExceptHandler)
        and catches_everything(node)
        and len(node.body) == 1
        and isinstance(node.body[0], ast.Pass | ast.Continue)
    ]
    assert found == []


def test_no_log_line_is_given_a_field_for_words() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in everything()
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and is_log_call(node)
        and {keyword.arg for keyword in node.keywords} & FORBIDDEN
    ]
    assert found == []


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
        for node in nodes_of(path):
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
    from tests.gateway.shared import shared_content

    spoken = set(spoken_lines())
    assert len(spoken) > 60
    missing = {(file, line) for file, line in spoken if line not in shared_content().words.lines}
    assert missing == set()
