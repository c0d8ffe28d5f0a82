"""The office (调委会) whose data this is, and the people who work there."""

import uuid
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.codes import CommitteeType
from mediator.domain.errors import Refusal
from mediator.domain.fields import Value, fields_of, read_all, written
from mediator.domain.numbering import check_pattern
from mediator.domain.office import Office, likely_type
from mediator.domain.people import Staff
from mediator.domain.roles import Power
from mediator.domain.wording import clean_name
from mediator.services import access, merging, names


def found(session: Session, raw: Mapping[str, object]) -> Office:
    """Enter the office at first set-up."""
    office = Office(uid=uuid.uuid4().hex)
    session.add(office)
    return fill(office, raw)


def own(session: Session) -> Office:
    """The office of this data folder; Refusal if set-up was never finished."""
    office = session.scalars(select(Office)).first()
    if office is None:
        raise Refusal("这个数据文件夹还没有填写调委会信息，请重新运行首次设置。")
    return office


def amend(session: Session, raw: Mapping[str, object], was: Mapping[str, object] | None = None) -> Office:
    """Change the office's particulars; keys that are no fields of an office are refused.

    ``was`` is what the person saw before typing: Stale where somebody else has changed the same since.
    """
    access.need(session, Power.SETTINGS)
    office = own(session)
    merging.check(office, merging.met(office, read_all(Office, raw), was))
    return fill(office, raw)


def as_document(office: Office) -> dict[str, Value]:
    """The office as files hold it."""
    return {"uid": office.uid, **written(office)}


def staff(session: Session) -> list[Staff]:
    """Those who work at the office and have not left, by name."""
    return list(session.scalars(select(Staff).where(Staff.left_on.is_(None)).order_by(Staff.name)))


def person(session: Session, name: str, *, login: str | None = None) -> Staff:
    """The staff member of that name, or who did something under it before; entered as a mediator if there is none yet."""
    name = clean_name(name)
    if not name:
        raise Refusal("请填写工作人员的姓名。")
    known = session.scalars(select(Staff).where(Staff.name == name)).first() or names.earlier(session, name)
    if known is None:
        if not access.may(session, Power.SETTINGS):
            raise Refusal(f"工作人员名单里没有“{name}”；{access.why_not(Power.SETTINGS)}")
        known = Staff(name=name, mediates=True)
        session.add(known)
        session.flush()
    if login:
        known.login = login
    return known


def name_of(session: Session, login: str) -> str:
    """The name of the person behind a log-in name."""
    return session.scalars(select(Staff.name).where(Staff.login == login)).first() or login


def fill(office: Office, raw: Mapping[str, object]) -> Office:
    """Set an office's particulars from what was typed; Refusal if the office could not work with them."""
    unknown = set(raw) - set(fields_of(Office)) - {"uid"}
    if unknown:
        raise Refusal(f"调委会信息里没有“{sorted(unknown)[0]}”这一项，请删去或改正。")
    for key, value in read_all(Office, raw).items():
        setattr(office, key, value)
    if not office.name:
        raise Refusal("请填写调委会名称，要与公章上的全称一致。")
    for key in {"type", "basis"} & set(raw):
        if getattr(office, key) is None:
            raise Refusal(f"请选择{fields_of(Office)[key].label}；统计表要用到它。")
    if office.month_limit is not None and not 1 <= office.month_limit <= 12:
        raise Refusal("调解期限应在 1 到 12 个月之间，请核对。")
    check_pattern(office.case_pattern)
    if not (office.region.isdecimal() and len(office.region) in (6, 9, 12)):
        raise Refusal("行政区划代码应为 6 位、9 位或 12 位数字，请核对。")
    office.type = office.type or _type(office.name)
    return office


def _type(name: str) -> CommitteeType:
    """The type that a name suggests; Refusal if it does not, as every case is counted under it."""
    found = likely_type(name)
    if found is not None:
        return found
    known = "、".join(f"{type.value}（{type.label}）" for type in CommitteeType.offered())
    raise Refusal(f"从名称看不出调委会类型，请写明 type，可填：{known}。")
