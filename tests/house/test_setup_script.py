"""The set-up script, run in a bare copy of the project with nothing on the path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from belay.settings import ROOT

# Stands for uv: makes the environment's folder and takes note of the call.
FAKE_UV = """#!/bin/sh
echo "$@" >> calls.txt
[ "$1" = sync ] && /bin/mkdir -p "$UV_PROJECT_ENVIRONMENT"
exit {code}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the real script, a uv that does nothing, and no Python 3.10 anywhere."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "setup.py", tmp_path / "scripts")
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).write_text("x")
    use_uv(tmp_path, 0)
    return tmp_path


def use_uv(project: Path, code: int) -> None:
    """Put a uv with this exit code into its private place."""
    uv = project / ".uv" / "bin" / "uv"
    uv.parent.mkdir(parents=True, exist_ok=True)
    uv.write_text(FAKE_UV.format(code=code))
    uv.chmod(0o755)


def set_up(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script with an empty path."""
    return subprocess.run(
        [sys.executable, "scripts/setup.py"],
        cwd=project,
        env={
            "PATH": "",
            "HOME": str(project),
            "BELAY_NO_DOWNLOAD": "1",
            "PYENV_ROOT": str(project / "no-pyenv"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_python_3_10_it_says_how_to_get_one(project: Path) -> None:
    done = set_up(project)
    assert done.returncode == 1
    assert "Rasa needs Python 3.10" in done.stderr
    for remedy in ("pyenv install 3.10", "BELAY_PYTHON310="):
        assert remedy in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_named_python_that_is_not_3_10_is_refused_by_name(project: Path) -> None:
    done = set_up(project, BELAY_PYTHON310=sys.executable)
    assert done.returncode == 1
    assert sys.executable in done.stderr
    assert "Traceback" not in done.stderr


def test_a_named_python_that_does_not_run_is_refused(project: Path) -> None:
    done = set_up(project, BELAY_PYTHON310="/nowhere/python3.10", BELAY_PYTHON="/nowhere/python")
    assert done.returncode == 1
    assert "BELAY_PYTHON" in done.stderr


def test_a_shim_that_stands_for_nothing_is_passed_over(project: Path) -> None:
    folder = project / "bin"
    folder.mkdir()
    shim = folder / "python3.10"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    done = set_up(project, PATH=str(folder))
    assert done.returncode == 1
    assert "Rasa needs Python 3.10" in done.stderr


def test_the_readme_names_the_ways_that_the_message_names() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for way in ("BELAY_PYTHON310", "pyenv"):
        assert way in readme


def test_packages_that_cannot_be_installed_are_one_sentence(project: Path) -> None:
    use_uv(project, 1)
    done = set_up(project)
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_run_has_nothing_to_do_for_what_is_there(project: Path) -> None:
    set_up(project)
    first = (project / "calls.txt").read_text().splitlines()
    set_up(project)
    assert (project / "calls.txt").read_text().splitlines() == first
    assert sum("sync" in call for call in first) == 1


def test_a_changed_lock_is_installed_again(project: Path) -> None:
    set_up(project)
    before = len((project / "calls.txt").read_text().splitlines())
    (project / "uv.lock").write_text("changed")
    set_up(project)
    assert len((project / "calls.txt").read_text().splitlines()) == before + 1


def test_the_script_runs_on_an_old_python_without_packages() -> None:
    tree = compile((ROOT / "scripts" / "setup.py").read_text("utf-8"), "setup.py", "exec")
    assert tree
    source = (ROOT / "scripts" / "setup.py").read_text("utf-8")
    for modern in ("match ", ":=", 'f"', " | None", "from __future__"):
        assert modern not in source, f"{modern!r} needs a newer Python than 3.8"
    assert os.access(sys.executable, os.X_OK)
