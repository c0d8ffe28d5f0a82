"""Which typefaces serve which use: the one place with file and family names."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["仿宋", "小标宋", "黑体", "楷体", "宋体"]

DECLARED: dict[Role, str] = {
    "仿宋": "仿宋",
    "小标宋": "方正小标宋简体",
    "黑体": "黑体",
    "楷体": "楷体",
    "宋体": "宋体",
}
"""The family name a word-processor file asks for."""


@dataclass(frozen=True)
class Face:
    """A typeface: its family name and the file names it goes by; `carried` ones come with the program."""

    family: str
    files: tuple[str, ...]
    carried: bool = False


SERIF = Face("Noto Serif SC", ("NotoSerifSC_400Regular.ttf",), carried=True)
SERIF_BLACK = Face("Noto Serif SC Black", ("NotoSerifSC_900Black.ttf",), carried=True)
SANS = Face("Noto Sans SC", ("NotoSansSC_400Regular.ttf",), carried=True)
SANS_BOLD = Face("Noto Sans SC", ("NotoSansSC_700Bold.ttf",), carried=True)
FANG = Face("FandolFang R", ("FandolFang-Regular.ttf",), carried=True)
KAI = Face("LXGW WenKai", ("LXGWWenKai-Regular.ttf",), carried=True)
RARE = Face("HanaMinB", ("HanaMinB.ttf",), carried=True)
SIMSUN = Face("宋体", ("simsun.ttc", "simsun.ttf"))

_OWN: dict[Role, tuple[Face, ...]] = {
    "仿宋": (
        Face("仿宋_GB2312", ("仿宋_GB2312.ttf", "fangsong_gb2312.ttf", "simfang_gb2312.ttf")),
        Face("仿宋", ("simfang.ttf", "fangsong.ttf", "stfangso.ttf")),
        Face("方正仿宋", ("fzfsk.ttf", "fzfsjw.ttf", "方正仿宋_GBK.ttf", "方正仿宋简体.ttf")),
        FANG,
    ),
    "小标宋": (
        Face("方正小标宋简体", ("fzxbsjw.ttf", "fzxbsjw--gb1-0.ttf", "方正小标宋简体.ttf")),
        Face("方正小标宋_GBK", ("fzxbsk.ttf", "fzxbsk--gbk1-0.ttf", "方正小标宋_GBK.ttf")),
        SERIF_BLACK,
    ),
    "黑体": (Face("黑体", ("simhei.ttf", "fzhtk.ttf", "方正黑体_GBK.ttf")), SANS_BOLD),
    "楷体": (Face("楷体", ("simkai.ttf", "kaiti.ttf", "楷体_GB2312.ttf", "fzktk.ttf")), KAI),
    "宋体": (SIMSUN, SERIF),
}
_COMMON = (SERIF, SIMSUN, KAI, SANS)
_RARE = (
    Face("SimSun-ExtB", ("simsunb.ttf",)),
    Face("SimSun-ExtG", ("simsunextg.ttf",)),
    RARE,
    Face("HanaMinA", ("HanaMinA.ttf",)),
    Face("BabelStone Han", ("BabelStoneHan.ttf",)),
)


def faces(role: Role) -> tuple[Face, ...]:
    """Return the faces to try for a role: the office's own, the carried, those with rare characters."""
    return tuple(dict.fromkeys(_OWN[role] + _COMMON + _RARE))


def system_folders() -> tuple[Path, ...]:
    """Return the folders in which this machine keeps its own fonts."""
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        user = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData/Local")))
        return (windows / "Fonts", user / "Microsoft" / "Windows" / "Fonts")
    data = Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local/share")))
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data / "fonts", Path.home() / ".fonts")
