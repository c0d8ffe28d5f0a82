"""报送、接收、汇总 on the screen: out of one data folder, over a drive, into another."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from driving import BY, Modals, StillDesk, needed_width, press, put_up, settle, unnamed
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain.codes import Outcome, Role
from mediator.domain.figures import Closing
from mediator.domain.office import Received, Sent
from mediator.domain.periods import Span
from mediator.services import carrying, closings, offices
from mediator.services.carrying import Drive
from mediator.services.transaction import transaction
from mediator.store.folder import Folder, open_folder
from mediator.tallies.justice import JUSTICE
from mediator.ui.carry_page import CarryPage
from mediator.ui.desk import Desk
from mediator.ui.place_pane import room

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
NOVEMBER = datetime(2026, 11, 20, 9, 30)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is plugged in as the only removable drive."""
    path = tmp_path / "U盘 𪚥"
    path.mkdir()
    found = [Drive(path, "KINGSTON", 15_330_000_000, True), Drive(tmp_path, "资料盘", 900_000_000, False)]
    monkeypatch.setattr(carrying, "drives", lambda: found)
    return path


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With two cases of October, closed, and one of November."""
    settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN)
    settle(desk, "阿依古丽·买买提", "2026-10-31", Outcome.ORAL, "family")
    settle(desk, "周文谦", "2026-11-01", Outcome.WRITTEN)
    desk.do(lambda s: closings.close(s, JUSTICE, *OCTOBER, by=BY, now=NOVEMBER))
    return desk


@pytest.fixture
def superior(furnished: Path, tmp_path: Path) -> Iterator[Desk]:
    """Another office's folder, with one case of its own in October."""
    path = tmp_path / "街道"
    shutil.copytree(furnished, path)
    engine = open_folder(Folder(path), "chen", "滨江 practice 01")
    made = StillDesk(engine, "李𫖮")
    with transaction(engine, "") as session:
        offices.person(session, "李𫖮").held = frozenset({Role.MEDIATOR, Role.LEADER, Role.RECEIVER})

    def rename(session: Session) -> None:
        office = offices.own(session)
        office.uid, office.name = "f" * 32, "江东街道人民调解委员会"

    made.do(rename)
    settle(made, "𪚥小明", "2026-10-15", Outcome.NONE)
    yield made
    engine.dispose()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, stick: Path, modals: Modals) -> CarryPage:
    return opened(qtbot, desk)


@pytest.fixture
def upper(qtbot: QtBot, superior: Desk, stick: Path, modals: Modals) -> CarryPage:
    made = opened(qtbot, superior)
    made.tabs.setCurrentWidget(made.receiving)
    return made


def opened(qtbot: QtBot, desk: Desk) -> CarryPage:
    return put_up(qtbot, CarryPage(desk), 1160, 700)


def pick(qtbot: QtBot, place: QWidget, number: int = 0) -> None:
    """Click on a drive in a list of places."""
    found = place.list  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: found.count() > number, timeout=10_000)
    middle = found.visualItemRect(found.item(number)).center()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def send(qtbot: QtBot, page: CarryPage) -> None:
    pick(qtbot, page.sending.place)
    press(page, "开始报送")
    qtbot.waitUntil(page.sending.send_button.isEnabled, timeout=20_000)


def take_in(qtbot: QtBot, page: CarryPage) -> None:
    press(page, "全部接收")
    qtbot.waitUntil(page.receiving.accept_button.isEnabled, timeout=20_000)


def look(qtbot: QtBot, page: CarryPage) -> None:
    pick(qtbot, page.receiving.place)
    qtbot.waitUntil(page.receiving.place.isEnabled, timeout=20_000)


def verdicts(page: CarryPage) -> list[tuple[str, str, str]]:
    """Serial, verdict and words of every package listed."""
    return [
        (words[2], words[3], words[4]) for words in (line.words for line in page.receiving.list.words.lines)
    ]


def sent(desk: Desk) -> list[tuple[int, str]]:
    return desk.read(
        lambda s: [(row.serial, row.file_name) for row in s.scalars(select(Sent).order_by(Sent.id))]
    )


