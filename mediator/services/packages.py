"""Carrying figures (报送与汇总): a table sealed for a drive, taken in by the superior, and by_itself.

To carry a table out takes three steps, so that a pulled drive never loses or doubles a serial: ``seal`` inside a
transaction, the file written and read back, then ``delivered`` inside another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.office import Received, Sent
from mediator.domain.periods import days
from mediator.domain.roles import Power
from mediator.exchange import package as packing
from mediator.services import access, closings, figures, offices
from mediator.services.frozen import reported
from mediator.store import history
from mediator.tallies.table import Table
from mediator.tallies.tally import Reporter, Tally, add, check_period


class Verdict(Enum):
    """What the superior's program says of one package (接收结论)."""

    NEW = "新收"
    REVISED = "更新"
    KNOWN = "已有"
    REFUSED = "不收"


@dataclass(frozen=True)
class Arrival:
    """One file found on a drive, and what becomes of it."""

    source: str
    verdict: Verdict
    words: str
    package: packing.Package | None = None
    data: bytes = b""


def seal(
    session: Session, table: Table, since: date, until: date, *, by: str, now: datetime
) -> tuple[Sent, bytes]:
    """Seal a table as it was closed (结账), with every doubt explained; Refusal while the period is open.

    Figures that have not changed since keep their serial and their bytes.
    """
    access.need(session, Power.CLOSE)
    check_period(since, until)
    if until > now.date():
        raise Refusal(f"报告期到 {in_words(until)} 才结束，现在还不能报送；请改报告期，或到期再报。")
    closing = closings.standing(session, table, since, until)
    if closing is None:
        raise Refusal(
            f"《{table.title}》{days(since, until)}还没有结账，不能报送；请先结账：在“统计”的“报表”里统计这一期，点“结账…”。"
        )
    tally = reported(closing)
    last = session.scalars(
        select(Sent)
        .where(Sent.table == table.code, Sent.since == since, Sent.until == until)
        .order_by(Sent.serial.desc())
    ).first()
    if last is not None and packing.open_package(last.body.encode(), kept=True).tally == tally:
        return last, last.body.encode()
    data = packing.seal(tally, last.serial + 1 if last else 1, now)
    opened = packing.open_package(data)
    sent = Sent(
        office_uid=tally.reporter.uid, office_name=tally.reporter.name, table=table.code, since=since, until=until,
        serial=opened.serial, body=data.decode(), digest=opened.digest, sent_at=now, sent_by=by,
    )  # fmt: skip
    session.add(sent)
    session.flush()
    return sent, data


def delivered(session: Session, sent_id: int, file_name: str) -> None:
    """Note that a sealed table stands on the drive, read back and right."""
    sent = session.get_one(Sent, sent_id)
    sent.file_name = file_name


def sent_name(data: bytes) -> str:
    """The file name of a sealed table."""
    return packing.open_package(data).file_name


def look(session: Session, files: Iterable[tuple[str, bytes | Refusal]]) -> list[Arrival]:
    """Say of every file what would become of it; nothing is taken in yet."""
    arrivals: list[Arrival] = []
    coming: dict[tuple[object, ...], int] = {}
    for source, data in files:
        arrival = _look_at(session, source, data, coming)
        if arrival.package and arrival.verdict in (Verdict.NEW, Verdict.REVISED):
            coming[_key(arrival.package.tally)] = arrival.package.serial
        arrivals.append(arrival)
    return arrivals


def take_in(
    session: Session, arrivals: Iterable[Arrival], *, by: str, now: datetime, medium: str = ""
) -> int:
    """Take in what is new or revised; return how many packages that were. ``medium``: what they lay on."""
    access.need(session, Power.RECEIVE)
    taken = [
        (a.package, a.data) for a in arrivals if a.package and a.verdict in (Verdict.NEW, Verdict.REVISED)
    ]
    for one, data in taken:
        tally = one.tally
        session.add(Received(
            office_uid=tally.reporter.uid, office_name=tally.reporter.name, table=tally.table.code,
            since=tally.since, until=tally.until, serial=one.serial, body=data.decode(), digest=one.digest,
            received_at=now, received_by=by,
        ))  # fmt: skip
    session.flush()
    if taken:
        offices_named = dict.fromkeys(one.tally.reporter.name for one, _data in taken)
        words = f"收进 {len(taken)} 份上报包：{'、'.join(offices_named)}"
        history.note(session, Action.RECEIVED, words, medium=medium)
    return len(taken)


