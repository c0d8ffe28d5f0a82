"""How often what occurs (构成), in parts of a hundred: published figures of local offices, rounded.

Kinds: the mean of a city's table of August 2016 and of a district's first quarter of 2024. Sources: that city's
52.4, 43.5 and 4.1, with more from the police, as in a room at a police station. Success: 96 to 99 of a hundred.
Screenings: that city's January to November 2020 (6,368 cases; 1,223 screenings, 1,305 disputes found, 785 prevented).
What was averted: 1 case of 4 people and 3 of 15 among its 869 of August 2016, here more, so that a small office has each.
Prices: counties and streets that published theirs. Of confirmation by courts no share was found.
"""

from mediator.domain.codes import (
    Averted,
    Confirmation,
    IdKind,
    Kind,
    Level,
    Outcome,
    Referrer,
    Source,
    Stage,
)

KINDS = {
    Kind.NEIGHBOUR: 22.0,
    Kind.DAMAGE: 16.9,
    Kind.FAMILY: 14.3,
    Kind.CONTRACT: 9.8,
    Kind.OTHER: 6.2,
    Kind.HOUSING: 5.7,
    Kind.TRAFFIC: 4.8,
    Kind.PROPERTY: 4.1,
    Kind.MEDICAL: 3.2,
    Kind.BUSINESS: 2.6,
    Kind.MIGRANT_WAGE: 2.5,
    Kind.LABOUR: 2.2,
    Kind.LAND: 2.1,
    Kind.CONSUMER: 2.0,
    Kind.DEMOLITION: 1.6,
    Kind.ECOMMERCE: 1.1,
    Kind.POLLUTION: 0.7,
    Kind.TOURISM: 0.4,
}

SOURCES: dict[tuple[Source, Referrer | None], float] = {
    (Source.APPLICATION, None): 48.0,
    (Source.INITIATIVE, None): 37.0,
    (Source.REFERRAL, Referrer.POLICE): 8.5,
    (Source.REFERRAL, Referrer.COURT): 3.5,
    (Source.REFERRAL, Referrer.PETITION): 1.6,
    (Source.REFERRAL, Referrer.OTHER): 0.9,
    (Source.REFERRAL, Referrer.PROCURATORATE): 0.5,
}

LEVELS = {Level.SIMPLE: 46.0, Level.GENERAL: 42.5, Level.HARD: 9.0, Level.MAJOR: 2.5}

OUTCOMES = {
    Outcome.WRITTEN: 63.0,
    Outcome.ORAL: 30.0,
    Outcome.PARTIAL: 3.0,
    Outcome.NONE: 1.4,
    Outcome.ENDED: 0.9,
    Outcome.LITIGATION: 0.7,
    Outcome.WITHDRAWN: 0.6,
    Outcome.TRANSFERRED: 0.4,
}

REFUSED = 0.012
"""Share of the cases that are not accepted (不予受理)."""

AVERTED: dict[Averted | None, float] = {None: 98.4, **dict.fromkeys(Averted, 0.4)}
"""Of the cases that were settled."""
AVERTED_PEOPLE = {
    Averted.SUICIDE: (1, 2),
    Averted.CRIME: (2, 6),
    Averted.PETITION: (5, 30),
    Averted.FIGHT: (6, 40),
}

CONFIRMATIONS: dict[Confirmation | None, float] = {
    None: 92.0, Confirmation.CONFIRMED: 6.0, Confirmation.REJECTED: 1.0, Confirmation.DECLINED: 1.0,
}  # fmt: skip
"""How a court ends what it was asked, of the written agreements that are not kept at once."""

SCREENINGS = 0.19
"""Screenings a case."""
FOUND = (0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3)
"""Disputes found in a screening, each as likely: 1.1 in the mean."""
CALMED = 0.6
"""Share of what is found that is settled on the spot (预防纠纷)."""

PRICES: dict[Level, tuple[int, int | None]] = {
    Level.SIMPLE: (50, None), Level.GENERAL: (100, None), Level.HARD: (200, 50), Level.MAJOR: (400, 100),
}  # fmt: skip
"""元 a case (以案定补), settled and not."""

STOPS: dict[Stage | None, float] = {
    None: 35.0,
    Stage.REGISTERED: 5.0,
    Stage.REFUSED: 5.0,
    Stage.ACCEPTED: 5.0,
    Stage.INFORMED: 5.0,
    Stage.ASSIGNED: 5.0,
    Stage.INVESTIGATED: 5.0,
    Stage.MEDIATING: 15.0,
    Stage.SUSPENDED: 5.0,
    Stage.UNSETTLED: 5.0,
    Stage.SETTLED: 5.0,
    Stage.PERFORMED: 5.0,
}
"""Where cases of the last weeks wait for now; None: they go on as far as the days reach."""

ID_KINDS = {
    IdKind.RESIDENT: 93.5,
    IdKind.NONE: 1.6,
    IdKind.HK_MACAO: 1.1,
    IdKind.HMT_RESIDENCE: 0.9,
    IdKind.TAIWAN: 0.8,
    IdKind.PASSPORT: 0.8,
    IdKind.OTHER: 0.7,
    IdKind.FOREIGN_RESIDENCE: 0.6,
}
