"""Wrong passwords (登录失败): counted for each user, so that after five of them one has to wait, longer every time.

Kept in a small file of the data folder, for a restart must not forget them, and nobody is let in who could write them
into the database. A name that has no slot is not kept: it may be a password typed into the wrong box. When the next
one logs in, what was not yet told goes into the audit.
"""

import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mediator.domain.errors import Refusal

FREE = 5
"""Wrong passwords before one has to wait."""
LONGEST = 60
"""Minutes."""
_KEPT = 50
"""Moments kept of one user."""


def file(folder: Path) -> Path:
    """Where they are kept."""
    return folder / "tries.json"


def check(folder: Path, login: str, now: datetime) -> None:
    """Refuse a user who has to wait; others are not concerned."""
    known = _read(folder)
    times = known.get(login, {}).get("times", [])
    if len(times) < FREE:
        return
    wait = timedelta(minutes=min(LONGEST, 2 ** (len(times) - FREE)))
    last = datetime.fromisoformat(times[-1])
    if now < last:  # the clock was put back: that gains nothing, and it does not keep anybody out for years
        times[-1], last = now.isoformat(timespec="seconds"), now
        _write(folder, known)
    left = wait - (now - last)
    if left > timedelta(0):
        minutes = -(-left // timedelta(minutes=1))
        raise Refusal(
            f"“{login}”已经输错 {len(times)} 次密码，请等 {minutes} 分钟再试；别的同事可以照常登录。"
        )


def failed(folder: Path, login: str, now: datetime) -> None:
    """Count a wrong password."""
    known = _read(folder)
    of = known.setdefault(login, {"times": [], "told": 0})
    of["times"] = [*of["times"], now.isoformat(timespec="seconds")]
    dropped = max(0, len(of["times"]) - _KEPT)
    of["times"], of["told"] = of["times"][dropped:], max(0, of["told"] - dropped)
    _write(folder, known)


def untold(folder: Path) -> dict[str, list[datetime]]:
    """When passwords were wrong that no entry of the audit tells of yet, by user."""
    found = {
        login: [datetime.fromisoformat(moment) for moment in of["times"][of["told"] :]]
        for login, of in _read(folder).items()
    }
    return {login: times for login, times in found.items() if times}


def forget(folder: Path, login: str) -> None:
    """The audit tells of all now; the one who logged in begins anew, others wait on."""
    known = _read(folder)
    if not known:
        return
    known.pop(login, None)
    for of in known.values():
        of["told"] = len(of["times"])
    _write(folder, known)


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    """What is kept; nothing if the file is not there or makes no sense."""
    try:
        known = json.loads(file(folder).read_bytes())
        for of in known.values():
            [datetime.fromisoformat(moment) for moment in of["times"]]
            of["told"] = int(of["told"])
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}
    return known  # type: ignore[no-any-return]


def _write(folder: Path, known: dict[str, dict[str, Any]]) -> None:
    """Write the file; where that cannot be done, people are not kept out for it."""
    path = file(folder)
    fresh = path.with_suffix(".part")
    with suppress(OSError):
        if not known:
            path.unlink(missing_ok=True)
            return
        fresh.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
        os.replace(fresh, path)
