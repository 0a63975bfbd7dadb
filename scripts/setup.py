"""Sets Belay up: uv, the two environments from the one lock, Chromium when tests need it.

Runs on any Python from 3.8 with the standard library only. Every failure is one sentence with
the remedy and exit code 1. Usage: setup.py [--browser]
"""

import glob
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
UV_HOME = ROOT / ".uv"
NEEDS_310 = (
    "Rasa needs Python 3.10 and none was found. Install one (`pyenv install 3.10`, or your "
    "system's python3.10 with its venv), or name it: BELAY_PYTHON310=/path/to/python3.10 make {}"
)
NEEDS_311 = (
    "Belay needs Python 3.11 or newer beside Rasa's 3.10. Install one, or name it: "
    "BELAY_PYTHON=/path/to/python3 make {}"
)


def main():
    """Do what is missing; say what was chosen; stay quiet when nothing is to do."""
    os.chdir(ROOT)
    goal = "test" if "--browser" in sys.argv else "run"
    uv = find_uv()
    sync(uv, ".venv", find_app_python(uv, goal), ["--frozen"])
    sync(uv, ".venv-rasa", find_rasa_python(uv, goal), ["--frozen", "--only-group", "rasa-dev"])
    if "--browser" in sys.argv:
        find_chromium()


def find_uv():
    """uv from the path, or installed into a private environment."""
    known = shutil.which("uv")
    if known:
        return known
    private = UV_HOME / "bin" / "uv"
    if not private.exists():
        say("Installing uv into .uv (it is used for nothing else)")
        try:
            run([sys.executable, "-m", "venv", str(UV_HOME)])
            run([str(UV_HOME / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv>=0.9"])
        except (subprocess.CalledProcessError, OSError):
            shutil.rmtree(UV_HOME, ignore_errors=True)
            fail(
                "uv is missing and could not be installed. Install it (`pip install uv`, or on "
                "Debian first `apt-get install python3-venv python3-pip`), then try again."
            )
    return str(private)


def find_rasa_python(uv, goal):
    """A Python 3.10 that really runs."""
    named = os.environ.get("BELAY_PYTHON310")
    if named:
        if version_of(named) != (3, 10):
            fail("BELAY_PYTHON310 is set to %s, which is no Python 3.10 that runs." % named)
        return named
    places = [shutil.which("python3.10"), *pyenv_pythons("3.10.*")]
    for python in places:
        if python and version_of(python) == (3, 10):
            return real_path(python)
    if os.environ.get("BELAY_NO_DOWNLOAD") != "1":
        fetched = fetch(uv, "3.10")
        if fetched:
            return fetched
    fail(NEEDS_310.format(goal))


def find_app_python(uv, goal):
    """A Python from 3.11 on: the named one, the newest installed, or a fetched one."""
    named = os.environ.get("BELAY_PYTHON")
    if named:
        if version_of(named) < (3, 11):
            fail("BELAY_PYTHON is set to %s, which is no Python from 3.11 on that runs." % named)
        return named
    places = [shutil.which("python3.%d" % minor) for minor in (12, 13, 11)]
    places += [sys.executable, *pyenv_pythons("3.12.*"), *pyenv_pythons("3.1[13].*")]
    for python in places:
        if python and (3, 11) <= version_of(python) < (3, 14):
            return real_path(python)
    if os.environ.get("BELAY_NO_DOWNLOAD") != "1":
        fetched = fetch(uv, "3.12")
        if fetched:
            return fetched
    fail(NEEDS_311.format(goal))


def pyenv_pythons(pattern):
    """Interpreters under pyenv; its shims may stand for a version that is not active."""
    home = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    return sorted(glob.glob(os.path.join(home, "versions", pattern, "bin", "python")), reverse=True)


def version_of(python):
    """(major, minor) of an interpreter that runs, else (0, 0)."""
    try:
        out = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return (0, 0)
    return tuple(int(part) for part in out.split())


def real_path(python):
    """The interpreter itself: uv cannot use a shim."""
    out = subprocess.run(
        [python, "-c", "import sys; print(getattr(sys, '_base_executable', sys.executable))"],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    return out.decode().strip()


def fetch(uv, version):
    """An interpreter that uv downloads, or None where it cannot."""
    say("Fetching Python %s" % version)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run([uv, "python", "install", version], **quiet).returncode:
        return None
    found = subprocess.run([uv, "python", "find", version], stdout=subprocess.PIPE)
    return found.stdout.decode().strip() or None


def sync(uv, folder, python, options):
    """Bring one environment to the lock, unless it is there already."""
    stamp = ROOT / folder / ".belay-stamp"
    wanted = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        wanted.update((ROOT / name).read_bytes())
    wanted.update(python.encode())
    if stamp.exists() and stamp.read_text() == wanted.hexdigest():
        return
    say("Setting up %s with %s" % (folder, python))
    environment = dict(os.environ, UV_PROJECT_ENVIRONMENT=folder, UV_COMPILE_BYTECODE="1")
    environment.pop("VIRTUAL_ENV", None)
    command = [uv, "sync", "--quiet", "--python", python, *options]
    if subprocess.run(command, env=environment).returncode:
        fail(
            "The packages for %s could not be installed (see above). Check the network and the "
            "disk, then try again." % folder
        )
    stamp.write_text(wanted.hexdigest())


def find_chromium():
    """Chromium for the browser tests; never skipped silently."""
    if os.environ.get("BELAY_CHROMIUM") or any(map(shutil.which, ("chromium", "chromium-browser"))):
        return
    command = "apt-get install --yes --no-install-recommends chromium"
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing Chromium for the browser tests")
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        log = {"stdout": subprocess.DEVNULL, "env": environment}
        subprocess.run(["apt-get", "update", "-qq"], **log)
        if subprocess.run([*command.split(), "-qq"], **log).returncode == 0:
            return
    fail("The browser tests need Chromium. Install it (`sudo %s`), then try again." % command)


def run(command):
    """Run quietly; raises CalledProcessError."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def say(words):
    """One line of progress."""
    print("  " + words, flush=True)


def fail(sentence):
    """End with a sentence."""
    sys.exit(sentence)


if __name__ == "__main__":
    main()
