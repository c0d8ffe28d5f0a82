"""What is kept of who did what (审计): one entry a gesture, each chained to the one before, and what it changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediator.domain import fields
from mediator.domain.base import NEVER_AGAIN, Base
from mediator.domain.codes import Action, Turn


class Entry(Base):
    """审计记录: one thing somebody did. Only ever added; the database itself refuses to change or delete one.

    ``id`` is the order of entries, not ``at``: a clock may be wrong.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index(None, "at"), Index(None, "by"), Index(None, "action"), Index(None, "action", "by"), NEVER_AGAIN
    )  # fmt: skip
    """Indexed so that a page of what a filter finds among a million is there at once."""
    title = "审计记录"
    kept = False

    at: Mapped[datetime] = mapped_column()
    """Local time, to the second."""
    clock_suspect: Mapped[bool] = mapped_column(default=False)
    """The clock stood before the last entry whose time was not in doubt, or more than a year after it."""
    by: Mapped[str] = mapped_column(default="")
    action: Mapped[Action] = fields.code(Action, "做了什么", sample=Action.SAVED, system=True)
    case_id: Mapped[int | None] = mapped_column(index=True)
    """The case it was about; not a foreign key, an entry outlives what it tells of."""
    detail: Mapped[str] = mapped_column(Text, default="")
    """Which fields or things, in words; never what stood in them."""
    reason: Mapped[str] = mapped_column(Text, default="")
    medium: Mapped[str] = mapped_column(default="")
    """Where to, for what left the house: the label and serial of a drive, a printer."""
    undoes: Mapped[int | None] = mapped_column()
    """The entry that this one took back (撤销)."""
    salt: Mapped[str] = mapped_column(default="")
    changes_digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of the salt and the changes, so that an exported chain tells nothing of them and yet binds them."""
    hash: Mapped[str] = mapped_column(default="")
    """SHA-256 of the hash before and everything above."""

    changes: Mapped[list[Change]] = relationship(back_populates="entry", order_by="Change.id")


class Change(Base):
    """改动: one row of one table as it was and as it became in one gesture, by columns as JSON."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "table", "row_id"),)
    title = "改动"
    kept = False

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    table: Mapped[str] = mapped_column()
    row_id: Mapped[int] = mapped_column()
    case_id: Mapped[int | None] = mapped_column(index=True)
    turn: Mapped[Turn] = fields.code(Turn, "改动种类", sample=Turn.CHANGED, system=True)
    before: Mapped[str] = mapped_column(Text, default="{}")
    after: Mapped[str] = mapped_column(Text, default="{}")

    entry: Mapped[Entry] = relationship(back_populates="changes")
