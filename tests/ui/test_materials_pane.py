"""The materials of a case on the screen: added, dragged in, described, looked at, kept as files, taken off."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from driving import BY, Modals, answer, press, put_up, read_message, unnamed
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Stage
from mediator.domain.papers import Content, Material
from mediator.forms.register import by_code
from mediator.services import admitting, agreements, cases, documents, drafts, materials, papers
from mediator.ui.desk import Desk
from mediator.ui.materials_pane import MaterialsPane


def picture(colour: str = "red", size: tuple[int, int] = (60, 30)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


def pdf() -> bytes:
    made = BytesIO()
    canvas = Canvas(made, pagesize=(200, 400))
    for _ in range(2):
        canvas.rect(10, 10, 50, 50)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, case: Case) -> Iterator[MaterialsPane]:
    made = put_up(qtbot, MaterialsPane(desk), 980, 520)

    def show() -> None:
        made.show_case(desk.read(lambda s: cases.load(s, case.id)))

    desk.changed.connect(show)
    show()
    yield made
    desk.changed.disconnect(show)


def stored(desk: Desk, case: Case) -> list[Material]:
    return desk.read(lambda s: cases.load(s, case.id).materials)


def lay(desk: Desk, case: Case, data: bytes, name: str, **more: Any) -> None:
    kind = more.pop("kind", MaterialKind.EVIDENCE)
    file = materials.admit(data, name)
    desk.do(lambda s: materials.add(s, cases.load(s, case.id), file, kind, by=BY, **more))


def add(pane: MaterialsPane, files: list[Path], act: Any = lambda dialog: None) -> None:
    """Add files: choose what they are, and wait until they are there."""

    def fill(dialog: Any) -> None:
        assert unnamed(dialog) == []
        act(dialog)
        press(dialog, "加进来")

    answer(fill)
    pane.add(files)


def perform(desk: Desk, case: Case) -> None:
    """Note that the agreement was performed, so that the case may be closed."""
    raw = {"performance": "full", "performed_on": "2026-10-02"}
    desk.do(lambda s: agreements.put(s, cases.load(s, case.id), raw, by=BY))


def advance(desk: Desk, case: Case, *stages: Stage) -> None:
    def verb(session: Any) -> None:
        one = cases.load(session, case.id)
        for to in stages:
            raw = {"on": "2026-10-02", "reason": "已经说好"}
            documents.advance(session, one, to, raw, by=BY, today=desk.today)

    desk.do(verb)


def test_an_empty_list_says_what_to_do(pane: MaterialsPane) -> None:
    assert "加材料…" in pane.hint.text()
    assert pane.hint.isVisible()
    assert not pane.keep_button.isEnabled()
    assert unnamed(pane) == []


def test_several_files_are_added_at_once(pane: MaterialsPane, desk: Desk, case: Case, tmp_path: Path) -> None:
    files = [file(tmp_path, "微信图片 (1).jpg", picture()), file(tmp_path, "𬎆.JPG", picture("blue"))]

    def fill(dialog: Any) -> None:
        assert not dialog.form.editors["caption"].widget.isVisible()
        kind = dialog.form.editors["kind"].widget
        assert not kind.offers(MaterialKind.SCAN)
        kind.choose(MaterialKind.VOUCHER)
        dialog.form.editors["provider"].widget.setText("王𬎆")

    add(pane, files, fill)
    assert [(m.file_name, m.kind, m.provider) for m in stored(desk, case)] == [
        ("微信图片 (1).jpg", MaterialKind.VOUCHER, "王𬎆"),
        ("𬎆.JPG", MaterialKind.VOUCHER, "王𬎆"),
    ]
    assert pane.list.count() == 2
    assert pane.list.item(1).text().startswith("履行凭证：𬎆.JPG\n王𬎆提供 · 1 KB · ")
    assert pane.list.currentRow() == 1
    assert not pane.hint.isVisible()


def test_what_cannot_be_taken_is_told_and_the_rest_is_added(
    pane: MaterialsPane, desk: Desk, case: Case, tmp_path: Path
) -> None:
    files = [file(tmp_path, "坏.jpg", picture()[:90]), file(tmp_path, "好.jpg", picture())]
    seen = read_message()
    add(pane, files)
    assert "坏.jpg" in seen[0]
    assert seen[0].count("。") == 1
    assert [m.file_name for m in stored(desk, case)] == ["好.jpg"]


def test_a_file_is_looked_into_before_anything_is_locked(
    pane: MaterialsPane, desk: Desk, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks into it takes its time: meanwhile others save."""
    look, saved = admitting.kept, []

    def slow(data: bytes, name: str) -> tuple[bytes, str, int]:
        desk.alone(lambda s: drafts.keep(s, "case:1", {"remark": name}, {}, datetime.now()) and None)
        saved.append(name)
        return look(data, name)

    monkeypatch.setattr(admitting, "kept", slow)
    files = [tmp_path / "一.png", tmp_path / "二.png"]
    for n, file in enumerate(files):
        file.write_bytes(picture(("red", "blue")[n]))
    add(pane, files)
    assert saved == ["一.png", "二.png"]
    assert len(stored(desk, case)) == 2


