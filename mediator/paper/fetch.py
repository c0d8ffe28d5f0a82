"""Gets the carried fonts: `python -m mediator.paper.fetch [folder]`.

The files come from the pinned packages of `resources/fonts.toml` by the ordinary package tools and are kept only
if their SHA-256 is right. Without a folder they go into the user's cache, where `fonts` looks for them.
"""

import gzip
import hashlib
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from mediator.paper import fonts, outlines, packages

TABLE = Path(__file__).parents[2] / "resources" / "fonts.toml"


@dataclass(frozen=True)
class Item:
    """One file of the table: where it comes from, what it must be, what it is for."""

    kind: str
    package: str
    version: str
    megabytes: int
    member: str
    file: str
    sha256: str
    licence: str
    roles: list[str]
    convert: bool = False
    made: str = ""

    @property
    def final(self) -> str:
        """The SHA-256 of the file as it is kept."""
        return self.made if self.convert else self.sha256


def table() -> list[Item]:
    """Return the files that belong to the program."""
    return [Item(**entry) for entry in tomllib.loads(TABLE.read_text("utf-8"))["file"]]


def get(folder: Path) -> None:
    """Fill the folder with what is not there yet, saying what is done."""
    folder.mkdir(parents=True, exist_ok=True)
    absent = [item for item in table() if not _right(folder / item.file, item.final)]
    if not absent:
        _say(f"Fonts: all are in {folder}.")
    for (kind, package, version, size), items in groupby(
        absent, lambda item: (item.kind, item.package, item.version, item.megabytes)
    ):
        _say(f"Fonts: downloading {package} {version}, {size} MB.")
        with tempfile.TemporaryDirectory() as work:
            try:
                files = packages.members(kind, package, version, Path(work))
                _keep(list(items), files, folder, Path(work))
            except packages.UnavailableError as why:
                _say(f"  Left out: {why}")


def main(arguments: list[str]) -> int:
    """Get the fonts; return 1 only if no Chinese font can be used afterwards."""
    folder = Path(arguments[0]).resolve() if arguments else fonts.cache_folder()
    get(folder)
    os.environ["MEDIATOR_FONTS"] = str(folder)
    try:
        fonts.chain("宋体")
    except fonts.NoFontError:
        _say("No Chinese font could be got, so papers cannot be printed yet.")
        _say("Connect this machine to a package source (its system update works then) and run this again,")
        _say(f"or copy Chinese TrueType fonts into {folder}.")
        return 1
    return 0


def _keep(items: list[Item], members: Iterator[tuple[str, bytes]], folder: Path, work: Path) -> None:
    """Store the wanted members of one package, each under its own name only when it is whole."""
    wanted = {item.member: item for item in items}
    for member, data in members:
        item = wanted.pop(member, None)
        if item is None:
            continue
        content = gzip.decompress(data) if member.endswith(".gz") else data
        if hashlib.sha256(content).hexdigest() != item.sha256:
            _say(f"  Left out: {item.file} is not the file that was expected (its SHA-256 differs).")
            continue
        part = folder / f"{item.file}.part"
        if item.convert:
            source = work / "source.otf"
            source.write_bytes(content)
            _say(f"  Converting {item.file} to TrueType, about half a minute.")
            outlines.to_truetype(source, part, _say)
        else:
            part.write_bytes(content)
        part.replace(folder / item.file)
        _say(f"  {item.file} ({item.licence})")
    for item in wanted.values():
        _say(f"  Left out: {item.file} is not in this version of the package.")


def _right(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
