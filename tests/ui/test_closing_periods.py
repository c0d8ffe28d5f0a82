"""结账 on the screen: doubts explained, figures frozen, changes shown with their cases, corrected with a reason and a slip."""

from collections.abc import Iterator
from datetime import date

import pytest
from driving import BY, Modals, press, put_up, settle, unnamed, words_in
from figures_driving import answer_all, count, number, wait_for_figures
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, update

from mediator.domain.case import Case
from mediator.domain.codes import Kind, Outcome
from mediator.domain.figures import Closing
from mediator.services import closing_chain
from mediator.services.frozen import Frozen
from mediator.ui.changes_dialog import ChangesDialog
from mediator.ui.close_dialog import CloseDialog
from mediator.ui.closings_dialog import ClosingsDialog
from mediator.ui.correction_dialog import CorrectionDialog
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage
from mediator.ui.tables_pane import TablesPane

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
DOUBT = "“调解案件总数”2 件大于“涉及当事人数”1 人，多半是有案件没有填涉及人数"
REASON = "核对卷宗时发现类型填错，漏记一件。"


@pytest.fixture
def modals(modals: Modals) -> Iterator[Modals]:
    """Every message must have been read as well."""
    yield modals
    assert modals.said == []


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    return [
        settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN),
        settle(desk, "阿依古丽·买买提", "2026-10-31", Outcome.ORAL, "family"),
    ]


@pytest.fixture
def whole(qtbot: QtBot, desk: Desk, modals: Modals) -> FiguresPage:
    return put_up(qtbot, FiguresPage(desk), 1160, 700)


@pytest.fixture
def page(whole: FiguresPage) -> TablesPane:
    return whole.tables


def kept(desk: Desk) -> list[Closing]:
    return desk.read(closing_chain.history)


def close(qtbot: QtBot, page: TablesPane, modals: Modals) -> None:
    answer_all(qtbot, page, modals, "结账…", lambda dialog: press(dialog, "结账"))


