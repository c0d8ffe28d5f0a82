"""显示号码: shows the numbers of a list whole for a short while; each time is written into the audit."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent

from mediator.services import revealing
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.parts import Button

SHOW, HIDE = "显示号码", "遮住号码"
SHOWN_S = 60
"""Seconds after which the numbers are masked again by themselves."""
TIP = f"显示完整的号码，{SHOWN_S} 秒后自动遮住；谁看过会记入审计记录"


class RevealButton(Button):
    """Pressed once it shows, pressed again it hides; it also hides when its list is left.

    ``what`` says which list it is and ``case_id`` of which case, for the audit.
    """

    turned = Signal()
    """The list is to be shown again, masked or not as ``masked`` says."""

    def __init__(
        self, desk: Desk, what: Callable[[], str], case_id: Callable[[], int | None] = lambda: None
    ) -> None:
        super().__init__(SHOW)
        self.desk, self.what, self.case_id = desk, what, case_id
        self.setAutoDefault(False)
        self.setToolTip(TIP)
        self.timer = QTimer(self, singleShot=True, interval=SHOWN_S * 1000)
        self.timer.timeout.connect(self.hide_again)
        self._open = False
        self.clicked.connect(lambda _checked: self.hide_again() if self._open else self._reveal())

    @property
    def masked(self) -> bool:
        """Whether the list has to mask its numbers now."""
        return not self._open and self.desk.read(revealing.masks)

    def offer(self, numbers: bool) -> None:
        """Stand there only where the list has numbers and they are masked."""
        self.setVisible(numbers and self.desk.read(revealing.masks))

    def hide_again(self) -> None:
        """Mask the numbers."""
        if self._open:
            self._turn(False)

    def _reveal(self) -> None:
        with tell.refusals(self):
            self.desk.alone(lambda s: revealing.reveal(s, self.what(), case_id=self.case_id()))
            self._turn(True)

    def _turn(self, on: bool) -> None:
        self._open = on
        self.setText(HIDE if on else SHOW)
        self.timer.start() if on else self.timer.stop()
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is left is masked."""
        super().hideEvent(event)
        self.hide_again()
