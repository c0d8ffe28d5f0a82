"""The root of all models (数据表) and what every row of a case has in common."""

from typing import Any, ClassVar, Final

from sqlalchemy import MetaData, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NEVER_AGAIN: Final = {"sqlite_autoincrement": True}
"""Of tables whose rows issued papers, closed figures or drafts speak of, or can be found again (找回): the id of a row that
was deleted is never given to another."""


class Base(DeclarativeBase):
    """Root of the models; constraints get fixed names so that migrations can speak of them.

    Defaults are there from the start of a row's life, not only once it is stored.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    title: ClassVar[str] = ""
    """What people call one such thing."""
    kept: ClassVar[bool] = True
    """Whether every change of a row is kept in the history (改动)."""

    id: Mapped[int] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        for attribute in inspect(type(self)).column_attrs:
            default = attribute.columns[0].default
            if default is not None and default.is_scalar:
                values.setdefault(attribute.key, default.arg)
        for name, value in values.items():
            setattr(self, name, value)
