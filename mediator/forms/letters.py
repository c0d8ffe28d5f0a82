"""What letters and slips have in common: the dispute as the other body has it, how far it has come, whom to ask."""

from mediator.domain.case import Case
from mediator.domain.codes import Proxy, Referrer, Side, Source, Stage
from mediator.domain.needs import Need
from mediator.domain.people import Identified, Party
from mediator.domain.records import Event
from mediator.domain.stages import steps
from mediator.domain.wording import prose, unended
from mediator.forms import asks
from mediator.forms.form import Sheet
from mediator.forms.words import day, middle, room
from mediator.paper.blocks import Cell, Para, Run

ON = asks.day(
    "on", "落款日期", sample="2026-05-20", start=lambda sheet: sheet.today, needed=False,
    help="不填则留空，盖章时手写。",
)  # fmt: skip
"""The day at the foot of a letter."""

PAIRED = (26, 50, 26, 40)
"""Shares of a table with two captions and two values in a row; the number of a case fits the wider one."""

REFERRED = Need("不是接受委托移送的案件，不用这份文书", lambda c: c.source is Source.REFERRAL)


FEW = 3
"""Up to so many names of a side stand in a sentence one by one."""


def to(addressee: str) -> Para:
    """The addressee (主送单位) on a line of its own, or room to write it."""
    return Para((Run(prose(addressee)) if addressee else room(14), Run("：")), align="left", indent=False)


def names(case: Case, side: Side) -> str:
    """The parties of a side by name, of many the first and how many there are: 牛建国等12人."""
    parties = case.side(side)
    return case.names(side) if len(parties) <= FEW else f"{parties[0].name}等{len(parties)}人"


def dispute(case: Case) -> tuple[Run, ...]:
    """申请人周文谦与被申请人林淑芬之间的邻里纠纷, with room for what is not known."""
    applicant, respondent = (
        Run(names(case, side)) if case.side(side) else room(6) for side in (Side.APPLICANT, Side.RESPONDENT)
    )
    kind = (Run(case.kind.label),) if case.kind else (room(6), Run("纠纷"))
    return Run("申请人"), applicant, Run("与被申请人"), respondent, Run("之间的"), *kind


def referred(sheet: Sheet, whose: str = "你单位") -> tuple[Run, ...]:
    """The dispute with the number under which the body that handed it over has it (来件编号)."""
    theirs = sheet.case.external_number
    if not theirs and not sheet.blank:
        return dispute(sheet.case)
    return (*dispute(sheet.case), Run(f"（{whose}编号："), Run(theirs) if theirs else room(8), Run("）"))


def people(case: Case) -> str:
    """The parties, one a line, with telephone and address, and those who act for them; many of a side together."""
    lines: list[str] = []
    for parties in map(case.side, Side):
        lines += [_together(parties)] if len(parties) > FEW else map(_with_proxies, parties)
    return "\n".join(lines)


def _together(parties: list[Party]) -> str:
    """Many of one side in one line: names, how many there are, how to reach those they elected, else each of them."""
    everyone = [one for party in parties for one in party.representatives]
    own: dict[str, Identified] = {party.name: party for party in parties}
    elected = {one.name: own.get(one.name, one) for one in everyone if one.proxy is Proxy.DELEGATE}
    named = [p.name if elected or not p.phone else f"{p.name}（{p.phone}）" for p in parties]
    words = f"{parties[0].side.label}{'、'.join(named)}，共{len(parties)}人"
    if elected:
        words += f"，{Proxy.DELEGATE.label}{'；'.join(map(_reached, elected.values()))}"
    acting = [f"{one.proxy.label}{_reached(one)}" for one in everyone if one.proxy is not Proxy.DELEGATE]
    return prose("；".join(dict.fromkeys((words, *acting))))


def _reached(one: Identified) -> str:
    return "，".join(filter(None, (one.name, one.phone, one.address)))


def _with_proxies(party: Party) -> str:
    acting = [one for one in party.representatives if one.proxy is not Proxy.DELEGATE]
    named = [f"{party.side.label}{_reached(party)}", *(f"{one.proxy.label}{_reached(one)}" for one in acting)]
    return prose("；".join(named))


def police(case: Case) -> str:
    """The police station that handed the dispute over (公安机关), empty if it was not the police."""
    return case.referrer_name if case.referrer is Referrer.POLICE else ""


def step(case: Case, stage: Stage) -> Event | None:
    """The last step to a stage, with its day and reason; None if it was not taken."""
    return next((entry for entry in reversed(steps(case)) if entry.stage_to is stage), None)


def reason(case: Case, stage: Stage) -> str:
    """Why the last step to a stage was taken, without full stop; empty if that is not known."""
    taken = step(case, stage)
    return unended(prose(taken.reason)) if taken else ""


def progress(case: Case) -> str:
    """What has been done so far, in one sentence; empty if nothing is known."""
    done = [f"{day(case.accepted_on)}受理"] if case.accepted_on else []
    if case.sessions:
        done.append(f"调解{len(case.sessions)}次，最近一次在{day(case.sessions[-1].held_at)}")
    if case.outcome:
        done.append((day(case.concluded_on) if case.concluded_on else "") + case.outcome.label)
    if case.agreement and case.agreement.performance:
        done.append(f"协议{case.agreement.performance.label}")
    return "；".join(done) + "。" if done else ""


def contact(sheet: Sheet) -> str:
    """The leading mediator with a telephone number: 陈志华，000-00000000."""
    mediators = sheet.case.mediators
    phone = (mediators[0].phone if mediators else "") or ("" if sheet.blank else sheet.office.phone)
    return "，".join(filter(None, (mediators[0].name if mediators else "", phone)))


def box(caption: str, value: str, height: float = 0.0) -> tuple[Cell, Cell]:
    """A row of a table of two columns: a caption, and what was typed or a box of that height (mm) to write in."""
    return Cell(caption, label=True), Cell(prose(value), height=0.0 if value else height)


def wide(caption: str, value: str, height: float = 0.0) -> tuple[Cell, Cell]:
    """Such a row in a table of four columns."""
    return Cell(caption, label=True), Cell(prose(value), span=3, height=0.0 if value else height)


def opinion(caption: str) -> tuple[Cell, Cell]:
    """Such a row for an opinion (意见) by hand, with the place for the name and the day at its foot."""
    foot = "签名：" + "\u3000" * 4 + day(None)
    return Cell(caption, label=True), Cell(f"\n\n\n{foot}", span=3, align="right", height=24)


def opinions(one: str, other: str) -> tuple[Cell, ...]:
    """Two such boxes side by side, where a page has no room for one under the other."""
    box = Cell("\n\n签名：" + "\u3000" * 6 + f"\n{middle(day(None))}", align="right", height=24)
    return Cell(one, label=True), box, Cell(other, label=True), box


def pair(one: str, first: str, other: str, second: str) -> tuple[Cell, ...]:
    """Two captions with their values in a row of four columns."""
    return Cell(one, label=True), Cell(prose(first)), Cell(other, label=True), Cell(prose(second))
