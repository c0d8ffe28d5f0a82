"""What stands in the foot of a paper: the code (二维码) by which an issued paper is checked, or the word "draft"."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

DRAFT = "草稿，未出具"
_KIND = "RMTJ1"
"""Marks the text of a code as ours; the digit is the version of its form."""
_MARK = re.compile(rf"{_KIND}\|(.*)\|([0-9a-f]{{64}})", re.DOTALL)
_LONGEST = 60
"""A number is cut after so many characters, or the code would be too fine to read."""


@dataclass(frozen=True)
class Foot:
    """What is added to the number and the page number in the foot.

    `mark`: the text of the code (see `mark_of`); `draft`: it is not issued yet; `first`: the number of its first
    page in a bound file, stamped into the upper outer corner of each page; 0: not stamped; `paged`: its own page
    numbers stand in the middle (not on a cover).
    """

    mark: str = ""
    draft: bool = False
    first: int = 0
    paged: bool = True

    @property
    def words(self) -> str:
        """The small words at the right of the foot: the beginning of the hash, or that it is a draft."""
        known = read_mark(self.mark)
        return "\u3000".join(filter(None, (DRAFT if self.draft else "", known[1][:8] if known else "")))


PLAIN = Foot()
"""Nothing is added."""


def mark_of(number: str, digest: str) -> str:
    """Return the text of the code for a paper. `digest`: SHA-256 of its kept words, hexadecimal."""
    mark = f"{_KIND}|{number[:_LONGEST]}|{digest.lower()}"
    if not _MARK.fullmatch(mark):
        raise ValueError(f"{digest!r} is not a SHA-256")
    return mark


def read_mark(text: str) -> tuple[str, str] | None:
    """Return the number and the hash that a scanned code holds, or None if it is not of a paper of ours."""
    found = _MARK.fullmatch(text.strip())
    return (found[1], found[2]) if found else None


def modules(mark: str) -> list[list[bool]]:
    """Return the rows of the code, dark places True, without a quiet zone."""
    return [[bool(place) for place in row] for row in _code(mark).matrix]


def png(mark: str) -> bytes:
    """Return the code as a picture, without a quiet zone."""
    file = BytesIO()
    _code(mark).save(file, kind="png", scale=8, border=0)
    return file.getvalue()


def _code(mark: str) -> "QRCode":
    from segno import make

    return make(mark, error="m", micro=False, encoding="utf-8")
