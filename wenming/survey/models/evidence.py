"""The questionnaire of a round, how its answer sheets were drawn, and the sheets."""

from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.rounds.models import Round


class SurveyPlan(CityRow):
    """How the answer sheets of a round were drawn (调查设计); names are columns of the sheets.

    Attributes:
        strata, clusters, fpc: lists, outermost stage first.
        weights: "" for none.
        lonely: what to do with a stratum of one cluster.
        interval: kind of interval.
        missing: answers that are left out of the base; blank always is.
        columns: every column of the sheets; None when no sheets came.
        raking: the margins that the weights are raked to; None for none.
    """

    sight = Sight(by=Capability.VIEW_EVIDENCE)

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="survey_plan")
    strata = models.JSONField(default=list)
    clusters = models.JSONField(default=list)
    fpc = models.JSONField(default=list)
    weights = models.TextField(blank=True)
    lonely = models.CharField(max_length=20)
    interval = models.CharField(max_length=20)
    missing = models.JSONField(default=list)
    columns = models.JSONField(null=True)
    raking = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.lonely}, {self.interval}"


class Question(CityRow):
    """A question and the item that it feeds (题目).

    Attributes:
        column: of the answer sheets.
        condition: number of the condition that it feeds; 0 for the item itself.
        yes: the answers that count for the item.
        no: the only other answers there are; empty where any other counts against it.
    """

    sight = Sight(by=Capability.VIEW_EVIDENCE)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    column = models.TextField()
    item = models.TextField()
    condition = models.PositiveBigIntegerField(default=0)
    text_zh = models.TextField()
    text_en = models.TextField(blank=True)
    yes = models.JSONField()
    no = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="question_position_once")
        ]
        indexes: ClassVar = [models.Index(fields=["round", "item"])]

    def __str__(self) -> str:
        return f"{self.column} {self.text_zh}"

    @property
    def text(self) -> Words:
        """The question in Chinese and English."""
        return Words(self.text_zh, self.text_en)


class AnswerSheet(CityRow):
    """One answer sheet (答卷).

    Attributes:
        key: as the file names the sheet; "" where it does not.
        values: text by column.
        position: place in the canonical order of the round.
    """

    sight = Sight(by=Capability.VIEW_EVIDENCE)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answer_sheets")
    key = models.TextField(blank=True)
    values = models.JSONField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="answer_sheet_position_once")
        ]

    def __str__(self) -> str:
        return self.key
