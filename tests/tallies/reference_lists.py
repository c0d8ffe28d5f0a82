"""An independent counter of what is no table: the current lists and the pay per case, over a dump in plain Python.

It shares no code with ``mediator.services`` and reads nothing but the dump. A line is the case it opens and some of its cells,
by the words over them.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from reference import AGREED, Row, Rows

Line = tuple[int | None, dict[str, str]]

UNDER_WAY = ("accepted", "informed", "assigned", "investigated", "mediating")
WAITING = {"registered": "待受理", "suspended": "中止"}
FINISHED = ("closed", "archived", "refused")
FOREVER = "9999-12-31"


def lines(rows: Rows, roster: str, today: date) -> list[Line]:
    """The lines of a list as they stand on a day, in its order."""
    makers = {
        "open": _open,
        "overdue": _overdue,
        "payments": _payments,
        "events": _events,
        "disputes": _disputes,
    }
    return list(makers[roster](rows, today))


def leader(rows: Rows, case: Row) -> Row | None:
    """Who leads a case: the first who was entered for it and did not step aside."""
    leading = [
        a
        for a in rows["assignment"]
        if a["case_id"] == case["id"] and a["duty"] == "lead" and not a["recusal"]
    ]
    first = min(leading, key=lambda a: int(a["id"]), default=None)
    return next((person for person in rows["staff"] if first and person["id"] == first["staff_id"]), None)


def pay(rows: Rows, since: str, until: str) -> dict[str, tuple[str, str, bool, str]]:
    """By the number of a case: who is paid for it, its level, whether it was settled, and 元; "" where there is no price."""
    paid = {}
    claimed = {claim["case_id"] for claim in rows["claim"] if not _of_period(rows, claim, since, until)}
    for case in rows["case"]:
        day, person = case["concluded_on"], leader(rows, case)
        if person and day and case["outcome"] and since <= day <= until and case["id"] not in claimed:
            settled = case["outcome"] in AGREED
            price = _price(rows, case["level"], day)
            amount = price["settled" if settled else "unsettled"] if price else None
            paid[case["number"]] = person["name"], case["level"], settled, amount or ""
    return paid


def _price(rows: Rows, level: str, day: str) -> Row | None:
    valid = [price for price in rows["price"] if price["level"] == level and price["valid_from"] <= day]
    return max(valid, key=lambda price: str(price["valid_from"]), default=None)


def _of_period(rows: Rows, claim: Row, since: str, until: str) -> bool:
    (closing,) = [closing for closing in rows["closing"] if closing["id"] == claim["closing_id"]]
    return (closing["since"], closing["until"]) == (since, until)


def _by_due(row: Row) -> tuple[str, int]:
    return row["due_on"] or FOREVER, row["id"]


def _open(rows: Rows, today: date) -> Iterator[Line]:
    for case in sorted(rows["case"], key=_by_due):
        if case["stage"] in (*UNDER_WAY, *WAITING):
            yield case["id"], _of_case(rows, case, today)


def _overdue(rows: Rows, today: date) -> Iterator[Line]:
    for case in sorted(rows["case"], key=_by_due):
        if case["stage"] in UNDER_WAY and case["due_on"] and case["due_on"] < today.isoformat():
            yield case["id"], _of_case(rows, case, today)


def _of_case(rows: Rows, case: Row, today: date) -> dict[str, str]:
    person = leader(rows, case)
    return {
        "卷号": case["number"], "主持调解员": person["name"] if person else "", "受理日期": case["accepted_on"] or "",
        "调解期限": case["due_on"] or "", "剩余天数": WAITING.get(case["stage"]) or _left(case["due_on"], today),
    }  # fmt: skip


def _left(due: str | None, today: date) -> str:
    if not due:
        return "未定期限"
    days = (date.fromisoformat(due) - today).days
    if days == 0:
        return "今天到期"
    return f"还有 {days} 天" if days > 0 else f"逾期 {-days} 天"


def _payments(rows: Rows, today: date) -> Iterator[Line]:
    cases = {case["id"]: case for case in rows["case"]}
    agreements = {agreement["id"]: agreement for agreement in rows["agreement"]}
    items = {item["id"]: item for item in rows["item"]}
    parties = {party["id"]: party for party in rows["party"]}
    for part in sorted(rows["instalment"], key=_by_due):
        item = items[part["item_id"]]
        agreement = agreements[item["agreement_id"]]
        case = cases[agreement["case_id"]]
        short = Decimal(part["amount"] or 0) - Decimal(part["paid"] or 0)
        owed = part["paid_on"] is None or short > 0
        watched = (
            case["outcome"] in AGREED and case["stage"] != "archived" and agreement["performance"] != "full"
        )
        if owed and watched:
            debtor = parties.get(item["debtor_id"])
            cells = {
                "卷号": case["number"], "应履行日期": part["due_on"] or "", "剩余天数": _left(part["due_on"], today),
                "还差（元）": "" if item["kind"] == "act" else f"{max(short, Decimal(0)):.2f}",
            }  # fmt: skip
            yield case["id"], cells | ({"履行方": debtor["name"]} if debtor else {})


def _events(rows: Rows, today: date) -> Iterator[Line]:
    """A year's screenings and the cases that the office found itself or a grid (网格) sent, the newest first."""
    since = today.replace(year=today.year - 1).isoformat()
    found: list[tuple[str, str, int, int | None, str]] = [
        (row["screened_on"], "排查", row["id"], None, row["area"]) for row in rows["screening"]
    ]
    for case in rows["case"]:
        if case["source"] == "initiative" or "网格" in case["referrer_name"]:
            found.append((case["registered_on"], "纠纷", case["id"], case["id"], case["occurred_place"]))
    found = [one for one in found if since <= one[0] <= today.isoformat()]
    found.sort(key=lambda one: (one[1], -one[2]))
    found.sort(key=lambda one: one[0], reverse=True)
    for day, sort, _, case_id, place in found:
        yield case_id, {"日期": day, "类别": sort, "地点或范围": place}


def _disputes(rows: Rows, today: date) -> Iterator[Line]:
    for case in sorted(rows["case"], key=lambda case: (case["registered_on"], case["id"])):
        if case["stage"] not in FINISHED:
            heads = case["people"] or sum(party["case_id"] == case["id"] for party in rows["party"])
            person = leader(rows, case)
            yield case["id"], {
                "登记日期": case["registered_on"], "卷号": case["number"], "涉及人数": str(heads),
                "主持调解员": person["name"] if person else "",
            }  # fmt: skip
