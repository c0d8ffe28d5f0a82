"""Looking into a picture or PDF before it is laid to a case: in a process of its own, for it comes from anywhere.

A page of a few kilobytes can keep whoever draws it busy for hours. So pages are drawn there once, small; a file of
which that cannot be done in time is refused, and never drawn here.
"""

from base64 import b64decode, b64encode
from typing import Any

from mediator.domain.errors import Refusal
from mediator.domain.wording import clean_line
from mediator.exchange import sandbox
from mediator.paper import media

SECONDS = 20
"""What a file is given before its pages are known."""
_A_PAGE = 0.3
"""Seconds for each page of a PDF on top of that: ten times what a scan takes."""
_SMALL = 200


def kept(data: bytes, file_name: str) -> tuple[bytes, str, int]:
    """The bytes to keep, their media type and how many pages; Refusal says what is wrong with the file."""
    name = f"“{clean_line(file_name)[:80]}”"
    try:
        told = sandbox.run(_kept, data, file_name, SECONDS, seconds=SECONDS + _A_PAGE * media.MOST_PAGES)
    except sandbox.NoAnswer as why:
        raise Refusal(f"{name}{why}") from None
    try:
        found, pages, other = told
        changed = b64decode(other, validate=True) if other else data
    except (TypeError, ValueError):
        found, pages, changed = None, 0, b""
    if (
        isinstance(found, str)
        and found in media.KINDS
        and isinstance(pages, int)
        and 0 < pages <= media.MOST_PAGES
    ):
        return changed, found, pages
    raise Refusal(f"{name}已损坏，打不开，请找原来的文件重新复制一份再加。")


def _kept(data: bytes, file_name: str, seconds: float) -> list[Any]:
    clock = sandbox.end_after(seconds)
    try:
        found, kind = media.kept(data, file_name)
        pages = media.page_count(found, kind)
    except media.MediaError as error:
        raise Refusal(str(error)) from None
    clock.cancel()
    if kind == media.PDF:
        _draw(found, seconds + _A_PAGE * pages)
    return [kind, pages, b64encode(found).decode() if found is not data else ""]


def _draw(data: bytes, seconds: float) -> None:
    """Draw every page: one that is not drawn here would be drawn in the program itself. Refusal if it takes longer."""
    clock = sandbox.end_after(seconds)
    for _ in media.leaves(data, media.PDF, _SMALL):
        pass
    clock.cancel()
