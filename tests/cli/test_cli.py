"""The command line as a whole: usage, help, options, exit status, and the process around it."""

import io
import os
import re
import signal
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import PASSWORD, Ran, Runs, put, refused, sentence

from mediator import __version__, cli
from mediator.commands.command import Command
from mediator.domain.errors import Refusal
from mediator.store.folder import Folder

ROOT = Path(__file__).resolve().parents[2]


def every(commands: tuple[Command, ...], *before: str) -> Iterator[tuple[str, ...]]:
    for command in commands:
        yield (*before, command.name)
        yield from every(command.parts, *before, command.name)


ALL = [(), *every(cli.COMMANDS)]


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mediator", *map(str, words)]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False, timeout=60
    )


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_has_its_help_in_chinese(run: Runs, words: tuple[str, ...]) -> None:
    ran = run(*words, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("用法：mediator")
    for english in ("usage", "options:", "arguments:", "show this"):
        assert english not in ran.out
    unfolded = re.sub(r"\n {8,}", " ", ran.out)
    explained = dict(re.findall(r"^ {2}(-\S+).*?  +(\S.*)$", unfolded, re.MULTILINE))
    assert {"-h,", "--data", "--user", "--json"} <= set(explained)
    assert [option for option, words in explained.items() if not re.search(r"[\u4e00-\u9fff]", words)] == []


def test_the_commands_are_those_of_this_issue() -> None:
    assert {command.name for command in cli.COMMANDS} == {
        "demo", "office", "account", "intake", "case", "papers", "tally", "period", "send", "receive", "rollup", "backup", "restore",
        "check", "audit", "dump", "handbook",
    }  # fmt: skip


def test_version(run: Runs) -> None:
    assert run("--version") == Ran(0, f"mediator {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["fly"], "COMMAND 不能是 'fly'，可选的有 'demo'"),
        (["case"], "缺少 COMMAND"),
        (["case", "show"], "缺少 NUMBER"),
        (["send", "justice"], "缺少 --from, --until, --to"),
        (["tally", "justice", "--from"], "--from 后面要写一个值"),
        (["papers", "1", "--to", "x", "--form"], "--form 后面至少要写一个值"),
        (["papers", "1", "--to", "x", "--as", "odt"], "--as 不能是 'odt'"),
        (["office", "show", "--json=yes"], "--json 后面不能写 'yes'"),
        (["office", "show", "--jso"], "不认识 --jso"),
        (["demo", "--cases", "-3"], "“-3”不是 0 到 10000000 的整数"),
        (["demo", "--cases", "٣"], "“٣”不是 0 到 10000000 的整数"),
        (["papers"], "卷号"),
        (["papers", "x", "--to", "y", "--form", "dossier", "--as", "both"], "只能单独出成一个 PDF"),
        (["tally", "justice"], "--from"),
        (["tally", "justice", "--from", "2026-1-1", "--until", "2026-1-2", "--to", "x.csv", "--drill", "y"], "--drill"),
        (["--practice", "office", "show"], "--practice"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_chinese_sentence_and_2(run: Runs, words: list[str], part: str) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    sentence(ran, part)


@pytest.mark.parametrize("before", [True, False])
def test_common_options_stand_before_or_after_the_command(
    run: Runs, folder: Folder, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    monkeypatch.delenv("MEDIATOR_USER")
    options = ["--data", folder.path, "--user", "chen", "--json"]
    ran = run(*options, "office", "show") if before else run("office", "show", *options)
    assert ran.document["name"] == "滨江社区人民调解委员会"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], (None, False, "")),
        (["--practice"], (None, True, "")),
        (["--data", "甲", "--user", "王𬎆"], (Path("甲"), False, "王𬎆")),
    ],
)
def test_without_a_command_the_window_opens(
    monkeypatch: pytest.MonkeyPatch, words: list[str], expected: tuple[object, ...]
) -> None:
    def window(data: Path | None, *, practice: bool, user: str = "") -> int:
        asked.append((data, practice, user))
        return 7

    asked: list[tuple[object, ...]] = []
    app: Any = types.ModuleType("mediator.app")
    app.run = window
    monkeypatch.setitem(sys.modules, "mediator.app", app)
    monkeypatch.delenv("MEDIATOR_USER", raising=False)
    assert cli.main(words) == 7
    assert asked == [expected]


