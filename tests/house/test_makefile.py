"""The Makefile and what is written about it."""

from __future__ import annotations

import re

import pytest

from belay.settings import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PUBLIC = re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)
PHONY = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("target", [one for one in PUBLIC if one != "help"])
def test_every_public_target_is_told_of_in_the_readme_or_the_docs(target: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    told = "\n".join(page.read_text("utf-8") for page in pages)
    assert f"make {target}" in told


@pytest.mark.parametrize("target", PUBLIC)
def test_every_public_target_is_declared(target: str) -> None:
    assert PHONY is not None
    assert target in PHONY[1].split()


def test_ci_runs_what_people_run() -> None:
    runs = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = [line for line in runs.splitlines() if line and not line.startswith(("#", "set "))]
    assert all("make test" in line or line.startswith("cd ") for line in commands), commands
