"""What the checks of a table say (核对): the verdict in one line, and under it whatever does not hold."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mediator.services.questioned import can_name
from mediator.tallies.checks import Judgement, Verdict
from mediator.tallies.tally import Tally
from mediator.ui.explain_pane import SIGNS, ExplainPane
from mediator.ui.parts import button, clear, column, label, row, set_role


class ChecksPane(QWidget):
    """A sign, a word and a sentence for each check; those that hold only where they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: list[Judgement] = []
        self.verdict = label("统计以后，这里说明各项数字是否对得上。", "quiet", wrap=True)
        self.open = ExplainPane()
        self.all_button = button("列出相符的各项", self._list, tip="每一项核对的数字")
        self.all_button.hide()
        self.list = column(gap=8)
        self.setLayout(column(self.verdict, self.open, row(self.all_button, 1), self.list, gap=8))

    def show_checks(self, checks: Sequence[Judgement], tally: Tally, *, closed: bool = False) -> None:
        """Show what every check of a table says."""
        self.verdict.setText(_in_one_line(checks, closed))
        worst = min((list(SIGNS).index(check.verdict) for check in checks), default=len(SIGNS) - 1)
        set_role(self.verdict, list(SIGNS.values())[worst][1])
        self.open.show_checks(checks, lambda check: can_name(tally, check), notes=tally.notes, closed=closed)
        self.passed = [check for check in checks if check.verdict is Verdict.PASSED]
        clear(self.list)
        self.all_button.setVisible(bool(self.passed))

    def _list(self) -> None:
        self.all_button.hide()
        for check in self.passed:
            self.list.addWidget(label(f"✓ {check.verdict.label}：{check.words}。", wrap=True))


def _in_one_line(checks: Sequence[Judgement], closed: bool) -> str:
    failed = sum(check.verdict is Verdict.FAILED for check in checks)
    doubtful = sum(check.verdict is Verdict.DOUBTFUL for check in checks)
    if closed:
        return (
            f"结账时 {len(checks)} 项核对，{doubtful} 项作了说明。"
            if doubtful
            else f"✓ 结账时 {len(checks)} 项核对全部相符。"
        )
    if failed:
        return f"✗ 有 {failed} 项对不上，这张表还不能结账和报送，请先改正有关案件。"
    if doubtful:
        return f"! 有 {doubtful} 项请核实，写明情况就可以结账。"
    return f"✓ {len(checks)} 项核对全部相符。"
