"""The parser of the command line, with usage, help and errors in Chinese."""

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from mediator.domain.errors import Refusal

_HEADINGS = {"positional arguments": "参数", "options": "选项"}
_ERRORS = {
    r"the following arguments are required: (.*)": r"缺少 \1",
    r"unrecognized arguments: (.*)": r"不认识 \1",
    r"argument (.*): expected one argument": r"\1 后面要写一个值",
    r"argument (.*): expected at least one argument": r"\1 后面至少要写一个值",
    r"argument (.*): ignored explicit argument (.*)": r"\1 后面不能写 \2",
    r"argument (.*): invalid choice: (.*) \(choose from (.*)\)": r"\1 不能是 \2，可选的有 \3",
    r"argument (.*): (.*)": r"\1 \2",
}
"""What argparse says of wrong usage, and how it is said here."""


class Usage(Refusal):
    """A command that cannot be understood (用法不对)."""


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Iterable[argparse.Action], groups: Any,
                  prefix: str | None = None) -> None:  # fmt: skip
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser that knows the options common to all commands, before a command's name and after it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **settings)
        common = self.add_argument_group("通用选项")
        common.add_argument("-h", "--help", action="help", help="显示这份说明")
        common.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS,
                            help="数据文件夹，不写则用本机默认的")  # fmt: skip
        common.add_argument("--user", metavar="NAME", default=argparse.SUPPRESS,
                            help="用户名，也可写在环境变量 MEDIATOR_USER；密码取自 MEDIATOR_PASSWORD 或当场输入")  # fmt: skip
        common.add_argument("--json", action="store_true", default=argparse.SUPPRESS,
                            help="在标准输出上给出一份 JSON")  # fmt: skip

    def error(self, message: str) -> NoReturn:
        """Refuse in one Chinese sentence."""
        found = (re.fullmatch(english, message, re.DOTALL) for english in _ERRORS)
        words = next((match.expand(_ERRORS[match.re.pattern]) for match in found if match), message)
        raise Usage(f"命令写得不对：{words}；请用 {self.prog} --help 查看用法。")


def whole(text: str) -> int:
    """A whole number from 0 to ten million."""
    if not (text.isascii() and text.isdecimal() and int(text) <= 10_000_000):
        raise argparse.ArgumentTypeError(f"“{text[:20]}”不是 0 到 10000000 的整数")
    return int(text)
