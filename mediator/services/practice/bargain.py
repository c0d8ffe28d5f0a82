"""What the sides of a practice case agree on (协议事项、分期), and how they keep it (履行)."""

from dataclasses import dataclass
from datetime import date, timedelta

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.amounts import figures
from mediator.domain.calendar import in_words
from mediator.domain.codes import EventKind, ItemKind, Outcome, Performance, Side
from mediator.services.practice import phrases
from mediator.services.practice.matter import Matter
from mediator.services.practice.road import Road
from mediator.services.practice.rows import Row
from mediator.services.practice.story import SPOT, Plan, Promise

_YUAN = 100
_ROUND = 10 * _YUAN
_LEAST = 50 * _YUAN


@dataclass
class Payment:
    """One instalment, and the day on which it will be paid or done; None: it never is."""

    row: Row
    words: str
    on: date | None


class Bargain:
    """An agreement, and the payments that will come in."""

    def __init__(self, road: Road, matter: Matter, outcome: Outcome) -> None:
        self._road = road
        self._matter = matter
        self._way = road.chance.one(phrases.WAYS)
        self._open: list[Payment] = []
        self._oral = outcome is Outcome.ORAL
        self._keeps = self._oral or road.chance.odds(0.95)
        self._part = 1.0 if road.chance.odds(0.15) else 0.35 + 0.55 * road.chance.random()
        """What is agreed on, of what was asked."""
        partial = outcome is Outcome.PARTIAL
        self.row = self._agreement(partial)
        promises = matter.story.promises[:1] if partial else matter.story.promises
        self.promised = [self._item(promise) for promise in promises]
        self._sum_up()

    def _agreement(self, partial: bool) -> Row:
        chance, on = self._road.chance, self._road.on
        terms = [
            self._matter.story.terms,
            chance.one(phrases.CLOSING_TERMS),
            phrases.PARTIAL_TERMS if partial else "",
        ]
        signed = on if self._oral or chance.odds(0.9) else chance.later(on, 0, 3)
        return self._road.sheet.add(
            Agreement, case_id=self._road.case["id"], reached_on=on, effective_on=min(signed, self._road.until),
            terms="".join(dict.fromkeys(terms)), way="" if chance.odds(0.4) else self._way,
            copies=None if self._oral or chance.odds(0.6) else sum(map(len, self._matter.cast.values())) + 1,
        )  # fmt: skip

    def _sum_up(self) -> None:
        money = sum(item["amount"] or 0 for item in self.promised)
        self.row["amount"] = money or None
        due = [payment.row["due_on"] for payment in self._open]
        if not self._oral and max(due) > self._road.on:
            self.row["deadline"] = f"{in_words(max(due))}前履行完毕"
        if not self._oral and self._road.chance.odds(0.3):
            self.row["facts"] = self._road.case["summary"]

    def _item(self, promise: Promise) -> Row:
        debtor, creditor = self._matter.only(promise.by), self._matter.only(promise.to)
        item = self._road.sheet.add(
            Item, agreement_id=self.row["id"], kind=ItemKind.MONEY if promise.share else ItemKind.ACT,
            debtor_side=promise.by, debtor_id=debtor and debtor["id"],
            creditor_side=promise.to, creditor_id=creditor and creditor["id"],
            amount=self._amount(promise) if promise.share else None, act=self._matter.tell(promise.act),
            way=self._way if promise.share else "",
            place="滨江社区调解室" if promise.share and self._road.chance.odds(0.15) else "",
        )  # fmt: skip
        if promise.share:
            plan = SPOT if self._oral else self._road.chance.one(promise.plans)
        else:
            plan = ((100, 0 if self._oral else promise.days),)
        for part, days in _split(item["amount"], plan):
            self._instalment(item, part, days)
        return item

    def _amount(self, promise: Promise) -> int:
        """分 promised, most often in round figures."""
        exact = int((self._road.case["claimed"] or 0) * self._part * promise.share / 100)
        return exact if exact and self._road.chance.odds(0.05) else max(exact // _ROUND * _ROUND, _LEAST)

    def _instalment(self, item: Row, amount: int | None, days: int) -> None:
        due = self._road.on + timedelta(days)
        row = self._road.sheet.add(Instalment, item_id=item["id"], due_on=due, amount=amount)
        words = f"{figures(amount)} 元" if amount else item["act"]
        self._open.append(Payment(row, words, self._payday(days, due)))

    def _payday(self, days: int, due: date) -> date | None:
        chance = self._road.chance
        if not self._keeps:
            return due if days == 0 and chance.odds(0.5) else None
        if days == 0:
            return due
        return due + timedelta(chance.number(-min(days, 6), 2) if chance.odds(0.88) else chance.number(3, 45))

    @property
    def done_on(self) -> date | None:
        """The day by which all will be kept; None if it never will."""
        days = [payment.on for payment in self._open]
        return None if None in days else max([day for day in days if day], default=self._road.on)

    @property
    def last_due_on(self) -> date:
        """The last day by which something was promised."""
        return max((payment.row["due_on"] for payment in self._open), default=self._road.on)

    def keep(self, up_to: date) -> None:
        """Let in the payments that fall up to a day, in order."""
        coming = [p for p in self._open if p.on and p.on <= min(up_to, self._road.until)]
        for payment in sorted(coming, key=lambda payment: payment.on or up_to):
            assert payment.on
            payment.row.update(paid_on=payment.on, paid=payment.row["amount"])
            if payment.row["amount"]:
                payment.row["voucher"] = phrases.VOUCHERS[self._way]
            self._road.reach(payment.on)
            self._road.note(EventKind.PAID, on=payment.on, detail=payment.words)
            self._open.remove(payment)
            self._note(payment.on)

    def _note(self, day: date) -> None:
        self.row["performance"] = Performance.PART if self._open else Performance.FULL
        self.row["performed_on"] = None if self._open else day

    def standing(self, day: date) -> Performance | None:
        """How far the agreement is kept on a day; None while nothing is due."""
        overdue = any(payment.row["due_on"] < day for payment in self._open)
        standing: Performance | None = self.row["performance"]
        return standing or (Performance.NONE if overdue else None)

    def told(self) -> str:
        """What was agreed, in a sentence for the record."""
        words = []
        for item in self.promised:
            by = self._matter.names[item["debtor_side"] is not Side.APPLICANT]
            amount = f"支付{figures(item['amount'])}元（{item['act']}）" if item["amount"] else item["act"]
            words.append(f"{by}{amount}")
        return "；".join(words)


def _split(amount: int | None, plan: Plan) -> list[tuple[int | None, int]]:
    """The parts of an amount by a plan, the last one taking what is left over, with their days."""
    if amount is None:
        return [(None, days) for _, days in plan]
    parts = [amount * share // 100 // _YUAN * _YUAN for share, _ in plan[:-1]]
    parts.append(amount - sum(parts))
    return [(part, days) for part, (_, days) in zip(parts, plan, strict=True)]
