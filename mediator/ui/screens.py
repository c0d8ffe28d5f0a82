"""Which field stands where (界面布局): every declared field once, in the order of the paper register."""

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.case import Case
from mediator.domain.figures import Closing, CustomTable, Price, Screening
from mediator.domain.office import Office
from mediator.domain.papers import FormSetting, Material, Phrase
from mediator.domain.people import Party, Representative, Staff
from mediator.domain.records import Assignment, Investigation, Revisit, Session
from mediator.domain.safety import Policy
from mediator.ui.forms import Section, line

CASE = (
    Section("登记", (
        line(Case.registered_on, Case.kind, Case.level),
        line(Case.source, Case.referrer, Case.referrer_name),
        line(Case.external_number, Case.name, shares=(4, 8)),
    )),
    Section("纠纷", (
        line(Case.occurred_on, Case.occurred_place, shares=(4, 8)),
        line(Case.summary),
        line(Case.request),
        line(Case.claimed, Case.people, Case.retention),
        line(Case.averted, Case.averted_people, shares=(8, 4)),
        line(Case.sensitivity),
        line(Case.remark),
    )),
)  # fmt: skip

PARTY = (
    Section("", (
        line(Party.side, Party.type, Party.name, shares=(3, 3, 6)),
        line(Party.id_kind, Party.id_number, Party.phone, shares=(3, 5, 4)),
        line(Party.id_reason),
        line(Party.sex, Party.birth_on, Party.ethnicity, shares=(3, 5, 4)),
        line(Party.occupation, Party.employer, shares=(4, 8)),
        line(Party.earns),
        line(Party.consented_on),
        line(Party.address, Party.note, shares=(8, 4)),
    )),
)  # fmt: skip

REPRESENTATIVE = (
    Section("", (
        line(Representative.proxy, Representative.name, Representative.relation, shares=(4, 4, 4)),
        line(Representative.id_kind, Representative.id_number, Representative.phone, shares=(3, 5, 4)),
        line(Representative.id_reason),
        line(Representative.address),
        line(Representative.powers),
    )),
)  # fmt: skip

ASSIGNMENT = (Section("", (line(Assignment.duty), line(Assignment.recusal))),)

INVESTIGATION = (
    Section("", (
        line(Investigation.held_at, Investigation.place, shares=(4, 8)),
        line(Investigation.respondent, Investigation.others, shares=(4, 8)),
        line(Investigation.investigator, Investigation.recorder),
        line(Investigation.record),
    )),
)  # fmt: skip

SESSION = (
    Section("", (
        line(Session.held_at, Session.place, shares=(4, 8)),
        line(Session.mediators, Session.recorder, shares=(8, 4)),
        line(Session.attendants),
        line(Session.record),
        line(Session.result),
    )),
)  # fmt: skip

AGREEMENT = (
    Section("协议内容", (
        line(Agreement.facts),
        line(Agreement.terms),
        line(Agreement.way, Agreement.deadline),
        line(Agreement.amount, Agreement.copies, Agreement.effective_on),
    )),
    Section("履行和司法确认", (
        line(Agreement.performance, Agreement.performed_on),
        line(Agreement.confirmation, Agreement.confirm_applied_on, Agreement.confirmed_on, Agreement.ruling),
    )),
)  # fmt: skip

ITEM = (
    Section("", (
        line(Item.kind, Item.amount, Item.way),
        line(Item.act),
        line(Item.place),
    )),
)  # fmt: skip

INSTALMENT = (Section("", (line(Instalment.due_on, Instalment.amount),)),)

PAYMENT = (
    Section("", (
        line(Instalment.paid_on, Instalment.paid),
        line(Instalment.voucher),
    )),
)  # fmt: skip

REVISIT = (
    Section("", (
        line(Revisit.visited_on, Revisit.way, Revisit.place),
        line(Revisit.visited, Revisit.visitor, shares=(8, 4)),
        line(Revisit.performance, Revisit.satisfaction),
        line(Revisit.record),
    )),
)  # fmt: skip

OFFICE = (
    Section("调委会", (
        line(Office.name, Office.type, shares=(8, 4)),
        line(Office.region, Office.court),
        line(Office.address, Office.phone, shares=(8, 4)),
        line(Office.rooms, Office.studios, Office.stations),
    )),
    Section("编号、期限和口径", (
        line(Office.case_pattern, Office.month_limit, shares=(9, 3)),
        line(Office.basis, Office.cut_off),
    )),
)  # fmt: skip

STAFF = (
    Section(
        "",
        (
            line(Staff.name, Staff.phone),
            line(Staff.mediates, Staff.full_time),
            line(Staff.started_on, Staff.left_on),
        ),
    ),
)

SCREENING = (
    Section("", (
        line(Screening.screened_on, Screening.area, shares=(4, 8)),
        line(Screening.people, Screening.concentrated, shares=(9, 3)),
        line(Screening.visited, Screening.found, Screening.prevented),
        line(Screening.note),
    )),
)  # fmt: skip

PRICE = (Section("", (line(Price.level, Price.valid_from), line(Price.settled, Price.unsettled))),)

CORRECTION = (Section("", (line(Closing.reason),)),)

CUSTOM_TABLE = (Section("", (line(CustomTable.name),)),)

MATERIAL = (Section("", (line(Material.kind, Material.provider), line(Material.caption))),)

FORM_SETTING = (
    Section("", (line(FormSetting.name), line(FormSetting.standing, FormSetting.pattern, shares=(5, 7)))),
)

PHRASE = (Section("", (line(Phrase.kind), line(Phrase.words))),)

POLICY = (
    Section("锁定", (line(Policy.lock_after),)),
    Section("号码", (line(Policy.mask),)),
    Section("备份", (
        line(Policy.backup_folder),
        line(Policy.backup_hours, Policy.remind_days),
    )),
    Section("保管年限", (line(Policy.short_years, Policy.long_years),)),
)  # fmt: skip

ALL = (
    CASE, PARTY, REPRESENTATIVE, ASSIGNMENT, INVESTIGATION, SESSION, AGREEMENT, ITEM, INSTALMENT, PAYMENT, REVISIT,
    OFFICE, STAFF, SCREENING, PRICE, CORRECTION, CUSTOM_TABLE, MATERIAL, FORM_SETTING, PHRASE, POLICY,
)  # fmt: skip
