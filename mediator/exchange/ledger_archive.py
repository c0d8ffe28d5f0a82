"""Looking into a workbook's archive before anything in it is read: bombs, locks, macros, foreign formats."""

import re
from io import BytesIO
from typing import NamedTuple, NoReturn
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from mediator.domain.errors import Refusal

MOST_ENTRIES = 2_000
MOST_UNPACKED = 40 * 2**20
"""Bytes of one entry, unpacked; 20,000 rows with their words in the sheet itself come to some 23 MiB."""
MOST_IN_ALL = 100 * 2**20
"""Bytes of all entries together, unpacked."""
MOST_RATIO = 100
"""Times an entry may grow, asked only of entries above one MiB: small ones do no harm."""

_HEADER = 30
_LOCKED = 0x1
_LINKS = ("xl/externallinks/", "xl/connections.xml", "xl/embeddings/", "xl/activex/", "xl/querytables/")
"""Where a workbook keeps what it fetches from elsewhere (also by DDE) or what other programs would open."""
_STRANGE = re.compile(r"(?:^|/)\.{1,2}(?:/|$)|^/|//|[\\:*?\"<>|\0-\x1f]")
"""Names that lead out of the archive, or that are no names everywhere."""
_XML = (".xml", ".rels")
_OPENINGS = tuple("<".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TOO_BIG = "内容太大，不像手工登记的台账；请按年份分成几个文件后再导入。"
_NOT_A_BOOK = "不是 xlsx 工作簿；请用表格软件打开后另存为 xlsx 再导入。"
_STRANGELY_BUILT = "的结构不正常，不予打开；请用表格软件重新另存为 xlsx 再导入。"


class Seen(NamedTuple):
    """What an archive was found to hold: bytes unpacked, and parts that would fetch or start something."""

    unpacked: int
    links: int


def check(data: bytes) -> Seen:
    """Refuse an archive that is no plain workbook or would unpack beyond bounds; zip and XML errors pass through."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        _check_sizes(entries)
        _check_places(entries)
        names = [entry.filename.lower() for entry in entries]
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise Refusal("有密码保护；请先在表格软件里取消密码再导入。")
        if "xl/workbook.xml" not in archive.namelist():
            raise Refusal(_NOT_A_BOOK)
        if any(name.endswith("vbaproject.bin") for name in names):
            raise Refusal("里有宏，不予打开；请另存为不带宏的 xlsx 再导入。")
        for entry in entries:
            _check_plain(archive.read(entry), named=entry.filename.lower().endswith(_XML))
    links = [name for name in names if name.startswith(_LINKS) and "/_rels/" not in name]
    return Seen(sum(entry.file_size for entry in entries), len(links))


def _check_sizes(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_IN_ALL:
        raise Refusal(_TOO_BIG)
    for entry in entries:
        swollen = entry.file_size > max(2**20, MOST_RATIO * entry.compress_size)
        if entry.file_size > MOST_UNPACKED or swollen:
            raise Refusal(_TOO_BIG)


def _check_places(entries: list[ZipInfo]) -> None:
    """Entries must not lie over one another, share a name, lead elsewhere or be packed by another method: all tricks."""
    end, names = 0, set()
    for entry in sorted(entries, key=lambda e: e.header_offset):
        overlaps = entry.header_offset < end or entry.filename.lower() in names
        packed = entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if overlaps or not packed or _STRANGE.search(entry.orig_filename):
            raise Refusal(_STRANGELY_BUILT)
        end = entry.header_offset + _HEADER + len(entry.filename) + entry.compress_size
        names.add(entry.filename.lower())


def _check_plain(content: bytes, *, named: bool) -> None:
    """A workbook's XML never declares a document type; one that does is there to blow up the reader.

    What is XML is seen by what it holds: a reader finds its parts under any name. Only XML under its own name must be whole.
    """
    bare = next((content.removeprefix(mark) for mark in _MARKS if content.startswith(mark)), content)
    if not named and not bare.lstrip(b" \t\r\n\0").startswith(_OPENINGS):
        return
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        if named:
            raise


def _declared(*_: object) -> NoReturn:
    raise Refusal(_NOT_A_BOOK)
