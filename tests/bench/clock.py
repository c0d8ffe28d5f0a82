"""Measured times, and the lines in which they are told."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil

HEADINGS = ("what", "measured", "limit", "bare", "ratio")


@dataclass(frozen=True)
class Line:
    """One thing measured beside its limit and beside the bare limit of this machine."""

    what: str
    measured: float
    bare: float
    limit: float | None = None
    unit: str = "ms"

    def __str__(self) -> str:
        limit = "-" if self.limit is None else self._number(self.limit)
        verdict = "" if self.limit is None else "ok" if self.measured <= self.limit else "OVER"
        shown = (self.what, self._number(self.measured), limit, self._number(self.bare))
        return row(*shown, _ratio(self.measured / self.bare), verdict)

    def _number(self, value: float) -> str:
        digits = 2 if value < 10 else 1 if value < 100 else 0
        return f"{value:.{digits}f} {self.unit}"


def _ratio(value: float) -> str:
    return f"{value:.1f}" if value >= 0.95 else f"{value:.2g}"


def row(what: str, measured: str, limit: str, bare: str, ratio: str, verdict: str = "") -> str:
    """One line of the table."""
    return f"{what:<58}{measured:>11}{limit:>11}{bare:>11}{ratio:>8}  {verdict}".rstrip()


def timed(action: Callable[[], object]) -> float:
    """Do it once; how long it took, in ms."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def p95(times: Iterable[float]) -> float:
    """The time that 95 of a hundred keep."""
    ordered = sorted(times)
    return ordered[ceil(len(ordered) * 0.95) - 1]
