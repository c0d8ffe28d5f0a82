"""Ledgers damaged at random, in their archive, in their XML and in their text: read or refused, never anything else.

``MEDIATOR_FUZZ=20000`` tries as many of each sort; a minute or two for a thousand.
"""

import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_ledgers import GOOD, TODAY, here
from openpyxl.worksheet.worksheet import Worksheet

from mediator.domain.errors import Refusal
from mediator.exchange.ledger import read_ledger

TIMES = int(os.environ.get("MEDIATOR_FUZZ", "60"))
MOST = 10.0
"""Seconds one file may take; the room apart would be ended after a minute."""
AS_OFTEN = settings(
    max_examples=TIMES, deadline=None, derandomize=TIMES < 1000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip

LINES = [
    list(GOOD),
    list(GOOD.values()),
    [date_ if "日" in head else f"{head}㛃" for head, date_ in GOOD.items()],
]


def _book() -> dict[str, bytes]:
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["滨江社区台账"])
    sheet.merge_cells("A1:F1")
    for line in LINES:
        sheet.append(line)
    sheet["G3"] = "=1+1"
    sheet["H3"] = 46023.5
    sheet["H3"].number_format = "yyyy-mm-dd"
    sheet.row_dimensions[4].hidden = True
    made.create_sheet("旧").sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BOOK = _book()
TEXT = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in LINES).encode()
WORDS = [
    b"<", b">", b"&", b'"', b"'", b"\0", b"/", b"&#0;", b"&#xD800;", b"<!DOCTYPE x [", b"]]>", b"<![CDATA[", b"-1", b"1e999", b"nan",
    b"99999999999999999999", b'r="XFD1048576"', b't="s"', b't="d"', b't="e"', b't="inlineStr"', b"_xD800_", b"rId9", b"../",
    b"\xff\xfe", b"\xef\xbb\xbf", b",", b"\r", b"\n", b'""', b"=", b"E+17", "𪚥".encode(), "￾".encode("utf-8", "surrogatepass"),
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few of them changed, cut out, doubled, or words put in that readers stumble over."""
    made = data
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(made)))
        end = min(len(made), at + draw(st.integers(0, 40)))
        match draw(st.integers(0, 4)):
            case 0:
                made = made[:at] + draw(st.binary(max_size=4)) + made[end:]
            case 1:
                made = made[:at] + draw(st.sampled_from(WORDS)) + made[end:]
            case 2:
                made = made[:end] + made[at:end] * draw(st.sampled_from([1, 2, 300])) + made[end:]
            case 3:
                other = draw(st.integers(0, len(made)))
                made = made[:at] + made[other : other + 60] + made[end:]
            case _:
                made = made[:at]
    return made


@st.composite
def books(draw: st.DrawFn) -> bytes:
    """A workbook with some of its parts damaged, packed again so that the damage is reached, or the pack damaged too."""
    parts = dict(BOOK)
    for _ in range(draw(st.integers(1, 2))):
        name = draw(st.sampled_from(sorted(BOOK)))
        parts[name] = draw(damaged(BOOK[name]))
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    ) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return draw(damaged(out.getvalue())) if draw(st.integers(0, 3)) == 0 else out.getvalue()


def _try(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    began = time.monotonic()
    try:
        ledger = read_ledger(path, today=TODAY)
    except Refusal as refusal:
        assert str(refusal).startswith(f"台账“{path.name}”") and str(refusal).endswith("。")
    else:
        for entry in ledger.ready:
            entry.written()
        for row in ledger.refused:
            assert str(row).endswith("。")
    assert time.monotonic() - began < MOST


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No room apart for each of thousands: what goes wrong in it is what is looked for."""
    monkeypatch.setattr("mediator.exchange.sandbox._answer", seen)
    yield


def seen(request: bytes, seconds: float) -> bytes:
    answer = here(request, seconds)
    assert answer[:10] in (b'["answer",', b'["refused"', b'["broken",')
    return answer


@AS_OFTEN
@given(books())
@pytest.mark.timeout(0)
def test_damaged_workbooks(tmp_path: Path, data: bytes) -> None:
    _try(tmp_path / "台账.xlsx", data)


@AS_OFTEN
@given(
    damaged(TEXT)
    | damaged(TEXT.decode().encode("gb18030", "replace"))
    | damaged(TEXT.decode().encode("utf-16"))
    | st.binary(max_size=300)
)
@pytest.mark.timeout(0)
def test_damaged_texts(tmp_path: Path, data: bytes) -> None:
    _try(tmp_path / "台账.csv", data)
