"""The lists of a case as panes: parties with those who act for them, mediators, investigations, sessions, revisits."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QListWidget, QListWidgetItem
from sqlalchemy.orm import Session as Store
from typing_extensions import override

from mediator.domain.case import Case
from mediator.domain.codes import Duty, IdKind, PartyType, Proxy, Side, Stage
from mediator.domain.errors import Refusal
from mediator.domain.identity import doubt, facts, normal
from mediator.domain.people import Party, Representative
from mediator.domain.records import Assignment, Investigation, Revisit, Session
from mediator.domain.safety import Draft
from mediator.domain.wording import clean_name
from mediator.services import consents, offices, parts, staff
from mediator.services.draft_stands import NEW, Step
from mediator.services.parts import Part
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import Beside, FormPane
from mediator.ui.parts import button, label, named, row, run
from mediator.ui.rows_pane import RowsPane

_OF_AGE = ("name", "type", "birth_on", "earns", "consented_on")
"""Fields of a party that say whether something is wanting for a minor."""


class PartiesPane(RowsPane):
    """当事人: what an identity number tells is filled in at once; what looks wrong is said, never barred."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "parties", screens.PARTY, _party_words, "还没有当事人。请先填申请人，再增加被申请人。"
        )
        self.representatives: list[dict[str, Any]] = []
        self._shown_others: list[dict[str, Any]] = []
        self.others = QListWidget()
        self.others.setAccessibleName("代理人和监护人")
        self.others.setMaximumHeight(self.fontMetrics().height() * 6)
        self.others.itemActivated.connect(lambda item: self._edit(self.others.row(item)))
        self.note = label("", "warning", wrap=True)
        """What is still wanting for minors; it bars nothing."""
        self.form.layout().insertWidget(0, self.note)  # type: ignore[union-attr]
        self.extra.addWidget(label("代理人、监护人、法定代表人", "section"))
        self.extra.addWidget(self.others)
        self.others_buttons = (
            button("增加", lambda: self._edit(None), picture="add"),
            button("修改", lambda: self._edit(self.others.currentRow())),
            button("去掉", self._drop),
        )
        self.extra.addLayout(row(*self.others_buttons, 1))
        self.form.beside["representatives"] = Beside(
            lambda: self.representatives, lambda: self._shown_others, self._put_back
        )
        watch_id(self.form, self.desk)
        self.form.edited.connect(self._tell_wanting)
        for key in ("id_kind", "id_number"):  # once more when the birthday was taken from the number
            self.form.editors[key].edited.connect(self._tell_wanting)

    @override
    def fresh(self) -> Party:
        taken = {party.side for party in self.case.parties} if self.case else set()
        side = Side.RESPONDENT if Side.APPLICANT in taken else Side.APPLICANT
        return Party(side=side, representatives=[])

    @override
    def raw(self) -> dict[str, object]:
        changed = (
            {} if self.representatives == self._shown_others else {"representatives": self.representatives}
        )
        return {**super().raw(), **changed}

    @override
    def was(self) -> dict[str, object] | None:
        was = super().was()
        return {**was, "representatives": self._shown_others} if was is not None else None

    @override
    def anew(self) -> None:
        super().anew()
        self._shown_others = []

    def _put_back(self, raw: object, seen: object) -> None:
        self.representatives, self._shown_others = parts.read_others(raw), parts.read_others(seen)
        self._list_others()

    @override
    def lock(self, on: bool) -> None:
        super().lock(on)
        for each in self.others_buttons:
            each.setVisible(not on)

    @override
    def _show_row(self, entry: Party) -> None:
        super()._show_row(entry)
        self.representatives = parts.others(entry)
        self._shown_others = list(self.representatives)
        self._list_others()
        self._tell_wanting()

    def _tell_wanting(self) -> None:
        """Say what is wanting for the party as typed, and which others want something too."""
        case = self.case
        if case is None:
            return
        with suppress(Refusal):  # what cannot be read yet is said where it is typed
            found = [consents.of(self._typed(), case, self.desk.today)]
            others = [
                one.name for one in case.parties
                if one.id != self._row_id and consents.of(one, case, self.desk.today)
            ]  # fmt: skip
            if others:
                found.append(f"当事人{'、'.join(others)}也有要补的，请在左边点开看。")
            self.note.setText("\n".join(filter(None, found)))
            self.note.setVisible(bool(self.note.text()))

    def _typed(self) -> Party:
        """The party as it would be saved, as far as its age and those who act for it go; Refusal if it cannot be read."""
        made = {key: self.form.editors[key] for key in _OF_AGE}
        typed = {key: one.field.read(one.raw()) for key, one in made.items()}
        acting = [Representative(proxy=one["proxy"]) for one in self.representatives]
        return Party(**typed, representatives=acting)

    def _list_others(self) -> None:
        self.others.clear()
        for raw in self.representatives:
            self.others.addItem(QListWidgetItem(f"{raw['proxy']} {raw['name']} {raw.get('relation') or ''}"))
        self.others.setVisible(bool(self.representatives))

    def _edit(self, number: int | None) -> None:
        locked = self.case is None or self.case.stage is Stage.ARCHIVED
        if locked or (number is not None and not 0 <= number < len(self.representatives)):
            return
        self._open_other(number)

    def resume_other(self, draft: Draft, step: Step) -> None:
        """Go on with what was typed of somebody who acts for the party shown."""
        ids = [raw.get("id") for raw in self.representatives]
        there = step.row is not None and step.row in ids
        self._open_other(ids.index(step.row) if there else None, draft)

    def _open_other(self, number: int | None, draft: Draft | None = None) -> None:
        before = self.representatives[number] if number is not None else None
        dialog = RepresentativeDialog(self, self.desk, before, self._guardian_wanted())
        if draft is not None:
            dialog.resume(draft)
        if not run(dialog):
            return
        if number is None:
            self.representatives.append(dialog.values)
        else:
            self.representatives[number] = {**self.representatives[number], **dialog.values}
        self._list_others()
        self.form.edited.emit()

    def _guardian_wanted(self) -> bool:
        with suppress(Refusal):
            return self._typed().lacks_guardian(self.desk.today) and not self.representatives
        return False

    def _drop(self) -> None:
        number = self.others.currentRow()
        if 0 <= number < len(self.representatives):
            del self.representatives[number]
            self._list_others()
            self.form.edited.emit()


