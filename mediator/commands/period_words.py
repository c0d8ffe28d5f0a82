"""Closings and their differences as documents and as lines: what ``mediator period`` prints."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from mediator.domain.amounts import yuan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.domain.figures import Closing
    from mediator.services.closings import Difference
    from mediator.services.subsidies import Entry
    from mediator.services.subsidy_closings import Change


def title(closing: "Closing") -> str:
    """The title of the table that was closed."""
    from mediator.services import subsidies
    from mediator.services.frozen import frozen

    return subsidies.TITLE if closing.table == subsidies.CODE else frozen(closing).table.title


def is_zero(closing: "Closing") -> bool:
    """Whether there was nothing to report (零报告)."""
    from mediator.services import subsidies, subsidy_closings
    from mediator.services.frozen import frozen

    if closing.table == subsidies.CODE:
        return not subsidy_closings.frozen(closing).entries
    return frozen(closing).is_zero


def document(closing: "Closing") -> dict[str, object]:
    """A closing as JSON, without its figures: those are in ``differences`` and in ``tally``."""
    from mediator.services.closing_chain import notes_of

    notes = [{"words": words, "note": note} for words, note in notes_of(closing).items()]
    return {
        "table": closing.table, "title": title(closing), "edition": closing.edition, "basis": closing.basis.value,
        "period": {"from": closing.since.isoformat(), "until": closing.until.isoformat()},
        "serial": closing.serial, "closed_at": closing.closed_at.isoformat(timespec="seconds"),
        "closed_by": closing.closed_by, "reason": closing.reason, "zero_report": is_zero(closing), "notes": notes,
        "digest": closing.digest,
    }  # fmt: skip


def line(closing: "Closing") -> str:
    """A closing in words."""
    from mediator.domain.periods import days
    from mediator.services.closing_chain import called

    when = closing.closed_at.isoformat(" ", "minutes")
    zero = "零报告" if is_zero(closing) else ""
    reason = " ".join(closing.reason.split())
    period = days(closing.since, closing.until)
    return "\t".join(
        (
            closing.table,
            f"《{title(closing)}》",
            period,
            called(closing),
            when,
            closing.closed_by,
            zero,
            reason,
        )
    )


def differences(session: "Session", found: "Iterable[Difference]") -> list[dict[str, object]]:
    """What is not as it was closed, with the numbers of the cases; amounts in whole 分."""
    from mediator.services import closings

    changes = list(found)
    numbers = closings.numbers(session, set(chain(*((*d.gone, *d.come, *d.altered) for d in changes))))
    return [
        {
            "code": d.heading.name, "label": d.heading.label, "group": d.heading.group, "unit": d.heading.unit.value,
            "so_far": d.so_far, "cause": d.cause, "was": d.was, "now": d.now,
            "gone": [numbers[uid] for uid in d.gone if uid in numbers],
            "come": [numbers[uid] for uid in d.come if uid in numbers],
            "altered": [numbers[uid] for uid in d.altered if uid in numbers],
        }
        for d in changes
    ]  # fmt: skip


def changes(found: "Iterable[Change]") -> list[dict[str, object]]:
    """Which cases are not paid as they were closed; amounts as decimal text in 元."""
    return [
        {"number": change.entry.number, "was": _entry(change.was), "now": _entry(change.now)}
        for change in found
    ]


def _entry(entry: "Entry | None") -> dict[str, object] | None:
    if entry is None:
        return None
    return {
        "mediator": entry.mediator, "level": entry.level.value, "settled": entry.settled,
        "amount": yuan(entry.amount),
    }  # fmt: skip


def lines(found: list[dict[str, Any]]) -> Iterator[str]:
    """Differences in words, one a line: both figures, then the cases."""
    for entry in found:
        if "number" in entry:
            yield f"{entry['number']}\t{_paid(entry['was'])} → {_paid(entry['now'])}"
            continue
        money = entry["unit"] == "分"
        was, now = (yuan(n) if money else str(n) for n in (entry["was"], entry["now"]))
        also = ("年度累计" if entry["so_far"] else "", entry["cause"])
        label = entry["label"] + "".join(f"（{words}）" for words in also if words)
        moved = (("减少", entry["gone"]), ("增加", entry["come"]), ("改过内容", entry["altered"]))
        cases = [f"{words}：{'、'.join(numbers)}" for words, numbers in moved if numbers]
        yield "\t".join((label, f"{was} → {now} {'元' if money else entry['unit']}", *cases))


def _paid(entry: dict[str, Any] | None) -> str:
    return f"{entry['mediator']} {entry['amount']} 元" if entry else "没有计入"
