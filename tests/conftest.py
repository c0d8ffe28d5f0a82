"""The surroundings of every test, in place before Qt is loaded: no screen, own home, the carried fonts."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from platformdirs import user_cache_path


def leave_home() -> None:
    """Give the program and its libraries a home that goes away, so that no test touches the user's files.

    Only the fonts are the real ones: they are fetched once a machine.
    """
    os.environ.setdefault("MEDIATOR_FONTS", str(user_cache_path("mediator") / "fonts"))
    home = Path(tempfile.mkdtemp(prefix="mediator-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        os.environ[name] = str(home)
    for name in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[f"XDG_{name}"] = str(folder)


leave_home()
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["MEDIATOR_CARRIED_FONTS_ONLY"] = "1"
os.environ["LC_ALL"] = "C.UTF-8"  # Qt warns of any locale that is not UTF-8

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50, database=None)
settings.load_profile("ci")
