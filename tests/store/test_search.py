"""The word index: it finds what a person would find by reading, at once after every change, and nothing else."""

import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.people import Party
from mediator.domain.wording import clean_line
from mediator.services import documents, listing, parts
from mediator.store import keyfile
from mediator.store.engine import connect
from mediator.store.folder import Folder
from mediator.store.search import index_all, number_found, spread, words_of

BY, TODAY = "陈志华", date(2026, 11, 21)


@pytest.fixture(scope="module")
def shared(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An open folder whose changes are all dropped again."""
    path = tmp_path_factory.mktemp("search") / "mediator.db"
    shutil.copyfile(Folder(furnished).database, path)
    engine = connect(path, keyfile.unlock(Folder(furnished).keys, "chen", "滨江 practice 01"))
    yield engine
    engine.dispose()


def found(session: Session, words: str) -> set[int]:
    return {row.id for row in listing.find(session, listing.Wanted(words=words), limit=1_000)}


def seen(char: str) -> bool:
    """Whether a character counts: letters, figures and what names are written with; marks and blanks do not."""
    return unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co"


def bare(words: str) -> str:
    return "".join(char for char in clean_line(words).casefold() if seen(char))


def by_reading(case: Case, query: str) -> bool:
    """Whether every part of what was typed stands in one of the texts of a case."""
    texts = [case.number, case.external_number, case.full_name, case.occurred_place, case.summary]
    for party in case.parties:
        texts += [
            party.name,
            party.id_number,
            party.phone,
            party.address,
            *(r.name for r in party.representatives),
        ]
    wanted = [bare(part) for part in query.split() if bare(part)]
    return bool(wanted) and all(any(part in bare(one) for one in texts) for part in wanted)


WORDS = st.text("王𬎆𪚥㛃滨江路1 2Ab·（）()，。\"'*-:^+ＡÄß", max_size=12)
PARTY = st.fixed_dictionaries(
    {
        "name": WORDS.map(lambda words: words + "甲"),
        "address": WORDS,
        "phone": st.text("0123 -", max_size=6),
        "id_number": st.text("012X", max_size=6),
        "representatives": st.lists(
            st.fixed_dictionaries({"name": WORDS.map(lambda words: "乙" + words)}), max_size=1
        ),
    }
)
CASE = st.fixed_dictionaries(
    {
        "summary": WORDS,
        "occurred_place": WORDS,
        "external_number": WORDS,
        "parties": st.lists(PARTY, max_size=3),
    }
)
QUERY = st.one_of(
    WORDS,
    st.sampled_from(["王", "𬎆", "𪚥㛃", "1", "12", "a", "ä", "ss", "SS", "甲乙", "甲0", "2026", "001", "甲 乙", "邻里"]),
    st.sampled_from(["OR", "AND 王", "NEAR(王)", "words: 王", "王*", "^王", '"', '""', "'", "。 王", "王 AND", "{", "-王", "(", "NOT"]),
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(CASE, min_size=1, max_size=3),
    st.lists(QUERY.filter(str.strip), min_size=1, max_size=6),
    st.data(),
)
@example(
    [{"summary": "甲", "parties": [{"name": "周文谦", "id_number": "000000"}, {"name": "王𬎆"}]}],
    ["谦0", "谦王", "甲周", "0王"],
    None,
)
def test_what_is_found_is_what_would_be_found_by_reading(
    shared: Engine, raw: list[dict[str, object]], queries: list[str], data: st.DataObject | None
) -> None:
    with Session(shared) as session:
        cases = [
            documents.register(session, {"registered_on": "2026-03-01", **one}, by=BY, today=TODAY)
            for one in raw
        ]
        check(session, cases, queries)
        with_parties = [case for case in cases if case.parties]
        if data is not None and with_parties:
            case = data.draw(st.sampled_from(with_parties))
            row = data.draw(st.sampled_from(case.parties)).id
            if data.draw(st.booleans()):
                parts.drop(session, case, "parties", row, by=BY)
            else:
                parts.put(session, case, "parties", {"name": "𫖮某", "address": ""}, row=row, by=BY)
            check(session, cases, [*queries, "𫖮某"])
        session.rollback()


def check(session: Session, cases: list[Case], queries: list[str]) -> None:
    for query in queries:
        assert found(session, query) == {case.id for case in cases if by_reading(case, query)}, query


BLOCKS = {
    "extension A": (0x3400, 0x4DBF), "unified": (0x4E00, 0x9FFF), "extension B": (0x20000, 0x2A6DF),
    "extension C": (0x2A700, 0x2B739), "extension D": (0x2B740, 0x2B81D), "extension E": (0x2B820, 0x2CEA1),
    "extension F": (0x2CEB0, 0x2EBE0), "extension I": (0x2EBF0, 0x2EE5D), "extension G": (0x30000, 0x3134A),
    "extension H": (0x31350, 0x323AF), "compatibility": (0xF900, 0xFA6D), "private use": (0xE000, 0xF8FF),
    "private use 15": (0xF0000, 0xFFFFD), "Yi": (0xA000, 0xA48C), "Tibetan": (0x0F40, 0x0F47), "Mongolian": (0x1820, 0x1842),
    "Arabic": (0x0627, 0x063A),
}  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS)
def test_a_character_of_any_block_is_found_alone_and_between_others(shared: Engine, block: str) -> None:
    first, last = BLOCKS[block]
    chosen = [chr(code) for code in range(first, last + 1, max(1, (last - first) // 12))]
    with shared.begin() as connection, Session(connection) as session:
        for char in chosen:
            session.execute(text("delete from case_words"))
            index_all(connection, [(1, spread([f"王{char}某"]))])
            for query, hits in ((char, 1), (f"王{char}", 1), (f"{char}某", 1), ("王某", 0), (char * 2, 0)):
                assert number_found(session, query) == hits, (hex(ord(char)), query)
        connection.rollback()


NOTHING = ["\u200b", "\ud800", "\x00", "。，", "王" * 10_000, '"' * 999, "a" * 70_000]


@pytest.mark.parametrize("query", NOTHING, ids=range(len(NOTHING)))
def test_what_says_nothing_finds_nothing(shared: Engine, query: str) -> None:
    with Session(shared) as session:
        documents.register(session, {"registered_on": "2026-03-01", "summary": "王某"}, by=BY, today=TODAY)
        assert found(session, query) == set()
        assert len(found(session, " ".join("王" * 2_000))) == 1
        session.rollback()


def test_no_phrase_runs_from_one_text_into_the_next() -> None:
    words = words_of(Case(summary="漏水", parties=[Party(name="周文谦", id_number="0001")]))
    assert "谦 0" not in words and "漏 水" in words and "周 文 谦" in words
    assert spread(["", "甲", ""]) == "甲"


def test_who_writes_does_not_hide_from_the_one_who_reads(engine: Engine) -> None:
    with Session(engine) as writing, Session(engine) as reading:
        case = documents.register(
            writing, {"registered_on": "2026-03-01", "summary": "漏水"}, by=BY, today=TODAY
        )
        assert found(reading, "漏水") == set()
        writing.commit()
        assert found(reading, "漏水") == {case.id}