def test_a_bug_goes_to_the_log_and_says_where(
    at: Runs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("周文谦 000000196203150013")

    monkeypatch.setattr("mediator.services.offices.own", broken)
    monkeypatch.setattr("mediator.paths.logs", lambda: tmp_path / "日志")
    ran = at("office", "show")
    log = tmp_path / "日志" / "mediator.log"
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"程序出了差错，这一步没有做成；详情已记在日志“{log}”里，请把它交给维护人员。\n"
    written = log.read_text("utf-8")
    assert "ZeroDivisionError" in written and "周文谦" not in written


def test_a_bug_where_no_log_can_be_written(at: Runs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    (tmp_path / "file").touch()
    monkeypatch.setattr("mediator.services.offices.own", broken)
    monkeypatch.setattr("mediator.paths.logs", lambda: tmp_path / "file")
    ran = at("office", "show")
    assert ran.status == 1
    assert ran.err == "程序出了差错，这一步没有做成；日志也写不进去，请联系维护人员。\n"


def test_ctrl_c_is_quiet(at: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mediator.services.offices.own", stopped)
    assert at("office", "show") == Ran(130, "", "")


def test_a_refusal_of_several_lines_is_printed_as_one(at: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_: object) -> None:
        raise Refusal("不行，\n因为不行。")

    monkeypatch.setattr("mediator.services.offices.own", no)
    assert at("office", "show") == Ran(1, "", "不行， 因为不行。\n")


def test_who_and_password_are_asked_for(run: Runs, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    show = ("office", "show", "--data", folder.path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.delenv("MEDIATOR_PASSWORD")
    refused(run(*show), "没有密码", "MEDIATOR_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    assert run(*show).status == 0
    monkeypatch.delenv("MEDIATOR_USER")
    refused(run(*show), "哪个用户", "--user")


def test_a_new_password_is_typed_twice(run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PASSWORD, PASSWORD + "x"])
    stdin: Any = io.StringIO()
    stdin.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", stdin)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    monkeypatch.delenv("MEDIATOR_PASSWORD")
    office = put(tmp_path / "o.json", {"name": "甲村", "region": "000000", "case_pattern": "{年}-{号}"})
    refused(run("office", "set", office, "--data", tmp_path / "new"), "两次输入的不一样")
    assert not (tmp_path / "new").exists()


def test_a_light_command_imports_no_heavy_room() -> None:
    asked = "import sys; from mediator.cli import main; main(['--help']); print(*sys.modules)"
    made = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True, text=True,
                          encoding="utf-8")  # fmt: skip
    loaded = set(made.stdout.splitlines()[-1].split())
    assert {"mediator.cli", "argparse"} <= loaded
    assert not loaded & {"PySide6", "sqlalchemy", "reportlab", "docx", "openpyxl", "cryptography", "alembic"}


def test_a_process_speaks_utf_8_whatever_the_system_speaks(folder: Folder) -> None:
    made = process(
        "office", "show", "--data", folder.path,
        MEDIATOR_USER="chen", MEDIATOR_PASSWORD=PASSWORD, PYTHONIOENCODING="gbk", PYTHONUTF8="0",
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, b"")
    assert "调委会名称：滨江社区人民调解委员会" in made.stdout.decode("utf-8")
    refusal = process("case", "show", "𪚥", "--data", folder.path, PYTHONIOENCODING="ascii", MEDIATOR_USER="")
    assert refusal.returncode == 1
    assert "用户名" in refusal.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_reader_that_goes_away_is_no_error() -> None:
    script = f"{sys.executable} -m mediator tally --list | true; echo ${{PIPESTATUS[0]}}"
    made = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, check=True, text=True)
    assert (made.stdout, made.stderr) == ("0\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_an_interrupted_process_is_quiet(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mediator", "demo", "--cases", "500000", "--data", str(tmp_path / "d")]
    going = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (tmp_path / "d").exists():
        assert going.poll() is None
    going.send_signal(signal.SIGINT)
    assert going.communicate(timeout=30) == (b"", b"")
    assert going.returncode == 130
