"""Two people close the same month in the same moment: one closing comes of it, and the second is told."""

import threading

from made_cases import MARCH, NOW
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.services import closing_chain, closings
from mediator.tallies.team import TEAM


def test_of_two_who_close_at_once_the_second_is_refused(engine: Engine) -> None:
    """Both have looked and found the month open before either enters it."""
    told: list[str] = []
    looked = threading.Barrier(2)
    check = closing_chain.explained

    def close(by: str) -> None:
        try:
            with Session(engine) as session, session.begin():
                closings.close(session, TEAM, *MARCH, by=by, now=NOW)
            told.append("done")
        except Refusal as refusal:
            told.append(str(refusal))

    def together(*given: object) -> dict[str, str]:
        looked.wait(10)
        return check(*given)  # type: ignore[arg-type]

    closing_chain.explained = together  # type: ignore[assignment]
    try:
        both = [threading.Thread(target=close, args=(by,)) for by in ("陈志华", "王𬎆")]
        for each in both:
            each.start()
        for each in both:
            each.join()
    finally:
        closing_chain.explained = check
    assert sorted(words == "done" for words in told) == [False, True]
    assert any("刚刚被别人结账" in words for words in told)
    with Session(engine) as session:
        assert [closing.serial for closing in closing_chain.history(session)] == [1]
        assert closing_chain.broken(session) == [] and closing_chain.missing(session) == 0
