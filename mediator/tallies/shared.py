"""What several tables say alike: which cases are settled, how people are counted, and the words for both."""

from sqlalchemy import ColumnElement

from mediator.domain.case import Case
from mediator.domain.codes import SETTLED

IS_SETTLED: ColumnElement[bool] = Case.outcome.in_(SETTLED)
"""调解成功: the parties came to an agreement of some form."""
SETTLED_WORDS = f"调解结果为{'、'.join(outcome.label for outcome in SETTLED)}的件数。"
HEADCOUNT_WORDS = "各案人数之和；填了“涉及人数”的用所填的数，没有填的用当事人数。"
