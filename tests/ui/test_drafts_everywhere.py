"""Every other form of the window, killed while somebody types: what was typed is offered, comes back, is saved or dropped."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from drafts_driving import kept, offered, starter
from driving import BY, awaited, press, reload, settle, type_in, when
from PIL import Image
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mediator.domain.case import Case
from mediator.domain.codes import Level, Outcome
from mediator.forms.register import by_code
from mediator.services import (
    cases,
    form_settings,
    offices,
    papers,
    phrases,
    policy,
    prices,
    screenings,
    signing,
    staff,
)
from mediator.store.folder import Folder
from mediator.ui import drafts_resume
from mediator.ui.desk import Desk
from mediator.ui.drafts_dialog import DraftsDialog
from mediator.ui.form_settings_dialog import FormSettingsDialog
from mediator.ui.loss_dialog import LossDialog
from mediator.ui.material_dialogs import AddMaterialsDialog
from mediator.ui.pay_dialog import PayDialog
from mediator.ui.phrases_dialog import PhrasesDialog
from mediator.ui.records_dialog import RecordsDialog
from mediator.ui.redate_dialog import RedateDialog
from mediator.ui.sign_dialog import SignDialog
from mediator.ui.window import Window

ODD = "〔王𬎆〕=1+1 半个词 wang"


@dataclass(frozen=True)
class Place:
    """Somewhere words are typed: how one comes there, what is typed, saved, and found stored."""

    at: str
    """The draft's place; ``*`` for an id."""
    open: Callable[[Window], object]
    write: Callable[[Any], object]
    shown: Callable[[Any], object]
    told: set[tuple[str, str]]
    """What the draft is told by: label, and what was typed."""
    save: str
    stored: Callable[[Desk, Case], object]
    dialog: type[QDialog] | None = None
    """The dialog in which it is; None for a pane of the window."""
    pane: Callable[[Window], QWidget] = lambda window: window


def raw(key: str) -> Callable[[Any], object]:
    return lambda where: where.form.editors[key].raw()


def settings(window: Window, tab: Callable[[Window], QWidget]) -> None:
    window.show_page(window.settings)
    window.settings.tabs.setCurrentWidget(tab(window))


def in_settings(tab: str) -> dict[str, Any]:
    return {
        "open": lambda w: settings(w, lambda w: getattr(w.settings, tab)), "pane": lambda w: getattr(w.settings, tab)
    }  # fmt: skip


def prices_of(window: Window) -> None:
    window.show_page(window.figures)
    window.figures.tabs.setCurrentWidget(window.figures.subsidy)
    press(window.figures.subsidy, "补贴标准…")


def on_case(window: Window, tab: str) -> Any:
    (case,) = window.desk.read(cases_of)
    window.open_case(case.id)
    pane = getattr(window.case, tab)
    window.case.tabs.setCurrentWidget(pane)
    QApplication.processEvents()  # what was typed before is offered first
    return pane


def cases_of(session: Any) -> list[Case]:
    return list(session.scalars(select(Case)))


def pay(window: Window) -> None:
    pane = on_case(window, "agreement")
    pane.table.setCurrentCell(0, 0)
    press(pane, "记一笔履行")


def sign(window: Window) -> None:
    press(on_case(window, "papers"), "签署登记…")


def add_photo(window: Window) -> None:
    on_case(window, "materials").add([Path(PHOTO[0])])


def write_reason(dialog: Any) -> None:
    dialog.on.widget.setText("2026-10-02")
    dialog.reason.setPlainText(ODD)


def tick(dialog: Any) -> None:
    dialog.rows[0][0].setChecked(True)
    dialog.rows[0][1].widget.setText("2026-10-08")


def each(*acts: Callable[[Any], object]) -> Callable[[Any], object]:
    """One act after the other on the same thing."""

    def do(thing: Any) -> None:
        for act in acts:
            act(thing)

    return do


def papers_settings(window: Window) -> None:
    settings(window, lambda w: w.settings.papers)


def voucher(desk: Desk, case: Case) -> object:
    agreement = reload(desk, case).agreement
    assert agreement is not None
    return agreement.items[0].instalments[0].voucher


