"""The look: one palette, one style sheet, one scale of sizes for the whole window."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mediator import paths

INK = "#1d2a33"
QUIET = "#5b6b76"
LINE = "#d5dde2"
GROUND = "#f2f5f6"
PAPER = "#ffffff"
ACCENT = "#1b6470"
ACCENT_DARK = "#124a53"
ACCENT_PALE = "#e1eff0"
AMBER = "#8a5a00"
RED = "#a62b20"
GREEN = "#22683a"

POINTS = 12
"""The least size of letters."""
GAP = 12

_ARROW = (paths.resources() / "icons" / "down.svg").as_posix()

_SHEET = f"""
QWidget {{ color: {INK}; }}
QMainWindow, QDialog {{ background: {GROUND}; }}
QLabel[role="title"] {{ font-weight: 600; }}
QLabel[role="section"] {{ font-weight: 600; color: {ACCENT_DARK}; }}
QLabel[role="quiet"] {{ color: {QUIET}; }}
QLabel[role="warning"] {{ color: {AMBER}; }}
QLabel[role="error"] {{ color: {RED}; }}
QLabel[role="good"] {{ color: {GREEN}; }}
QFrame[role="card"] {{ background: {PAPER}; border: 1px solid {LINE}; border-radius: 8px; }}
QFrame[role="band"] {{ background: {ACCENT_PALE}; border: 1px solid #b9d6d9; border-radius: 8px; }}
QFrame[role="concern"] {{ background: #fff4d6; border: none; border-bottom: 1px solid #e3c878; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{
  background: {PAPER}; border: 1px solid #b4c0c8; border-radius: 5px; padding: 5px 8px; selection-background-color: {ACCENT};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {ACCENT}; padding: 4px 7px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {RED}; padding: 4px 7px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {GROUND}; color: {QUIET}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {GROUND}; }}
QComboBox[locked="true"]:disabled, QCheckBox[locked="true"]:disabled {{ color: {INK}; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; padding: 0; background: transparent; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: url("{_ARROW}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {PAPER}; border: 1px solid {LINE}; selection-background-color: {ACCENT}; selection-color: white; }}
QPushButton {{
  background: {PAPER}; border: 1px solid #b4c0c8; border-radius: 6px; padding: 6px 16px; min-height: 22px;
}}
QPushButton:hover {{ border-color: {ACCENT}; background: {ACCENT_PALE}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 5px 15px; }}
QPushButton:disabled {{ color: #97a3ab; background: {GROUND}; border-color: {LINE}; }}
QPushButton[role="main"] {{ background: {ACCENT}; color: white; border-color: {ACCENT}; font-weight: 600; }}
QPushButton[role="main"]:hover {{ background: {ACCENT_DARK}; }}
QPushButton[role="main"]:focus {{ border: 2px solid {INK}; }}
QPushButton[role="main"]:disabled {{ background: #a9c3c7; border-color: #a9c3c7; color: white; }}
QPushButton[role="nav"] {{
  background: transparent; border: none; border-radius: 6px; padding: 10px 14px; text-align: left; color: #dcebed;
}}
QPushButton[role="nav"]:hover {{ background: #2a7480; }}
QPushButton[role="nav"]:checked {{ background: {PAPER}; color: {ACCENT_DARK}; font-weight: 600; }}
QPushButton[role="nav"]:focus {{ border: 2px solid white; padding: 8px 12px; }}
QFrame[role="rail"] {{ background: {ACCENT}; }}
QFrame[role="rail"] QLabel {{ color: #dcebed; }}
QTableView, QListWidget, QTreeView {{
  background: {PAPER}; border: 2px solid {LINE}; border-radius: 8px; gridline-color: #e7ecef;
  alternate-background-color: #f8fafb; selection-background-color: {ACCENT_PALE}; selection-color: {INK}; outline: none;
}}
QTableView:focus, QListWidget:focus, QTreeView:focus {{ border-color: {ACCENT}; }}
QListWidget::item {{ padding: 8px 10px; border-bottom: 1px solid #edf1f3; }}
QListWidget::item:selected {{ background: {ACCENT_PALE}; color: {INK}; }}
QTableView::item {{ padding: 3px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; }}
QScrollBar::handle:vertical {{ background: #b9c5cc; border-radius: 5px; min-height: 36px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {QUIET}; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: #b9c5cc; border-radius: 5px; min-width: 36px; margin: 2px; }}
QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal {{ width: 0; }}
QHeaderView::section {{
  background: #e8eef0; border: none; border-right: 1px solid {LINE}; border-bottom: 1px solid {LINE}; padding: 7px 8px; font-weight: 600;
}}
QTabWidget::pane {{ border: 1px solid {LINE}; border-radius: 8px; background: {PAPER}; top: -1px; }}
QTabBar::tab {{ background: transparent; padding: 8px 14px; border-bottom: 3px solid transparent; color: {QUIET}; }}
QTabBar::tab:selected {{ color: {ACCENT_DARK}; border-bottom-color: {ACCENT}; font-weight: 600; }}
QTabBar::tab:disabled {{ color: #b3bdc3; }}
QTabBar::tab:focus {{ color: {ACCENT}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QToolTip {{ background: {INK}; color: white; border: none; padding: 6px; }}
QProgressBar {{ border: 1px solid {LINE}; border-radius: 5px; text-align: center; background: {PAPER}; }}
QProgressBar::chunk {{ background: {ACCENT}; border-radius: 4px; }}
QCheckBox, QRadioButton {{ spacing: 8px; }}
"""


def dress(app: QApplication, families: list[str]) -> None:
    """Give the whole program its look; ``families`` are the fonts to use, the rare-character ones last.

    Letters are as large as the desktop asks for, and never small.
    """
    app.setStyle("Fusion")
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, GROUND), (QPalette.ColorRole.Base, PAPER), (QPalette.ColorRole.Text, INK),
        (QPalette.ColorRole.WindowText, INK), (QPalette.ColorRole.ButtonText, INK), (QPalette.ColorRole.Button, PAPER),
        (QPalette.ColorRole.Highlight, ACCENT), (QPalette.ColorRole.HighlightedText, "#ffffff"),
        (QPalette.ColorRole.PlaceholderText, "#87949c"), (QPalette.ColorRole.AlternateBase, "#f8fafb"),
    ):  # fmt: skip
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    points = max(POINTS, app.font().pointSize())
    font = QFont()
    font.setFamilies(families)
    font.setPointSize(points)
    app.setFont(font)
    app.setStyleSheet(_SHEET + _sizes(points))


def _sizes(points: int) -> str:
    """The letters that are larger than the rest; a style sheet knows no shares of another size."""
    larger = points * 13 // 12
    return f"""
QLabel[role="title"] {{ font-size: {points * 17 // 12}pt; }}
QLabel[role="section"], QPushButton[role="nav"] {{ font-size: {larger}pt; }}
QPushButton {{ min-height: {points * 22 // 12}px; }}
"""


def load_fonts(files: list[str]) -> list[str]:
    """Load font files into the window; return their families in order."""
    families: list[str] = []
    for file in files:
        added = QFontDatabase.addApplicationFont(file)
        for family in QFontDatabase.applicationFontFamilies(added) if added >= 0 else []:
            if family not in families:
                families.append(family)
    return families


def icon(name: str) -> QIcon:
    """One of the program's own icons."""
    return QIcon(str(paths.resources() / "icons" / f"{name}.svg"))


def nav_icon(name: str) -> QIcon:
    """An icon of the rail: pale on the dark ground, dark on the light one of the page shown."""
    made = QIcon()
    folder = paths.resources() / "icons"
    made.addFile(str(folder / f"{name}-white.svg"), state=QIcon.State.Off)
    made.addFile(str(folder / f"{name}.svg"), state=QIcon.State.On)
    return made


def icon_size() -> QSize:
    """As high as the letters beside it."""
    side = QFontMetrics(QApplication.font()).height() * 6 // 7
    return QSize(side, side)


def repolish(widget: QWidget) -> None:
    """Draw a widget by the style sheet again, after one of its properties has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