def test_files_dragged_onto_the_list_are_added(
    pane: MaterialsPane, desk: Desk, case: Case, qtbot: QtBot, tmp_path: Path
) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(file(tmp_path, "收条 50%.jpg", picture())))])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip

    def fill(dialog: Any) -> None:
        dialog.form.editors["caption"].widget.setText("收条")
        press(dialog, "加进来")

    answer(fill)
    pane.list.dropEvent(event)
    qtbot.waitUntil(lambda: pane.list.count() == 1)
    assert [(m.file_name, m.caption) for m in stored(desk, case)] == [("收条 50%.jpg", "收条")]
    assert "收条" in pane.list.item(0).text()


def test_words_dragged_onto_the_list_are_not(pane: MaterialsPane) -> None:
    words = QMimeData()
    words.setText("file:///etc/hostname")
    words.setUrls([QUrl("https://example.invalid/a.jpg")])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, words, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    event.setAccepted(False)
    pane.list.dropEvent(event)
    assert not event.isAccepted()


def test_the_one_chosen_is_shown(pane: MaterialsPane, desk: Desk, case: Case, qtbot: QtBot) -> None:
    lay(desk, case, picture("red", (90, 30)), "横.jpg")
    lay(desk, case, picture("blue", (30, 90)), "竖.jpg")
    pane.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: pane.view.image.width() == 90)
    assert pane.view.accessibleDescription() == "横.jpg"
    pane.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: pane.view.image.height() == 90)
    assert pane.view.image.pixelColor(5, 5).blue() > 200
    lay(desk, case, pdf(), "收条.pdf")
    pane.list.setCurrentRow(2)
    assert (pane.view.image.width(), pane.view.image.height()) == (800, 1600)


def test_one_that_cannot_be_shown_says_why(pane: MaterialsPane, desk: Desk, case: Case, qtbot: QtBot) -> None:
    lay(desk, case, picture(), "吊顶.jpg")

    def damage(session: Session) -> None:
        session.scalars(select(Content)).one().data = b"x"

    desk.do(damage)
    pane.view.show_none("")
    pane.list.setCurrentRow(-1)
    pane.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: "读不出来" in pane.view.words)
    assert pane.view.image.isNull()


def test_it_is_looked_at_as_a_page(pane: MaterialsPane, desk: Desk, case: Case) -> None:
    lay(desk, case, picture("red", (90, 30)), "横.jpg")
    seen: list[tuple[str, bytes]] = []
    answer(lambda box: seen.append((box.windowTitle(), box.pdf)))
    press(pane, "放大看")
    assert seen[0][0] == "预览：材料（证据材料）"  # the name of a file may name somebody
    assert seen[0][1].startswith(b"%PDF")


