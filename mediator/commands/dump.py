"""mediator dump: the whole database in an open, documented form."""

import json

from mediator.commands.command import Command, Given, target
from mediator.commands.parser import Parser

SCHEMA = "schema.json"


def _options(parser: Parser) -> None:
    target(parser, "写到哪个文件夹，没有就新建", required=True)


def _run(given: Given) -> int:
    from sqlalchemy import func, select

    from mediator.commands import data, files, say
    from mediator.domain.roles import Power
    from mediator.exchange import dump
    from mediator.services import access, outgoing
    from mediator.services.transaction import reading, transaction
    from mediator.store.models import metadata
    from mediator.store.schema import HEAD

    counts: dict[str, int] = {}
    tables = metadata.sorted_tables
    with files.staging() as aside, data.opened(given) as engine:
        by = data.person(engine, given)
        with reading(engine, by) as session:
            access.need(session, Power.SEE_ALL)
            folder = files.make(given.to)
            connection = session.connection()
            connection.exec_driver_sql("begin")  # so that all tables are read as of one moment
            for table in tables:
                files.write_aside(aside, folder / dump.file_name(table), dump.lines(connection, table))
                counts[table.name] = connection.scalar(select(func.count()).select_from(table)) or 0
        described = json.dumps(dump.schema(tables, HEAD), ensure_ascii=False, indent=1).encode()
        files.write_aside(aside, folder / SCHEMA, [described])
        with transaction(engine, by) as session:
            outgoing.exported(session, "全部数据（没有加密）", folder)
    say.warn("导出的文件没有加密，里面有当事人的个人信息，请妥善保管。")
    lines = [f"{dump.file_name(table)}\t{counts[table.name]} 行" for table in tables]
    say.say(given, {"to": str(folder), "tables": counts}, [*lines, SCHEMA])
    return 0


DUMP = Command(
    "dump", "把全部数据导出成公开格式：每张表一个 JSON Lines 文件，另有 schema.json 说明", _run, _options
)
