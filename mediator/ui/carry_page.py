"""报送与汇总: figures carried out, taken in and added up."""

from datetime import date

from PySide6.QtWidgets import QTabWidget, QWidget

from mediator.ui.desk import Desk
from mediator.ui.parts import column, label
from mediator.ui.receive_pane import ReceivePane
from mediator.ui.send_pane import SendPane
from mediator.ui.sum_pane import SumPane


class CarryPage(QWidget):
    """The three ways figures travel, a tab each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.sending = SendPane(desk)
        self.receiving = ReceivePane(desk)
        self.summing = SumPane(desk)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("报送、接收、汇总")
        self.tabs.addTab(self.sending, "报送给上级")
        self.tabs.addTab(self.receiving, "接收下级的")
        self.tabs.addTab(self.summing, "汇总")
        self.setLayout(column(label("报送与汇总", "title"), self.tabs, margins=18))

    def open_send(self, table: str, since: date, until: date) -> None:
        """Make ready to carry out the table with this code for this period."""
        self.tabs.setCurrentWidget(self.sending)
        self.sending.choose(table, since, until)
        self.sending.place.setFocus()
