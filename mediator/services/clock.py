"""A clock that jumped (时钟异常): what is said of it, and somebody saying that it is right all the same."""

from datetime import datetime

from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.store import clock, history

_WHAT_TO_DO = (
    "请先调准电脑的日期和时间，没有错就确认一下；在这以前的记录会标上“时钟可疑”，填的日期请自己核对。"
)


def doubt(session: Session, now: datetime) -> str:
    """Why the clock cannot well be right, and what to do; empty if it can be believed."""
    since = clock.believed(session)
    if since is None or not clock.suspect(now, since):
        return ""
    if now < since:
        return f"电脑的时间是 {_told(now)}，比以前的记录（{_told(since)}）还早，可能不对：{_WHAT_TO_DO}"
    return f"电脑的时间是 {_told(now)}，离上一次记录（{_told(since)}）过了一年多，可能不对：{_WHAT_TO_DO}"


def confirm(session: Session, now: datetime) -> None:
    """Somebody says that the clock is right: from now on it is measured by this moment."""
    since = clock.believed(session)
    if since is None or not clock.suspect(now, since):
        raise Refusal("电脑的时间和记录接得上，不用确认。")
    history.note(session, Action.CLOCK, f"确认电脑的时间 {_told(now)} 没有错，以前的记录到 {_told(since)}")


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
