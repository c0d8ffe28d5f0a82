"""Where things lie on this machine: the data folder, practice data, logs and what the program carries."""

import sys
from pathlib import Path

from platformdirs import user_cache_path, user_data_path, user_log_path

NAME = "mediator"


def data() -> Path:
    """The data folder used unless another is named."""
    return user_data_path(NAME, appauthor=False) / "data"


def practice() -> Path:
    """The data folder of practice mode (练习模式), apart from the real one."""
    return user_data_path(NAME, appauthor=False) / "practice"


def logs() -> Path:
    """Where the log is written."""
    return user_log_path(NAME, appauthor=False)


def cache() -> Path:
    """Where things are kept that can be made or fetched again."""
    return user_cache_path(NAME, appauthor=False)


def resources() -> Path:
    """Icons and other files that come with the program."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent))
    return root / "resources"
