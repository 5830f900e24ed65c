"""Questionnaires, their use in a round, and every answer sheet as it came in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenming.base.models import CityRow, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import INSTRUMENT, SHEET, InstrumentState, SheetState
from wenming.core.permissions import Capability
from wenming.core.questionnaire import QuestionKind
from wenming.core.terms import SheetSource, Words
from wenming.rounds.models import Collection


class Instrument(CityRow):
    """A questionnaire in one version (问卷).

    Attributes:
        content: its plain rows, from which it is built again.
        content_hash: names what it says; the same in every city.
    """

    machine = INSTRUMENT
    sight = Sight(by=Capability.VIEW_COLLECTION, team="fieldwork__collection__assignments__person")

    key = models.TextField()
    version = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default=InstrumentState.DRAFT)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "key", "version"], name="instrument_version_once"
            ),
            models.CheckConstraint(
                condition=one_of("state", InstrumentState), name="instrument_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_zh} {self.version}"

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)

    @property
    def n_questions(self) -> int:
        """How many questions a person answers."""
        kinds = (QuestionKind(row.get("kind", "text")) for row in self.content["questions"])
        return sum(kind.is_asked for kind in kinds)


class Fieldwork(CityRow):
    """The questionnaire of a round and how its sheets are drawn (问卷调查任务).

    Attributes:
        strata, clusters, fpc: columns of `Sheet.drawn`, outermost stage first.
        weights: column of `Sheet.drawn` with the weight; "" for none.
        lonely: what to do with a stratum of one cluster.
        interval: kind of interval.
        trim_lower, trim_upper: bounds of a raked weight in mean weights; None for none.
    """

    sight = Sight(by=Capability.VIEW_COLLECTION, team="collection__assignments__person")

    collection = models.OneToOneField(
        Collection, on_delete=models.PROTECT, related_name="fieldwork"
    )
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="fieldwork")
    strata = models.JSONField(default=list)
    clusters = models.JSONField(default=list)
    fpc = models.JSONField(default=list)
    weights = models.TextField(blank=True)
    lonely = models.CharField(max_length=20)
    interval = models.CharField(max_length=20)
    trim_lower = models.DecimalField(null=True, max_digits=6, decimal_places=3)
    trim_upper = models.DecimalField(null=True, max_digits=6, decimal_places=3)

    def __str__(self) -> str:
        return f"{self.collection_id} {self.instrument_id}"

    @property
    def columns(self) -> list[str]:
        """The columns that each sheet must fill to say how it was drawn."""
        weights = [self.weights] if self.weights else []
        return list(dict.fromkeys([*self.strata, *self.clusters, *self.fpc, *weights]))


class Sheet(CityRow):
    """One answer sheet as it came in (收到的答卷).

    Attributes:
        instance: made where it was filled in; the same sheet sent twice is one.
        drawn: how the respondent was drawn, by column of the design.
        answers: text by question; only of questions that were asked.
        content_hash: names all that was sent, so that another sheet under its number is seen.
        accuracy_m: of the place, in metres.
        because: why it was set aside.
    """

    machine = SHEET
    sight = Sight(by=Capability.VIEW_SHEETS, person="interviewer")

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.PROTECT, related_name="sheets")
    instance = models.UUIDField()
    source = models.CharField(max_length=20)
    interviewer = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="sheets_brought"
    )
    drawn = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    latitude = models.DecimalField(null=True, max_digits=9, decimal_places=6)
    longitude = models.DecimalField(null=True, max_digits=9, decimal_places=6)
    accuracy_m = models.DecimalField(null=True, max_digits=8, decimal_places=1)
    state = models.CharField(max_length=20, default=SheetState.RECEIVED)
    because = models.TextField(blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "instance"], name="answers_instance_once"),
            models.CheckConstraint(
                condition=one_of("state", SheetState), name="answers_state_known"
            ),
            models.CheckConstraint(
                condition=one_of("source", SheetSource), name="answers_source_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="answers_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.instance)
