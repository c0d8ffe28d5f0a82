"""What somebody may not do is shown grey, with the reason as its tip (权限)."""

from PySide6.QtWidgets import QWidget

from mediator.domain.roles import Power
from mediator.services import access
from mediator.ui.desk import Desk


def may(desk: Desk, *powers: Power) -> bool:
    """Whether the person at work may do one of these."""
    return desk.read(lambda s: any(access.may(s, power) for power in powers))


def grey(desk: Desk, power: Power, *widgets: QWidget) -> bool:
    """Turn grey what the person at work may not do; whether they may."""
    allowed = may(desk, power)
    for widget in widgets:
        widget.setEnabled(allowed)
        if not allowed:
            widget.setToolTip(access.why_not(power))
    return allowed
