"""The year's table as somebody would write it by hand, in one statement."""

from mediator.domain.codes import Basis, Kind, Referrer, Source

_DAYS = {Basis.CONCLUDED: "concluded_on", Basis.ACCEPTED: "accepted_on"}
_KINDS = ",\n  ".join(f"sum(kind = '{kind.value}')" for kind in Kind)
_SOURCES = ",\n  ".join(f"sum(source = '{source.value}')" for source in Source)
_REFERRERS = ",\n  ".join(f"sum(source = 'referral' and referrer = '{r.value}')" for r in Referrer)

JUSTICE_SQL = {
    basis: f"""
select count(*),
  coalesce(sum(headcount), 0),
  sum(outcome in ('written', 'oral', 'partial')),
  sum(level in ('hard', 'major')),
  sum(case when outcome in ('written', 'oral', 'partial') then amount else 0 end),
  {_SOURCES},
  {_REFERRERS},
  {_KINDS},
  sum(outcome = 'oral'),
  sum(outcome in ('written', 'partial')),
  sum(outcome in ('written', 'oral', 'partial') and performance = 'full')
from "case" left join agreement on agreement.case_id = "case".id
where {day} between ? and ?"""
    for basis, day in _DAYS.items()
}
