"""Finds the font files and chooses, character by character, one that really has the glyph."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from mediator.paper.faces import RARE, SANS, SANS_BOLD, Role, faces, system_folders


class NoFontError(Exception):
    """No font for Chinese was found; says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "本机没有可用的中文字体，无法排版文书。请重新运行安装命令取得字体，或把字体文件放进字体文件夹。"
        )


DRAWN = {"☐": "□", "☑": "□√"}
"""Boxes to tick that few fonts have: set by printing these characters over one another."""


@dataclass(frozen=True)
class Font:
    """A font file on this machine."""

    path: Path
    family: str

    @property
    def name(self) -> str:
        """The name by which a PDF page calls it."""
        return self.path.stem


@dataclass(frozen=True)
class Chain:
    """The fonts of one role, best first."""

    fonts: tuple[Font, ...]
    _chosen: dict[str, Font | None] = field(default_factory=dict, compare=False, repr=False)

    def font(self, char: str) -> Font | None:
        """Return the first font that can show the character, or None."""
        if char not in self._chosen:
            self._chosen[char] = next(self.able(char), None)
        return self._chosen[char]

    def able(self, char: str) -> Iterator[Font]:
        """Give every font that can show the character, best first."""
        code = ord(DRAWN.get(char, char)[0])
        return (font for font in self.fonts if code in coverage(font.path))


def folders() -> tuple[Path, ...]:
    """Return where carried fonts are looked for: MEDIATOR_FONTS, beside the package, the user's cache."""
    return _folders(os.environ.get("MEDIATOR_FONTS"))


def _folders(chosen: str | None) -> tuple[Path, ...]:
    beside = Path(__file__).parents[2] / "resources" / "fonts"
    return (*((Path(chosen),) if chosen else ()), beside, cache_folder())


def cache_folder() -> Path:
    """Return the folder into which `fetch` puts the carried fonts."""
    from platformdirs import user_cache_path

    return user_cache_path("mediator") / "fonts"


def chain(role: Role) -> Chain:
    """Return the fonts of a role. With MEDIATOR_CARRIED_FONTS_ONLY=1 the machine's own are left out."""
    return _chain(
        role, os.environ.get("MEDIATOR_FONTS"), os.environ.get("MEDIATOR_CARRIED_FONTS_ONLY") == "1"
    )


def missing(text: str) -> list[str]:
    """Return the characters that no font can show, in order, each once; they are left blank for the pen."""
    fonts = chain("仿宋")
    return [char for char in dict.fromkeys(text) if char != "\n" and fonts.font(char) is None]


def ui_faces() -> list[Path]:
    """Return the font files that the window loads, as far as they are there."""
    files = _files(folders())
    found = (files.get(name.lower()) for face in (SANS, SANS_BOLD, RARE) for name in face.files)
    return [path for path in found if path is not None]


@cache
def coverage(path: Path) -> frozenset[int]:
    """Return the code points with ink (or proper blanks) in the font; none if a PDF cannot embed it."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file:
            font = TTFont(file, fontNumber=0, lazy=True)
            if "glyf" not in font:
                return frozenset()
            ends = font["loca"].locations
            index = font.getReverseGlyphMap()
            codes = font.getBestCmap() or {}
        inked = (code for code, name in codes.items() if ends[index[name]] < ends[index[name] + 1])
        return frozenset(inked) | {code for code in codes if chr(code).isspace()}
    except (OSError, TTLibError, KeyError, IndexError, AssertionError, ValueError):
        return frozenset()


@cache
def _chain(role: Role, chosen: str | None, carried_only: bool) -> Chain:
    carried = _folders(chosen)
    files = _files(carried if carried_only else carried + system_folders())
    found = [
        Font(files[name.lower()], face.family)
        for face in faces(role)
        for name in face.files
        if name.lower() in files and (face.carried or not carried_only)
    ]
    if not any(ord("国") in coverage(font.path) for font in found):
        raise NoFontError
    return Chain(tuple(found))


@cache
def _files(roots: tuple[Path, ...]) -> dict[str, Path]:
    """Return every file under the roots by its lower-case name; an earlier root wins."""
    found: dict[str, Path] = {}
    for root in roots:
        for folder, _, names in os.walk(root):
            for name in sorted(names):
                found.setdefault(name.lower(), Path(folder, name))
    return found
