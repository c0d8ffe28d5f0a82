"""What a practice case is about (案情), once its people and words are chosen."""

from dataclasses import dataclass

from mediator.domain.codes import Side
from mediator.services.practice.people import Cast, called
from mediator.services.practice.rows import Row
from mediator.services.practice.story import Story


@dataclass(frozen=True)
class Matter:
    """What a case is about: its story, the words chosen for it, and those who stand on its sides."""

    story: Story
    words: dict[str, str]
    cast: Cast

    def tell(self, text: str) -> str:
        """A text of the story with this case's words in it."""
        return text.format(**self.words)

    def only(self, side: Side) -> Row | None:
        """The party of a side that has but one."""
        parties = self.cast.get(side, [])
        return parties[0] if len(parties) == 1 else None

    @property
    def title(self) -> str:
        """卷名 as it makes itself from parties and kind."""
        return "与".join(self.names) + self.story.kind.label

    @property
    def names(self) -> tuple[str, str]:
        """Both sides as they are called in a text."""
        return called(self.cast[Side.APPLICANT]), called(self.cast[Side.RESPONDENT])
