"""Every model of the house, so that the whole schema is known wherever a database is opened."""

from mediator.domain import agreement, case, figures, office, papers, people, records
from mediator.domain.base import Base

MODULES = (agreement, case, figures, office, papers, people, records)
metadata = Base.metadata
