import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.paper import faces, fetch, fonts, packages
from mediator.paper.faces import DECLARED


def item(member: str, content: bytes, file: str) -> fetch.Item:
    return fetch.Item("npm", "p", "1", 1, member, file, hashlib.sha256(content).hexdigest(), "OFL-1.1", [])


def test_only_what_is_right_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = [
        item("a", b"good", "A.ttf"),
        item("b", b"other", "B.ttf"),
        item("c.gz", b"law", "C.txt"),
        item("d", b"", "D"),
    ]
    asked: list[str] = []

    def members(kind: str, package: str, version: str, work: Path) -> Iterator[tuple[str, bytes]]:
        asked.append(package)
        yield from (("x", b"?"), ("a", b"good"), ("b", b"bad"), ("c.gz", gzip.compress(b"law")))

    monkeypatch.setattr(fetch, "table", lambda: wanted)
    monkeypatch.setattr(packages, "members", members)
    fetch.get(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["A.ttf", "C.txt"]
    assert "B.ttf is not the file that was expected" in capsys.readouterr().out

    wanted[1:2], wanted[3:] = [], []
    wanted[:] = [entry for entry in wanted if entry.file != "D"]
    fetch.get(tmp_path)
    assert asked == ["p"], "what is there is not downloaded again"


def test_without_any_font_it_fails_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def members(kind: str, package: str, version: str, work: Path) -> Iterator[tuple[str, bytes]]:
        raise packages.UnavailableError("there is no network.")

    monkeypatch.setenv("MEDIATOR_FONTS", "")
    monkeypatch.setattr(packages, "members", members)
    monkeypatch.setattr(fonts, "_folders", lambda chosen: (Path(chosen),))

    assert fetch.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "there is no network" in said and "run this again" in said


def test_the_table_and_the_roles_agree() -> None:
    roles = {entry.file: entry.roles for entry in fetch.table() if entry.roles}
    own = {
        file: role
        for role in DECLARED
        for face in faces.faces(role)[:4]
        if face.carried
        for file in face.files
    }

    assert set(roles) == {
        file for role in DECLARED for face in faces.faces(role) if face.carried for file in face.files
    }
    for file, role in own.items():
        assert role in roles[file] or "common" in roles[file], file
    assert all(
        len(entry.sha256) == 64 and len(entry.final) == 64 and entry.licence for entry in fetch.table()
    )
