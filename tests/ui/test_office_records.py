"""排查记录 on the screen: entered, changed, taken away, counted in the tables; nothing typed is lost unasked."""

from datetime import date, datetime

import pytest
from driving import TODAY, answer, press, press_in_box, put_up, read_message, type_in, unnamed
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Duty, Kind, Level, Outcome
from mediator.domain.errors import Refusal
from mediator.domain.figures import Price, Screening
from mediator.domain.records import Assignment
from mediator.services import figures, offices, prices, screenings, subsidy_closings
from mediator.tallies import register
from mediator.ui.desk import Desk
from mediator.ui.office_records import price_records, screening_records
from mediator.ui.records_dialog import RecordsDialog


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> RecordsDialog:
    return put_up(qtbot, RecordsDialog(None, desk, screening_records(desk)))


def kept(desk: Desk) -> list[tuple[date, str, int | None, int | None]]:
    rows = desk.read(screenings.listed)
    return [(one.screened_on, one.area, one.found, one.prevented) for one in rows]


def lines(dialog: RecordsDialog) -> list[tuple[str, ...]]:
    return [line.words for line in dialog.table.words.lines]


def test_a_screening_is_entered_and_counted(dialog: RecordsDialog, desk: Desk) -> None:
    assert "还没有排查记录" in dialog.table.empty
    assert dialog.form.editors["screened_on"].raw() == "2026-11-21"
    type_in(
        dialog.form, screened_on="2026.10.12", area="𪚥巷 1 号至 40 号", people="陈志华、网格员方正", visited="36",
        found="2", prevented="1", note="楼道堆物争执,当场清走。",
    )  # fmt: skip
    press(dialog, "保存排查")
    assert kept(desk) == [(date(2026, 10, 12), "𪚥巷 1 号至 40 号", 2, 1)]
    assert lines(dialog) == [("2026-10-12", "𪚥巷 1 号至 40 号", "2", "1")]
    table = register.by_code("justice")
    tally = desk.read(lambda s: figures.count(s, table, date(2026, 10, 1), date(2026, 10, 31)))
    assert (tally.values["screenings"], tally.values["prevented"]) == (1, 1)
    assert unnamed(dialog) == []


def test_what_is_not_known_stays_empty_and_is_a_dash(dialog: RecordsDialog, desk: Desk) -> None:
    type_in(dialog.form, area="滨江路", found="0")
    press(dialog, "保存排查")
    assert kept(desk) == [(TODAY, "滨江路", 0, None)]
    assert lines(dialog) == [("2026-11-21", "滨江路", "0", "—")]


def test_the_newest_comes_first_and_the_chosen_one_is_changed(dialog: RecordsDialog, desk: Desk) -> None:
    for day, area in (("2026-10-01", "甲路"), ("2026-11-01", "乙路")):
        press(dialog, "增加排查")
        type_in(dialog.form, screened_on=day, area=area)
        press(dialog, "保存排查")
    assert [words[1] for words in lines(dialog)] == ["乙路", "甲路"]
    dialog.table.choose(1)
    assert dialog.form.editors["area"].raw() == "甲路"
    type_in(dialog.form, area="甲路北段")
    press(dialog, "保存排查")
    assert [area for _day, area, *_ in kept(desk)] == ["乙路", "甲路北段"]
    press_in_box("取消")
    press(dialog, "删除")
    press_in_box("删除")
    press(dialog, "删除")
    assert [area for _day, area, *_ in kept(desk)] == ["乙路"]
    assert not dialog.remove_button.isEnabled()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"screened_on": "2026-11-22", "area": "甲路"}, "晚于今天"),
        ({"screened_on": "2026-11-20", "area": " "}, "排查范围"),
        ({"screened_on": "", "area": "甲路"}, "排查日期"),
        ({"screened_on": "2026-11-20", "area": "甲路", "found": "两件"}, "不是整数"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(
    dialog: RecordsDialog, desk: Desk, typed: dict[str, str], words: str
) -> None:
    type_in(dialog.form, **typed)
    said = read_message()
    press(dialog, "保存排查")
    assert len(said) == 1
    assert words in said[0]
    assert kept(desk) == []
    assert dialog.form.editors["area"].raw() == typed["area"]
    dialog.form.dirty = False


def test_what_was_typed_is_not_lost_unasked(dialog: RecordsDialog, desk: Desk) -> None:
    type_in(dialog.form, area="甲路")
    press_in_box("接着填")
    press(dialog, "关闭")
    assert dialog.isVisible()
    press_in_box("保存")
    press(dialog, "关闭")
    assert not dialog.isVisible()
    assert [area for _day, area, *_ in kept(desk)] == ["甲路"]


def test_a_price_that_closed_accounts_were_made_with_is_changed_only_after_a_warning(
    qtbot: QtBot, desk: Desk
) -> None:
    """Else a closed month says another amount, and nobody knows since when."""
    bare = {"level": Level.GENERAL, "valid_from": "2026-01-01", "settled": "100", "unsettled": ""}
    price = desk.do(lambda s: prices.put(s, bare)).id
    desk.do(_one_paid_and_closed)
    dialog = put_up(qtbot, RecordsDialog(None, desk, price_records(desk)))

    def settled() -> int | None:
        return desk.read(lambda s: s.get_one(Price, price).settled)

    type_in(dialog.form, settled="120")
    said = answer(lambda box: press(box, "取消"))
    press(dialog, "保存标准")
    assert "2026年3月1日至3月31日的《以案定补核算表》已经结账" in said[0]
    assert (settled(), dialog.form.editors["settled"].raw()) == (100_00, "120")
    press_in_box("保存")
    press(dialog, "保存标准")
    assert settled() == 120_00
    press(dialog, "保存标准")
    said = answer(lambda box: press(box, "取消"))
    press(dialog, "删除")
    assert "已经结账" in said[0] and settled() == 120_00


def _one_paid_and_closed(session: Session) -> None:
    offices.person(session, "马𬎆英")
    case = Case(
        uid="1" * 32, number="(2026)第1号", name="王𬎆与㛃纠纷", changed_at=datetime(2026, 3, 10), kind=Kind.NEIGHBOUR,
        outcome=Outcome.ORAL, headcount=2, registered_on=date(2026, 3, 2), accepted_on=date(2026, 3, 2),
        concluded_on=date(2026, 3, 10),
    )  # fmt: skip
    case.assignments.append(Assignment(staff=offices.person(session, "马𬎆英"), duty=Duty.LEAD))
    session.add(case)
    session.flush()
    month = date(2026, 3, 1), date(2026, 3, 31)
    subsidy_closings.close(session, *month, by="陈志华", now=datetime(2026, 4, 2, 9, 0))


def test_a_screening_that_is_gone_is_refused(session: Session) -> None:
    screenings.put(session, {"screened_on": "2026-10-01", "area": "甲路"}, today=TODAY)
    with pytest.raises(Refusal, match="已经不在了"):
        screenings.drop(session, 99)
    with pytest.raises(Refusal, match="已经不在了"):
        screenings.put(session, {"area": "乙路"}, 99, today=TODAY)
    assert [one.area for one in screenings.listed(session)] == ["甲路"]
    assert isinstance(screenings.listed(session)[0], Screening)
