"""The tables of a period as somebody would write them by hand, one statement each, for the bare driver.

A row has the numbers of a table in the order of its columns; ``:since``, ``:until`` and ``:year`` are days.
"""

from collections.abc import Callable

from mediator.domain.codes import Averted, Basis, CommitteeType, Kind, Level, Referrer, Source
from mediator.tallies.lines import LINES, Line

_DONE = "concluded_on between :since and :until and outcome is not null"
_WITHIN = {Basis.CONCLUDED: _DONE, Basis.ACCEPTED: "accepted_on between :since and :until"}
_CASES = '"case" left join agreement on agreement.case_id = "case".id'
_SETTLED = "outcome in ('written', 'oral', 'partial')"
_MAJOR = "level = 'major'"
_POLICE = "source = 'referral' and referrer is 'police'"
_BANDS = ("headcount < 50", "headcount between 50 and 99", "headcount between 100 and 499", "headcount > 499")


def _cases(*conditions: str) -> str:
    return ",\n  ".join(f"count(*) filter (where {condition})" for condition in conditions)


def _total(amount: str, condition: str = "true") -> str:
    return f"coalesce(sum({amount}) filter (where {condition}), 0)"


def _averted(what: Averted) -> str:
    found = f"averted = '{what.value}'"
    return f"{_cases(found)}, {_total('coalesce(averted_people, headcount)', found)}"


def _kinds(line: Line) -> str:
    return f"kind in ({', '.join(repr(kind.value) for kind, its in LINES.items() if its is line)})"


def _justice(basis: Basis) -> str:
    own = "(select replace(type, 'professional', 'society') from office)"
    types = (f"{own} = '{type.value}'" for type in CommitteeType if type is not CommitteeType.PROFESSIONAL)
    sources = (f"source = '{source.value}'" for source in Source)
    referrers = (f"source = 'referral' and referrer = '{referrer.value}'" for referrer in Referrer)
    kinds = (f"kind = '{kind.value}'" for kind in Kind)
    forms = ("outcome = 'oral'", "outcome in ('written', 'partial')", f"{_SETTLED} and performance = 'full'")
    return f"""
select {_cases("true")}, {_total("headcount")},
  {_cases(_SETTLED, "level in ('hard', 'major')")}, {_total("amount", _SETTLED)},
  {_cases(*types, *sources, *referrers, *kinds, *forms)},
  (select count(*) from agreement where confirm_applied_on between :since and :until),
  (select count(*) from agreement where confirmed_on between :since and :until and confirmation = 'confirmed'),
  (select count(*) from screening where screened_on between :since and :until),
  (select {_total("prevented")} from screening where screened_on between :since and :until),
  {", ".join(map(_averted, Averted))}
from {_CASES} where {_WITHIN[basis]}"""


def _political(basis: Basis) -> str:
    """One row for the period and one for the year so far."""
    lines = [_kinds(line) for line in Line]
    found = [_cases(condition) for condition in ("true", *lines, *_BANDS, _MAJOR)]
    handled = [
        _cases(condition) for condition in ("true", _SETTLED, *lines, _MAJOR, f"{_MAJOR} and {_SETTLED}")
    ]
    f, h = [f"f{n}" for n in range(len(found))], [f"h{n}" for n in range(len(handled))]
    order = [f[0], *h[:2], *f[1:20], *h[2:21], *f[20:], *h[21:]]
    period = f"""
select {", ".join(order)},
  (select count(*) from screening where screened_on between :since and :until and concentrated),
  (select {_total("found")} from screening where screened_on between :since and :until)
from (select {_named(found, f)} from "case" where registered_on between :since and :until),
  (select {_named(handled, h)} from "case" where {_WITHIN[basis]})"""
    return f"{period}\nunion all {period.replace(':since', ':year')}"


def _named(numbers: list[str], names: list[str]) -> str:
    return ", ".join(f"{number} as {name}" for number, name in zip(numbers, names, strict=True))


def _police(_basis: Basis) -> str:
    came, done = "came >= :since", "done <= :until"
    others = ("written", "oral", "partial", "litigation", "transferred")
    ways = ("outcome = 'litigation'", "outcome = 'transferred'", f"outcome not in {others}")
    stock = ("true", "came < :since", came, f"{came} and {_POLICE}", f"{came} and not ({_POLICE})")
    flow = (done, f"{done} and {_POLICE}", f"{done} and {_POLICE} and {_SETTLED}", f"{done} and {_SETTLED}")
    ends = (*(f"{done} and {way}" for way in ways), "done is null or done > :until")
    return f"""
select {_cases(*stock, *flow, *ends)}, {_total("headcount", came)}, {_total("amount", f"{done} and {_SETTLED}")}
from (select *, min(coalesce(accepted_on, '9999'), coalesce(done, '9999')) as came
      from (select *, case when outcome is not null then concluded_on end as done from {_CASES}))
where came <= :until and (done is null or done >= :since)"""


def _team(_basis: Basis) -> str:
    types = (f"type = '{type.value}'" for type in CommitteeType)
    here = """(select count(*) from staff where mediates
    and (started_on is null or started_on <= :until) and (left_on is null or left_on > :until)"""
    return f"""
select {_cases("true", *types)}, {_total("rooms")}, {_total("studios")}, {_total("stations")},
  {here}), {here} and full_time), {here} and not full_time)
from office"""


TABLES: dict[str, Callable[[Basis], str]] = {
    "justice": _justice, "political": _political, "police": _police, "team": _team,
}  # fmt: skip
"""By the code of a table: its statement by a basis."""

_RANK = " ".join(f"when '{level.value}' then {place}" for place, level in enumerate(Level))
SUBSIDY = f"""
select name, level, success, price, count(*), coalesce(sum(price), 0)
from (select "case".level, {_SETTLED} as success, case when {_SETTLED} then settled else unsettled end as price,
    (select staff_id from assignment where case_id = "case".id and duty = 'lead' and recusal = ''
      order by id limit 1) as leads
  from "case" left join price on price.id =
    (select id from price where price.level = "case".level and valid_from <= concluded_on
      order by valid_from desc limit 1)
  where {_DONE} and "case".id not in (select case_id from claim join closing on closing.id = closing_id
    where since <> :since or until <> :until))
join staff on staff.id = leads
group by staff.id, level, success, price
order by name, staff.id, case level {_RANK} end, success desc, price"""
"""A row for each mediator, level, result and price: how many cases, and the 分 paid for them."""
