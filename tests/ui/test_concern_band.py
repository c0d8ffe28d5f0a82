"""提醒 over the pages: a full disk, a clock in doubt, a key file in doubt; calm, in nobody's way, gone when it is settled."""

from datetime import datetime, timedelta

import pytest
from driving import BY, Modals, needed_width, press, put_up, unnamed
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, select

from mediator.domain.audit import Entry
from mediator.domain.codes import Action
from mediator.services.transaction import transaction
from mediator.store import history, keyfile, place
from mediator.store.folder import Folder
from mediator.ui.concern_band import LOOK_MS, ConcernBand
from mediator.ui.desk import Desk
from mediator.ui.window import Window


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, folder: Folder) -> Window:
    return put_up(qtbot, Window(desk, folder.path, practice=False), 1176, 700)


def words(band: ConcernBand) -> list[str]:
    return [one.text() for one in band.findChildren(QLabel) if one.isVisibleTo(band)]


def ahead(engine: Engine, days: int) -> None:
    """An entry from days to come, as a clock that ran ahead leaves it."""
    with transaction(engine, BY) as session:
        history.note(session, Action.LOGGED_OUT)
        history.write(session, BY, datetime.now() + timedelta(days=days))


def test_usually_there_is_nothing(window: Window) -> None:
    assert not window.concerns.isVisible() and LOOK_MS <= 5 * 60_000


def test_a_disk_that_is_nearly_full_is_told_before_saving_fails(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = place.LEAST_FREE - 2**20
    monkeypatch.setattr("shutil.disk_usage", lambda where: type("Usage", (), {"free": free}))
    window.concerns._look_again.timeout.emit()
    assert window.concerns.isVisible() and "快满了，只剩 499 MB" in words(window.concerns)[0]
    assert "快满了" in window.concerns.accessibleName() and not window.concerns.findChildren(QPushButton)
    assert unnamed(window.concerns) == [] and needed_width(window.concerns) < 800
    free = place.LEAST_FREE
    window.desk.changed.emit()
    assert not window.concerns.isVisible()


def test_a_clock_in_doubt_is_told_at_the_start_and_somebody_says_it_is_right(
    qtbot: QtBot, desk: Desk, engine: Engine, folder: Folder, modals: Modals
) -> None:
    ahead(engine, 100)
    window = put_up(qtbot, Window(desk, folder.path, practice=False), 1176, 700)
    assert "还早，可能不对" in words(window.concerns)[0]
    modals.answers.append("不一样，我去调")
    press(window.concerns, "时间没有错")
    assert window.concerns.isVisible()
    modals.answers.append("一样，时间没有错")
    press(window.concerns, "时间没有错")
    assert not window.concerns.isVisible()
    last = desk.read(lambda s: s.scalars(select(Entry).order_by(Entry.id.desc())).first())
    assert last is not None and (last.action, last.by, last.clock_suspect) == (Action.CLOCK, BY, False)


def test_a_key_file_that_somebody_changed_is_told(window: Window, folder: Folder) -> None:
    slots = keyfile.read(folder.keys).slots
    keyfile.write(folder.keys, slots, bytes(32))
    window.concerns.look()
    assert "可能被人动过" in words(window.concerns)[0]


def test_a_key_file_that_cannot_be_read_is_told_and_that_it_was_written_again(
    window: Window, folder: Folder, qtbot: QtBot
) -> None:
    for path in folder.path.glob("keys*.json"):
        path.write_bytes(b"")
    window.concerns.look()
    assert "密钥文件打不开或已损坏" in words(window.concerns)[0]
    window.badge.look()
    qtbot.waitUntil(lambda: all(path.stat().st_size > 0 for path in keyfile.copies(folder.keys)))
    window.concerns.look()
    assert "照还记得的重新写好了" in window.concerns.shown[0].words
