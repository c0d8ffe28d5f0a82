"""What keeps the desk safe (安全): drafts, backups made, the office's own keys, and the rules it chose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mediator.domain import fields
from mediator.domain.base import Base
from mediator.domain.codes import BackupKind, KeyUse


class Draft(Base):
    """暂存: what somebody typed and has not saved yet; kept so that a cut of power loses three seconds at most."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("by", "place"),)
    title = "暂存"
    kept = False

    by: Mapped[str] = mapped_column()
    """Name of the person who typed it; nobody else sees it."""
    place: Mapped[str] = mapped_column()
    """Which form it was typed into: "case:12", "case:12/agreement", "new-case"."""
    shown: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: what stood in the fields before."""
    typed: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: what was typed, by field."""
    saved_at: Mapped[datetime] = mapped_column()


class Backup(Base):
    """备份: one copy of the whole data folder that was made, and whether it was opened again and found whole."""

    __tablename__ = "backup"
    title = "备份"
    kept = False

    made_at: Mapped[datetime] = mapped_column()
    kind: Mapped[BackupKind] = fields.code(BackupKind, "备份种类", sample=BackupKind.AUTOMATIC, system=True)
    place: Mapped[str] = mapped_column()
    """Folder it was written to."""
    medium: Mapped[str] = mapped_column(default="")
    """Label and serial of the drive, empty for a folder of this machine."""
    name: Mapped[str] = mapped_column()
    cases: Mapped[int] = mapped_column()
    """件"""
    size: Mapped[int] = mapped_column()
    """Bytes."""
    up_to: Mapped[int] = mapped_column(default=0)
    """Number of the newest audit entry that is in it; what came after would be lost with this backup alone."""
    verified_at: Mapped[datetime | None] = mapped_column()
    drilled_at: Mapped[datetime | None] = mapped_column()
    """When it was last restored for trial (恢复演练)."""


class OwnKey(Base):
    """本单位密钥: a key pair of this office; the private half never leaves the encrypted database."""

    __tablename__ = "own_key"
    title = "本单位密钥"
    kept = False

    use: Mapped[KeyUse] = fields.code(KeyUse, "密钥用途", sample=KeyUse.SIGN, system=True)
    public: Mapped[str] = mapped_column(unique=True)
    private: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column()
    retired_at: Mapped[datetime | None] = mapped_column()


class Policy(Base):
    """安全设置: what the office chose; one row."""

    __tablename__ = "policy"
    title = "安全设置"

    lock_after: Mapped[int | None] = fields.count(
        "几分钟不用就锁定", sample="5", most=60, default=5, nullable=True,
        help="离开座位时也可以按 Ctrl+L 立即锁定；不填则为 5 分钟。",
    )  # fmt: skip
    backup_folder: Mapped[str] = fields.line(
        "备份文件夹", sample="D:\\调解备份", most=300, help="最好在另一块硬盘上；不填则不自动备份到本机。"
    )
    backup_hours: Mapped[int | None] = fields.count(
        "有改动时隔几小时备份", sample="4", most=48, default=4, nullable=True, help="退出程序时也会备份。"
    )
    remind_days: Mapped[int | None] = fields.count(
        "几天没有备份到 U 盘就提醒", sample="7", most=90, default=7, nullable=True
    )
    mask: Mapped[bool] = fields.flag(
        "列表里的证件号码和电话用星号遮住", sample="是", default=True,
        help="只遮屏幕上的列表；按“显示号码”可以看，会留下记录。存成的文件和印出的文书仍是全号。",
    )  # fmt: skip
    short_years: Mapped[int | None] = fields.count(
        "短期保管年数",
        sample="10",
        most=100,
        nullable=True,
        help="照本地档案部门的规定填；不填则不列入到期清单。",
    )
    long_years: Mapped[int | None] = fields.count(
        "长期保管年数",
        sample="30",
        most=100,
        nullable=True,
        help="照本地档案部门的规定填；不填则不列入到期清单。",
    )
