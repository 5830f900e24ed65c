"""Runs of the engine, their results, and what papers reported; a run is never changed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wenming.base.models import CityQuerySet, CityRow, ExactNumber, Unit, one_of
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.core.terms import Part, State, Words
from wenming.rounds.models import Round


class ReportedDocument(CityRow):
    """A paper that reports figures (所报材料)."""

    sight = Sight(by=Capability.VIEW_FIGURES)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reported_documents")
    key = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    as_of = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="reported_document_key_once")
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class Figure(CityRow):
    """One figure as a paper reports it (所报数字), however wrong it looks.

    Attributes:
        document: key of the paper; "" for none.
        of: key of the whole that it is a part of.
        means: "tested" when it counts the tested items of its whole.
        base: number behind a percentage.
        compared_with: name of the system's own figure; "" for none.
        split: lists of part and value (as text, every digit kept), as the paper orders them.
        split_by: "group" when every working group must have a part.
        members: the things counted.
    """

    sight = Sight(by=Capability.VIEW_FIGURES)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="figures")
    key = models.TextField()
    title_zh = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    document = models.TextField(blank=True)
    value = ExactNumber()
    unit = models.TextField(blank=True)
    of = models.TextField(blank=True)
    means = models.TextField(blank=True)
    lower_bound = models.BooleanField(default=False)
    base = models.BigIntegerField(null=True)
    compared_with = models.TextField(blank=True)
    split = models.JSONField(default=list)
    split_by = models.TextField(blank=True)
    members = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="figure_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.title_zh} {self.value}".strip()

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class Run(CityRow):
    """One run of the engine over a round (计分), frozen.

    Attributes:
        number: counts the runs of a city from 1.
        engine_version: of the program that computed it.
        edition_hash, evidence_hash: name what was scored.
        digest: names the whole result; the same again from the same input.
        summary: the result (docs/reference/assessment.md) without its items and findings.
        score, low, high: of the basic part, in points; None when nothing can be scored.
    """

    sight = Sight(by=Capability.VIEW_RUNS)

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    engine_version = models.CharField(max_length=50)
    edition_hash = models.CharField(max_length=64)
    evidence_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    summary = models.JSONField()
    score = ExactNumber(null=True)
    points = ExactNumber(null=True)
    low = ExactNumber(null=True)
    high = ExactNumber(null=True)
    coverage = ExactNumber(null=True)
    lost = ExactNumber(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "number"], name="run_number_once_a_city"),
            models.CheckConstraint(
                condition=models.Q(finished_at__gte=models.F("started_at")),
                name="run_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["city", "-number"])]

    def __str__(self) -> str:
        return f"{self.number}"


RunItems = CityQuerySet["ItemResult"]


class ItemResult(CityRow):
    """What a run says of one item (测评结果).

    Attributes:
        group: key of the working group; "" for none.
        certain: None where nothing was sampled or nothing can be said.
        value, low, high, gap: in `unit`, the measurement that decides.
        p_true, p_repeat: probabilities, 0 to 1.
        points, score, lost: in points; None where they are not known or do not apply.
        lead, lead_name: the unit in the lead; None and "" for none.
        units: every unit with a part in the item, the lead among them.
        detail: the whole item as docs/reference/assessment.md describes it.
        search: key, names and pinyin in lower case, for the search box.
    """

    sight = Sight(by=Capability.VIEW_RESULTS, unit="lead", units="units", group="group")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="items")
    key = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    dimension = models.TextField()
    indicator = models.TextField()
    part = models.CharField(max_length=20)
    group = models.TextField(blank=True)
    methods = models.JSONField(default=list)
    site_types = models.JSONField(default=list)
    state = models.CharField(max_length=20)
    grade = models.TextField(blank=True)
    certain = models.BooleanField(null=True)
    value = ExactNumber(null=True)
    unit = models.TextField(blank=True)
    low = ExactNumber(null=True)
    high = ExactNumber(null=True)
    p_true = ExactNumber(null=True)
    p_repeat = ExactNumber(null=True)
    points = ExactNumber(null=True)
    score = ExactNumber(null=True)
    lost = ExactNumber(null=True)
    gap = ExactNumber(null=True)
    lead = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="results")
    lead_name = models.TextField(blank=True)
    units = ArrayField(models.UUIDField(), default=list)
    due = models.DateField(null=True)
    detail = models.JSONField()
    search = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "key"], name="result_once_an_item"),
            models.CheckConstraint(condition=one_of("state", State), name="result_state_known"),
            models.CheckConstraint(condition=one_of("part", Part), name="result_part_known"),
            models.CheckConstraint(
                condition=models.Q(p_repeat__isnull=True) | models.Q(p_repeat__range=(0, 1)),
                name="result_p_repeat_is_a_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title_zh}"

    @property
    def title(self) -> Words:
        """Its name in Chinese and English."""
        return Words(self.title_zh, self.title_en)


class Finding(CityRow):
    """Something that does not fit (核对发现): a code and the facts to say it with."""

    sight = Sight(by=Capability.VIEW_FIGURES)

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="findings")
    code = models.TextField()
    facts = models.JSONField(default=dict)
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="finding_position_once")
        ]

    def __str__(self) -> str:
        return self.code
