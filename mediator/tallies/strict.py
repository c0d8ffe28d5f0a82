"""Readers of values that came from outside: exactly what is expected, or a refusal that names the item."""

from datetime import date

from mediator.domain.calendar import EARLIEST, LATEST
from mediator.domain.errors import Refusal
from mediator.domain.wording import clean_line

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""


def damaged(name: str) -> Refusal:
    """The refusal of an item that is not what it should be."""
    return Refusal(f"文件里的“{name}”一项不对，文件已损坏或不是本程序导出的，请让上报单位重新导出。")


def record(value: object, name: str, *keys: str) -> dict[str, object]:
    """A JSON object with exactly these keys."""
    if not isinstance(value, dict) or set(value) != set(keys):
        raise damaged(name)
    return value


def rows(value: object, name: str, most: int) -> list[object]:
    """A JSON list of at most so many entries."""
    if not isinstance(value, list) or len(value) > most:
        raise damaged(name)
    return value


def line(value: object, name: str, least: int = 0, most: int = 200) -> str:
    """One clean line of words."""
    if not isinstance(value, str) or not least <= len(value) <= most or clean_line(value) != value:
        raise damaged(name)
    return value


def whole(value: object, name: str, least: int = 0) -> int:
    """A whole number from ``least`` to the largest that is kept exactly."""
    if type(value) is not int or not least <= value <= LARGEST:
        raise damaged(name)
    return value


def day(value: object, name: str) -> date:
    """A day written 2026-01-31."""
    try:
        found = date.fromisoformat(line(value, name))
    except ValueError:
        raise damaged(name) from None
    if found.isoformat() != value or not EARLIEST <= found <= LATEST:
        raise damaged(name)
    return found