def first_signed(desk: Desk, case: Case) -> object:
    return str(signing.places(reload(desk, case).papers[0])[0].on)


PHOTO: list[str] = []
RIGHTS = "rights"

PLACES = {
    "office": Place(
        "settings/office", write=lambda pane: type_in(pane.form, address=ODD), shown=raw("address"),
        told={("办公地址", ODD)}, save="保存调委会信息", stored=lambda d, _c: d.read(offices.own).address,
        **in_settings("office"),
    ),
    "policy": Place(
        "settings/policy", write=lambda pane: type_in(pane.form, short_years="17"), shown=raw("short_years"),
        told={("短期保管年数", "17")}, save="保存安全设置", stored=lambda d, _c: str(d.read(policy.own).short_years),
        **in_settings("safety"),
    ),
    "person": Place(
        "staff/person:*", write=lambda pane: type_in(pane.form, phone=ODD), shown=raw("phone"),
        told={("工作电话", ODD)}, save="保存人员", stored=lambda d, _c: d.read(staff.everyone)[0].phone,
        **in_settings("people"),
    ),
    "phrase": Place(
        "phrases/phrase:new", each(papers_settings, lambda w: press(w.settings.papers, "常用语…")),
        each(lambda box: press(box, "增加常用语"), lambda box: type_in(box.form, words=ODD)), raw("words"), {("常用语内容", ODD)},
        "保存常用语", lambda d, _c: d.read(phrases.listed)[-1].words, PhrasesDialog,
    ),
    "form": Place(
        "forms/form:*", each(papers_settings, lambda w: press(w.settings.papers, "文书设置…")),
        each(lambda box: box.table.choose(3), lambda box: type_in(box.form, name=ODD)), raw("name"), {("文书名称", ODD)},
        "保存这份文书", lambda d, _c: next(iter(d.read(form_settings.all_of).values())).name, FormSettingsDialog,
    ),
    "price": Place(
        "prices/price:new", prices_of, lambda box: type_in(box.form, level=Level.HARD, settled="217"), raw("settled"),
        {("难易程度", "疑难复杂"), ("调解成功每件", "217")}, "保存标准",
        lambda d, _c: str((d.read(prices.listed)[0].settled or 0) // 100), RecordsDialog,
    ),
    "screening": Place(
        "screenings/screening:new", each(lambda w: w.show_page(w.figures), lambda w: press(w.figures, "排查记录…")),
        lambda box: type_in(box.form, area=ODD), raw("area"), {("排查范围", ODD)}, "保存排查",
        lambda d, _c: d.read(screenings.listed)[0].area, RecordsDialog,
    ),
    "loss": Place(
        "loss", each(lambda w: settings(w, lambda w: w.settings.privacy), lambda w: w.settings.privacy.pane.lost_button.click()),
        lambda box: box.told.setPlainText(ODD), lambda box: box.told.toPlainText(), {("丢失的经过", ODD)}, "登记丢失",
        lambda d, _c: ODD, LossDialog,
    ),
    "pay": Place(
        "case:*/agreement/pay:*", pay, lambda box: type_in(box.form, paid="700", voucher=ODD), raw("voucher"),
        {("实际履行日期", "2026-11-21"), ("这次付了（元）", "700"), ("履行凭证", ODD)}, "记下",
        voucher, PayDialog,
    ),
    "redate": Place(
        "case:*/redate", lambda w: press(on_case(w, "history"), "更正日期"), write_reason,
        lambda box: box.reason.toPlainText(), {("应为", "2026-10-02"), ("原因", ODD), ("哪一个日期", "受理日期")}, "更正",
        lambda _d, _c: None, RedateDialog,
    ),
    "sign": Place(
        "case:*/sign:*", sign, tick, lambda box: box.rows[0][1].raw(), {("申请人王𬎆", "签于 2026-10-08")}, "保存签署",
        first_signed, SignDialog,
    ),
    "photo": Place(
        "case:*/material:new", add_photo, lambda box: type_in(box.form, caption=ODD), raw("caption"),
        {("材料说明", ODD), ("材料类别", "证据材料")}, "加进来",
        lambda d, c: reload(d, c).materials[0].caption, AddMaterialsDialog,
    ),
}  # fmt: skip


@pytest.fixture
def begin(qtbot: QtBot, desk: Desk, folder: Folder) -> Callable[[], Window]:
    return starter(qtbot, desk, folder)


@pytest.fixture
def case(desk: Desk, tmp_path: Path) -> Case:
    made = settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN)
    file = BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    PHOTO[:] = [str(tmp_path / "吊顶 𬎆.png")]
    Path(PHOTO[0]).write_bytes(file.getvalue())

    def issue(session: Any) -> None:
        papers.issue(session, cases.load(session, made.id), by_code(RIGHTS), None, by=BY, today=desk.today)

    desk.do(issue)
    return made


