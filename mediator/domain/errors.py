"""The two kinds of error.

``Refusal`` is meant for a person: one whole sentence in Chinese that says what is wrong, where, and what to do.
Everything else that is raised is a bug: it goes to the log and to the crash window.
"""


class Refusal(Exception):
    """What was asked cannot be done; ``str()`` is the sentence shown to the person."""


class Missing(Refusal):
    """Something is still lacking (材料或内容不全); ``what`` cannot be done, ``gaps`` says why, one each."""

    def __init__(self, what: str, gaps: list[str]) -> None:
        self.what = what
        self.gaps = gaps
        super().__init__(f"{what}：{'；'.join(gaps)}。")


class Stale(Refusal):
    """Somebody else saved the same case in between (他人已改动)."""