class RepresentativeDialog(FormDialog):
    """代理人或监护人 of a party."""

    def __init__(
        self, parent: PartiesPane, desk: Desk, before: dict[str, Any] | None, guardian: bool
    ) -> None:
        super().__init__(parent, "代理人、监护人、法定代表人", wide=45)
        self.values: dict[str, Any] = {}
        self.form = FormPane(screens.REPRESENTATIVE)
        proxy = Proxy.GUARDIAN if guardian else Proxy.AGENT
        known = {key: value for key, value in (before or {}).items() if key != "id"}
        self.form.show_row(Representative(**known) if before else Representative(proxy=proxy))
        watch_id(self.form, desk)
        which = (before or {}).get("id") or NEW
        self.keep_typed(self.form, desk, f"{parent.place()}/representative:{which}")
        self.fill(self.form, does="确定", act=self._accept)

    def _accept(self) -> None:
        with tell.refusals(self):
            typed = self.form.raw()
            values = {key: self.form.editors[key].field.read(value) for key, value in typed.items()}
            if not values["name"]:
                raise Refusal("请填写姓名。")
            self.values = values
            self.accept()


class MediatorsPane(RowsPane):
    """调解员: who mediates, who records, who stepped aside."""

    def __init__(self, desk: Desk) -> None:
        self.staff = Choice()
        self.staff.allow_typing()
        self._shown_name = ""
        self._newcomer = ""
        """The name of somebody who is to be entered among the staff together with the row."""
        super().__init__(
            desk, "assignments", screens.ASSIGNMENT, _assignment_words, "还没有确定调解员。请选择姓名后保存。"
        )
        self.form.beside["staff"] = Beside(self.staff.currentText, lambda: self._shown_name, self._put_back)
        for n, widget in enumerate(named("调解员姓名", self.staff)):
            self.form.layout().insertWidget(n, widget)  # type: ignore[union-attr]
        self.staff.editTextChanged.connect(lambda _text: self.form.edited.emit())

    @override
    def fresh(self) -> Assignment:
        taken = {a.duty for a in self.case.assignments} if self.case else set()
        return Assignment(duty=Duty.ASSIST if Duty.LEAD in taken else Duty.LEAD)

    @override
    def raw(self) -> dict[str, object]:
        name = self.staff.currentText()
        return {**super().raw(), **({} if self._row_id and name == self._shown_name else {"staff": name})}

    @override
    def was(self) -> dict[str, object] | None:
        was = super().was()
        return {**was, "staff": self._shown_name} if was is not None else None

    def _put_back(self, raw: object, seen: object) -> None:
        self._shown_name = str(seen or "")
        self.staff.setCurrentText(str(raw))

    @override
    def lock(self, on: bool) -> None:
        super().lock(on)
        self.staff.setEnabled(not on)

    @override
    def save(self) -> bool:
        name = clean_name(self.staff.currentText())
        known = {person.name for person in self.desk.read(staff.everyone)}
        self._newcomer = name if name not in known else ""
        asked = f"“{name}”不在工作人员里，要加进去吗？"
        if self._newcomer and not tell.ask(self, asked, "加进去"):
            return False
        return super().save()

    @override
    def write(
        self, session: Store, case: Case, raw: dict[str, object], was: dict[str, object] | None, reason: str
    ) -> Part:
        if self._newcomer:
            staff.put(session, {"name": self._newcomer, "mediates": True}, None)
        return super().write(session, case, raw, was, reason)

    @override
    def _show_row(self, entry: Assignment) -> None:
        self._shown_name = entry.staff.name if entry.id else self.desk.who
        blocked = self.staff.blockSignals(True)
        self.staff.clear()
        self.staff.addItems(self.desk.read(lambda s: [p.name for p in offices.staff(s) if p.mediates]))
        self.staff.setCurrentText(self._shown_name)
        self.staff.blockSignals(blocked)
        super()._show_row(entry)


