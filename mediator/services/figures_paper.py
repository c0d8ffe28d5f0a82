"""A counted table as a paper (统计表打印件): figures to be signed and sealed, then definitions and checks on a leaf of their own.

Items stand in rows. Alone, two totals that are divided alike stand side by side; with other periods beside them every figure
has its own row. The pages stand upright unless a number would not stand on one line there.
"""

from collections.abc import Iterator

from mediator.paper.blocks import (
    Block,
    Heading,
    Note,
    PageBreak,
    Paper,
    Para,
    Seal,
    Signature,
    Signatures,
    Title,
)
from mediator.paper.styles import UPRIGHT
from mediator.services.figures_listings import listings
from mediator.services.table_room import fits
from mediator.tallies.checks import Verdict
from mediator.tallies.figures import Figures, items, meaning, unit
from mediator.tallies.sayings import SIGNERS, said, told
from mediator.tallies.tally import Tally


def paper(figures: Figures) -> Paper:
    """The paper of a table."""
    tally = figures.tally
    title, tables = tally.table.title, list(listings(figures))
    blocks: list[Block] = [
        Title(title),
        _line(f"填报单位（盖章）：{tally.reporter.name}"),
        _line(f"报告期：{tally.period}（表式版本 {tally.table.edition}，{tally.counted_by}）"),
        *tables,
        *(Note(words) for words in said(figures)),
        Signatures(tuple(Signature(role) for role in SIGNERS), together=True),
        Seal(tally.reporter.name, "　　　　年　　月　　日"),
        PageBreak(),
        Heading("附：口径与核对"),
        *(Note(words) for words in _definitions(tally)),
        *(
            Note(told(check.words, check.verdict))
            for check in figures.checks
            if check.verdict is Verdict.PASSED
        ),
    ]  # fmt: skip
    lying = not all(fits(table, UPRIGHT.text_width) for table in tables)
    return Paper(f"tally-{tally.table.code}", title, tuple(blocks), "", tally.reporter.name, lying=lying)


def _line(words: str) -> Para:
    return Para(words, align="left", indent=False)


def _definitions(tally: Tally) -> Iterator[str]:
    """口径 of every item, those that are defined alike told together."""
    labels: dict[tuple[str, str], list[str]] = {}
    for item in items(tally):
        labels.setdefault((unit(item), meaning(tally, item)), []).append(item.label)
    for (measured, definition), alike in labels.items():
        yield f"{'、'.join(alike)}（{measured}）：{definition}"
