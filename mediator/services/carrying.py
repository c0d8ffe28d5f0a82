"""Carrying files (带出和带入): the places to carry to, a table written out and read back, packages read in.

What is written here is really on the drive when we say so. Nothing here opens a session: the caller gives ``do``, which
runs a verb in a transaction of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.office import Sent
from mediator.exchange import drive
from mediator.exchange.package import SUFFIX
from mediator.exchange.volumes import Drive, drives
from mediator.services import figures, outgoing, packages
from mediator.store import durable, history
from mediator.tallies import register
from mediator.tallies.figures import by_itself
from mediator.tallies.table import Table
from mediator.tallies.tally import Tally

__all__ = ["SUFFIX", "Delivery", "Drive", "drives", "keep", "read_at", "receive", "send", "sent", "write_sum"]

T = TypeVar("T")


class Transaction(Protocol):
    """Runs a verb wholly or not at all and returns its result."""

    def __call__(self, verb: Callable[[Session], T], /) -> T: ...


@dataclass(frozen=True)
class Delivery:
    """A table that stands on the drive, read back and right (送达)."""

    path: Path
    serial: int


def send(
    do: Transaction, table: Table, since: date, until: date, folder: Path, *,
    by: str, now: datetime, say: Callable[[str], object] = lambda words: None,
) -> Delivery:  # fmt: skip
    """Carry a table out: sealed, written and read back, noted as delivered; ``say`` is told each step in words.

    Refusal if a check fails or the drive does; a table sealed but not delivered keeps its serial for the next try.
    """
    say("正在统计和核对……")
    sent_id, serial, data = do(lambda s: _sealed(s, table, since, until, by, now))
    say("正在写到盘上，并读回来核对，请不要拔盘……")
    path = durable.write(folder, packages.sent_name(data), data)
    do(lambda s: _delivered(s, sent_id, path))
    return Delivery(path, serial)


def sent(session: Session, limit: int = 200) -> list[Sent]:
    """The tables sent, the newest first."""
    return list(session.scalars(select(Sent).order_by(Sent.id.desc()).limit(limit)))


def receive(
    session: Session,
    files: Sequence[tuple[str, bytes | Refusal]],
    *,
    by: str,
    now: datetime,
    place: Path | None = None,
) -> tuple[int, list[packages.Arrival]]:
    """Take in what is new among the files read; return how many packages that were, and how all of them stand now."""
    arrivals = packages.look(session, files)
    taken = packages.take_in(
        session, arrivals, by=by, now=now, medium=outgoing.medium(place) if place else ""
    )
    return taken, packages.look(session, files)


def read_at(places: Iterable[Path]) -> list[tuple[str, bytes | Refusal]]:
    """The packages at some places (files, folders, drives) by file name, those that cannot be read with the reason."""
    return [(path.name, _read(path)) for place in places for path in drive.packages_on(place)]


def keep(do: Transaction | None, path: Path, data: bytes, what: str, *, number: str = "") -> Path:
    """Write a file where a person chose; it is there whole and noted in the audit, or not at all.

    What stood there under its name is replaced once all that is done, and else stays.
    ``what`` and ``number`` are as in ``outgoing``. Without ``do`` nothing is noted: nothing is set up yet.
    """
    if do is None:
        return durable.write(path.parent, path.name, data)
    written: list[Path] = []

    def verb(session: Session) -> Path:
        outgoing.exported(session, what, path, number=number)
        written.append(durable.write(path.parent, f"~{token_hex(6)}.tmp", data))
        return path

    try:
        do(verb)
        durable.name_at_last(written[0], path)
        return path
    except BaseException:
        for left in written:
            left.unlink(missing_ok=True)
        raise


def write_sum(total: Tally, parts: Sequence[Tally], suffix: str) -> bytes:
    """A sum as a file of the kind named by its suffix; a spreadsheet and CSV have lines for every office in it."""
    return figures.write(by_itself(total), suffix, parts)


def _sealed(
    session: Session, table: Table, since: date, until: date, by: str, now: datetime
) -> tuple[int, int, bytes]:
    row, data = packages.seal(session, table, since, until, by=by, now=now)
    return row.id, row.serial, data


def _delivered(session: Session, sent_id: int, path: Path) -> None:
    """Note that a table stands on the drive."""
    packages.delivered(session, sent_id, path.name)
    row = session.get_one(Sent, sent_id)
    words = f"{register.of(row.table, row.until).title}，{row.since} 至 {row.until}，第 {row.serial} 次报送"
    history.note(session, Action.SENT, words, medium=outgoing.medium(path))


def _read(path: Path) -> bytes | Refusal:
    try:
        return drive.read_small(path)
    except Refusal as refusal:
        return refusal
