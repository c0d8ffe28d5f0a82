"""Every model of the house, so that the whole schema is known wherever a database is opened."""

from mediator.domain import agreement, audit, case, figures, office, papers, people, records, safety
from mediator.domain.base import Base

MODULES = (agreement, audit, case, figures, office, papers, people, records, safety)
metadata = Base.metadata