def received(desk: Desk) -> int:
    return desk.read(lambda s: s.scalar(select(func.count()).select_from(Received)) or 0)


def test_drives_are_offered_removable_first(qtbot: QtBot, page: CarryPage, stick: Path) -> None:
    place = page.sending.place
    qtbot.waitUntil(lambda: place.list.count() == 2, timeout=10_000)
    assert [place.list.item(n).text() for n in range(2)] == [
        f"U 盘 KINGSTON（还剩 14.3 GB）\n{stick}", f"其他盘 资料盘（还剩 858 MB）\n{stick.parent}",
    ]  # fmt: skip
    assert place.place is None
    assert room(0) == "还剩 0 MB"


def test_without_a_drive_the_page_says_what_to_do(
    qtbot: QtBot, desk: Desk, modals: Modals, monkeypatch: pytest.MonkeyPatch, stick: Path
) -> None:
    monkeypatch.setattr(carrying, "drives", list)
    page = opened(qtbot, desk)
    qtbot.waitUntil(lambda: "没有找到 U 盘" in page.sending.place.hint.text(), timeout=10_000)
    press(page, "开始报送")
    assert modals.said == ["请先选好送到哪个 U 盘或文件夹，再点“开始报送”。"]
    monkeypatch.setattr(carrying, "drives", lambda: [Drive(stick, "", 1, True)])
    press(page.sending, "刷新")
    qtbot.waitUntil(lambda: page.sending.place.list.count() == 1, timeout=10_000)


def test_a_table_is_sent_taken_in_and_summed(
    qtbot: QtBot, page: CarryPage, upper: CarryPage, desk: Desk, superior: Desk, stick: Path, modals: Modals
) -> None:
    page.open_send("justice", *OCTOBER)
    send(qtbot, page)
    (file,) = stick.iterdir()
    assert page.sending.outcome.text() == f"✓ 已核对，可以拔出。\n这是第 1 次报送，文件名 {file.name}"
    assert sent(desk) == [(1, file.name)]
    assert page.sending.list.words.lines[0].words[2:] == ("2026-10-01 至 2026-10-31", "第 1 次", "✓ 已送达")

    look(qtbot, upper)
    assert verdicts(upper) == [("第 1 次", "✓ 可以接收", "可以接收。")]
    assert upper.receiving.list.words.lines[0].words[0] == "滨江社区人民调解委员会"
    assert received(superior) == 0
    take_in(qtbot, upper)
    assert received(superior) == 1
    assert "收进 1 份" in upper.receiving.outcome.text()

    upper.tabs.setCurrentWidget(upper.summing)
    press(upper.summing, "汇总")
    qtbot.waitUntil(lambda: upper.summing.total is not None, timeout=20_000)
    table = upper.summing.table.words
    names = [heading.words for heading in table.headings[3:]]
    assert names == ["合计", "江东街道人民调解委员会", "滨江社区人民调解委员会"]
    shown = {line.words[1]: line.words[3:] for line in table.lines}
    assert shown["调解案件总数"] == ("3", "1", "2")
    assert shown["协议涉及金额"] == ("3.00", "0.00", "3.00")
    assert shown["婚姻家庭纠纷"] == ("1", "0", "1")
    assert "下级 1 个单位（滨江社区人民调解委员会）" in upper.summing.offices.text()

    kept = stick.parent / "合计.xlsx"
    modals.choose(kept)
    press(upper.summing, "存为表格")
    qtbot.waitUntil(lambda: modals.said == [f"已存到 {kept}。"], timeout=20_000)
    values = {cell.value for line in load_workbook(kept).worksheets[0] for cell in line}
    assert {"江东街道人民调解委员会", "滨江社区人民调解委员会", 3} <= values


def test_accepting_twice_changes_nothing_and_says_so(
    qtbot: QtBot, page: CarryPage, upper: CarryPage, superior: Desk, modals: Modals
) -> None:
    send(qtbot, page)
    look(qtbot, upper)
    take_in(qtbot, upper)
    take_in(qtbot, upper)
    assert received(superior) == 1
    assert "以前收过的不会重复计数" in upper.receiving.outcome.text()
    assert [verdict for _, verdict, _ in verdicts(upper)] == ["= 以前收过"]
    look(qtbot, upper)
    assert "没有要收的" in upper.receiving.outcome.text()
    assert modals.said == []


