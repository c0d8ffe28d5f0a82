"""The shape of the database over time: which version a folder has, and how it is brought to today's.

A migration, once released, is never changed; the next one is added. ``HEAD`` names the newest.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
_NEWER = "这个数据文件夹由更新版本的程序写成，请先升级本程序再打开；数据没有改动。"


def bring_up_to_date(engine: Engine) -> None:
    """Apply what is missing, wholly or not at all; Refusal if the folder was written by a newer program."""
    with engine.connect() as connection:
        version = _version(connection)
        if version == HEAD:
            return
        from alembic import command
        from alembic.script import ScriptDirectory

        config = alembic_config(connection)
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if version not in {None, *known}:
            raise Refusal(_NEWER)
        # A table that is rebuilt must not take its children along; inside a transaction this would do nothing.
        connection.execute(text("pragma foreign_keys = off"))
        connection.execute(text("begin immediate"))
        command.upgrade(config, "head")
        connection.commit()
    engine.dispose()  # that connection went without foreign keys


def behind(engine: Engine) -> str | None:
    """The version of a database that has to be brought up to date; None if there is nothing to do.

    Refusal if a newer program wrote it.
    """
    with engine.connect() as connection:
        version = _version(connection)
        if version == HEAD or version is None:
            return None
        from alembic.script import ScriptDirectory

        scripts = ScriptDirectory.from_config(alembic_config(connection))
        if version not in {script.revision for script in scripts.walk_revisions()}:
            raise Refusal(_NEWER)
        return version


def rewritten(version: str) -> set[tuple[str, str]]:
    """What the updates after a version say of themselves (``REWRITES``) that they rewrite or do away with.

    Tables and columns, "*" for a whole table; everything else must come out of an update as it went in.
    """
    if version == HEAD:
        return set()
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(alembic_config(None)).iterate_revisions("head", version)
    return {one for script in scripts for one in getattr(script.module, "REWRITES", ())}


def alembic_config(connection: Connection | None) -> "Config":
    """Alembic's settings for an open connection, if one is needed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.scalar(text("select version_num from alembic_version")))
