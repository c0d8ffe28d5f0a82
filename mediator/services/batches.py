"""What is asked of the database a few hundred values at a time, as it takes only so many in one statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 500


def in_batches(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """The things in their order, some at a time."""
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]
