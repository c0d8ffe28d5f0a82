"""mediator intake: a ledger (台账) taken in as cases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mediator.commands.command import Command, Given, without_backup
from mediator.commands.parser import Parser
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from mediator.services.ledgers import Preview


def _options(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="xlsx 或 csv 文件")
    parser.add_argument(
        "--kind", choices=("cases", "clues"), default="cases", help="案件台账（cases）或线索台账（clues）"
    )
    parser.add_argument(
        "--map", type=Path, metavar="FILE",
        help='对照：JSON 文件，如 {"申请人": "甲方", "words": {"outcome": {"已化解": "达成书面协议"}}}',
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="只看会导入什么，什么也不改")
    parser.add_argument("--strict", action="store_true", help="有一行不能导入，就一行也不导入")
    without_backup(parser)


def _run(given: Given) -> int:
    if given.kind == "clues":
        raise Refusal("这一版还不能导入线索台账；请只导入案件台账，或等新版本。")
    from mediator.commands import data, say
    from mediator.exchange.ledger import read_ledger
    from mediator.exchange.ledger_choices import read_choices
    from mediator.services import ledgers
    from mediator.services.transaction import reading, transaction

    choices = read_choices(given.map) if given.map else None
    ledger = read_ledger(given.file, today=date.today(), choices=choices)
    for row in ledger.refused:
        say.warn(str(row))
    if given.strict and ledger.refused:
        raise Refusal(f"有 {len(ledger.refused)} 行不能导入，按 --strict 一行也没有导入；请改正台账后再试。")
    with data.opened(given) as engine:
        by = data.person(engine, given)
        with reading(engine, by) as session:
            found = ledgers.preview(session, ledger)
        if found.fresh and not given.dry_run:
            data.back_up_first(given, engine, "导入台账")
            with transaction(engine, by) as session:
                found = ledgers.take_in(session, ledger, by=by, today=date.today())
    say.say(given, _document(found), _lines(found))
    if not ledger.ready:
        raise Refusal("台账里没有一行可以导入；原因见各行。")
    return 0


def _document(found: "Preview") -> dict[str, Any]:
    ledger = found.ledger
    return {
        "file": ledger.file_name,
        "digest": ledger.digest,
        "sheet": ledger.sheet,
        "heading_row": ledger.heading_row,
        "mapping": dict(ledger.mapping),
        "not_taken": list(ledger.not_taken),
        "rows": [
            {"row": entry.row, "number": found.numbers.get(entry.row), "case": entry.written(),
             "warnings": list(entry.warnings)}
            for entry in found.fresh
        ],
        "known": [{"row": row, "number": number} for row, number in found.known.items()],
        "repeated": [{"row": row, "same_as": first} for row, first in found.repeated.items()],
        "refused": [{"row": row.row, "serial": row.serial, "reason": row.reason} for row in ledger.refused],
        "skipped": dict(ledger.skipped),
        "assumptions": ledger.assumptions,
        "notes": list(ledger.notes),
        "summary": found.sentence,
    }  # fmt: skip


def _lines(found: "Preview") -> Iterator[str]:
    from mediator.exchange.ledger_headings import ALL

    ledger = found.ledger
    yield f"台账“{ledger.file_name}”，工作表“{ledger.sheet}”，表头在第 {ledger.heading_row} 行。"
    yield (
        "对照：" + "；".join(f"{ALL[code].label} ← {words}" for code, words in ledger.mapping.items()) + "。"
    )
    if ledger.not_taken:
        yield f"没有用上的栏：{'、'.join(ledger.not_taken)}。"
    for entry in found.fresh:
        parties = "、".join(str(party.get("name", "")) for party in entry.parties)
        yield "\t".join(
            (f"第 {entry.row} 行", found.numbers.get(entry.row, "新"), f"{entry.accepted_on}", parties)
        )
    for row, number in found.known.items():
        yield f"第 {row} 行\t{number}\t已在册"
    for row, first in found.repeated.items():
        yield f"第 {row} 行\t与第 {first} 行相同"
    for entry in found.fresh:
        yield from (f"请留意第 {entry.row} 行：{words}" for words in entry.warnings)
    for words, rows in ledger.assumptions.items():
        yield f"{words}（第 {'、'.join(map(str, rows))} 行）"
    yield from (f"略过 {number} 行：{what}" for what, number in ledger.skipped.items())
    yield from ledger.notes
    yield found.sentence


INTAKE = Command("intake", "导入台账：看懂表头，能对上的登记成案件，不对的逐行说明", _run, _options)
