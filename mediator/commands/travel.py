"""mediator send, receive, rollup: figures carried out on a drive (报送), taken in (接收) and by_itself (汇总)."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mediator.commands import tally
from mediator.commands.command import Command, Given, period, target
from mediator.commands.parser import Parser
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from mediator.services.packages import Arrival
    from mediator.tallies.tally import Tally

T = TypeVar("T")


def _table(parser: Parser) -> None:
    parser.add_argument("table", metavar="TABLE", help="统计表的代码，见 tally --list")
    period(parser)


def _send_options(parser: Parser) -> None:
    _table(parser)
    target(parser, "盘或文件夹，要已经在那里", required=True)


def _receive_options(parser: Parser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="上报包，或放着上报包的盘、文件夹"
    )
    parser.add_argument("--dry-run", action="store_true", help="只看结论，什么也不收")


def _rollup_options(parser: Parser) -> None:
    _table(parser)
    target(parser, tally.TO)
    parser.add_argument("--missing", action="store_true", help="再列出以前报过、这一期还没有报的单位")


def _send(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import carrying
    from mediator.tallies import register

    table = register.by_code(given.table)
    if not os.path.isdir(given.to):
        raise Refusal(f"找不到文件夹“{given.to}”；请确认盘已经插好，什么也没有写。")
    with data.opened(given) as engine:
        by = data.person(engine, given)
        sent = carrying.send(
            _in_transactions(engine, by), table, given.since, given.until, given.to, by=by, now=_now()
        )
    words = f"第 {sent.serial} 次报送，已写到“{sent.path}”，并读回核对无误。"
    say.say(given, {"file": str(sent.path), "serial": sent.serial}, [words])
    return 0


def _in_transactions(engine: "Engine", by: str) -> "Callable[[Callable[[Session], T]], T]":
    from mediator.services.transaction import transaction

    def do(verb: "Callable[[Session], T]", /) -> T:
        with transaction(engine, by) as session:
            return verb(session)

    return do


def _receive(given: Given) -> int:
    from mediator.commands import data, say
    from mediator.services import outgoing, packages
    from mediator.services.packages import Verdict

    files = [file for path in given.paths for file in _read(path)]
    if not files:
        raise Refusal("这些位置没有上报包；请核对盘或文件夹是否选对。")
    with data.at_work(given) as session:
        arrivals = packages.look(session, files)
        taken = 0
        if not given.dry_run:
            medium = outgoing.medium(given.paths[0])
            taken = packages.take_in(
                session, arrivals, by=data.who(session, given), now=_now(), medium=medium
            )
    say.say(given, {"packages": [_document(a) for a in arrivals], "taken": taken}, map(_line, arrivals))
    if all(arrival.verdict is Verdict.REFUSED for arrival in arrivals):
        raise Refusal(f"{len(arrivals)} 个上报包都不能收；原因见各行。")
    return 0


def _read(path: Path) -> list[tuple[str, bytes | Refusal]]:
    from mediator.services import carrying

    try:
        return carrying.read_at([path])
    except Refusal as refusal:
        return [(path.name or str(path), refusal)]


def _document(arrival: "Arrival") -> dict[str, object]:
    document: dict[str, object] = {
        "source": arrival.source, "verdict": arrival.verdict.name.lower(), "words": arrival.words,
    }  # fmt: skip
    if arrival.package:
        sent = arrival.package.tally
        document |= {
            "office": sent.reporter.name, "table": sent.table.code, "from": sent.since.isoformat(),
            "until": sent.until.isoformat(), "serial": arrival.package.serial,
        }  # fmt: skip
    return document


def _line(arrival: "Arrival") -> str:
    sent = arrival.package.tally if arrival.package else None
    whose = f"{sent.reporter.name} {sent.period}" if sent else ""
    return "\t".join((arrival.source, arrival.verdict.value, whose, arrival.words))


def _rollup(given: Given) -> int:
    from mediator.commands import data, files, say
    from mediator.services import figures, packages
    from mediator.tallies import register
    from mediator.tallies.figures import by_itself
    from mediator.tallies.tally import told_apart

    if given.to:
        files.suffix(given.to)
    table = register.by_code(given.table)
    with data.at_work(given) as session:
        total, parts = packages.roll_up(session, table, given.since, given.until)
        missing = _missing(session, total, parts) if given.missing else []
        if given.to:
            tally.keep(session, given, total, parts)
    reporters = [part.reporter for part in parts]
    document = figures.as_document(by_itself(total)) | {
        "parts": [{"uid": r.uid, "name": r.name} for r in reporters]
    }
    document |= {"missing": missing} if given.missing else {}
    say.say(given, document, _lines(given, total, told_apart(parts), missing))
    return 0


def _lines(given: Given, total: "Tally", names: list[str], missing: list[str]) -> Iterable[str]:
    from mediator.commands import files, tally_words
    from mediator.tallies.figures import by_itself

    yield from files.saved(given.to) or tally_words.lines(by_itself(total))
    yield f"汇总了 {len(names)} 个单位：{'、'.join(names)}。"
    if given.missing:
        yield (
            f"还没有报的有 {len(missing)} 个单位：{'、'.join(missing)}。"
            if missing
            else "以前报过的单位都报了。"
        )


def _missing(session: "Session", total: "Tally", parts: "list[Tally]") -> list[str]:
    """The offices that reported this table before and have not for this period, by their newest name."""
    from sqlalchemy import select

    from mediator.domain.office import Received

    seen = select(Received.office_uid, Received.office_name).where(Received.table == total.table.code)
    names = dict(session.execute(seen.order_by(Received.id)).all())
    here = {part.reporter.uid for part in parts}
    return sorted(name for uid, name in names.items() if uid not in here)


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)


SEND = Command("send", "把一个报告期的统计表写成上报包，放到盘上并读回核对", _send, _send_options)
RECEIVE = Command("receive", "接收下级的上报包，每个包一行结论", _receive, _receive_options)
ROLLUP = Command("rollup", "把本单位和已收到的各单位的统计表相加", _rollup, _rollup_options)
