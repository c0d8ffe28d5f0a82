"""台账: a register of disputes as an office keeps it in a spreadsheet, read whole before anything is taken in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mediator.domain.errors import Refusal
from mediator.exchange import ledger_headings as known
from mediator.exchange.ledger_book import Book, open_book
from mediator.exchange.ledger_choices import Choices
from mediator.exchange.ledger_headings import NEEDED
from mediator.exchange.ledger_layout import Layout, find_headings
from mediator.exchange.ledger_reading import Entry, Refused
from mediator.exchange.ledger_rows import read_row
from mediator.exchange.ledger_sheets import HEAD_ROWS, Sheet
from mediator.exchange.ledger_skips import BLANK, why_skipped


@dataclass(frozen=True)
class Ledger:
    """A ledger as read: what can be taken in, what cannot and why, and what was left aside."""

    file_name: str
    digest: str
    """SHA-256 of the file."""
    sheet: str
    heading_row: int
    mapping: Mapping[str, str]
    """The heading found for each thing known, by its code."""
    not_taken: tuple[str, ...]
    """Headings nothing is taken from."""
    ready: tuple[Entry, ...]
    refused: tuple[Refused, ...]
    skipped: Mapping[str, int]
    """Rows left aside because they are no data, by what they are."""
    notes: tuple[str, ...]
    """What a person should know of the file: hidden rows and sheets, other sheets not read, formulas, links."""

    @property
    def assumptions(self) -> dict[str, list[int]]:
        """The rows each assumption was made for."""
        found = defaultdict(list)
        for entry in self.ready:
            for sentence in entry.assumptions:
                found[sentence].append(entry.row)
        return dict(found)


def read_ledger(path: Path, *, today: date, choices: Choices | None = None) -> Ledger:
    """Read a ledger; Refusal if the file cannot be read at all, else every row stands as ready or as refused."""
    choices = choices or Choices()
    try:
        return _read(open_book(path), today, choices)
    except Refusal as refusal:
        raise Refusal(f"台账“{path.name}”{refusal}") from None


def _read(book: Book, today: date, choices: Choices) -> Ledger:
    heads = book.heads
    head, layout = _choose_sheet(heads, choices)
    _check(layout, choices)
    sheet = book.sheet(head.name)
    ready: list[Entry] = []
    refused: list[Refused] = []
    skipped: Counter[str] = Counter()
    below = {number: cells for number, cells in sheet.rows.items() if number > layout.row}
    joined = sheet.joined({column.index for column in layout.columns.values()})
    for number, cells in below.items():
        if why := why_skipped(cells, layout):
            skipped[why] += 1
            continue
        found = read_row(number, cells, layout, choices, today)
        if number in joined:
            found = Refused(
                number,
                found.serial,
                "这一行与上下行合并了单元格，分不清是一件还是几件；请取消合并，一件写一行。",
            )
        if isinstance(found, Entry):
            ready.append(found)
        else:
            refused.append(found)
    skipped[BLANK] += max(below, default=layout.row) - layout.row - len(below)
    if not ready and not refused:
        raise Refusal("的表头下面没有案件；请核对是否选对了文件和工作表。")
    return Ledger(
        book.name, book.digest, sheet.name, layout.row, {c: column.heading for c, column in layout.columns.items()},
        layout.not_taken, tuple(ready), tuple(refused), dict(+skipped), tuple(_notes(heads, sheet, layout)),
    )  # fmt: skip


def _choose_sheet(heads: list[Sheet], choices: Choices) -> tuple[Sheet, Layout]:
    """The sheet asked for, else the one with the most known headings, those in sight first."""
    if choices.sheet:
        heads = [head for head in heads if head.name == choices.sheet]
        if not heads:
            raise Refusal(f"里没有工作表“{choices.sheet[:40]}”；请核对对照里的名称。")
    found = [(head, layout) for head in heads if (layout := _layout(head, choices))]
    if not found:
        raise Refusal(
            "里找不到表头；表头要有“受理日期”“申请人”“纠纷类型”“调解结果”等栏，叫法不同的请用对照说明。"
        )
    return max(found, key=lambda pair: (not pair[0].hidden, len(pair[1].columns)))


def _layout(head: Sheet, choices: Choices) -> Layout | None:
    top = {number: row for number, row in head.rows.items() if number <= HEAD_ROWS}
    return find_headings(top, choices.columns)


def _check(layout: Layout, choices: Choices) -> None:
    """Refuse where a heading that was chosen is not there, or nothing could be made of any row."""
    for code, heading in choices.columns.items():
        if heading and code not in layout.columns:
            raise Refusal(
                f"里没有“{heading[:40]}”这一栏，请核对对照；没有用上的栏有：{_list(layout.not_taken)}。"
            )
    told = {known.KIND.code: "" in choices.kinds, known.OUTCOME.code: "" in choices.results}
    for group in NEEDED:
        if not any(heading.code in layout.columns or told.get(heading.code) for heading in group):
            raise Refusal(
                f"里没有“{group[0].label}”这一栏；叫法不同的请用对照说明，没有用上的栏有：{_list(layout.not_taken)}。"
            )


def _list(headings: Iterable[str]) -> str:
    return "、".join(headings) or "（无）"


def _notes(heads: list[Sheet], sheet: Sheet, layout: Layout) -> list[str]:
    notes = []
    if sheet.hidden:
        notes.append(f"工作表“{sheet.name}”在表格里是隐藏的。")
    if hidden := sum(number > layout.row and number in sheet.rows for number in sheet.hidden_rows):
        notes.append(f"有 {hidden} 行在表格里是隐藏的，一并读了。")
    if others := [
        head.name + "（隐藏）" * head.hidden for head in heads if head.rows and head.name != sheet.name
    ]:
        notes.append(f"只读了工作表“{sheet.name}”，没有读的还有：{_list(others)}。")
    if sheet.formulas:
        notes.append(f"有 {sheet.formulas} 格是公式，照文件里存着的结果读，没有重算。")
    if sheet.links:
        notes.append(f"文件里有 {sheet.links} 处外部链接或嵌入的内容，没有打开。")
    return notes
