"""The bound file (卷宗): cover, contents, every issued paper in the office's order, what was laid to it, back cover."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case, stands
from mediator.domain.codes import MaterialKind
from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper, Material
from mediator.forms.case_file.back import BACK
from mediator.forms.case_file.confirmation import CONFIRMATION
from mediator.forms.case_file.evidence import EVIDENCE
from mediator.forms.case_file.identity import IDENTITY
from mediator.forms.case_file.receipt import RECEIPT
from mediator.forms.case_file.statement import STATEMENT
from mediator.forms.form import Entry, Form, lay
from mediator.forms.rewording import reworded
from mediator.paper.bind import Laid, Part, Scan
from mediator.paper.foot import Foot, mark_of
from mediator.services import cases, form_settings, materials, papers, sensitive, signing

DOSSIER = "dossier"
"""Asks for every paper of the case in one file, in the order of the bound file (卷宗)."""

Pictures = Callable[[str], bytes | None]


def write(session: Session, case: Case, *, today: date, scans: bool = False) -> bytes:
    """The whole file as one PDF; with ``scans`` signed papers are shown as they were scanned.

    Refusal if nothing was issued yet, or this machine has no Chinese font at all.
    """
    from mediator.paper import bind
    from mediator.paper.fonts import NoFontError

    pictures = _pictures(session)
    forms = [form for form in form_settings.forms(session) if form_settings.in_file(form)]
    inside = list(_inside(case, [form for form in forms if not form.binds], scans))
    if not inside:
        raise Refusal(f"{case.number} 还没有出具过文书，没有可以装订的；请先出具文书。")
    try:
        laid = [bind.lay(part, pictures) for part in inside]
        contents = _contents(laid)
        around = [
            (form.code == BACK.code, bind.lay(_around(session, case, form, today, contents), pictures))
            for form in forms
            if form.binds
        ]
        front, back = ([part for last, part in around if last is wanted] for wanted in (False, True))
        return bind.write([*front, *laid, *back], pictures)
    except NoFontError as error:
        raise Refusal(str(error)) from None


def closed(session: Session, since: date, until: date) -> list[int]:
    """The cases closed in a period, by their number; those hidden from the person at work (敏感案件) left out."""
    wanted = select(Case.id).where(Case.closed_on.between(since, until), stands()).order_by(Case.number)
    drawn = sensitive.veil(session)
    return list(session.scalars(wanted if drawn is None else wanted.where(~drawn.hides)))


def each(
    session: Session, ids: Sequence[int], *, today: date, scans: bool = False
) -> Iterator[tuple[str, bytes | None]]:
    """Number and whole file of each case, one after another, None where there is nothing to bind.

    Nothing of one case is kept for the next.
    """
    forms = [form for form in form_settings.forms(session) if form_settings.in_file(form)]
    for case_id in ids:
        case = cases.load(session, case_id)
        there = any(_inside(case, [form for form in forms if not form.binds], scans))
        yield case.number, write(session, case, today=today, scans=scans) if there else None
        session.expunge_all()


def _inside(case: Case, forms: list[Form], scans: bool) -> Iterator[Part]:
    """What is between the contents list and the back cover, in the office's order."""
    standing, placed = signing.standing(case), set[int]()
    for form in forms:
        for issued in [paper for paper in standing if paper.form == form.code]:
            yield from _paper(case, issued, scans)
        behind = _behind(case, form)
        placed |= {material.id for material in behind}
        yield from map(_material, behind)
    printed = {form.code for form in forms}
    yield from (_material(m) for m in case.materials if m.id not in placed and not _shown(m, printed))


def _paper(case: Case, issued: IssuedPaper, scans: bool) -> Iterator[Part]:
    scanned = materials.scans(case, issued) if scans else []
    if scanned:
        yield from (_material(material, papers.kept(issued).title) for material in scanned)
    else:
        paper = papers.kept(issued)
        yield Part(paper.title, paper, foot=Foot(mark_of(issued.number, issued.digest)))


def _behind(case: Case, form: Form) -> list[Material]:
    """The materials that stand behind the paper of a form; photos of evidence are printed on its own sheet."""
    kinds = _PLACES.get(form.code, ())
    return [m for m in case.materials if m.kind in kinds and not _shown(m, {form.code})]


def _shown(material: Material, printed: set[str]) -> bool:
    """Whether a paper of these forms shows the material itself; a scan of a signed paper belongs to that paper."""
    on = {MaterialKind.EVIDENCE: EVIDENCE.code, MaterialKind.IDENTITY: IDENTITY.code}.get(material.kind)
    return material.kind is MaterialKind.SCAN or (material.is_photo and on in printed)


_PLACES: dict[str, tuple[MaterialKind, ...]] = {
    IDENTITY.code: (MaterialKind.IDENTITY,),
    EVIDENCE.code: (MaterialKind.EVIDENCE,),
    RECEIPT.code: (MaterialKind.VOUCHER,),
    CONFIRMATION.code: (MaterialKind.COURT,),
    STATEMENT.code: (MaterialKind.OTHER,),
}
"""Behind which form's papers materials of a kind stand."""


def _material(material: Material, title: str = "") -> Part:
    name = title or f"{material.kind.label}：{material.caption or material.file_name}"
    return Part(name, Scan(material.digest, material.media))


def _contents(laid: list[Laid]) -> list[Entry]:
    from mediator.paper import bind

    firsts = bind.firsts(laid)
    titles = [one.part.title for one in laid]
    return [
        Entry(one.part.title, first, one.pages, _which(titles, place))
        for place, (one, first) in enumerate(zip(laid, firsts, strict=True))
    ]


def _which(titles: list[str], place: int) -> str:
    """Which of several papers of one title it is: 第二次 for the second record."""
    if titles.count(titles[place]) < 2:
        return ""
    return f"第 {titles[: place + 1].count(titles[place])} 份"


def _around(session: Session, case: Case, form: Form, today: date, contents: list[Entry]) -> Part:
    """The cover, the contents list or the back cover of the file."""
    sheet = replace(papers.sheet(session, case, form, None, today), contents=contents)
    paper = reworded(lay(form, sheet), form_settings.wording(session, form))
    return Part(paper.title, paper, numbered=False, foot=Foot(paged=not form.untitled))


def _pictures(session: Session) -> Pictures:
    def picture(digest: str) -> bytes | None:
        return materials.found(session, [digest]).get(digest)

    return picture