def test_new_figures_are_a_new_serial_and_replace_the_old(
    qtbot: QtBot, page: CarryPage, upper: CarryPage, desk: Desk, superior: Desk
) -> None:
    send(qtbot, page)
    send(qtbot, page)
    assert [serial for serial, _ in sent(desk)] == [1]
    look(qtbot, upper)
    take_in(qtbot, upper)
    settle(desk, "马兰艳", "2026-10-20", Outcome.WRITTEN)
    send(qtbot, page)
    assert [serial for serial, _ in sent(desk)] == [1], "closed figures stay until they are corrected"
    desk.do(correct)
    send(qtbot, page)
    assert [serial for serial, _ in sent(desk)] == [1, 2]
    look(qtbot, upper)
    assert [entry[:2] for entry in verdicts(upper)] == [("第 1 次", "= 以前收过"), ("第 2 次", "✓ 代替旧的")]
    take_in(qtbot, upper)
    press_sum(qtbot, upper)
    shown = {line.words[1]: line.words[3:] for line in upper.summing.table.words.lines}
    assert shown["调解案件总数"] == ("4", "1", "3")
    assert received(superior) == 2


def correct(session: Session) -> Closing:
    """Correct October as the cases are now."""
    closing = closings.standing(session, JUSTICE, *OCTOBER)
    assert closing is not None
    return closings.correct(session, closing, reason="漏记一件。", by=BY, now=NOVEMBER)


def test_an_open_period_is_not_sent_and_it_is_said_what_to_do_first(
    qtbot: QtBot, page: CarryPage, desk: Desk, stick: Path, modals: Modals
) -> None:
    page.open_send("political", *OCTOBER)
    send(qtbot, page)
    qtbot.waitUntil(lambda: bool(modals.said))
    (said,) = modals.said
    assert "《矛盾纠纷排查情况表》2026年10月1日至10月31日还没有结账，不能报送；请先结账" in said
    assert sent(desk) == []
    assert list(stick.iterdir()) == []


def press_sum(qtbot: QtBot, page: CarryPage) -> None:
    page.summing.total = None
    page.tabs.setCurrentWidget(page.summing)
    press(page.summing, "汇总")
    qtbot.waitUntil(lambda: page.summing.total is not None, timeout=20_000)


def test_a_pulled_drive_is_told_once_and_sent_again_with_the_same_serial(
    qtbot: QtBot, page: CarryPage, desk: Desk, stick: Path, modals: Modals
) -> None:
    pick(qtbot, page.sending.place)
    stick.rmdir()
    press(page, "开始报送")
    qtbot.waitUntil(page.sending.send_button.isEnabled, timeout=20_000)
    qtbot.wait(100)
    assert len(modals.said) == 1
    assert "请确认盘已经插好" in modals.said[0]
    assert "✗ 这次没有送达" in page.sending.outcome.text()
    assert page.sending.list.words.lines[0].words[3:] == ("第 1 次", "✗ 未送达")
    assert sent(desk) == [(1, "")]

    stick.mkdir()
    page.sending.list.choose(0)
    press(page, "再报送选中的一份")
    send(qtbot, page)
    (file,) = stick.iterdir()
    assert sent(desk) == [(1, file.name)]
    assert [line.words[4] for line in page.sending.list.words.lines] == ["✓ 已送达"]