def received(session: Session, table: Table, since: date, until: date) -> list[Received]:
    """The newest received table of each office below for a period."""
    newest = (
        select(Received.office_uid, func.max(Received.serial).label("serial"))
        .where(Received.table == table.code, Received.since == since, Received.until == until)
        .group_by(Received.office_uid)
        .subquery()
    )
    return list(session.scalars(
        select(Received)
        .join(newest, (Received.office_uid == newest.c.office_uid) & (Received.serial == newest.c.serial))
        .where(Received.table == table.code, Received.since == since, Received.until == until)
        .order_by(Received.office_name, Received.id)
    ))  # fmt: skip


def roll_up(session: Session, table: Table, since: date, until: date) -> tuple[Tally, list[Tally]]:
    """The sum of the office's own cases and of the newest tables received, and its parts, own first."""
    below = received(session, table, since, until)
    opened = [packing.open_package(row.body.encode(), kept=True).tally for row in below]
    parts = [_own(session, table, since, until), *opened]
    office = offices.own(session)
    return add(parts, Reporter(office.uid, office.name, office.region)), parts


def _own(session: Session, table: Table, since: date, until: date) -> Tally:
    """This office's figures, with the explanations that travel with them."""
    closing = closings.standing(session, table, since, until)
    return reported(closing) if closing else figures.count(session, table, since, until)


def _look_at(
    session: Session, source: str, data: bytes | Refusal, coming: dict[tuple[object, ...], int]
) -> Arrival:
    if isinstance(data, Refusal):
        return Arrival(source, Verdict.REFUSED, str(data))
    try:
        opened = packing.open_package(data)
    except Refusal as refusal:
        return Arrival(source, Verdict.REFUSED, str(refusal))
    tally = opened.tally
    if tally.reporter.uid == offices.own(session).uid:
        return Arrival(source, Verdict.REFUSED, "这是本单位自己的上报包，请交给上级接收。", opened)
    if tally.table.by_basis and tally.basis is not offices.own(session).basis:
        words = f"它是{tally.basis.label}统计的，与本单位的口径不同，相加会出错；请统一口径后重新上报。"
        return Arrival(source, Verdict.REFUSED, words, opened)
    if tally.until > date.today():
        return Arrival(source, Verdict.REFUSED, "报告期还没有结束，请到期后重新上报。", opened)
    known = session.scalars(select(Received).where(Received.digest == opened.digest)).first()
    if known is not None:
        return Arrival(source, Verdict.KNOWN, "这一份以前收过，不会重复计数。", opened)
    last = max(_last_serial(session, tally), coming.get(_key(tally), 0))
    if opened.serial == last:
        words = f"已收过它的第 {last} 次报送，但内容不同，可能有两台电脑各报各的，请与上报单位核实。"
        return Arrival(source, Verdict.REFUSED, words, opened)
    if opened.serial < last:
        words = f"已收过更新的第 {last} 次报送，这份第 {opened.serial} 次的不再接收。"
        return Arrival(source, Verdict.REFUSED, words, opened)
    if last:
        words = f"第 {opened.serial} 次报送，将代替第 {last} 次。{_lacking(tally)}"
        return Arrival(source, Verdict.REVISED, words, opened, data)
    return Arrival(source, Verdict.NEW, f"可以接收。{_lacking(tally)}", opened, data)


def _lacking(tally: Tally) -> str:
    """What is to be said of a table made by an older program, which does not know all columns of today."""
    labels = "”、“".join(heading.label for heading in tally.lacking)
    return f"里面没有“{labels}”（对方的程序较旧），这些项的合计不含该单位。" if labels else ""


def _last_serial(session: Session, tally: Tally) -> int:
    table, since, until = tally.table.code, tally.since, tally.until
    return session.scalar(
        select(func.max(Received.serial)).where(
            Received.office_uid == tally.reporter.uid, Received.table == table,
            Received.since == since, Received.until == until,
        )
    ) or 0  # fmt: skip


def _key(tally: Tally) -> tuple[object, ...]:
    return tally.reporter.uid, tally.table.code, tally.since, tally.until
