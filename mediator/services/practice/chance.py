"""Seeded chance (随机): the same seed deals the same practice cases on every machine."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance(Random):
    """The one source of everything that is left to chance."""

    def one(self, choices: Sequence[T]) -> T:
        """One of several, each as likely."""
        return choices[int(self.random() * len(choices))]

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.random() * (most - least + 1))

    def odds(self, share: float) -> bool:
        """True in that share of the times, 0 to 1."""
        return self.random() < share

    def later(self, day: date, least: int, most: int) -> date:
        """A day some days on."""
        return day + timedelta(self.number(least, most))

    def uid(self) -> str:
        """A new identity, as a case or an office has for life."""
        return uuid.UUID(int=self.getrandbits(128), version=4).hex


class Deck(Generic[T]):
    """Deals values by their shares, lopsided as they are, and yet each at least once in ``size`` deals."""

    def __init__(self, chance: Chance, shares: Mapping[T, float], size: int = 150) -> None:
        whole = sum(shares.values())
        counts = {value: max(1, round(size * share / whole)) for value, share in shares.items()}
        self._cards = [value for value, count in counts.items() for _ in range(count)]
        self._chance = chance
        self._left: list[T] = []

    def deal(self) -> T:
        """The next value."""
        if not self._left:
            self._left = self._cards.copy()
            self._chance.shuffle(self._left)
        return self._left.pop()
