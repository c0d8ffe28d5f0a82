"""The JSON shape of a counted table, for ``mediator tally --to x.json`` and inside packages.

``table``, ``title``, ``edition``; ``basis`` (concluded or accepted); ``office`` {uid, name, region}; ``period`` {from, until}, both
days included; ``year_from``, the day from which the year so far (年度累计) is counted, or null where a table has none;
``columns`` [{code, label, group, part_of, unit, value, so_far, definition}] with whole numbers in whole units (money in 分),
``so_far`` null where there is no ``year_from``; ``checks`` [{words, verdict}] where the verdict is passed, doubtful or failed;
where doubtful checks were explained, ``notes`` [{words, note}].
"""

from datetime import date

from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.tallies import register, strict
from mediator.tallies.table import Heading, Table, Unit
from mediator.tallies.tally import Reporter, Tally, check_period

_MOST_COLUMNS = 1000
_KEYS = ("table", "title", "edition", "basis", "office", "period", "year_from", "columns", "checks")


def to_json(tally: Tally) -> dict[str, object]:
    """A tally as a JSON document, with definitions and verdicts in words."""
    office = tally.reporter
    document: dict[str, object] = {
        "table": tally.table.code,
        "title": tally.table.title,
        "edition": tally.table.edition,
        "basis": tally.basis.value,
        "office": {"uid": office.uid, "name": office.name, "region": office.region},
        "period": {"from": tally.since.isoformat(), "until": tally.until.isoformat()},
        "year_from": tally.year.isoformat() if tally.year else None,
        "columns": [
            {
                "code": heading.name,
                "label": heading.label,
                "group": heading.group,
                "part_of": heading.part_of,
                "unit": heading.unit.value,
                "value": tally.values[heading.name],
                "so_far": tally.so_far.get(heading.name),
                "definition": tally.definition(heading),
            }
            for heading in tally.headings
        ],
        "checks": [{"words": check.words, "verdict": check.verdict.value} for check in tally.checks()],
    }
    if tally.notes:
        document["notes"] = [{"words": words, "note": note} for words, note in tally.notes.items()]
    return document


def from_json(document: object, *, kept: bool = False) -> Tally:
    """Read what ``to_json`` wrote, here or elsewhere; ``kept``: it is from our own records, where it was taken in whole.

    Refusal if anything is not as described, a column is missing, or it was made by a newer program in a way that cannot be
    kept. Columns this program does not know are kept as extra ones; one that counts a class of a code list may be missing from
    what was made before the class was, of what is kept any. Verdicts are made anew, never believed.
    """
    keys = (*_KEYS, "notes") if isinstance(document, dict) and "notes" in document else _KEYS
    root = strict.record(document, "统计表", *keys)
    table = register.edition(strict.line(root["table"], "表号"), strict.whole(root["edition"], "表式版本"))
    strict.line(root["title"], "表名")
    _check_words(root["checks"])
    period = strict.record(root["period"], "报告期", "from", "until")
    since, until = strict.day(period["from"], "报告期开始日期"), strict.day(period["until"], "报告期结束日期")
    check_period(since, until)
    year = _year(table, root["year_from"], until)
    values, so_far, extras = _columns(table, root["columns"], year is not None, kept)
    return Tally(
        table, _basis(root["basis"]), _reporter(root["office"]), since, until, values, extras,
        notes=_notes(root.get("notes", [])), year=year, so_far=so_far, standing="",
    )  # fmt: skip


def _year(table: Table, value: object, until: date) -> date | None:
    if (value is not None) is not table.yearly:
        raise strict.damaged("年度累计起算日")
    year = None if value is None else strict.day(value, "年度累计起算日")
    if year is not None and year > until:
        raise strict.damaged("年度累计起算日")
    return year


def _check_words(checks: object) -> None:
    for check in strict.rows(checks, "核对结果", _MOST_COLUMNS):
        entry = strict.record(check, "核对结果", "words", "verdict")
        strict.line(entry["words"], "核对结果", most=1000)
        strict.line(entry["verdict"], "核对结果")


def _notes(value: object) -> dict[str, str]:
    notes = {}
    for written in strict.rows(value, "核实说明", _MOST_COLUMNS):
        entry = strict.record(written, "核实说明", "words", "note")
        words = strict.line(entry["words"], "核实说明", least=1, most=1000)
        notes[words] = strict.line(entry["note"], "核实说明", least=1, most=1000)
    return notes


def _basis(value: object) -> Basis:
    basis = {basis.value: basis for basis in Basis}.get(strict.line(value, "统计口径"))
    if basis is None:
        raise Refusal("统计口径不是本程序认识的一种，请先升级程序。")
    return basis


def _reporter(value: object) -> Reporter:
    office = strict.record(value, "填报单位", "uid", "name", "region")
    uid, name = (
        strict.line(office["uid"], "填报单位标识", least=1),
        strict.line(office["name"], "填报单位名称", least=1),
    )
    return Reporter(uid, name, strict.line(office["region"], "行政区划代码", most=12))


def _columns(
    table: Table, value: object, yearly: bool, kept: bool
) -> tuple[dict[str, int], dict[str, int], tuple[Heading, ...]]:
    values: dict[str, int] = {}
    so_far: dict[str, int] = {}
    headings: dict[str, Heading] = {}
    for entry in strict.rows(value, "各项指标", _MOST_COLUMNS):
        heading, number, this_year = _column(entry)
        if heading.name in values or (this_year is not None) is not yearly:
            raise strict.damaged(heading.label)
        values[heading.name], headings[heading.name] = number, heading
        if this_year is not None:
            so_far[heading.name] = this_year
    for column in table.columns:
        found = headings.pop(column.name, None)
        if found is None and not (kept or column.part_of):
            raise Refusal(f"《{table.title}》里缺“{column.label}”一项，请让上报单位升级程序后重新导出。")
        if found is not None and found.unit is not column.unit:
            raise strict.damaged(column.label)
    return values, so_far, _extras(tuple(headings.values()), set(values))


def _column(value: object) -> tuple[Heading, int, int | None]:
    entry = strict.record(
        value, "指标", "code", "label", "group", "part_of", "unit", "value", "so_far", "definition"
    )
    label = strict.line(entry["label"], "指标名称", least=1)
    unit = {unit.value: unit for unit in Unit}.get(strict.line(entry["unit"], label))
    if unit is None:
        raise Refusal(f"“{label}”的计量单位是本程序不认识的，请先升级程序。")
    heading = Heading(
        strict.line(entry["code"], label, least=1),
        label,
        strict.line(entry["group"], label),
        unit,
        strict.line(entry["definition"], label, most=1000),
        strict.line(entry["part_of"], label),
    )
    this_year = None if entry["so_far"] is None else strict.whole(entry["so_far"], label)
    return heading, strict.whole(entry["value"], label), this_year


def _extras(extras: tuple[Heading, ...], names: set[str]) -> tuple[Heading, ...]:
    for extra in extras:
        if extra.part_of and extra.part_of not in names:
            raise strict.damaged(extra.label)
    return extras
