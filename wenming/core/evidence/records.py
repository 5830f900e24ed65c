"""The records of a round as frozen values, each with the place it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wenming.core.errors import Place
from wenming.core.evidence.margins import RakingPlan
from wenming.core.framework.model import WHERE_ANY
from wenming.core.reconcile import Figure
from wenming.core.terms import NO_WORDS, Method, Outcome, Review, Role, Words


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round (轮次) is about.

    Attributes:
        key: short name, unique in the city.
        assessed_on: the day of the assessment that is prepared for; None where unknown.
        tier: tier of the city; "" for the ordinary limits.
        methods: the methods this round uses; empty for all.
        is_synthetic: the evidence is made up, and every page says so.
        seed: text that fixes the bootstrap of the total.
    """

    key: str
    title: Words
    city: Words
    period_from: date | None = None
    period_to: date | None = None
    assessed_on: date | None = None
    tier: str = ""
    methods: tuple[Method, ...] = ()
    is_synthetic: bool = False
    seed: str = ""
    note: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure for an item or one of its conditions (统计数据)."""

    item: str
    value: Decimal
    unit: str
    period: str
    source: str
    condition: int
    place: Place


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the register (点位)."""

    key: str
    site_type: str
    title: str
    county: str
    street: str
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Observation:
    """Site × line of the checklist × time (观测).

    Attributes:
        outcome: what the inspector judged; None where the number seen decides.
    """

    site: str
    line: str
    time: str
    outcome: Outcome | None
    value: Decimal | None
    inspector: str
    remark: str
    photo: str
    place: Place


@dataclass(frozen=True, slots=True)
class DocumentReview:
    """The outcome of reviewing one document, web check or briefing (材料审核).

    Attributes:
        condition: number of the condition it supports; 0 for the whole item.
        requirement: names what is required, for criteria of the shape documents.
    """

    key: str
    item: str
    condition: int
    requirement: str
    method: Method
    title: str
    kind: str
    outcome: Review
    reason: str
    reviewer: str
    reviewed_on: str
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class PanelMark:
    """One assessor's mark for one item (评分)."""

    item: str
    assessor: str
    mark: Decimal
    place: Place


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who has what to do with an item (责任分解)."""

    item: str
    unit: str
    role: Role
    group: str
    due: date | None
    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the questionnaire and the item that it feeds.

    Attributes:
        column: of the answer sheets.
        yes: the answers that count for the item; blank or `missing` answers are left out
            of the base, and any other answer counts against it.
        no: where given, the only other answers there are; anything else is a mistake.
        condition: number of the condition that it feeds; 0 for the item itself.
    """

    column: str
    item: str
    condition: int
    text: Words
    yes: frozenset[str]
    no: frozenset[str]
    place: Place


@dataclass(frozen=True, slots=True)
class SurveyDesign:
    """How the answer sheets were drawn; column names of the answer table.

    Attributes:
        strata: columns of strata, outermost first; empty for none.
        clusters: columns of clusters by stage.
        fpc: columns of population sizes by stage; empty for none.
        weights: column of weights; "" for none.
        lonely: what to do with a stratum of one cluster; never silent.
        interval: kind of interval: auto, logit, beta, wilson or mean.
        raking: the margins that the weights are raked to; None for none.
    """

    strata: tuple[str, ...]
    clusters: tuple[str, ...]
    fpc: tuple[str, ...]
    weights: str
    lonely: str
    interval: str
    questions: tuple[Question, ...]
    missing: frozenset[str]
    place: Place
    raking: RakingPlan | None = field(default=None, metadata={WHERE_ANY: True})


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Answer sheets (答卷) as columns of text, one value a sheet, in canonical order.

    Attributes:
        columns: text by column; all of the same length.
        places: the place of each sheet.
    """

    columns: Mapping[str, tuple[str, ...]]
    places: tuple[Place, ...]

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """An item that does not apply to the city, with the reason (不适用)."""

    item: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class GateFact:
    """What is known of a gate: whether it holds, or None for not known."""

    gate: str
    holds: bool | None
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a round brought in."""

    plan: RoundPlan
    statistics: tuple[Statistic, ...] = ()
    sites: tuple[Site, ...] = ()
    observations: tuple[Observation, ...] = ()
    documents: tuple[DocumentReview, ...] = ()
    panel: tuple[PanelMark, ...] = ()
    responsibilities: tuple[Responsibility, ...] | None = None
    answers: AnswerTable | None = None
    survey: SurveyDesign | None = None
    not_applicable: tuple[NotApplicable, ...] = ()
    gates: tuple[GateFact, ...] = ()
    figures: tuple[Figure, ...] = ()
    groups: Mapping[str, Words] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
