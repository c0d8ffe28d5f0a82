"""What the checks of a table say (核对), each with a sign, a word and a sentence."""

from PySide6.QtWidgets import QWidget

from mediator.tallies.table import Judgement, Verdict
from mediator.tallies.tally import Tally
from mediator.ui.parts import clear, column, label, set_role

_SIGNS = {Verdict.FAILED: ("✗", "error"), Verdict.DOUBTFUL: ("!", "warning"), Verdict.PASSED: ("✓", "good")}
_ORDER = list(_SIGNS)


class ChecksPane(QWidget):
    """The verdict in one line, and every check under it, the worst first."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = label("统计以后，这里说明各项数字是否对得上。", "quiet", wrap=True)
        self.list = column(gap=8)
        self.setLayout(column(self.verdict, self.list, gap=8))

    def show_checks(self, tally: Tally) -> None:
        """Show what every check of a table says."""
        checks = sorted(tally.checks(), key=lambda check: _ORDER.index(check.verdict))
        worst = checks[0].verdict if checks else Verdict.PASSED
        self.verdict.setText(_in_one_line(checks))
        set_role(self.verdict, _SIGNS[worst][1])
        clear(self.list)
        for check in checks:
            sign, role = _SIGNS[check.verdict]
            words = f"{sign} {check.verdict.label}：{check.words}。"
            self.list.addWidget(label(words, "" if check.verdict is Verdict.PASSED else role, wrap=True))


def _in_one_line(checks: list[Judgement]) -> str:
    failed = sum(check.verdict is Verdict.FAILED for check in checks)
    doubtful = sum(check.verdict is Verdict.DOUBTFUL for check in checks)
    if failed:
        return f"✗ 有 {failed} 项对不上，这张表还不能报送，请先改正有关案件。"
    if doubtful:
        return f"! 有 {doubtful} 项请核实，核实无误可以报送。"
    return f"✓ {len(checks)} 项核对全部相符。"
