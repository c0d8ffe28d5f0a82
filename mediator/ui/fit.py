"""The size of a dialog: so many letters, but never larger than the screen."""

from PySide6.QtWidgets import QWidget


def fit(dialog: QWidget, wide: int, high: int) -> None:
    """Give a dialog room for so many letters in width and height, as far as the screen has it."""
    letter = dialog.fontMetrics().horizontalAdvance("永")
    screen = dialog.screen().availableGeometry()
    dialog.resize(min(wide * letter, screen.width() - 40), min(high * letter, screen.height() - 60))