def test_a_table_whose_checks_fail_is_not_sent(
    qtbot: QtBot, page: CarryPage, desk: Desk, stick: Path, modals: Modals, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mediator.tallies.tally import Tally

    monkeypatch.setattr(Tally, "failures", lambda _self: ["“调解成功”9 件大于“调解案件总数”2 件"])
    send(qtbot, page)
    qtbot.waitUntil(lambda: bool(modals.said))
    assert len(modals.said) == 1
    assert "没有通过核对" in modals.said[0]
    assert sent(desk) == []
    assert list(stick.iterdir()) == []


def test_another_folder_can_be_chosen(
    qtbot: QtBot, page: CarryPage, modals: Modals, tmp_path: Path, desk: Desk
) -> None:
    folder = tmp_path / "报送 文件夹"
    folder.mkdir()
    modals.choose(folder)
    press(page.sending, "另选文件夹")
    qtbot.waitUntil(lambda: page.sending.place.place == folder, timeout=10_000)
    press(page, "开始报送")
    qtbot.waitUntil(page.sending.send_button.isEnabled, timeout=20_000)
    assert [path.name for path in folder.iterdir()] == [sent(desk)[0][1]]


def test_files_that_cannot_be_taken_in_are_refused_by_name(
    qtbot: QtBot, page: CarryPage, upper: CarryPage, superior: Desk, stick: Path, modals: Modals
) -> None:
    send(qtbot, page)
    (good,) = stick.iterdir()
    torn = stick / "a-torn.tjb"
    torn.write_bytes(good.read_bytes().replace("滨江社区".encode(), "江滨社区".encode(), 1))
    (stick / "读我.txt").write_text("不是上报包")
    look(qtbot, upper)
    assert [entry[1] for entry in verdicts(upper)] == ["✗ 不收", "✓ 可以接收"]
    assert "被改动过" in verdicts(upper)[0][2]
    take_in(qtbot, upper)
    assert received(superior) == 1
    assert "有 1 份不收" in upper.receiving.outcome.text()

    modals.choose(torn)
    press(upper, "选文件")
    qtbot.waitUntil(lambda: len(upper.receiving.list.words.lines) == 1, timeout=10_000)
    assert upper.receiving.list.words.lines[0].words[0] == "a-torn.tjb"
    assert modals.said == []


def test_an_own_package_and_an_empty_drive_are_explained(
    qtbot: QtBot, page: CarryPage, stick: Path, modals: Modals
) -> None:
    page.tabs.setCurrentWidget(page.receiving)
    look(qtbot, page)
    assert page.receiving.list.words.lines == []
    assert "这里没有上报包" in page.receiving.list.empty
    assert not page.receiving.accept_button.isEnabled()
    page.tabs.setCurrentWidget(page.sending)
    send(qtbot, page)
    page.tabs.setCurrentWidget(page.receiving)
    look(qtbot, page)
    assert [entry[1] for entry in verdicts(page)] == ["✗ 不收"]
    assert "本单位自己的" in verdicts(page)[0][2]


def test_a_drive_gone_while_reading_is_told_once(
    qtbot: QtBot, upper: CarryPage, stick: Path, modals: Modals
) -> None:
    qtbot.waitUntil(lambda: upper.receiving.place.list.count() == 2, timeout=10_000)
    stick.rmdir()
    look(qtbot, upper)
    qtbot.waitUntil(lambda: bool(modals.said))
    assert len(modals.said) == 1
    assert "什么也没有收进来" in upper.receiving.outcome.text()


def test_figures_ask_for_a_table_to_be_sent(page: CarryPage) -> None:
    page.tabs.setCurrentWidget(page.summing)
    page.open_send("justice", date(2025, 1, 1), date(2025, 12, 31))
    assert page.tabs.currentWidget() is page.sending
    table, since, until = page.sending.choice.report()
    assert (table.code, since, until) == ("justice", date(2025, 1, 1), date(2025, 12, 31))
    assert page.sending.choice.period.spans[Span.YEAR].isChecked()
    assert page.sending.place.list.hasFocus()


def test_reasons_have_room_on_a_small_screen(qtbot: QtBot, upper: CarryPage) -> None:
    header = upper.receiving.list.horizontalHeader()
    upper.resize(1160, 700)
    qtbot.wait(50)
    wide = header.sectionSize(4)
    upper.resize(720, 450)
    qtbot.wait(50)
    letter = upper.fontMetrics().horizontalAdvance("永")
    assert letter * 8 < header.sectionSize(4) < wide


def test_every_control_has_a_name_and_the_page_fits_a_small_screen(page: CarryPage) -> None:
    assert unnamed(page) == []
    assert needed_width(page) <= 700
