"""Looking into a workbook's archive before anything in it is read: bombs, locks, macros, foreign formats."""

from io import BytesIO
from typing import NoReturn
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

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
_TOO_BIG = "内容太大，不像手工登记的台账；请按年份分成几个文件后再导入。"
_NOT_A_BOOK = "不是 xlsx 工作簿；请用表格软件打开后另存为 xlsx 再导入。"


def check(data: bytes) -> None:
    """Refuse an archive that is no plain workbook or would unpack beyond bounds; zip and XML errors pass through."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        _check_sizes(entries)
        _check_places(entries)
        names = [entry.filename for entry in entries]
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise Refusal("有密码保护；请先在表格软件里取消密码再导入。")
        if "xl/workbook.xml" not in names:
            raise Refusal(_NOT_A_BOOK)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refusal("里有宏，不予打开；请另存为不带宏的 xlsx 再导入。")
        for name in names:
            if name.lower().endswith((".xml", ".rels")):
                _check_plain(archive.read(name))


def _check_sizes(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_IN_ALL:
        raise Refusal(_TOO_BIG)
    for entry in entries:
        swollen = entry.file_size > max(2**20, MOST_RATIO * entry.compress_size)
        if entry.file_size > MOST_UNPACKED or swollen:
            raise Refusal(_TOO_BIG)


def _check_places(entries: list[ZipInfo]) -> None:
    """Entries must not lie over one another, nor share a name: both are tricks, no program writes them."""
    end, names = 0, set()
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end or entry.filename in names:
            raise Refusal("的结构不正常，不予打开；请用表格软件重新另存为 xlsx 再导入。")
        end = entry.header_offset + _HEADER + len(entry.filename) + entry.compress_size
        names.add(entry.filename)


def _check_plain(xml: bytes) -> None:
    """A workbook's XML never declares a document type; one that does is there to blow up the reader."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _declared
    parser.Parse(xml, True)


def _declared(*_: object) -> NoReturn:
    raise Refusal(_NOT_A_BOOK)
