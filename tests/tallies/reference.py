"""An independent counter: the tables counted over a dump (JSON Lines) in plain Python, to be compared with the program's.

It shares no code with ``mediator.tallies`` and reads nothing but the dump: days as text, codes as they are stored, amounts as
decimal text. For every column it tells what stands behind the number: the id of each row, and what the row adds.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""The rows of the dump by the name of their file."""
Behind = dict[str, dict[int, int]]
"""By column: the id of a row, and what it adds."""

AGREED = ("written", "oral", "partial")
OF_SOCIETY = {"professional": "society"}
FAMILIES_15 = {
    "migrant_wage": "work", "labour": "work", "tourism": "purchase", "ecommerce": "purchase", "consumer": "purchase",
}  # fmt: skip
FAMILIES_19 = {
    "family": "people", "neighbour": "people", "housing": "people", "damage": "people", "traffic": "people",
    "contract": "trade", "business": "trade", "tourism": "trade", "ecommerce": "trade", "consumer": "trade",
    "land": "land", "demolition": "resettlement", "pollution": "pollution", "migrant_wage": "labour",
    "labour": "labour", "medical": "medical", "property": "building", "other": "other",
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """From a day until another, both included, written 2026-01-31; and by which day the office counts."""

    basis: str
    since: str
    until: str

    def has(self, day: str | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.since <= day <= self.until


class Sheet:
    """What was counted so far."""

    def __init__(self) -> None:
        self.behind: Behind = {}

    def add(self, name: str, row: Row, amount: int | None = 1) -> None:
        """Count a row in a column."""
        if amount:
            self.behind.setdefault(name, {})[row["id"]] = amount


def recount(rows: Rows, table: str, edition: int, period: Period) -> Behind:
    """What stands behind every number of a table."""
    sheet = Sheet()
    rows = {**rows, "case": _with_heads(rows)}
    if table == "justice":
        _justice(sheet, rows, edition, period)
    if table == "political":
        _political(sheet, rows, period)
    if table == "police":
        _police(sheet, rows, period)
    if table == "team":
        _team(sheet, rows, period)
    return sheet.behind


def year_begins(until: str, cut_off: int | None) -> str:
    """The first day of the year in which a period ends, by the office's cut-off day."""
    year = int(until[:4])
    if not cut_off:
        return f"{year}-01-01"
    this = f"{year}-12-{cut_off + 1:02d}"
    return this if until >= this else f"{year - 1}-12-{cut_off + 1:02d}"


def _with_heads(rows: Rows) -> list[Row]:
    """The cases with the people in each: as many as were entered, else as there are parties; the stored number is not used."""
    parties = Counter(party["case_id"] for party in rows["party"])
    return [{**case, "heads": case["people"] or parties[case["id"]]} for case in rows["case"]]


def _cases(rows: Rows) -> Iterable[tuple[Row, Row]]:
    """Every case, with its agreement or an empty one."""
    agreements = {row["case_id"]: row for row in rows["agreement"]}
    return [(case, agreements.get(case["id"], {})) for case in rows["case"]]


def _fen(yuan: str | None) -> int:
    return int(Decimal(yuan or "0") * 100)


def _counts(case: Row, period: Period) -> bool:
    """Whether a case belongs to the period by the day the office chose."""
    if period.basis == "accepted":
        return period.has(case["accepted_on"])
    return period.has(case["concluded_on"]) and case["outcome"] is not None


def _justice(sheet: Sheet, rows: Rows, edition: int, period: Period) -> None:
    (office,) = rows["office"]
    for case, agreement in _cases(rows):
        if _counts(case, period):
            _justice_case(sheet, case, agreement, office, edition)
        if period.has(agreement.get("confirm_applied_on")):
            sheet.add("confirm_applied", case)
        if period.has(agreement.get("confirmed_on")) and agreement["confirmation"] == "confirmed":
            sheet.add("confirmed", case)
    for screening in rows["screening"]:
        if period.has(screening["screened_on"]):
            sheet.add("screenings", screening)
            sheet.add("prevented", screening, screening["prevented"])


def _justice_case(sheet: Sheet, case: Row, agreement: Row, office: Row, edition: int) -> None:
    sheet.add("total", case)
    sheet.add("people", case, case["heads"])
    sheet.add(f"type_{OF_SOCIETY.get(office['type'], office['type'])}", case)
    sheet.add(f"source_{case['source']}", case)
    if case["level"] in ("hard", "major"):
        sheet.add("hard", case)
    if case["source"] == "referral" and case["referrer"]:
        sheet.add(f"referrer_{case['referrer']}", case)
    if case["kind"]:
        kind = FAMILIES_15.get(case["kind"], case["kind"]) if edition == 0 else case["kind"]
        sheet.add(f"kind_{kind}", case)
    if case["outcome"] in AGREED:
        sheet.add("settled", case)
        sheet.add("oral" if case["outcome"] == "oral" else "written", case)
        sheet.add("amount", case, _fen(agreement.get("amount")))
        if agreement.get("performance") == "full":
            sheet.add("performed", case)
    if case["averted"]:
        people = case["averted_people"]
        sheet.add(f"averted_{case['averted']}", case)
        sheet.add(f"averted_{case['averted']}_people", case, case["heads"] if people is None else people)


def _political(sheet: Sheet, rows: Rows, period: Period) -> None:
    for case in rows["case"]:
        if period.has(case["registered_on"]):
            _political_case(sheet, case, "found")
            least = max(size for size in (0, 50, 100, 500) if case["heads"] >= size)
            sheet.add(f"size_{least}", case)
        if _counts(case, period):
            _political_case(sheet, case, "handled")
            if case["outcome"] in AGREED:
                sheet.add("settled", case)
                if case["level"] == "major":
                    sheet.add("settled_major", case)
    for screening in rows["screening"]:
        if period.has(screening["screened_on"]):
            sheet.add("screened", screening, screening["found"])
            if screening["concentrated"]:
                sheet.add("screenings", screening)


def _political_case(sheet: Sheet, case: Row, what: str) -> None:
    sheet.add(what, case)
    if case["kind"]:
        sheet.add(f"{what}_{FAMILIES_19[case['kind']]}", case)
    if case["level"] == "major":
        sheet.add(f"{what}_major", case)


def _police(sheet: Sheet, rows: Rows, period: Period) -> None:
    """Stock and flow from two days: the one on which a case came in, and the one on which it went out."""
    for case, agreement in _cases(rows):
        went = case["concluded_on"] if case["outcome"] else None
        came = min((day for day in (case["accepted_on"], went) if day), default=None)
        if came is None or came > period.until or (went and went < period.since):
            continue
        sheet.add("due", case)
        if came < period.since:
            sheet.add("opening", case)
        else:
            sheet.add("accepted", case)
            sheet.add("people", case, case["heads"])
            sheet.add("from_police" if _from_police(case) else "from_others", case)
        if went is None or went > period.until:
            sheet.add("closing", case)
        else:
            _police_ended(sheet, case, agreement)


def _police_ended(sheet: Sheet, case: Row, agreement: Row) -> None:
    agreed = case["outcome"] in AGREED
    sheet.add("concluded", case)
    if _from_police(case):
        sheet.add("concluded_police", case)
        if agreed:
            sheet.add("settled_police", case)
    if agreed:
        sheet.add("settled", case)
        sheet.add("amount", case, _fen(agreement.get("amount")))
    elif case["outcome"] in ("litigation", "transferred"):
        sheet.add(case["outcome"], case)
    else:
        sheet.add("ended", case)


def _from_police(case: Row) -> bool:
    return (case["source"], case["referrer"]) == ("referral", "police")


def _team(sheet: Sheet, rows: Rows, period: Period) -> None:
    (office,) = rows["office"]
    sheet.add("committees", office)
    sheet.add(f"type_{office['type']}", office)
    sheet.add("rooms", office, office["rooms"])
    sheet.add("studios", office, office["studios"])
    sheet.add("stations", office, office["stations"])
    for person in rows["staff"]:
        came, left = person["started_on"] or "", person["left_on"] or "9999"
        if person["mediates"] and came <= period.until < left:
            sheet.add("mediators", person)
            sheet.add("full_time" if person["full_time"] else "part_time", person)
