"""改措辞: the passages of one paper, each worded otherwise for this paper alone or for all papers of its form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.errors import Conflict
from mediator.domain.papers import FormSetting
from mediator.forms.form import Form, blank, lay
from mediator.forms.rewording import lost, passages, times, unplaced
from mediator.services import form_settings, merging, particulars
from mediator.services.papers import Possible

Worded = tuple[str, bool]
"""Words in the place of the program's, empty where the passage is left out; whether they are meant for all papers."""
LEFT_OUT = "（删去这一段）"
ALWAYS, ONCE = "以后这种文书都这样写", "只改这一份"
_SHOWN = 24
"""Letters of a passage that tell which it is."""


@dataclass
class Passage:
    """One passage: as the program words it, as it stands now, and for which papers."""

    words: str
    """As the program words it."""
    base: str
    """As the office words it, else as the program does."""
    now: str
    """Empty where it is left out."""
    everywhere: bool
    """Whether what stands there is meant for all papers of the form."""
    general: bool
    """Whether it holds nothing of the case, so that it may be worded otherwise for all papers."""
    times: int = 1
    """How often it stands in the paper."""

    @property
    def worded(self) -> Worded:
        """How it stands now."""
        return self.now, self.everywhere


def read(session: Session, entry: Possible) -> list[Passage]:
    """The passages of a paper as they stand now; the office is that of the paper, its day does not matter."""
    form, office = entry.form, form_settings.wording(session, entry.form)
    own = particulars.wording(entry.particulars)
    paper = lay(form, entry.sheet)
    bare = {*passages(lay(form, blank(form, entry.sheet.office, entry.sheet.today))), *office}
    found = []
    for words in passages(paper, known={*own, *office}):
        base = office.get(words, words)
        everywhere = words in office and words not in own
        found.append(
            Passage(words, base, own.get(words, base), everywhere, words in bare, times(paper, words))
        )
    return found


def put(
    session: Session, case: Case | None, entry: Possible, wanted: Mapping[str, Worded],
    was: Mapping[str, Worded], *, by: str, particulars_id: int | None,
) -> int | None:  # fmt: skip
    """Word passages otherwise; where it is kept for this paper alone, if it is.

    ``was`` is how the person saw them: Stale carries those that somebody else has worded otherwise since.
    """
    there = {passage.words: passage for passage in read(session, entry)}
    merging.check(entry.particulars, list(_conflicts(session, entry, there, wanted, was)))
    own, kept = particulars.wording(entry.particulars), particulars_id
    for words, (now, everywhere) in wanted.items():
        base = there[words].base if words in there else words
        alone = None if everywhere or now == base else now
        if everywhere:
            for_all = None if now == words else now
            form_settings.reword(session, entry.form.code, words, for_all, case=case)
        if alone is not None or words in own:
            kept = particulars.reword(
                session, case, entry.form, entry.subject, words, alone, by=by, particulars_id=kept
            ).id
    return kept


def drop_loose(
    session: Session, case: Case | None, entry: Possible, shown: list[str], *, by: str,
    particulars_id: int | None,
) -> None:  # fmt: skip
    """Take away the words by hand that fit nowhere any more, of those that were shown."""
    own, paper = particulars.wording(entry.particulars), lay(entry.form, entry.sheet)
    for passage in lost(paper, own):
        if unplaced(paper, {passage: own[passage]})[0] in shown:
            particulars.reword(
                session, case, entry.form, entry.subject, passage, None, by=by, particulars_id=particulars_id
            )


def _conflicts(
    session: Session, entry: Possible, there: Mapping[str, Passage], wanted: Mapping[str, Worded],
    was: Mapping[str, Worded],
) -> Iterator[Conflict]:  # fmt: skip
    for words, mine in wanted.items():
        if words not in there or words not in was:
            continue
        stands, seen = there[words].worded, was[words]
        if stands not in (seen, mine):
            hand = _hand(session, entry.form, entry.particulars)
            brief = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
            scope = f"（您选的是“{ALWAYS if mine[1] else ONCE}”）" if stands[1] != mine[1] else ""
            yield Conflict(
                words, f"“{brief}”{scope}", told(seen), told(stands), mine[0] or merging.NOTHING, stands, True,
                hand.by if hand else "", hand.at if hand else None,
            )  # fmt: skip


def told(worded: Worded) -> str:
    """How a passage is worded, as people read it."""
    words, everywhere = worded
    return (words or LEFT_OUT) + (f"\n（{ALWAYS}）" if everywhere else "")


def _hand(session: Session, form: Form, kept: object | None) -> merging.Hand | None:
    """Who worded something otherwise last, in this paper or in all of the form."""
    setting = session.scalar(select(FormSetting).where(FormSetting.form == form.code))
    hands = [merging.last_hand(row, "wording") for row in (kept, setting) if row is not None]
    return max((hand for hand in hands if hand is not None), key=lambda hand: hand.at, default=None)
