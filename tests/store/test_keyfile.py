"""The key file: who may open it, and what is left of it when it is damaged or a change is cut off."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mediator.domain.errors import Refusal
from mediator.store import keyfile
from mediator.store.folder import Folder, add_login, confirm, open_folder, remove_login, reset_password
from mediator.store.keyfile import Slot, copies, files, lock, logins, mend, new_key, read, unlock, write
from mediator.store.rekey import rekey

KEY = bytes(range(32))
FIRST, SECOND, THIRD = "滨江 practice 01", "王𬎆的一个新密码 2", "第三个长长的密码 003"


def slots_of(path: Path) -> list[Slot]:
    return list(read(path).slots)


@pytest.fixture
def kept(tmp_path: Path, cheap: None) -> tuple[Path, list[Slot]]:
    """A key file whose password was changed once, and its slots."""
    path, slots = tmp_path / "keys.json", [lock("陈志华", SECOND, KEY)]
    write(path, [lock("陈志华", FIRST, KEY)], KEY)
    write(path, slots, KEY)
    return path, slots


def test_the_password_opens_what_it_locked(tmp_path: Path) -> None:
    """At the full cost of Argon2id, as people wait for it."""
    path, key = tmp_path / "keys.json", new_key()
    write(path, [lock("陈志华", FIRST, key)], key)
    assert unlock(path, "陈志华", FIRST) == key
    assert len(key) == 32 and key != new_key()
    [slot] = slots_of(path)
    assert (slot.memory_kib, slot.rounds, slot.lanes) == (65_536, 3, 1)


def test_a_wrong_password_and_an_unknown_user_get_the_same_words(kept: tuple[Path, Any]) -> None:
    path = kept[0]
    said = set()
    for login, password in (
        ("陈志华", FIRST),
        ("陈志华", ""),
        ("陈志华", SECOND + " "),
        ("马秀英", SECOND),
        ("", ""),
    ):
        with pytest.raises(Refusal) as refusal:
            unlock(path, login, password)
        said.add(str(refusal.value))
    assert len(said) == 1
    assert "用户名或密码不对" in said.pop()


def test_the_files_tell_neither_password_nor_key(kept: tuple[Path, Any]) -> None:
    told = b"".join(path.read_bytes() for path in kept[0].parent.iterdir())
    for secret in (KEY, KEY.hex().encode(), FIRST.encode(), SECOND.encode(), json.dumps(SECOND).encode()):
        assert secret not in told


def test_no_two_locks_are_alike(cheap: None) -> None:
    one, other = lock("陈志华", FIRST, KEY), lock("陈志华", FIRST, KEY)
    assert not {one.salt, one.public, one.sealed} & {other.salt, other.public, other.sealed}


def test_a_slot_is_bound_to_its_user(kept: tuple[Path, list[Slot]]) -> None:
    path, [slot] = kept
    write(path, [replace(slot, login="马秀英")], KEY)
    with pytest.raises(Refusal, match="用户名或密码不对"):
        unlock(path, "马秀英", SECOND)


def test_older_slots_open_after_the_cost_was_raised(
    kept: tuple[Path, list[Slot]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 64)
    monkeypatch.setattr(keyfile, "ROUNDS", 2)
    path, [slot] = kept
    write(path, [slot, lock("马秀英", FIRST, KEY)], KEY)
    assert unlock(path, "陈志华", SECOND) == unlock(path, "马秀英", FIRST) == KEY


@pytest.mark.parametrize("password", ["a" * 5_000, "密\ud800码\x00 𪚥", "    8 .  ", "ｐａｓｓ　ｗｏｒｄ"])
def test_any_password_can_be_used(tmp_path: Path, cheap: None, password: str) -> None:
    write(tmp_path / "keys.json", [lock("陈志华", password, KEY)], KEY)
    assert unlock(tmp_path / "keys.json", "陈志华", password) == KEY


def test_blanks_around_a_log_in_name_do_not_matter(tmp_path: Path, cheap: None) -> None:
    path = tmp_path / "keys.json"
    write(path, [lock(" 陈志华\u3000", FIRST, KEY)], KEY)
    assert logins(path) == ["陈志华"]
    assert unlock(path, "陈志华 ", FIRST) == KEY
    for nobody in ("", "  ", "\u200b"):
        with pytest.raises(Refusal, match="请填写用户名"):
            lock(nobody, FIRST, KEY)


# Damage


def test_file_and_twin_are_alike_and_nothing_else_is_left(kept: tuple[Path, Any]) -> None:
    path = kept[0]
    assert {p.name for p in path.parent.iterdir()} == {"keys.json", "keys.copy.json"}
    assert path.read_bytes() == path.with_name("keys.copy.json").read_bytes()
    assert set(copies(path)) < set(files(path))


@pytest.mark.parametrize("which", [0, 1], ids=["file", "twin"])
@pytest.mark.parametrize("mask", [1, 0x20, 0xFF])
def test_one_changed_byte_anywhere_changes_nothing(
    kept: tuple[Path, list[Slot]], which: int, mask: int
) -> None:
    path, slots = kept
    copy = copies(path)[which]
    whole = copy.read_bytes()
    for at in range(len(whole)):
        copy.write_bytes(whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :])
        assert slots_of(path) == slots, at


@pytest.mark.parametrize("which", [0, 1], ids=["file", "twin"])
def test_a_file_cut_short_anywhere_is_made_good_from_the_other(
    kept: tuple[Path, list[Slot]], which: int
) -> None:
    path, slots = kept
    copy = copies(path)[which]
    whole = copy.read_bytes()
    for length in range(0, len(whole), 7):
        copy.write_bytes(whole[:length])
        assert slots_of(path) == slots
    for spoil in (copy.unlink, lambda: copy.write_bytes(whole[:99])):
        spoil()
        mend(path)
        assert copy.read_bytes() == whole


def test_what_is_alike_is_not_written_again(kept: tuple[Path, Any]) -> None:
    path = kept[0]
    before = [copy.stat().st_ino for copy in copies(path)]
    mend(path)
    assert [copy.stat().st_ino for copy in copies(path)] == before


def test_damage_to_both_is_refused(kept: tuple[Path, Any]) -> None:
    for copy in copies(kept[0]):
        copy.write_bytes(copy.read_bytes()[:200])
    with pytest.raises(Refusal, match=r"keys\.json"):
        read(kept[0])


FOREIGN = [
    b"", b"\x00" * 400, b"not json", b"\xff\xfe{}", b"[]", b"null", b"7", b'"keys"', b"{}", b'{"slots": []}', b'{"format": 1}',
    b'{"format": 1, "slots": []}', b'{"format": 1, "slots": [7]}', b'{"format": 1, "slots": [{"login": "chen"}]}',
    b'{"format": "x", "slots": {"a": 1}}', b'{"slots": [{"name": "x"}], "digest": ""}', b"[" * 100_000, b"9" * 10_000,
    b'{"name": "package", "version": "1.0.0"}',
]  # fmt: skip


@pytest.mark.parametrize("content", FOREIGN, ids=range(len(FOREIGN)))
def test_what_is_no_key_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=r"keys\.json"):
        unlock(path, "陈志华", FIRST)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"keys.json": content}


def test_a_file_of_a_newer_program_is_refused_not_passed_over(
    kept: tuple[Path, list[Slot]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, slots = kept
    with monkeypatch.context() as later:
        later.setattr(keyfile, "FORMAT", 2)
        for copy in copies(path):
            copy.unlink()
        write(path, slots, KEY)
    with pytest.raises(Refusal, match="更新版本的程序"):
        unlock(path, "陈志华", SECOND)


# Somebody at the list of slots


def rewritten(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """The key file as somebody writes it who has no data key, its digest right."""
    body = json.loads(path.read_text())
    del body["digest"]
    change(body)
    for copy in copies(path):
        copy.write_text(json.dumps(body | {"digest": keyfile._digest(body)}))


@pytest.mark.parametrize("change", [
    lambda body: body["slots"].pop(),
    lambda body: body["slots"].append(body["slots"][0] | {"login": "不速之客"}),
    lambda body: body["slots"].reverse(),
    lambda body: body.update(generation=1),
    lambda body: body["slots"][0].update(public="AAAA"),
    lambda body: body.update(mac=""),
], ids=["taken out", "put in", "changed about", "older", "another's", "no code"])  # fmt: skip
def test_a_list_changed_without_the_data_key_is_noticed_and_not_signed(
    folder: Folder, key: bytes, password: str, change: Callable[[dict[str, Any]], object]
) -> None:
    add_login(folder, "马秀英", SECOND, key)
    assert keyfile.whole(folder.keys, key)
    rewritten(folder.keys, change)
    assert not keyfile.whole(folder.keys, key)
    before = folder.keys.read_bytes()
    for verb in (
        lambda: add_login(folder, "王𬎆", THIRD, key),
        lambda: remove_login(folder, "马秀英", key),
        lambda: rekey(folder, open_folder(folder, slots_of(folder.keys)[0].login, password)),
    ):
        with pytest.raises(Refusal):
            verb()
    assert folder.keys.read_bytes() == before
    confirm(folder, key)
    assert keyfile.whole(folder.keys, key)


# A change that is cut off


class Killed(BaseException):
    """The process ends here."""


def cut_off(monkeypatch: pytest.MonkeyPatch, at: int) -> list[str]:
    """End the process at the so-manieth call that touches the disk; lists those done."""
    done: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def touch(*values: Any) -> Any:
            if len(done) == at:
                raise Killed
            done.append(name)
            return call(*values)

        return touch

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, counted(name, getattr(os, name)))
    return done


WRITING = ["fsync", "fsync", "replace", "fsync", "replace", "fsync"]
"""File and twin made durable, so that a full disk is met before either; then each given its name, and that made durable."""
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no durable names")


@on_posix
@pytest.mark.parametrize("at", range(len(WRITING)))
@pytest.mark.parametrize("damaged", [None, 0, 1], ids=["whole", "file damaged", "twin damaged"])
def test_a_change_cut_off_anywhere_leaves_the_old_password_or_the_new(
    kept: tuple[Path, list[Slot]], monkeypatch: pytest.MonkeyPatch, at: int, damaged: int | None
) -> None:
    path, before = kept
    if damaged is not None:
        copies(path)[damaged].write_bytes(b"{")
    third = [lock("陈志华", THIRD, KEY)]
    with monkeypatch.context() as cut, pytest.raises(Killed):
        cut_off(cut, at)
        write(path, third, KEY)
    assert slots_of(path) == (before if at < 3 else third)
    mend(path)
    assert copies(path)[0].read_bytes() == copies(path)[1].read_bytes()


@on_posix
def test_a_file_is_durable_before_it_has_its_name_and_the_name_after(
    kept: tuple[Path, list[Slot]], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = cut_off(monkeypatch, 99)
    write(*kept, KEY)
    assert done == WRITING


# In a folder


def change_password(folder: Folder, login: str, old: str, new: str) -> None:
    reset_password(folder, login, new, unlock(folder.keys, login, old))


def test_a_new_password_replaces_the_old_and_leaves_the_database_alone(folder: Folder, password: str) -> None:
    database = folder.database.read_bytes()
    with pytest.raises(Refusal, match="用户名或密码不对"):
        change_password(folder, "chen", "wrong wrong", SECOND)
    with pytest.raises(Refusal, match="密码太短"):
        change_password(folder, "chen", password, "short")
    open_folder(folder, "chen", password).dispose()
    change_password(folder, "chen", password, SECOND)
    open_folder(folder, "chen", SECOND).dispose()
    with pytest.raises(Refusal, match="用户名或密码不对"):
        open_folder(folder, "chen", password)
    folder.keys.unlink()
    with pytest.raises(Refusal, match="用户名或密码不对"):
        open_folder(folder, "chen", password)
    assert folder.database.read_bytes() == database


def test_a_second_user_opens_the_same_data(folder: Folder, password: str) -> None:
    add_login(folder, "马秀英", SECOND, unlock(folder.keys, "chen", password))
    assert logins(folder.keys) == ["chen", "马秀英"]
    assert unlock(folder.keys, "马秀英", SECOND) == unlock(folder.keys, "chen", password)
    change_password(folder, " chen", password, THIRD)
    assert sorted(logins(folder.keys)) == ["chen", "马秀英"]
    open_folder(folder, "马秀英", SECOND).dispose()
    open_folder(folder, "chen", THIRD).dispose()


@pytest.mark.parametrize(
    ("login", "new", "words"),
    [(" chen", SECOND, "已经有人用了"), ("", SECOND, "请填写用户名"), ("马秀英", "1234", "密码太短")],
)
def test_a_user_who_cannot_be_added_changes_nothing(
    folder: Folder, key: bytes, login: str, new: str, words: str
) -> None:
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    with pytest.raises(Refusal, match=words):
        add_login(folder, login, new, key)
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == before


def test_a_user_who_was_taken_off_is_out_whatever_happens_to_the_file(folder: Folder, password: str) -> None:
    add_login(folder, "马秀英", SECOND, unlock(folder.keys, "chen", password))
    key = unlock(folder.keys, "chen", password)
    remove_login(folder, "马秀英", key)
    remove_login(folder, "nobody", key)
    assert logins(folder.keys) == ["chen"]
    with pytest.raises(Refusal, match="唯一能登录"):
        remove_login(folder, "chen", key)
    folder.keys.unlink()
    with pytest.raises(Refusal, match="用户名或密码不对"):
        open_folder(folder, "马秀英", SECOND)
    open_folder(folder, "chen", password).dispose()
    assert folder.keys.exists(), "made good from its twin"


def test_the_keys_of_another_folder_do_not_open_this_one(
    folder: Folder, password: str, tmp_path: Path
) -> None:
    other = Folder(tmp_path / "other")
    shutil.copytree(folder.path, other.path)
    foreign = new_key()
    write(other.keys, [lock("chen", password, foreign)], foreign)
    before = other.database.read_bytes()
    with pytest.raises(Refusal, match="与密钥不符"):
        open_folder(other, "chen", password)
    assert other.database.read_bytes() == before
