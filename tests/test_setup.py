"""The set-up of a new machine: what it installs is what pyproject.toml names, and it needs nothing first."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETUP = ROOT / "resources" / "setup"
VERBS = {"run", "demo", "test", "bench", "pictures", "lint", "lock", "clean"}


def locked() -> dict[str, str]:
    """Every package of the lock file with its block of lines: version, markers, hashes."""
    text = (ROOT / "resources" / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(.*(?:\n[ ].*)*)", text, re.MULTILINE)
    assert len(blocks) == len(re.findall(r"^[^#\s]", text, re.MULTILINE)), "a line of another shape"
    return dict(blocks)


def test_the_lock_names_every_dependency_at_the_version_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    have = {f"{name}=={re.split(r'[ ;]', rest)[0]}" for name, rest in locked().items()}
    assert set(pins) - have == set()


def test_every_locked_package_has_its_hashes() -> None:
    unhashed = [
        name for name, rest in locked().items() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest)
    ]
    assert unhashed == []


def test_the_lock_serves_windows_too() -> None:
    assert "sys_platform == 'win32'" in locked()["colorama"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no make")
def test_make_and_the_set_up_know_the_same_verbs() -> None:
    plan = subprocess.check_output(["make", "--dry-run", "--directory", str(ROOT), *sorted(VERBS)], text=True)
    assert set(re.findall(r"^python3 resources/setup (\w+)$", plan, re.MULTILINE)) == VERBS

    bare = subprocess.run([sys.executable, str(SETUP)], capture_output=True, text=True, check=False)
    assert bare.returncode == 2
    assert set(re.findall(r"\w+", bare.stderr.partition("setup ")[2])) == VERBS


def test_the_set_up_imports_only_the_standard_library() -> None:
    own = {path.stem for path in SETUP.glob("*.py")}
    trees = [ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in SETUP.glob("*.py")]
    named = [node for tree in trees for node in tree]
    imported = {alias.name for node in named if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in named if isinstance(node, ast.ImportFrom)}
    assert {"subprocess", "words"} <= imported
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names | own
    assert not own & sys.stdlib_module_names, "an own name would hide a module that Python needs"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has system packages to ask for")
def test_a_missing_system_package_is_asked_for_in_one_sentence() -> None:
    no_programs = {**os.environ, "PATH": ""}  # neither pdftotext nor apt-get
    command = [sys.executable, str(SETUP), "lint"]
    tried = subprocess.run(command, env=no_programs, capture_output=True, text=True, check=False)
    assert (tried.returncode, tried.stdout) == (1, "")
    assert re.fullmatch(r"\[setup\] Please ask .* to install .*: (\S+ )*poppler-utils\n", tried.stderr)
