"""上报包: a counted table sealed in one file that a superior office takes in whole or not at all.

Format 1 is one JSON document in UTF-8, always written the same way (keys sorted, no blanks, whole numbers only):
``format``, ``kind`` ("tally"), ``body``, ``digest`` (SHA-256 of the body so written) and ``signature`` (empty as yet).
The body holds ``tally`` (the shape of ``tallies/shape.py``), ``serial``, ``made_at`` and ``program``; no name of a person.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from mediator import __version__
from mediator.domain.errors import Refusal
from mediator.tallies import strict
from mediator.tallies.shape import from_json, to_json
from mediator.tallies.tally import Tally

FORMAT = 1
SUFFIX = ".tjb"
START = b'{"body":{'
"""The first bytes of every package."""
LARGEST = 2**20
"""Bytes; a table of today has some 15,000."""

_FOREIGN = "这个文件不是上报包，或者已经损坏，请让上报单位重新导出。"
_ALTERED = "这个上报包不完整或被改动过，请让上报单位重新导出。"


@dataclass(frozen=True)
class Package:
    """What a package says."""

    tally: Tally
    serial: int
    """How many times the office has sent this table for this period; the newest counts."""
    made_at: datetime
    program: str
    """Version of the program that made it."""
    digest: str
    """SHA-256 of the body; two packages that say the same at the same moment have the same."""

    @property
    def file_name(self) -> str:
        """A plain name that every drive can hold; nothing is ever read from it."""
        tally = self.tally
        office = "".join(c for c in tally.reporter.uid if c.isascii() and c.isalnum())[:8].lower()
        period = f"{tally.since:%Y%m%d}-{tally.until:%Y%m%d}"
        return f"mediator-{office}-{tally.table.code}-{period}-{self.serial:03d}{SUFFIX}"


def seal(tally: Tally, serial: int, made_at: datetime) -> bytes:
    """Seal a table into the bytes of a package. Refusal if a check of the table fails."""
    failures = tally.failures()
    if failures:
        raise Refusal(f"《{tally.table.title}》没有通过核对：{'；'.join(failures)}。请先改正有关案件再上报。")
    body = {
        "tally": to_json(tally),
        "serial": serial,
        "made_at": made_at.isoformat(timespec="seconds"),
        "program": __version__,
    }
    document = {
        "format": FORMAT, "kind": "tally", "body": body, "digest": _digest(body), "signature": "",
    }  # fmt: skip
    data = _canonical(document)
    open_package(data)
    return data


def open_package(data: bytes, *, kept: bool = False) -> Package:
    """Verify a package whole and read it; anything that is not exactly as it should be is a Refusal.

    ``kept``: it lies in our own records since it was sealed or taken in. It is read as it was then, whatever columns and checks
    its table has today.
    """
    document = _document(data)
    number = document.get("format")
    if type(number) is not int:
        raise Refusal(_FOREIGN)
    if number > FORMAT:
        raise Refusal(f"这个上报包是较新的程序做的（格式 {number}），请先升级程序。")
    if number != FORMAT or set(document) != {"format", "kind", "body", "digest", "signature"}:
        raise Refusal(_FOREIGN)
    if document["kind"] != "tally":
        raise Refusal("这个文件不是统计表的上报包，请先升级程序，或让上报单位重新导出。")
    if document["signature"] != "":
        raise Refusal("这个上报包带有签名，本版程序还不能核对，请先升级程序。")
    if _canonical(document) != data or document["digest"] != _digest(document["body"]):
        raise Refusal(_ALTERED)
    return _package(document["body"], kept)


def _document(data: bytes) -> dict[str, object]:
    if len(data) > LARGEST:
        raise Refusal("这个文件太大，不是上报包，请核对文件。")
    try:
        document = json.loads(data.decode(), parse_float=_no_number, parse_constant=_no_number)
        _canonical(document)
    except (ValueError, RecursionError):
        raise Refusal(_FOREIGN) from None
    if not isinstance(document, dict):
        raise Refusal(_FOREIGN)
    return document


def _no_number(text: str) -> object:
    raise ValueError(text)


def _package(value: object, kept: bool) -> Package:
    body = strict.record(value, "正文", "tally", "serial", "made_at", "program")
    tally = from_json(body["tally"], kept=kept)
    failures = tally.failures()
    if failures and not kept:
        raise Refusal(f"上报包里的数字对不上：{'；'.join(failures)}。请退回上报单位改正。")
    return Package(
        tally,
        strict.whole(body["serial"], "报送次序", least=1),
        _moment(body["made_at"]),
        strict.line(body["program"], "程序版本", least=1, most=40),
        _digest(body),
    )


def _moment(value: object) -> datetime:
    text = strict.line(value, "制作时间")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise strict.damaged("制作时间") from None
    if moment.tzinfo or moment.isoformat(timespec="seconds") != text:
        raise strict.damaged("制作时间")
    return moment


def _canonical(value: object) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _digest(body: object) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()