def test_a_period_is_closed_and_shown_as_it_was(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    close(qtbot, page, modals)
    (closing,) = kept(desk)
    assert (closing.table, closing.since, closing.until) == ("justice", *OCTOBER)
    assert (closing.closed_by, closing.closed_at.date()) == (BY, desk.today)
    assert page.band.state.text() == "已结账 2026-11-21 陈志华"
    assert page.band.close_button.isHidden()
    assert page.band.stale.isHidden()
    assert isinstance(page.tally, Frozen)
    settle(desk, "㛃䶮", "2026-10-20", Outcome.WRITTEN)
    count(qtbot, page)
    assert number(page, "total") == "2"
    assert "结账以后有 8 处变动" in page.band.state.text()
    press(page.choice, "上一期")
    count(qtbot, page)
    assert page.band.state.text().startswith("还没有结账")


def test_a_doubt_is_explained_beside_it_and_travels_with_the_table(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    desk.do(lambda s: s.execute(update(Case).values(headcount=0)))
    desk.do(lambda s: s.execute(update(Case).where(Case.id == cases[0].id).values(headcount=1)))
    count(qtbot, page)
    assert page.checks.verdict.text() == "! 有 1 项请核实，写明情况就可以结账。"
    assert list(page.checks.open.boxes) == [DOUBT]
    page.checks.open.boxes[DOUBT].setText("两件是一人来访，对方没有到场。")
    count(qtbot, page)
    asked: list[str] = []
    answer_all(qtbot, page, modals, "结账…", lambda dialog: asked.append(dialog.doubts.boxes[DOUBT].text()))
    assert asked == ["两件是一人来访，对方没有到场。"]
    close(qtbot, page, modals)
    (closing,) = kept(desk)
    assert closing_chain.notes_of(closing) == {DOUBT: "两件是一人来访，对方没有到场。"}
    told = [made.text() for made in page.checks.open.findChildren(QLabel)]
    assert "核实情况：两件是一人来访，对方没有到场。" in told
    assert page.checks.open.boxes == {}


def test_without_an_explanation_it_stays_open_and_what_is_missing_is_named(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    desk.do(lambda s: s.execute(update(Case).values(headcount=0)))
    count(qtbot, page)
    answer_all(
        qtbot, page, modals, "结账…",
        lambda dialog: press(dialog, "结账"), lambda dialog: press(dialog, "先不结"),
    )  # fmt: skip
    assert kept(desk) == []
    (said,) = modals.said
    assert "请逐条核实并写明情况" in said
    assert "多半是有案件没有填涉及人数" in said
    modals.said.clear()


def test_a_hard_check_bars_closing_and_is_listed(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    desk.do(lambda s: s.execute(update(Case).where(Case.id == cases[0].id).values(kind=None)))
    count(qtbot, page)
    seen: list[tuple[bool, list[str]]] = []

    def look(dialog: CloseDialog) -> None:
        words = [made.text() for made in dialog.doubts.findChildren(QLabel)]
        seen.append((dialog.main.isEnabled(), words))

    answer_all(qtbot, page, modals, "结账…", look)
    ((enabled, words),) = seen
    assert not enabled
    assert words == ["✗ 不符：“调解案件总数”2 件不等于“婚姻家庭纠纷”至“其他纠纷”18 项之和 1 件。"]


def test_what_changed_since_counting_is_counted_again_before_closing(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    settle(desk, "马兰艳", "2026-10-05", Outcome.WRITTEN)
    press(page, "结账…")
    (said,) = modals.said
    assert "请先重新统计" in said
    modals.said.clear()
    assert kept(desk) == []


def test_a_period_that_is_not_over_is_not_closed(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    press(page.choice, "下一期")
    count(qtbot, page)
    press(page, "结账…")
    (said,) = modals.said
    assert "报告期到 2026-11-30 才结束" in said
    modals.said.clear()
    assert kept(desk) == []


def test_nothing_to_report_is_closed_as_a_zero_report(
    qtbot: QtBot, page: TablesPane, desk: Desk, modals: Modals
) -> None:
    count(qtbot, page)
    assert "就是零报告" in page.band.state.text()
    assert number(page, "total") == "0"
    close(qtbot, page, modals)
    assert page.band.state.text() == "已结账 2026-11-21 陈志华（零报告）"


def test_changes_name_the_cases_and_are_reported_with_a_slip(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    close(qtbot, page, modals)
    desk.do(lambda s: s.execute(update(Case).where(Case.id == cases[0].id).values(kind=Kind.PROPERTY)))
    late = settle(desk, "㛃䶮", "2026-10-20", Outcome.ORAL, "family")
    count(qtbot, page)
    seen: dict[str, object] = {}

    def look(dialog: ChangesDialog) -> None:
        lines = {line.words[0]: line.words[1:] for line in dialog.table.words.lines}
        seen["lines"] = lines
        dialog.table.choose(list(lines).index("邻里纠纷（件）"))
        seen["gone"] = [row[:2] for row in dialog.cases.rows]
        dialog.table.choose(list(lines).index("调解案件总数（件）"))
        seen["come"] = [row[:2] for row in dialog.cases.rows]
        press(dialog, "出更正单…")

    def correct(dialog: CorrectionDialog) -> None:
        press(dialog, "出更正单")
        seen["asked"] = dialog.reason._complaints["reason"].text()
        dialog.reason.editors["reason"].widget.setPlainText(REASON)  # type: ignore[attr-defined]
        press(dialog, "出更正单")

    def slip(dialog: object) -> None:
        seen["slip"] = words_in(dialog.pdf, "统计数据更正单", "邻里纠纷", REASON, "第一次更正")  # type: ignore[attr-defined]

    answer_all(qtbot, page, modals, "看变动…", look, correct, slip)
    lines = seen["lines"]
    assert isinstance(lines, dict)
    assert lines["调解案件总数（件）"] == ("2", "3", "+1", "增加 1 件")
    assert lines["邻里纠纷（件）"] == ("1", "0", "-1", "减少 1 件")
    assert lines["物业纠纷（件）"] == ("0", "1", "+1", "增加 1 件")
    assert lines["协议涉及金额（元）"] == ("30000.00", "45000.00", "+15000.00", "增加 1 件")
    assert seen["gone"] == [("不再计入", cases[0].number)]
    assert seen["come"] == [("新计入", late.number)]
    assert seen["asked"] == "请先写明更正原因，再点“出更正单”。"
    assert seen["slip"] is True
    assert [closing.serial for closing in kept(desk)] == [2, 1]
    assert kept(desk)[0].reason == REASON
    assert number(page, "total") == "3"
    assert page.band.state.text() == "已结账，第一次更正 2026-11-21 陈志华"
    assert page.band.changes_button.isHidden()
    seen.clear()
    answer_all(qtbot, page, modals, "看更正单", slip)
    assert seen == {"slip": True}


def test_a_case_that_changed_opens(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    close(qtbot, page, modals)
    late = settle(desk, "㛃䶮", "2026-10-20", Outcome.ORAL)
    count(qtbot, page)
    with qtbot.waitSignal(page.case_wanted) as wanted:
        answer_all(qtbot, page, modals, "看变动…", lambda dialog: press(dialog, "打开这个案件"))
    assert wanted.args == [late.id]
    assert len(kept(desk)) == 1


def test_the_cases_behind_a_closed_number_are_those_of_the_closing(
    qtbot: QtBot, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    close(qtbot, page, modals)
    desk.do(
        lambda s: s.execute(update(Case).where(Case.id == cases[0].id).values(concluded_on=date(2026, 11, 1)))
    )
    settle(desk, "㛃䶮", "2026-10-20", Outcome.ORAL)
    count(qtbot, page)
    seen: set[str] = set()
    modals.acts.append(lambda dialog: seen.update(row[0] for row in dialog.table.rows))
    page.table.choose(0, 2)
    press(page, "看这个数字的案件")
    assert seen == {case.number for case in cases}


def test_every_closing_is_kept_in_a_list_and_leads_back(
    qtbot: QtBot, whole: FiguresPage, page: TablesPane, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    close(qtbot, page, modals)
    page.choice.choose("police", date(2026, 9, 1), date(2026, 9, 30))
    count(qtbot, page)
    whole.tabs.setCurrentWidget(whole.custom)
    seen: list[tuple[str, ...]] = []

    def look(dialog: ClosingsDialog) -> None:
        seen.extend(dialog.table.rows)
        assert unnamed(dialog) == []
        assert not dialog.slip_button.isEnabled()
        page.counted = None
        press(dialog, "打开这一期")

    modals.acts.append(look)
    press(whole, "结账记录…")
    (words,) = seen
    assert words[:3] == ("2026年10月1日至10月31日", "人民调解案件情况统计表", "结账")
    assert words[4:] == (BY, "")
    wait_for_figures(qtbot, page)
    assert whole.tabs.currentWidget() is page
    assert page.tally is not None
    assert (page.tally.table.code, page.tally.since) == ("justice", OCTOBER[0])


def test_a_closing_changed_behind_the_program_is_told(
    qtbot: QtBot, whole: FiguresPage, page: TablesPane, desk: Desk, cases: list[Case], modals: Modals
) -> None:
    count(qtbot, page)
    close(qtbot, page, modals)
    desk.do(lambda s: s.execute(update(Closing).values(closed_by="别人")))
    told: list[str] = []
    modals.acts.append(lambda dialog: told.extend(made.text() for made in dialog.findChildren(QLabel)))
    press(whole, "结账记录…")
    assert any("有 1 次结账的内容和结账时不一样" in words for words in told)
    assert not any("不见了" in words for words in told)
    desk.do(lambda s: s.execute(delete(Closing)))
    modals.acts.append(lambda dialog: told.extend(made.text() for made in dialog.findChildren(QLabel)))
    press(whole, "结账记录…")
    assert any("有 1 次结账的记录不见了" in words for words in told)
