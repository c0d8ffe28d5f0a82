"""自定义统计 on the screen: rows, columns and filters chosen, counted, opened, saved by name."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from driving import BY, Modals, needed_width, press, put_up, read_message, settle, type_in, unnamed
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mediator.domain.case import Case
from mediator.domain.codes import Basis, Outcome
from mediator.services import custom_specs
from mediator.services.dimensions import Measure
from mediator.ui.custom_pane import CustomPane
from mediator.ui.desk import Desk
from mediator.ui.filter_dialog import FilterDialog


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    return [
        settle(desk, "王𬎆", "2026-10-02", Outcome.WRITTEN),
        settle(desk, "阿依古丽·买买提", "2026-10-31", Outcome.ORAL, "family"),
        settle(desk, "𪚥小明", "2026-10-15", Outcome.NONE),
        settle(desk, "林淑芬", "2026-09-30", Outcome.WRITTEN),
    ]


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, cases: list[Case], modals: Modals) -> CustomPane:
    return put_up(qtbot, CustomPane(desk), 1130, 640)


def count(qtbot: QtBot, pane: CustomPane) -> None:
    pane.made = None
    press(pane, "统计")
    qtbot.waitUntil(lambda: pane.made is not None, timeout=20_000)


def matrix(pane: CustomPane) -> dict[str, dict[str, str]]:
    """The numbers that are not 0, by the words of their row and column."""
    heads = pane.table.heads[1:]
    table = {row[0]: dict(zip(heads, row[1:], strict=True)) for row in pane.table.rows}
    return {row: {head: n for head, n in cells.items() if n != "0"} for row, cells in table.items()}


def tick(dialog: FilterDialog, *words: str) -> None:
    for n in range(dialog.list.count()):
        item = dialog.list.item(n)
        item.setCheckState(Qt.CheckState.Checked if item.text() in words else Qt.CheckState.Unchecked)
    press(dialog, "确定")


def buttons(pane: CustomPane) -> list[str]:
    return [made.text() for made in pane.choice.chips if isinstance(made, QPushButton)]


def test_rows_by_columns_with_their_sums(qtbot: QtBot, pane: CustomPane) -> None:
    pane.choice.columns.choose("outcome")
    count(qtbot, pane)
    found = matrix(pane)
    assert found["邻里纠纷"] == {"达成书面协议": "1", "未达成协议": "1", "合计": "2"}
    assert found["婚姻家庭纠纷"] == {"达成口头协议": "1", "合计": "1"}
    assert found["合计"]["合计"] == "3"
    assert found["旅游纠纷"] == {}
    assert pane.shown.text() == "自定义统计，2026年10月1日至10月31日，件数（件），按调解结果日期。"
    assert unnamed(pane) == []
    assert needed_width(pane) <= 740


def test_people_and_money_can_be_counted_too(qtbot: QtBot, pane: CustomPane) -> None:
    pane.choice.rows.choose("mediator")
    pane.choice.measure.choose(Measure.AMOUNT)
    press(pane.choice, "年")
    press(pane.choice, "下一期")
    count(qtbot, pane)
    assert matrix(pane) == {BY: {"合计": "45000.00"}, "合计": {"合计": "45000.00"}}


def test_a_number_opens_its_cases(qtbot: QtBot, pane: CustomPane, cases: list[Case], modals: Modals) -> None:
    pane.choice.columns.choose("outcome")
    count(qtbot, pane)
    heads = list(pane.table.heads)
    rows = [row[0] for row in pane.table.rows]
    seen: list[list[str]] = []
    for row, column in (
        ("邻里纠纷", "未达成协议"),
        ("邻里纠纷", "合计"),
        ("合计", "达成口头协议"),
        ("合计", "合计"),
    ):
        modals.acts.append(lambda dialog: seen.append(sorted(row[0] for row in dialog.table.rows)))
        pane.table.choose(rows.index(row), heads.index(column))
        press(pane, "看这个数字的案件")
    number = [case.number for case in cases]
    assert seen == [[number[2]], [number[0], number[2]], [number[1]], sorted(number[:3])]


def test_a_filter_lets_in_only_what_is_ticked(qtbot: QtBot, pane: CustomPane, modals: Modals) -> None:
    def kinds(dialog: FilterDialog) -> None:
        assert unnamed(dialog) == []
        tick(dialog, "婚姻家庭纠纷", "旅游纠纷")

    modals.acts.append(kinds)
    press(pane, "增加筛选…")
    assert buttons(pane) == ["纠纷类型：婚姻家庭纠纷、旅游纠纷", "增加筛选…"]
    pane.choice.rows.choose("outcome")
    count(qtbot, pane)
    assert matrix(pane)["合计"] == {"合计": "1"}
    assert "只计纠纷类型为婚姻家庭纠纷、旅游纠纷的" in pane.shown.text()

    offered: list[str] = []

    def months(dialog: FilterDialog) -> None:
        offered.extend(dialog.dimension.itemText(n) for n in range(dialog.dimension.count()))
        dialog.dimension.setCurrentIndex(offered.index("结果月份"))
        tick(dialog, "2026年10月")

    modals.acts.append(months)
    press(pane, "增加筛选…")
    assert "纠纷类型" not in offered
    assert pane.choice.filters == {"kind": ("family", "tourism"), "concluded_month": ("2026-10",)}
    modals.acts.append(lambda dialog: press(dialog, "去掉这个筛选"))
    press(pane, "纠纷类型：婚姻家庭纠纷、旅游纠纷")
    assert pane.choice.filters == {"concluded_month": ("2026-10",)}


def test_the_same_for_rows_and_columns_is_refused(pane: CustomPane, modals: Modals) -> None:
    pane.choice.columns.choose("kind")
    press(pane, "统计")
    assert len(modals.said) == 1
    assert "行和列都选了" in modals.said[0]


def test_a_table_is_saved_by_name_loaded_and_taken_away(
    qtbot: QtBot, pane: CustomPane, desk: Desk, modals: Modals
) -> None:
    pane.choice.columns.choose("level")
    pane.choice.basis.choose(Basis.ACCEPTED)
    pane.choice.filters = {"kind": ("neighbour",)}

    def save(dialog: Any) -> None:
        assert unnamed(dialog) == []
        type_in(dialog.form, name="各级邻里纠纷 𪚥")
        press(dialog, "保存")

    modals.acts.append(save)
    press(pane, "保存…")
    spec = desk.read(lambda s: custom_specs.load(s, "各级邻里纠纷 𪚥"))
    assert (spec.rows, spec.columns, spec.basis, dict(spec.filters)) == (
        "kind", "level", Basis.ACCEPTED, {"kind": ("neighbour",)}
    )  # fmt: skip
    assert (spec.since, spec.until) == (date(2026, 10, 1), date(2026, 10, 31))

    other = put_up(qtbot, CustomPane(desk))
    other.saved.choose("各级邻里纠纷 𪚥")
    other.saved.activated.emit(1)
    qtbot.waitUntil(lambda: other.made is not None, timeout=20_000)
    assert other.made is not None
    assert other.made.matrix.spec == spec
    assert buttons(other) == ["纠纷类型：邻里纠纷", "增加筛选…"]
    assert other.shown.text().startswith("各级邻里纠纷 𪚥，")

    press(other, "删除")
    assert [one.name for one in desk.read(custom_specs.all_of)] == ["各级邻里纠纷 𪚥"]
    modals.answers.append("删除")
    press(other, "删除")
    assert desk.read(custom_specs.all_of) == []
    assert not other.remove_button.isEnabled()


def test_a_table_without_a_name_is_not_saved(pane: CustomPane, desk: Desk, modals: Modals) -> None:
    said: list[list[str]] = []

    def save(dialog: Any) -> None:
        said.append(read_message())
        press(dialog, "保存")

    modals.acts.append(save)
    press(pane, "保存…")
    assert said == [["请给这张统计表起一个名称。"]]
    assert desk.read(custom_specs.all_of) == []


def test_the_table_is_kept_as_a_file(qtbot: QtBot, pane: CustomPane, modals: Modals, tmp_path: Path) -> None:
    pane.choice.columns.choose("outcome")
    count(qtbot, pane)
    kept = tmp_path / "自己的.xlsx"
    modals.choose(kept)
    press(pane, "存为表格")
    qtbot.waitUntil(lambda: modals.said == [f"已存到 {kept}。"], timeout=20_000)
    cells = {cell.value for line in load_workbook(kept).worksheets[0] for cell in line}
    assert {"邻里纠纷", "达成口头协议", "合计", 3} <= cells
