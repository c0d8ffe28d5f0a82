"""Papers (文书): laid out from the case, kept as issued; which ones a case may have and what each still lacks."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case, stands
from mediator.domain.codes import EventKind
from mediator.domain.errors import Missing, Refusal
from mediator.domain.fields import Value
from mediator.domain.numbering import number
from mediator.domain.office import Office
from mediator.domain.papers import IssuedPaper, Particulars
from mediator.domain.roles import Power
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.form import Form, Sheet, blank, gaps, lay, subjects, wanted
from mediator.forms.register import by_code
from mediator.forms.rewording import reworded, unplaced
from mediator.paper import blocks
from mediator.paper.blocks import Paper
from mediator.services import access, form_settings, particulars, sensitive
from mediator.services.cases import event, guard, touch
from mediator.services.numbers import take
from mediator.services.offices import own


@dataclass(frozen=True)
class Possible:
    """One paper a case may have, or the office: the form, what it is made of, what it still lacks."""

    form: Form
    sheet: Sheet
    particulars: Particulars | None = None
    wording: Mapping[str, str] = field(default_factory=dict)
    """Passages put otherwise, by the office or for this paper alone."""

    @property
    def subject(self) -> object | None:
        """What the paper is about."""
        return self.sheet.subject

    @property
    def gaps(self) -> list[str]:
        """What is still missing, one sentence without full stop each."""
        return gaps(self.form, self.sheet)

    @property
    def due(self) -> bool:
        """Whether the case should have it now: the file asks for it, or somebody began to fill it in."""
        form, case = self.form, self.sheet.case
        first = not form.repeats or all(kept.form != form.code for kept in case.particulars)
        return self.particulars is not None or (wanted(form, case) and first)

    def paper(self) -> Paper:
        """The paper as it would be issued now; gaps are left as room to write."""
        return reworded(lay(self.form, self.sheet), self.wording)

    @property
    def proposals(self) -> dict[str, Value]:
        """What the form proposes for its questions, whatever was typed."""
        bare = replace(self.sheet, answers={})
        return {ask.key: bare.said(ask) for ask in self.form.asks}

    @property
    def facts(self) -> str:
        """SHA-256 of the paper without anything the office may change: what the case and its own filling-in say."""
        bare = lay(
            by_code(self.form.code),
            replace(self.sheet, office=Office(name="", court="", phone="", address="")),
        )
        return digest_of(blocks.dumps(reworded(bare, particulars.wording(self.particulars))))

    @property
    def loose(self) -> list[str]:
        """Words by hand for this paper that fit nowhere any more, because the case has changed since."""
        return unplaced(lay(self.form, self.sheet), particulars.wording(self.particulars))


def sheet(
    session: Session, case: Case | None, form: Form, subject: object | None, today: date,
    filled: Particulars | None = None,
) -> Sheet:  # fmt: skip
    """What a paper is made of."""
    answers, office = particulars.answers(form, filled), own(session)
    given = filled.number if filled else ""
    if case is not None:
        return Sheet(case, office, today, subject, answers, given)
    made = Sheet(blank(form, office, today).case, office, today, None, answers, given)
    if form.among is None:
        return made
    chosen = select(Case).where(form.among(made), stands()).order_by(Case.registered_on, Case.id)
    listed = list(session.scalars(chosen))
    hidden = sensitive.hidden_among(session, [one.id for one in listed])
    told = [sensitive.stand_in(one, hidden[one.id]) if one.id in hidden else one for one in listed]
    return Sheet(made.case, office, today, None, answers, given, cases=told)


def one(
    session: Session, case: Case | None, form: Form, subject: object | None, *, today: date,
    filled: Particulars | None = None,
) -> Possible:  # fmt: skip
    """One paper, as it stands now."""
    kept = filled or (particulars.of(case, form, subject) if case is not None else None)
    own_form = form_settings.of(session, form.code)
    wording = form_settings.wording(session, form) | particulars.wording(kept)
    return Possible(own_form, sheet(session, case, own_form, subject, today, kept), kept, wording)


def possible(session: Session, case: Case, today: date) -> list[Possible]:
    """Every paper this case may have, in the order of the file; of a form that repeats, each begun and a new one."""
    office, settings = own(session), form_settings.all_of(session)
    found = []
    for form in form_settings.forms(session):
        setting = settings.get(form.code)
        office_words = form_settings.wording(session, form) if setting else {}
        for subject in [] if form.of_office else subjects(form, case):
            for kept in _begun(case, form, subject):
                answers, given = particulars.answers(form, kept), kept.number if kept else ""
                made = Sheet(case, office, today, subject, answers, given)
                found.append(Possible(form, made, kept, office_words | particulars.wording(kept)))
    return found


def _begun(case: Case, form: Form, subject: object | None) -> list[Particulars | None]:
    if not form.repeats:
        return [particulars.of(case, form, subject)]
    about = getattr(subject, "id", None)
    return [*(p for p in case.particulars if p.form == form.code and p.subject_id == about), None]


def draft(session: Session, case: Case, form: Form, subject: object | None, *, today: date) -> Paper:
    """The paper as it would be issued now; gaps are left as room to write."""
    return one(session, case, form, subject, today=today).paper()


def empty(session: Session, form: Form, *, today: date) -> Paper:
    """A blank paper of a form (空白文书), to be filled in by hand."""
    own_form = form_settings.of(session, form.code)
    return reworded(lay(own_form, blank(own_form, own(session), today)), form_settings.wording(session, form))


def issue(
    session: Session, case: Case, form: Form, subject: object | None, *, by: str, today: date,
    filled: Particulars | None = None,
) -> IssuedPaper:  # fmt: skip
    """Issue a paper and keep its words; the same words again are the same paper. Missing names what lacks."""
    entry = one(session, case, form, subject, today=today, filled=filled)
    if entry.gaps:
        raise Missing(f"{case.number} 的《{entry.form.title}》还不能出具", entry.gaps)
    if entry.loose:
        raise Missing(f"《{entry.form.title}》有手工改写的话现在对不上，请在“改措辞”里重新看过", entry.loose)
    known = _issued(case, entry)
    if known is not None:
        return known
    guard(case, "出具文书")
    issued = _keep(session, entry, by, case)
    if form.code == AGREEMENT.code and case.agreement and all(p.form != form.code for p in case.papers):
        case.agreement.effective_on = None  # from now on it follows from the signatures
    case.papers.append(issued)
    case.events.append(event(EventKind.ISSUED, by, detail=entry.form.title))
    touch(session, case)
    return issued


def issue_of_office(
    session: Session, form: Form, filled: Particulars, *, by: str, today: date
) -> IssuedPaper:
    """Issue a paper of the office (工作文书); the same words again are the same paper. Missing names what lacks."""
    access.need(session, Power.WORK, Power.CLOSE)
    entry = one(session, None, form, None, today=today, filled=filled)
    if entry.gaps:
        raise Missing(f"《{entry.form.title}》还不能出具", entry.gaps)
    known = session.scalar(
        select(IssuedPaper).where(IssuedPaper.particulars_id == filled.id, IssuedPaper.digest == _digest(entry))
    )  # fmt: skip
    if known is not None:
        return known
    issued = _keep(session, entry, by, None)
    session.add(issued)
    session.flush()
    return issued


def _issued(case: Case, entry: Possible) -> IssuedPaper | None:
    same = which(entry.form.code, getattr(entry.subject, "id", None), entry.particulars)
    digest = _digest(entry)
    return next((p for p in newest(case) if p.digest == digest and place(p) == same), None)


def _digest(entry: Possible) -> str:
    return digest_of(blocks.dumps(entry.paper()))


def digest_of(kept: str) -> str:
    """SHA-256 of the words of a paper, as they are kept."""
    return hashlib.sha256(kept.encode()).hexdigest()


def _keep(session: Session, entry: Possible, by: str, case: Case | None) -> IssuedPaper:
    """A row for a paper as it leaves the house, numbered if its form has a series of its own."""
    form, filled = entry.form, entry.particulars
    if form.pattern:
        filled = _numbered(session, entry, by, case)
        entry = one(session, case, form, entry.subject, today=entry.sheet.today, filled=filled)
    paper = entry.paper()
    kept = blocks.dumps(paper)
    return IssuedPaper(
        form=form.code, subject_id=getattr(entry.subject, "id", None), number=paper.number,
        particulars_id=filled.id if filled else None, issued_at=datetime.now().replace(microsecond=0),
        issued_by=by, blocks=kept, digest=digest_of(kept), facts=entry.facts,
    )  # fmt: skip


def _numbered(session: Session, entry: Possible, by: str, case: Case | None) -> Particulars:
    """What was filled in, with its number; a paper issued again keeps the one it has."""
    form = entry.form
    filled = entry.particulars or particulars.fill(session, case, form, entry.subject, {}, by=by)
    if not filled.number:
        year = entry.sheet.today.year
        filled.number = number(form_settings.pattern(session, form), year, take(session, form.code, year))
    return filled


def kept(issued: IssuedPaper) -> Paper:
    """An issued paper with the words it left the house with."""
    return blocks.loads(issued.blocks)


def newest(case: Case) -> list[IssuedPaper]:
    """Of each paper the one issued last; those declared void are left out."""
    last = {place(paper): paper for paper in case.papers if not paper.void_reason}
    return sorted(last.values(), key=lambda p: p.id)


def which(form: str, subject: int | None, filled: Particulars | None) -> tuple[str, int | None, int | None]:
    """Which paper of a case it is, however often it was issued; what was filled in tells apart those that repeat."""
    return form, subject, filled.id if filled is not None and by_code(form).repeats else None


def place(issued: IssuedPaper) -> tuple[str, int | None, int | None]:
    """Which paper of a case an issued one is."""
    several = issued.particulars_id if by_code(issued.form).repeats else None
    return issued.form, issued.subject_id, several


def differing(session: Session, case: Case) -> list[IssuedPaper]:
    """Issued papers that say something else than the case does now, because it was changed since."""
    return [paper for paper in newest(case) if not gone(case, paper) and _differs(session, case, paper)]


def gone(case: Case, paper: IssuedPaper) -> bool:
    """Whether the case no longer has what the paper is about: the session was deleted, the result is another one."""
    form = by_code(paper.form)
    about = [getattr(subject, "id", None) for subject in subjects(form, case)]
    return not form.applies(case) or (form.each is not None and paper.subject_id not in about)


def _differs(session: Session, case: Case, paper: IssuedPaper) -> bool:
    form = by_code(paper.form)
    if form.binds:
        return False
    subject = next((s for s in subjects(form, case) if getattr(s, "id", None) == paper.subject_id), None)
    filled = next((p for p in case.particulars if p.id == paper.particulars_id), None)
    now = one(session, case, form, subject, today=paper.issued_at.date(), filled=filled)
    return now.facts != paper.facts


def issue_all(session: Session, case: Case, forms: list[Form], *, by: str, today: date) -> list[IssuedPaper]:
    """Issue every paper of these forms that the case should have and that lacks nothing; Refusal if there is none.

    One that was issued before and would say the same now is that paper; one that was signed, or is of a finished case, is
    never issued anew by itself.
    """
    codes = {form.code for form in forms}
    due = [entry for entry in possible(session, case, today) if entry.form.code in codes and entry.due]
    ready = [entry for entry in due if not entry.gaps and not entry.loose]
    if not ready:
        lacking = sorted({gap for entry in due for gap in [*entry.gaps, *entry.loose]})
        raise (
            Missing(f"{case.number} 现在还没有可以出具的文书", lacking)
            if lacking
            else Refusal(f"{case.number} 没有这样的文书。")
        )
    changed = differing(session, case)
    good = {place(p): p for p in newest(case) if p not in changed or p.signings or case.finished}
    return [
        good.get(which(e.form.code, getattr(e.subject, "id", None), e.particulars))
        or issue(session, case, e.form, e.subject, by=by, today=today, filled=e.particulars)
        for e in ready
    ]


def chosen(session: Session, codes: Iterable[str]) -> list[Form]:
    """The forms of the codes; all of them where none is named. Refusal for a code that no form has."""
    return [form_settings.of(session, code) for code in codes] or form_settings.forms(session)


def answers_of(entry: Possible) -> dict[str, Value]:
    """What stands in the questions of a paper now: what was filled in, else what the form proposes."""
    return {ask.key: entry.sheet.said(ask) for ask in entry.form.asks}


def of_office(session: Session) -> list[IssuedPaper]:
    """Papers of the office (工作文书) that were issued, the newest first."""
    rows = select(IssuedPaper).where(IssuedPaper.case_id.is_(None)).order_by(IssuedPaper.id.desc())
    return list(session.scalars(rows))
