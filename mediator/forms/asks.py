"""What a form asks (填写项) beyond what the case holds: an addressee, a reason, a day. Declared beside the form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from mediator.domain.codes import Code
from mediator.domain.fields import Field, Shape

if TYPE_CHECKING:
    from mediator.forms.form import Sheet

T = TypeVar("T")
C = TypeVar("C", bound=Code)


@dataclass(frozen=True)
class Ask(Generic[T]):
    """One question of a form; ``key`` is kept with the answer and never changed."""

    key: str
    field: Field
    start: "Callable[[Sheet], T] | None" = None
    """What stands there until somebody types something else."""
    needed: bool = True
    """Whether the paper may not be issued without it."""


def line(
    key: str, label: str, *, sample: str, most: int = 200, help: str = "", suggestions: tuple[str, ...] = (),
    start: "Callable[[Sheet], str] | None" = None, needed: bool = True,
) -> Ask[str]:  # fmt: skip
    """One line of words."""
    return Ask(key, Field(label, Shape.LINE, help, sample, most, suggestions=suggestions), start, needed)


def name(
    key: str, label: str, *, sample: str, help: str = "",
    start: "Callable[[Sheet], str] | None" = None, needed: bool = True,
) -> Ask[str]:  # fmt: skip
    """A name of a person or body."""
    return Ask(key, Field(label, Shape.NAME, help, sample, 100), start, needed)


def text(
    key: str, label: str, *, sample: str, most: int = 20_000, help: str = "",
    start: "Callable[[Sheet], str] | None" = None, needed: bool = True,
) -> Ask[str]:  # fmt: skip
    """Words over several lines."""
    return Ask(key, Field(label, Shape.TEXT, help, sample, most), start, needed)


def day(
    key: str, label: str, *, sample: str, help: str = "",
    start: "Callable[[Sheet], date | None] | None" = None, needed: bool = True,
) -> Ask[date | None]:  # fmt: skip
    """A day."""
    return Ask(key, Field(label, Shape.DAY, help, sample), start, needed)


def moment(
    key: str, label: str, *, sample: str, help: str = "",
    start: "Callable[[Sheet], datetime | None] | None" = None, needed: bool = True,
) -> Ask[datetime | None]:  # fmt: skip
    """A day and time."""
    return Ask(key, Field(label, Shape.MOMENT, help, sample), start, needed)


def fen(
    key: str, label: str, *, sample: str, help: str = "",
    start: "Callable[[Sheet], int | None] | None" = None, needed: bool = True,
) -> Ask[int | None]:  # fmt: skip
    """An amount in 分, typed in 元."""
    return Ask(key, Field(label, Shape.FEN, help, sample), start, needed)


def count(
    key: str, label: str, *, sample: str, most: int = 1_000_000, help: str = "",
    start: "Callable[[Sheet], int | None] | None" = None, needed: bool = True,
) -> Ask[int | None]:  # fmt: skip
    """A whole number of people, pieces or copies."""
    return Ask(key, Field(label, Shape.COUNT, help, sample, most), start, needed)


def code(
    key: str, label: str, codes: type[C], *, sample: C, help: str = "",
    start: "Callable[[Sheet], C | None] | None" = None, needed: bool = True,
) -> Ask[C | None]:  # fmt: skip
    """One entry of a list."""
    return Ask(key, Field(label, Shape.CODE, help, sample.label, codes=codes), start, needed)