class InvestigationsPane(RowsPane):
    """调查记录."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "investigations", screens.INVESTIGATION,
            lambda i: f"{i.held_at:%Y-%m-%d}\n{i.respondent or i.place}", "需要调查时，在这里记。",
        )  # fmt: skip

    @override
    def fresh(self) -> Investigation:
        return Investigation(held_at=_now(), investigator=self.desk.who)


class SessionsPane(RowsPane):
    """调解记录, one a session."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "sessions", screens.SESSION,
            lambda i: f"{i.held_at:%Y-%m-%d %H:%M}\n{i.result.label}", "还没有调解记录。每调解一次记一份。",
        )  # fmt: skip

    @override
    def fresh(self) -> Session:
        if self.case is None:
            return Session(held_at=_now())
        before = self.case.sessions[-1] if self.case.sessions else Session()
        people = [party.name for party in self.case.parties]
        return Session(
            held_at=_now(),
            place=before.place,
            mediators="、".join(m.name for m in self.case.mediators),
            recorder=self.case.recorder or before.recorder,
            attendants=before.attendants or "、".join(people),
        )


class RevisitsPane(RowsPane):
    """回访记录."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "revisits",
            screens.REVISIT,
            lambda r: f"{r.visited_on}\n{r.way}",
            "达成协议后，在这里记回访。",
        )

    @override
    def fresh(self) -> Revisit:
        people = [p.name for p in self.case.parties] if self.case else []
        return Revisit(visited_on=self.desk.today, visitor=self.desk.who, visited="、".join(people))


def watch_id(form: FormPane, desk: Desk) -> None:
    """Fill sex and birthday from an identity number as it is typed, and say under it what looks wrong."""

    def look() -> None:
        kind = form.editors["id_kind"].field.read(form.editors["id_kind"].raw())
        number = normal(str(form.editors["id_number"].raw()))
        if not isinstance(kind, IdKind):
            return
        found = facts(kind, number) if number else None
        if found and "birth_on" in form.editors:
            form.editors["birth_on"].show(found.birth_on)
            form.editors["sex"].show(found.sex)
        kept = bool(form.editors["id_reason"].raw())
        words = "" if kept else doubt(kind, number, desk.today) or ""
        if words:
            words += "确实无误时，在下面写明原因，就可以照样保存。"
        form.complain("id_number", words, "warning")
        if found and not words and "birth_on" in form.editors:
            form.complain("id_number", _age_words(found.birth_on, desk), "good")

    for key in ("id_kind", "id_number", "id_reason"):
        form.editors[key].edited.connect(look)


def _age_words(birth: Any, desk: Desk) -> str:
    age = Party(birth_on=birth, type=PartyType.PERSON).age(desk.today)
    return f"校验无误，{age} 周岁" + ("，未成年人，请填写监护人" if age is not None and age < 18 else "")


def _party_words(party: Party) -> str:
    others = [r.proxy for r in party.representatives if r.proxy is not Proxy.HEAD]
    told = f"，有{'、'.join(str(proxy) for proxy in others)}" if others else ""
    return f"{party.side}{told}\n{party.name}"


def _assignment_words(entry: Assignment) -> str:
    return f"{entry.staff.name}\n{'已回避' if entry.recusal else entry.duty.label}"


def _now() -> datetime:
    return datetime.now().replace(minute=0, second=0, microsecond=0)
