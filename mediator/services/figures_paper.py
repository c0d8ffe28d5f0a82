"""A counted table as a paper (统计表打印件): figures to be signed and sealed, then definitions and checks on a leaf of their own.

A page stands upright, so items stand in rows. Alone, two totals that are divided alike stand side by side; with other periods
beside them every figure has its own row.
"""

from collections.abc import Iterator

from mediator.domain.wording import unended
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
from mediator.services.figures_listings import listings
from mediator.tallies.checks import Judgement, Verdict
from mediator.tallies.figures import (
    Figures,
    items,
    meaning,
    unit,
)
from mediator.tallies.tally import Tally

SIGNERS = ("制表人", "审核人", "签发人")


def paper(figures: Figures) -> Paper:
    """The paper of a table."""
    tally = figures.tally
    title = tally.table.title
    blocks: list[Block] = [
        Title(title),
        _line(f"填报单位（盖章）：{tally.reporter.name}"),
        _line(f"报告期：{tally.period}（表式版本 {tally.table.edition}，{tally.basis.label}统计）"),
        *listings(figures),
        *(Note(words) for words in _remarks(figures)),
        Signatures(tuple(Signature(role) for role in SIGNERS)),
        Seal(tally.reporter.name, "　　　　年　　月　　日"),
        PageBreak(),
        Heading("附：口径与核对"),
        *(Note(words) for words in _definitions(tally)),
        *(
            Note(_told(check, ""))
            for check in figures.checks
            if check.verdict is Verdict.PASSED
        ),
    ]  # fmt: skip
    return Paper(f"tally-{tally.table.code}", title, tuple(blocks), "", tally.reporter.name)


def _line(words: str) -> Para:
    return Para(words, align="left", indent=False)


def _remarks(figures: Figures) -> Iterator[str]:
    """What is to be said of the figures: that there were none, what is compared, what does not hold and why."""
    if figures.is_zero:
        yield "本期没有发生，为零报告。"
    for other in figures.others:
        yield f"{other.label}：{other.tally.period}。"
    yield from figures.remarks
    for check in figures.troubles:
        yield _told(check, figures.tally.notes.get(check.words, ""))


def _told(check: Judgement, note: str) -> str:
    """A check with its verdict and what was written to explain it."""
    return f"核对：{check.words}（{check.verdict.label}）" + (f"；说明：{unended(note)}。" if note else "。")


def _definitions(tally: Tally) -> Iterator[str]:
    """口径 of every item, those that are defined alike told together."""
    labels: dict[tuple[str, str], list[str]] = {}
    for item in items(tally):
        labels.setdefault((unit(item), meaning(tally, item)), []).append(item.label)
    for (measured, definition), alike in labels.items():
        yield f"{'、'.join(alike)}（{measured}）：{definition}"
