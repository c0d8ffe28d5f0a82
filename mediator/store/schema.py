"""The shape of the database over time: which version a folder has, and how it is brought to today's.

A migration, once released, is never changed; the next one is added. ``HEAD`` names the newest.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"


def bring_up_to_date(engine: Engine) -> None:
    """Apply what is missing; Refusal if the folder was written by a newer program."""
    version = _version(engine)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise Refusal("这个数据文件夹由更新版本的程序写成,请先升级本程序再打开;数据没有改动。")
    from alembic import command

    with engine.begin() as connection:
        connection.execute(text("pragma foreign_keys = off"))
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> "Config":
    """Alembic's settings for an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        try:
            return connection.execute(text("select version_num from alembic_version")).scalar()
        except OperationalError:
            return None
