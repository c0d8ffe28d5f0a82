"""No name, identity number or telephone of a party stands anywhere but in the encrypted files and what was saved on purpose."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
SEALED = {"mediator.db", "mediator.db-wal", "mediator.db-shm", "backup.db"}
"""Encrypted files: they look like chance, and a short needle might be found in them by chance."""
_SHORTEST = 6
"""Bytes of a needle that is not found by chance."""
HOUSE = Path(__file__).resolve().parents[2]


def needles(words: Iterable[str]) -> dict[bytes, str]:
    """Every way in which the words may be written."""
    written = {word.encode(encoding): word for word in words for encoding in ENCODINGS}
    return {as_bytes: word for as_bytes, word in written.items() if len(as_bytes) >= _SHORTEST}


def leaks(root: Path, sought: dict[bytes, str], but: Path | None = None) -> Iterator[str]:
    """Where any of it stands: in the bytes or in the name of a file or folder."""
    for path in sorted(root.rglob("*")):
        if but is not None and path.is_relative_to(but):
            continue
        name = os.fsencode(path.name)
        data = path.read_bytes() if path.is_file() and path.name not in SEALED else b""
        for as_bytes, word in sought.items():
            if as_bytes in data or as_bytes in name:
                yield f"{path.relative_to(root)}: {word}"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, list[str]]]:
    """A session run with a home, temporary folder and working folder of its own; what it reported."""
    place = tmp_path_factory.mktemp("leaks")
    world, saved, report = place / "world", place / "world" / "saved", place / "report.json"
    home, temp = world / "home", world / "tmp"
    for folder in (saved, home, temp):
        folder.mkdir(parents=True)
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    surroundings |= dict.fromkeys(
        ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"), str(home)
    )
    surroundings |= dict.fromkeys(("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR"), str(temp))
    surroundings["PYTHONPATH"] = os.pathsep.join((str(HOUSE), str(Path(__file__).parent)))
    surroundings["PYTHONDONTWRITEBYTECODE"] = "1"
    script = str(Path(__file__).with_name("leak_session.py"))
    ran = subprocess.run(
        [sys.executable, script, str(world), str(saved), str(report)],
        env=surroundings, cwd=temp, capture_output=True, timeout=180, check=False,
    )  # fmt: skip
    (temp / "said.txt").write_bytes(ran.stdout + ran.stderr)
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")[-3000:]
    told: dict[str, list[str]] = json.loads(report.read_text())
    return world, saved, told


def test_nothing_is_left_outside(lived: tuple[Path, Path, dict[str, list[str]]]) -> None:
    world, saved, told = lived
    sought = needles(told["needles"])
    assert len(told["needles"]) > 100
    assert "龘䶮芬芳" in told["needles"]
    assert list(leaks(world, sought, but=saved)) == []
    logs = [path for path in world.rglob("mediator.log*") if b"ValueError" in path.read_bytes()]
    assert logs, "the bug was not logged at all"


def test_no_title_of_a_window_names_anybody(lived: tuple[Path, Path, dict[str, list[str]]]) -> None:
    _world, _saved, told = lived
    assert len(told["titles"]) > 2
    assert [(title, word) for title in told["titles"] for word in told["needles"] if word in title] == []


def test_what_was_saved_on_purpose_has_the_words(lived: tuple[Path, Path, dict[str, list[str]]]) -> None:
    """The needles are the right ones: the list kept as a file is full of them."""
    _world, saved, told = lived
    assert {path.name for path in saved.iterdir()} == {"印出.pdf", "文书.docx", "清单.csv", "复制件.xlsx"}
    found = list(leaks(saved, needles(told["needles"])))
    assert any(hit.startswith("清单.csv: ") for hit in found)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("word", ["王𬎆英", "000000199001010016", "10000001143"])
def test_a_planted_leak_is_found(tmp_path: Path, encoding: str, word: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "x.tmp").write_bytes(b"\0\1" * 999 + f"姓名：{word}。".encode(encoding) + b"\xff")
    assert list(leaks(tmp_path, needles(["无此人", word]))) == [f"deep/x.tmp: {word}"]


def test_a_leak_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "王𬎆英.txt").touch()
    assert len(list(leaks(tmp_path, needles(["王𬎆英"])))) == 1
