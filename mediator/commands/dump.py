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
    from mediator.exchange import dump
    from mediator.store.models import metadata
    from mediator.store.schema import HEAD

    counts: dict[str, int] = {}
    tables = metadata.sorted_tables
    with data.at_work(given) as session:
        connection = session.connection()
        connection.exec_driver_sql("begin")  # so that all tables are read as of one moment
        folder = files.make(given.to)
        described = json.dumps(dump.schema(tables, HEAD), ensure_ascii=False, indent=1).encode()
        listed = [(folder / dump.file_name(table), dump.lines(connection, table)) for table in tables]
        files.write_all([*listed, (folder / SCHEMA, [described])])
        for table in tables:
            counts[table.name] = connection.scalar(select(func.count()).select_from(table)) or 0
    say.warn("导出的文件没有加密，里面有当事人的个人信息，请妥善保管。")
    lines = [f"{dump.file_name(table)}\t{counts[table.name]} 行" for table in tables]
    say.say(given, {"to": str(folder), "tables": counts}, [*lines, SCHEMA])
    return 0


DUMP = Command(
    "dump", "把全部数据导出成公开格式：每张表一个 JSON Lines 文件，另有 schema.json 说明", _run, _options
)