def at(place: Place, window: Window, act: Callable[[Any], object]) -> None:
    """Come to a place and do something there; a dialog is closed as by a kill, without a word."""
    if place.dialog is None:
        place.open(window)
        act(place.pane(window))
        return
    when(place.dialog, act)
    place.open(window)


def crash(place: Place, window: Window) -> None:
    def type_and_keep(where: Any) -> None:
        place.write(where)
        for one in (where, *where.findChildren(QWidget)):
            if hasattr(one, "keep_drafts"):
                one.keep_drafts()

    at(place, window, type_and_keep)


def fits(place: str, pattern: str) -> bool:
    parts, wanted = place.replace(":", "/").split("/"), pattern.replace(":", "/").split("/")
    return len(parts) == len(wanted) and all(w in ("*", p) for p, w in zip(parts, wanted, strict=True))


@pytest.mark.parametrize("name", PLACES)
def test_what_was_typed_is_offered_put_back_and_saved(
    begin: Callable[[], Window], desk: Desk, case: Case, name: str
) -> None:
    place = PLACES[name]
    crash(place, begin())
    (where,) = kept(desk)
    assert fits(where, place.at), where
    window, seen = begin(), []

    def save(there: Any) -> None:
        seen.append(str(place.shown(there)))
        when(QMessageBox)
        press(there, place.save)

    if place.dialog is not None:
        when(place.dialog, save)
    (told,) = offered(window, "接着填")
    assert place.told <= {(one.label, one.typed) for one in told.differences}
    assert told.barred == ""
    if place.dialog is None:
        save(place.pane(window))
    assert kept(desk) == []
    assert place.stored(desk, case) in (seen[0], None)
    assert seen != [""]
    awaited_none()


def awaited_none() -> None:
    """A message that need not come is not waited for."""
    awaited.clear()


@pytest.mark.parametrize("name", PLACES)
def test_what_is_not_wanted_goes_and_what_is_left_for_later_is_offered_there(
    begin: Callable[[], Window], desk: Desk, case: Case, qtbot: QtBot, name: str
) -> None:
    place = PLACES[name]
    crash(place, begin())
    window = begin()
    offered(window, "以后再说")
    assert len(kept(desk)) == 1
    asked: list[str] = []

    def drop(dialog: Any) -> None:
        asked.append(dialog.windowTitle())
        when(QMessageBox, lambda box: press(box, "不要了"))
        press(dialog, "不要了")

    when(DraftsDialog, drop)
    if place.at.startswith("case:"):
        on_case(window, "parties")
    else:
        at(place, window, lambda _there: qtbot.waitUntil(lambda: bool(asked), timeout=5000))
    qtbot.waitUntil(lambda: bool(asked), timeout=5000)
    assert kept(desk) == []
    awaited_none()


def test_files_that_are_no_longer_there_are_named_and_the_draft_stays(
    begin: Callable[[], Window], desk: Desk, case: Case
) -> None:
    crash(PLACES["photo"], begin())
    Path(PHOTO[0]).unlink()
    window = begin()
    said: list[str] = []

    def go_on(dialog: Any) -> None:
        when(QMessageBox, lambda box: said.append(box.text()))
        press(dialog, "接着填")

    when(DraftsDialog, go_on)
    drafts_resume.after_log_in(window)
    assert "“吊顶 𬎆.png”已经不在原来的位置" in said[0]
    assert len(kept(desk)) == 1
