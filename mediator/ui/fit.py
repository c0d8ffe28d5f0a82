"""The size of a dialog: so many letters, but never larger than the screen."""

from PySide6.QtWidgets import QWidget


def fit(dialog: QWidget, wide: int, high: int) -> None:
    """Give a dialog room for so many letters in width and height, as far as the screen has it."""
    letter = dialog.fontMetrics().horizontalAdvance("永")
    screen = dialog.screen().availableGeometry()
    dialog.resize(min(wide * letter, screen.width() - 40), min(high * letter, screen.height() - 60))


def fit_content(dialog: QWidget, wide: int) -> None:
    """Give a dialog room for so many letters in width, and as much height as what is in it likes to have."""
    fit(dialog, wide, 60)
    dialog.resize(dialog.width(), min(dialog.height(), dialog.sizeHint().height()))
