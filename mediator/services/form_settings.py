"""The forms as this office has them (文书设置): their titles, order, standing, number patterns and wording."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Standing
from mediator.domain.errors import Refusal, Stale
from mediator.domain.numbering import check_pattern, number
from mediator.domain.papers import FormSetting
from mediator.domain.people import Identified
from mediator.domain.roles import Power
from mediator.domain.wording import clean, half_width
from mediator.forms.form import Form, blank, lay, renamed
from mediator.forms.register import FORMS, by_code
from mediator.forms.rewording import lost
from mediator.services import access, merging
from mediator.services.cases import fill
from mediator.services.offices import own


def all_of(session: Session) -> dict[str, FormSetting]:
    """What the office chose, by the form's code; only forms for which it chose something."""
    return {setting.form: setting for setting in session.scalars(select(FormSetting))}


def forms(session: Session) -> list[Form]:
    """All forms under the office's titles and in its order of the bound file (卷宗)."""
    chosen = all_of(session)
    default = {form.code: place for place, form in enumerate(FORMS)}

    def place(form: Form) -> tuple[int, int]:
        setting = chosen.get(form.code)
        own = setting.place if setting and setting.place is not None else default[form.code]
        return own, default[form.code]

    return [own_form(form, chosen.get(form.code)) for form in sorted(FORMS, key=place)]


def own_form(form: Form, setting: FormSetting | None) -> Form:
    """A form under the office's title and standing."""
    return renamed(form, setting.name, setting.standing) if setting else form


def of(session: Session, code: str) -> Form:
    """The form of a code as the office has it; Refusal if there is none."""
    return own_form(by_code(code), session.scalar(select(FormSetting).where(FormSetting.form == code)))


def pattern(session: Session, form: Form) -> str:
    """The pattern of the form's own series of numbers."""
    setting = session.scalar(select(FormSetting).where(FormSetting.form == form.code))
    return (setting.pattern if setting else "") or form.pattern


def wording(session: Session, form: Form) -> dict[str, str]:
    """How the office words passages of a form."""
    setting = session.scalar(select(FormSetting).where(FormSetting.form == form.code))
    return json.loads(setting.wording) if setting else {}


def choose(
    session: Session, code: str, raw: Mapping[str, object], was: Mapping[str, object] | None = None
) -> FormSetting:
    """Set title, standing or number pattern of a form; Refusal where a pattern cannot serve.

    ``was`` is what the person saw before typing, as in ``cases.fill``.
    """
    setting = _setting(session, code)
    fill(setting, raw, was)
    if setting.pattern:
        check_pattern(setting.pattern)
        _check_own(session, code, setting.pattern)
    session.flush()
    return setting


def _check_own(session: Session, code: str, chosen: str) -> None:
    """Refuse a pattern that would give numbers another series gives too."""
    this = number(chosen, 2026, 1)
    others = [(form.title, pattern(session, form)) for form in FORMS if form.pattern and form.code != code]
    for title, other in (*others, ("卷号", own(session).case_pattern)):
        if number(other, 2026, 1) == this:
            raise Refusal(f"编号样式“{chosen}”与{title}的一样，会出现两份同号的文书，请改得不同。")


def reword(
    session: Session, code: str, passage: str, words: str | None, *, case: Case | None = None,
    seen: str | None = None,
) -> FormSetting:  # fmt: skip
    """Word a passage otherwise in all papers of a form from now on; "" leaves it out, None undoes it.

    ``case`` is where it was worded so: Refusal if the words tell who somebody in it is. ``seen`` is what stood there
    when an undoing was asked for: Stale if that is no longer so.
    """
    setting = _setting(session, code)
    if seen is not None and json.loads(setting.wording).get(passage) != seen:
        merging.stale(setting, "这一处措辞", "改回", FormSetting.wording.key)
    if words is not None and case is not None:
        _check_of_nobody(case, passage, words)
    setting.wording = json.dumps(changed(json.loads(setting.wording), passage, words), ensure_ascii=False)
    session.flush()
    return setting


def changed(wording: dict[str, str], passage: str, words: str | None) -> dict[str, str]:
    """A wording with one passage put otherwise, or left out with ""; with None as it would be without."""
    rest = {key: value for key, value in wording.items() if key != passage}
    return rest if words is None else rest | {passage: clean(words)}


def idle(session: Session, form: Form, today: date) -> list[str]:
    """Passages the office words otherwise which the blank paper (空白文书) no longer has: nothing comes of it any more."""
    return lost(lay(form, blank(form, own(session), today)), wording(session, form))


def _check_of_nobody(case: Case, passage: str, words: str) -> None:
    """Refuse words for all papers that tell who a party of one case, or somebody who acts for it, is."""
    for what, fact in _personal(case):
        if _bare(fact) in _bare(words) and _bare(fact) not in _bare(passage):
            raise Refusal(
                f"这段话里有本案的{what}“{fact}”，以后会印到别的案件的文书上；请去掉它，或者改选“只改这一份”。"
            )


def _personal(case: Case) -> Iterator[tuple[str, str]]:
    """What tells who the parties are and who acts for them; a single character tells nothing."""
    for party in case.parties:
        people: list[Identified] = [party, *party.representatives]
        for who in people:
            found = [("姓名或名称", who.name), ("证件号码", who.id_number), ("住址或住所", who.address)]
            found += [("联系电话", phone) for phone in re.split(r"[、，,；;/\s]+", who.phone or "")]
            yield from ((what, fact) for what, fact in found if len(_bare(fact or "")) > 1)


def _bare(words: str) -> str:
    """Words to be looked for: without blanks and hyphens, letters and digits in half width."""
    return re.sub(r"[\s-]", "", half_width(words)).casefold()


def arrange(session: Session, codes: list[str], was: list[str] | None = None) -> None:
    """Keep the order of the bound file; Refusal unless every form is named once, Stale if it is not as it was seen."""
    if was is not None and [form.code for form in forms(session)] != was:
        raise Stale("卷内顺序刚刚被别人改过，这次没有移动；请看过现在的顺序再移。", table="form_setting")
    if sorted(codes) != sorted(form.code for form in FORMS):
        raise Refusal("卷内顺序要把每种文书都列一次，请重新排列。")
    for place, code in enumerate(codes):
        _setting(session, code).place = place
    session.flush()


def reset(session: Session, code: str, was: Mapping[str, object] | None = None) -> None:
    """Go back to the program's own title, standing, pattern and wording of a form; its place stays.

    Stale if what goes is not as it was seen (``was``).
    """
    setting = _setting(session, code)
    merging.unchanged(setting, was, "恢复")
    setting.name, setting.standing, setting.pattern, setting.wording = "", None, "", "{}"
    session.flush()


def in_file(form: Form) -> bool:
    """Whether papers of the form go into the bound file."""
    return not form.of_office and form.standing is not Standing.OUT


def _setting(session: Session, code: str) -> FormSetting:
    access.need(session, Power.SETTINGS)
    by_code(code)
    setting = session.scalar(select(FormSetting).where(FormSetting.form == code))
    if setting is None:
        setting = FormSetting(form=code)
        session.add(setting)
    return setting
