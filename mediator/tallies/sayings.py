"""What is said under a counted table, on paper and in files alike (表下的话): sentences, and who signs it."""

from collections.abc import Iterator

from mediator.domain.wording import unended
from mediator.tallies.checks import Verdict
from mediator.tallies.figures import Figures

SIGNERS = ("制表人", "审核人", "签发人")


def said(figures: Figures) -> Iterator[str]:
    """Whether it is closed, that nothing happened, what is compared, what a sum lacks, what does not hold and why.

    Last the code by which a closed table vouches for the audit entries of its day (审计记录校验码).
    """
    tally = figures.tally
    if tally.standing:
        yield f"结账情况：{tally.standing}"
    if tally.is_zero:
        yield "本期没有发生，为零报告。"
    for other in figures.others:
        yield f"{other.label}：{other.tally.period}。"
    yield from figures.remarks
    yield from tally.gaps
    verdicts = {check.words: check.verdict for check in figures.troubles}
    for words in dict.fromkeys((*verdicts, *tally.notes)):
        yield told(words, verdicts.get(words, Verdict.DOUBTFUL), tally.notes.get(words, ""))
    if tally.check_code:
        yield tally.check_code


def told(words: str, verdict: Verdict, note: str = "") -> str:
    """A check with its verdict, and what was written to explain it."""
    return f"核对：{words}（{verdict.label}）" + (f"；说明：{unended(note)}。" if note else "。")
