"""设置—文书: what an office may choose about its papers, and its phrases."""

from PySide6.QtWidgets import QWidget

from mediator.domain.roles import Power
from mediator.domain.safety import Draft
from mediator.services.draft_stands import steps
from mediator.ui import powers
from mediator.ui.desk import Desk
from mediator.ui.form_settings_dialog import FormSettingsDialog
from mediator.ui.parts import button, card, column, label, row, run
from mediator.ui.phrases_dialog import PhrasesDialog


class FormsPane(QWidget):
    """The ways to the two dialogs, and what each is for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        settings = button("文书设置…", self._settings)
        powers.grey(desk, Power.SETTINGS, settings)
        self.setLayout(
            column(
                _card("文书设置", "卷内顺序、文书名称、入卷要求、文号和措辞。", settings),
                _card("常用语", "填写时可以插入的句子，按纠纷类型分。", button("常用语…", self._phrases)),
                1,
                margins=14,
            )
        )

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed about a form, or into a phrase."""
        if steps(draft.place)[0].what == "forms":
            run(FormSettingsDialog(self, self.desk, draft))
        else:
            run(PhrasesDialog(self, self.desk, draft))

    def _settings(self) -> None:
        run(FormSettingsDialog(self, self.desk))

    def _phrases(self) -> None:
        run(PhrasesDialog(self, self.desk))


def _card(title: str, words: str, open_button: QWidget) -> QWidget:
    return card(
        column(label(title, "section"), label(words, "quiet", wrap=True), row(open_button, 1), margins=16)
    )
