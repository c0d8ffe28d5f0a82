"""Every spreadsheet the program writes, of people and offices with names that are formulas: words stay words in all of them."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree import ElementTree

import pytest
from made_cases import MARCH, day, put
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.codes import Basis, ItemKind, Level, Source, Stage
from mediator.exchange.roster_sheet import Sheet
from mediator.exchange.sheet_style import harmless
from mediator.services import carrying, custom_tables, figures, offices, rosters, sheets, subsidies
from mediator.services.custom_tables import Spec
from mediator.services.dimensions import DIMENSIONS
from mediator.services.roster_list import ROSTERS
from mediator.tallies.figures import by_itself
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.table import Table
from mediator.tallies.tally import Reporter, Tally

HOUSE = Path(figures.__file__).parents[1]
EVIL = (
    "=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝HYPERLINK(\"http://x\")", "＋1", "－1", "＠x",
    "{=1+1}", "﹦1+1", " =1+1", "\u3000=1", "http://x/王", "file:///etc/passwd", '","=1', "110101199001010000", "0012", "1E5", "TRUE",
)  # fmt: skip
STARTS = tuple("=+-@＝＋－＠﹦\t\r\n\0")


def office_of(session: Session, name: str) -> None:
    """An office, a mediator, parties and places all of that name, in every list."""
    offices.own(session).name = name
    for stage, concluded, due in (
        (Stage.SETTLED, "03-10", None),
        (Stage.MEDIATING, None, "04-07"),
        (Stage.SUSPENDED, None, "04-11"),
    ):
        made = put(
            session, concluded, parties=(name, name), lead=name, stage=stage, source=Source.REFERRAL, referrer_name=name,
            summary=name, name=name, number=name + stage.value, place=name, level=Level.HARD, is_major=True, due_on=day(due) if due else None,
        )  # fmt: skip
        if concluded:
            made.agreement = Agreement(amount=70_000)
            item = Item(
                kind=ItemKind.MONEY, amount=70_000, act=name, debtor=made.parties[0], creditor=made.parties[1]
            )
            item.instalments = [Instalment(due_on=day("03-20"), amount=70_000)]
            made.agreement.items = [item]
    session.flush()


def lists(session: Session) -> Iterator[Sheet]:
    for roster in ROSTERS:
        yield rosters.sheet(session, roster, day("04-10"))
    account = subsidies.checked(session, subsidies.count(session, *MARCH))
    yield subsidies.sheet(account)
    yield subsidies.details(account)
    for one in DIMENSIONS:
        for rows, columns in ((one.code, ""), ("mediator" if one.code != "mediator" else "kind", one.code)):
            spec = Spec(rows, *MARCH, columns=columns) if columns else Spec(rows, *MARCH)
            yield custom_tables.sheet(session, custom_tables.count(session, spec), title="=1+1")


def tables(name: str) -> Iterator[Tally]:
    for table in (*TABLES, *OLDER):
        yield counted(table, name)


def counted(table: Table, name: str) -> Tally:
    values = {column.name: n for n, column in enumerate(table.columns)}
    yearly = {"year": day("01-01"), "so_far": values} if table.yearly else {}
    return Tally(table, Basis.CONCLUDED, Reporter(name, name, "000000"), *MARCH, values, **yearly)  # type: ignore[arg-type]


def check_csv(data: bytes) -> str:
    text = data.decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline="")):
        for cell in line:
            assert not cell.lstrip().startswith(STARTS) or is_number(cell), cell
    return text


def is_number(cell: str) -> bool:
    try:
        Decimal(cell)
    except InvalidOperation:
        return False
    return True


def check_xlsx(data: bytes) -> str:
    """No formula, no link, no part that another program would open; numbers only where the program counted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            assert not name.startswith(("xl/externalLinks", "xl/embeddings", "xl/connections", "xl/vba")), (
                name
            )
            assert not archive.read(name).lower().count(b'hyperlink"'), name
        for name in (n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")):
            root = ElementTree.fromstring(archive.read(name))
            tags = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert not tags & {"f", "hyperlink", "hyperlinks", "oleObjects"}, (name, tags)
            for cell in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"):
                assert cell.get("t") in ("s", None)
        return archive.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("name", EVIL)
def test_lists_and_tables_of_ones_own(session: Session, name: str) -> None:
    office_of(session, name)
    rows = 0
    for sheet in lists(session):
        check_csv(sheets.write(sheet, "csv"))
        check_xlsx(sheets.write(sheet, "xlsx"))
        rows += len(sheet.rows)
        for line in sheet.rows:
            assert not {type(cell) for cell in line} - {str, int, Decimal}
    assert rows > 30


@pytest.mark.parametrize("name", EVIL)
def test_counted_tables_and_sums(name: str) -> None:
    for tally in tables(name):
        parts = [tally, replace(tally, reporter=Reporter("b", "王", "000000"))]
        assert name[-1:] in check_csv(figures.write(by_itself(tally), "csv"))
        check_xlsx(figures.write(by_itself(tally), "xlsx"))
        check_csv(carrying.write_sum(tally, parts, "csv"))
        assert "填报单位" in check_xlsx(carrying.write_sum(tally, parts, "xlsx"))


@pytest.mark.parametrize("name", EVIL)
def test_harmless_words_are_still_there_to_be_read(name: str) -> None:
    kept = harmless(name)
    assert kept in (name, f"'{name}")
    assert (kept != name) == (name[:1] in STARTS or name.lstrip()[:1] in STARTS)


def test_long_numbers_are_words_in_every_kind_of_file() -> None:
    sheet = Sheet("x", "号码", ("某",), ("证件号码",), (1,), (("110101199001010000",), ("007",)))
    assert "<t>110101199001010000</t>" in check_xlsx(sheets.write(sheet, "xlsx"))
    assert [line.split(",")[0] for line in check_csv(sheets.write(sheet, "csv")).splitlines()[1:]] == [
        "110101199001010000",
        "007",
    ]


def test_no_other_module_writes_spreadsheets() -> None:
    """What writes them is swept above; a new one must be added there."""
    writing = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        for text in [path.read_text("utf-8")]
        if "csv.writer" in text
        or "DictWriter" in text
        or "xlsxwriter.Workbook" in text
        or "openpyxl.Workbook" in text
    }
    assert writing == {"exchange/roster_sheet.py", "exchange/spreadsheet.py"}