def test_what_is_said_of_it_is_changed(pane: MaterialsPane, desk: Desk, case: Case) -> None:
    lay(desk, case, picture(), "微信图片.jpg")
    pane.list.setCurrentRow(0)

    def fill(dialog: Any) -> None:
        dialog.form.editors["caption"].widget.setText("吊顶被泡坏")
        dialog.form.editors["kind"].widget.choose(MaterialKind.OTHER)
        press(dialog, "保存说明")

    answer(fill)
    press(pane, "修改说明…")
    [made] = stored(desk, case)
    assert (made.caption, made.kind) == ("吊顶被泡坏", MaterialKind.OTHER)
    assert pane.list.item(0).text().startswith("其他材料：吊顶被泡坏\n")


def test_a_scan_is_shown_with_its_paper_and_keeps_its_kind(
    pane: MaterialsPane, desk: Desk, case: Case
) -> None:
    def verb(session: Any) -> None:
        one = cases.load(session, case.id)
        paper = papers.issue(session, one, by_code("agreement"), None, by=BY, today=desk.today)
        scan = materials.admit(picture(), "扫描0001.jpg")
        materials.add(session, one, scan, MaterialKind.SCAN, by=BY, paper=paper)

    desk.do(verb)
    assert pane.list.item(0).text().startswith("签署件扫描《人民调解协议书》：扫描0001.jpg\n")
    asked: list[bool] = []
    answer(lambda box: asked.append(box.form.editors["kind"].widget.isVisible()))
    press(pane, "修改说明…")
    assert asked == [False]


def test_deleting_asks_once(pane: MaterialsPane, desk: Desk, case: Case) -> None:
    lay(desk, case, picture(), "吊顶.jpg")
    seen = answer(lambda box: press(box, "取消"))
    press(pane, "删除")
    assert "吊顶.jpg" in seen[0]
    assert len(stored(desk, case)) == 1
    answer(lambda box: press(box, "删除"))
    press(pane, "删除")
    assert stored(desk, case) == []
    assert pane.hint.isVisible()


def test_a_closed_case_asks_for_the_reason_and_nothing_else(
    pane: MaterialsPane, desk: Desk, case: Case
) -> None:
    lay(desk, case, picture(), "吊顶.jpg")
    perform(desk, case)
    advance(desk, case, Stage.CLOSED)
    seen: list[str] = []

    def tell_why(box: Any) -> None:
        seen.append(box.labelText())
        box.setTextValue("重复了")
        box.accept()

    answer(tell_why)
    press(pane, "删除")
    assert "吊顶.jpg" in seen[0]
    assert stored(desk, case) == []
    last = desk.read(lambda s: cases.load(s, case.id).events[-1])
    assert last.reason == "重复了"


def test_an_archived_case_is_only_looked_at(pane: MaterialsPane, desk: Desk, case: Case) -> None:
    lay(desk, case, picture(), "吊顶.jpg")
    perform(desk, case)
    advance(desk, case, Stage.CLOSED, Stage.ARCHIVED)
    assert not any(b.isVisible() for b in (pane.add_button, pane.amend_button, pane.remove_button))
    assert pane.keep_button.isEnabled()
    assert not pane.list.acceptDrops()


def test_it_is_kept_as_a_file_with_the_ending_of_what_it_is(
    pane: MaterialsPane, desk: Desk, case: Case, tmp_path: Path
) -> None:
    lay(desk, case, picture(), "a:b.PDF")
    modals = Modals()
    offered: list[str] = []
    modals.acts.append(lambda dialog: offered.append(Path(dialog.selectedFiles()[0]).name))
    press(pane, "存为文件…")
    assert offered == ["a_b.jpg"]
    modals.choose(tmp_path / "存.jpg")
    press(pane, "存为文件…")
    modals.timer.stop()
    assert (tmp_path / "存.jpg").read_bytes() == picture()
    assert any("已存到" in words for words in modals.said)
