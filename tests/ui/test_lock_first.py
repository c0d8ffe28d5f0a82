"""The lock comes first, whatever cannot be read; a copied number goes with it; what is given away is not kept as a file."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from driving import BY, answer, press, put_up
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.codes import Retention, Stage
from mediator.services import accounts, policy
from mediator.services.transaction import transaction
from mediator.store import keyfile
from mediator.store.folder import Folder
from mediator.ui import clipboard
from mediator.ui.desk import Desk
from mediator.ui.destruction_pane import DestroyDialog, DestructionPane
from mediator.ui.new_key_dialog import NewKeyDialog
from mediator.ui.paper_key import PaperKeyPane
from mediator.ui.preview import PreviewDialog
from mediator.ui.window import Window

PASSWORD = "滨江 practice 01"
MA, WORD = "马秀英·买买提", "xiu ying de mi ma 1"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "MEMORY_KIB", 8)
    monkeypatch.setattr(keyfile, "ROUNDS", 1)


@pytest.fixture
def window(qtbot: QtBot, engine: Engine, folder: Folder) -> Iterator[Window]:
    made = Window(Desk(engine, BY), folder.path, practice=False)
    qtbot.addWidget(made, before_close_func=lambda w: setattr(w, "_may_leave", lambda: True))
    made.resize(1176, 700)
    made.show()
    yield made
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog):
            top.done(0)


@pytest.mark.parametrize("seen", [True, False])
def test_lost_key_files_do_not_keep_the_screen_from_being_locked(
    window: Window, folder: Folder, seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the program has seen them it writes them again; else the lock stays shut until they are back."""
    keyfile.read(folder.keys)
    kept = {copy: copy.read_bytes() for copy in keyfile.copies(folder.keys)}
    for copy in kept:
        copy.unlink()
    if not seen:
        monkeypatch.setattr(keyfile, "_seen", {})
    window.guard.lock("手动")
    shown = window.guard.locked
    assert shown is not None and shown.isVisible()
    assert BY in [name for _login, name in shown.users]
    for _twice in range(2):
        window.guard.turn_blank()
    assert window.guard.locked is shown and shown.isVisible() and window.guard.hidden
    shown.password.setText(PASSWORD)
    shown.enter_button.click()
    if not seen:
        assert window.guard.locked is shown and "密钥文件" in shown.words.text()
        for copy, words in kept.items():
            copy.write_bytes(words)
        shown.enter_button.click()
    assert window.guard.locked is None


def test_drafts_that_cannot_be_kept_do_not_keep_the_screen_open(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bug(Exception):
        pass

    def fails() -> None:
        raise Bug

    monkeypatch.setattr(window, "keep_drafts", fails, raising=False)
    with pytest.raises(Bug):
        window.guard.lock("手动")
    assert window.guard.locked is not None and window.guard.locked.isVisible()


def test_a_copied_number_goes_at_the_lock_and_at_the_end(window: Window, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    board = clipboard.Clipboard(app, mine=lambda: True)
    ends: list[Callable[[], object]] = [lambda: window.guard.lock("手动"), app.aboutToQuit.emit]
    for end in ends:
        board.board.setText("000000199001010016")
        qtbot.waitUntil(lambda: bool(board.words))
        end()
        assert board.board.text() == ""
    board.deleteLater()


def test_a_recovery_key_is_printed_and_not_kept_as_a_file(qtbot: QtBot) -> None:
    pane = put_up(qtbot, PaperKeyPane())
    words: list[str] = []

    def look(dialog: Any) -> None:
        assert isinstance(dialog, PreviewDialog)
        words.extend(each.text() for each in dialog.findChildren(QPushButton))
        dialog.reject()

    answer(look)
    press(pane, "打印…")
    assert "打印" in words and not any("PDF" in each or "Word" in each for each in words)


def test_a_new_data_key_asks_for_the_paper_typed_back_or_says_there_is_none(
    qtbot: QtBot, desk: Desk, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mediator.services import recovery
    from mediator.store import superior

    public = superior.new_pair("上级的一句长密码 9")[1]
    desk.do(lambda s: recovery.set_superior(s, folder.path, "滨江区司法局", public))
    dialog = put_up(qtbot, NewKeyDialog(None, desk, folder.path))  # type: ignore[arg-type]
    told: list[str] = []
    monkeypatch.setattr("mediator.ui.tell.refused", lambda _parent, refusal: told.append(str(refusal)))
    dialog.main.click()
    dialog.paper.typed.setText(dialog.paper.recovery_key)
    dialog.superior_name.setText("滨江司法局")
    dialog.main.click()
    assert dialog.isVisible() and len(told) == 2 and "不一样" in told[1]
    dialog.superior_name.setText("滨江区司法局")
    dialog.main.click()
    assert not dialog.isVisible()
    assert (dialog.recovery_key, dialog.superior) == (dialog.paper.recovery_key, "滨江区司法局")
    dialog.none.setChecked(True)
    assert dialog.recovery_key == ""


def test_what_is_kept_is_unticked_and_a_colleague_confirms_with_their_password(
    qtbot: QtBot, desk: Desk, engine: Engine, folder: Folder
) -> None:
    from driving import settle

    first, second = (settle(desk, name, "2026-10-02", None) for name in ("周小满", "王𬎆"))
    with transaction(engine, BY) as session:
        accounts.add(session, folder.path, MA, WORD)
    with transaction(engine, BY) as session:
        policy.amend(session, {"short_years": "1"})
        for case in (session.merge(first), session.merge(second)):
            case.stage, case.archived_on, case.retention = Stage.ARCHIVED, date(2020, 5, 6), Retention.SHORT
    pane = put_up(qtbot, DestructionPane(desk))
    assert len(pane.due) == 2
    dialog = put_up(qtbot, DestroyDialog(pane, desk, pane.due))
    from PySide6.QtCore import Qt

    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.chosen() == [pane.due[0].case_id]
    dialog.who.setCurrentIndex(1)
    dialog.password.setText(WORD)
    dialog.reason.setPlainText("县档案馆批复")
    answer(lambda box: next(b for b in box.buttons() if b.text() == "销毁").click())
    dialog.main.click()
    pane.refresh()
    assert [one.case_id for one in pane.due] == [second.id]
