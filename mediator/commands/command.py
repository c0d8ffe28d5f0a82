"""A command (命令) is declared: its name, a line of help, its options, what it does."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mediator.commands.parser import Parser
from mediator.domain.calendar import parse_day

Given = Namespace
"""What was typed, read by the parser."""


def _no_options(parser: Parser) -> None:
    """Most commands of commands take nothing."""


@dataclass(frozen=True)
class Command:
    """One command, or a group of them."""

    name: str
    help: str
    run: Callable[[Given], int] | None = None
    options: Callable[[Parser], None] = _no_options
    parts: tuple["Command", ...] = ()

    def declare(self, parser: Parser) -> None:
        """Tell a parser what this command takes."""
        self.options(parser)
        if self.parts:
            add_all(parser, self.parts)
        else:
            parser.set_defaults(run=self.run)


def add_all(parser: Parser, commands: tuple[Command, ...], *, required: bool = True) -> None:
    """Let a parser know several commands."""
    places = parser.add_subparsers(title="命令", metavar="COMMAND", required=required, dest="command")
    for command in commands:
        command.declare(places.add_parser(command.name, help=command.help, description=command.help + "。"))


def period(parser: Parser, *, required: bool = True) -> None:
    """The options --from and --until, both days included."""
    parser.add_argument("--from", dest="since", type=parse_day, metavar="DATE", required=required,
                        help="开始日期，如 2026-01-01")  # fmt: skip
    parser.add_argument("--until", type=parse_day, metavar="DATE", required=required,
                        help="结束日期，含当天")  # fmt: skip


def without_backup(parser: Parser) -> None:
    """The option --without-backup, of what begins with a backup."""
    parser.add_argument(
        "--without-backup", action="store_true", help="事先的备份做不成时也照样做，会记入审计记录"
    )


def target(parser: Parser, help: str, *, required: bool = False) -> None:
    """The option --to."""
    parser.add_argument("--to", type=Path, metavar="PATH", required=required, help=help)
