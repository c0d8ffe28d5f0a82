"""Choosing a period: whole months, quarters, half-years and years by the office's own days, one after the other."""

from datetime import date

import pytest
from driving import press, put_up, unnamed
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mediator.domain import periods
from mediator.domain.periods import Span
from mediator.services import offices
from mediator.ui.desk import Desk
from mediator.ui.period_choice import PeriodPane
from mediator.ui.periods import following, span_of


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> PeriodPane:
    return put_up(qtbot, PeriodPane(desk))


def typed(pane: PeriodPane) -> tuple[object, object]:
    return pane.since.raw(), pane.until.raw()


def chosen(pane: PeriodPane) -> list[Span]:
    return [span for span, made in pane.spans.items() if made.isChecked()]


def write(pane: PeriodPane, since: str, until: str) -> None:
    for made, words in ((pane.since, since), (pane.until, until)):
        assert isinstance(made.widget, QLineEdit)
        made.widget.setText(words)


def test_the_last_whole_month_comes_first(pane: PeriodPane) -> None:
    assert typed(pane) == ("2026-10-01", "2026-10-31")
    assert chosen(pane) == [Span.MONTH]
    assert pane.name.text() == "2026年10月"
    assert unnamed(pane) == []


@pytest.mark.parametrize(
    ("words", "span", "since", "until", "name"),
    [
        ("季度", Span.QUARTER, "2026-07-01", "2026-09-30", "2026年第三季度"),
        ("半年", Span.HALF, "2026-01-01", "2026-06-30", "2026年上半年"),
        ("年", Span.YEAR, "2025-01-01", "2025-12-31", "2025年"),
        ("月", Span.MONTH, "2026-10-01", "2026-10-31", "2026年10月"),
    ],
)
def test_one_press_chooses_the_last_whole_period(
    pane: PeriodPane, words: str, span: Span, since: str, until: str, name: str
) -> None:
    press(pane, words)
    assert typed(pane) == (since, until)
    assert chosen(pane) == [span]
    assert pane.name.text() == name


def test_a_press_leads_to_the_period_before_and_after(pane: PeriodPane) -> None:
    for _ in range(11):
        press(pane, "上一期")
    assert pane.period() == (date(2025, 11, 1), date(2025, 11, 30))
    press(pane, "年")
    press(pane, "下一期")
    assert pane.period() == (date(2026, 1, 1), date(2026, 12, 31))
    assert chosen(pane) == [Span.YEAR]
    press(pane, "上一期")
    press(pane, "上一期")
    assert pane.period() == (date(2024, 1, 1), date(2024, 12, 31))


def test_any_days_can_be_typed_and_stepped_through(pane: PeriodPane) -> None:
    write(pane, "2026.3.5", "2026年3月11日")
    assert pane.period() == (date(2026, 3, 5), date(2026, 3, 11))
    assert chosen(pane) == []
    assert pane.name.text() == "自选日期"
    press(pane, "下一期")
    assert pane.period() == (date(2026, 3, 12), date(2026, 3, 18))
    write(pane, "2026-03-05", "")
    assert pane.name.text() == ""
    press(pane, "上一期")
    assert typed(pane) == ("2026-03-05", "")


def test_an_office_that_closes_its_months_on_another_day(qtbot: QtBot, desk: Desk, pane: PeriodPane) -> None:
    desk.do(lambda s: offices.amend(s, {"cut_off": "20"}))
    assert typed(pane) == ("2026-10-01", "2026-10-31")
    pane.hide()
    pane.show()
    assert pane.period() == (date(2026, 10, 21), date(2026, 11, 20))
    assert pane.name.text() == "2026年11月"
    press(pane, "年")
    assert pane.period() == (date(2024, 12, 21), date(2025, 12, 20))
    assert pane.name.text() == "2025年"
    press(pane, "下一期")
    assert pane.period() == (date(2025, 12, 21), date(2026, 12, 20))


@pytest.mark.parametrize("cut_off", [None, 1, 20, 28])
@pytest.mark.parametrize("span", list(Span))
def test_the_period_after_is_the_one_whose_last_it_is(span: Span, cut_off: int | None) -> None:
    since, until = periods.containing(span, date(2024, 2, 29), cut_off)
    for _ in range(30):
        period = following(since, until, cut_off)
        assert periods.previous(*period, cut_off) == (since, until)
        assert span_of(*period, cut_off) is span
        since, until = period


def test_nine_months_are_followed_by_nine_months() -> None:
    assert following(date(2025, 6, 1), date(2026, 2, 28), None) == (date(2026, 3, 1), date(2026, 11, 30))
    assert span_of(date(2025, 6, 1), date(2026, 2, 28), None) is None
