"""The command line (命令行): reads what was typed, runs one command, and turns what went wrong into an exit status.

0 done; 1 refused, with one sentence on standard error; 2 wrong usage; 130 interrupted. Without a command the window opens.
"""

import io
import os
import sys

from mediator import __version__
from mediator.commands import (
    account,
    audit,
    backup,
    case,
    demo,
    dump,
    handbook,
    intake,
    office,
    papers,
    period,
    tally,
    travel,
)
from mediator.commands.command import Command, Given, add_all
from mediator.commands.parser import Parser, Usage
from mediator.domain.errors import Refusal

COMMANDS: tuple[Command, ...] = (
    demo.DEMO, office.OFFICE, account.ACCOUNT, intake.INTAKE, case.CASE, papers.PAPERS, tally.TALLY, period.PERIOD,
    travel.SEND, travel.RECEIVE, travel.ROLLUP, backup.BACKUP, backup.RESTORE, backup.CHECK, audit.AUDIT, dump.DUMP, handbook.HANDBOOK,
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _speak_utf8()
    try:
        status = _status(argv)
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        _leave_pipe()
        return 0
    return status


def parser() -> Parser:
    """The parser of the whole command line."""
    whole = Parser(prog="mediator", description="人民调解案件管理：不写命令则打开窗口。")
    whole.add_argument("--version", action="version", version=f"mediator {__version__}", help="显示版本")
    whole.add_argument("--practice", action="store_true", help="打开练习模式的窗口")
    whole.set_defaults(run=_window)
    add_all(whole, COMMANDS, required=False)
    return whole


def _status(argv: list[str] | None) -> int:
    try:
        return _run(argv)
    except Usage as usage:
        return _refuse(usage, 2)
    except Refusal as refusal:
        return _refuse(refusal, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        raise
    except Exception as error:
        return _bug(error)


def _run(argv: list[str] | None) -> int:
    try:
        given = parser().parse_args(argv, Given(data=None, user=None, json=False))
    except SystemExit:  # after --help and --version
        return 0
    if given.practice and given.command:
        raise Usage("--practice 只用于打开窗口；请去掉它，或去掉后面的命令。")
    status: int = given.run(given)
    return status


def _window(given: Given) -> int:
    from mediator.app import run

    return run(given.data, practice=given.practice, user=given.user or os.environ.get("MEDIATOR_USER", ""))


def _speak_utf8() -> None:
    """Chinese also where the system's own encoding is another (Windows); what no encoding has is written escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _refuse(refusal: Refusal, status: int) -> int:
    print(" ".join(str(refusal).splitlines()), file=sys.stderr)
    return status


def _leave_pipe() -> None:
    """The reader has gone: nothing more is written, also not at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(error: Exception) -> int:
    from mediator import log

    try:
        place = f"详情已记在日志“{log.start()}”里，请把它交给维护人员"
        log.bug(error)
    except OSError:
        place = "日志也写不进去，请联系维护人员"
    print(f"程序出了差错，这一步没有做成；{place}。", file=sys.stderr)
    return 1
