"""Bound files (卷宗): checked, and written as one PDF each."""

from datetime import date

from mediator.commands import data, files, say
from mediator.commands.command import Given
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.services import cases, completeness, dossier, outgoing, papers, printouts


def check(given: Given) -> int:
    """Say what the file of a case still lacks, a line each."""
    with data.at_work(given) as session:
        lacking = completeness.check(session, cases.get(session, given.number))
    say.say(given, {"gaps": lacking}, lacking or ["卷宗齐全。"])
    return 0


def one(given: Given) -> int:
    """Issue what the case should have, unless it is archived, then write its whole file."""
    with files.staging() as aside, data.at_work(given) as session:
        case = cases.get(session, given.number)
        today, by = date.today(), data.who(session, given)
        if case.stage is not Stage.ARCHIVED:
            papers.issue_all(session, case, papers.chosen(session, []), by=by, today=today)
        bound = dossier.write(session, case, today=today, scans=given.scans)
        lacking = completeness.check(session, case)
        name = printouts.file_name(case.number, "卷宗", 0, "pdf")
        outgoing.exported(session, "卷宗", given.to, number=case.number)
        files.write_aside(aside, files.make(given.to) / name, [bound])
    for words in lacking:
        say.warn(words)
    say.say(given, {"files": [name], "lacking": lacking, "by_hand": []}, [name])
    return 0


def many(given: Given) -> int:
    """Write the whole file of every case closed in a period, one after another; those without papers are named."""
    if given.since > given.until:
        raise Refusal(f"开始日期 {given.since} 晚于结束日期 {given.until}，请改正。")
    folder = files.make(given.to)
    written, empty = [], []
    with data.at_work(given) as session:
        wanted = dossier.closed(session, given.since, given.until)
        for number, content in dossier.each(session, wanted, today=date.today(), scans=given.scans):
            if content is None:
                empty.append(number)
                continue
            name = printouts.file_name(number, "卷宗", 0, "pdf")
            outgoing.exported(session, "卷宗", folder, number=number)
            files.write(folder / name, [content])
            written.append(name)
    for number in empty:
        say.warn(f"{number} 还没有出具过入卷的文书，没有装订。")
    say.say(given, {"files": written, "empty": empty}, written)
    return 0
