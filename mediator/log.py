"""The log (日志): for bugs, without personal data. It holds where and what kind, never what a case says."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from mediator import paths

_log = logging.getLogger("mediator")


def start(folder: Path | None = None) -> Path:
    """Begin to write the log; return its file."""
    folder = folder or paths.logs()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "mediator.log"
    handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.handlers[:] = [handler]
    _log.setLevel(logging.INFO)
    _log.propagate = False
    return file


def bug(error: BaseException) -> str:
    """Write a bug down and return what was written: kinds and places only, as messages may quote case text."""
    lines = []
    at: BaseException | None = error
    while at is not None:
        lines.append(type(at).__module__ + "." + type(at).__qualname__)
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(at.__traceback__)
        ]
        at = at.__cause__ or at.__context__
    words = "\n".join(lines)
    _log.error(words)
    return words
