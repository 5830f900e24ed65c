"""Runs of the engine and their results; a run that was frozen is never changed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wenming.base.models import CityQuerySet, CityRow, ExactNumber, Unit, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import RUN, RunState
from wenming.core.permissions import Capability
from wenming.core.sides import Side, side_of
from wenming.core.terms import Part, State, Words
from wenming.rounds.models import Round


class Run(CityRow):
    """One run of the engine over a round (计分): provisional, then frozen, then corrected.

    A database trigger refuses changes of a run that was frozen (docs/adr/0010-frozen-results.md).

    Attributes:
        number: counts the runs of a city from 1.
        by: who had it computed; None for the command.
        engine_version: of the program that computed it.
        edition_hash, evidence_hash: name what was scored.
        digest: names the whole result; the same again from the same input.
        summary: the result (docs/reference/assessment.md) without its items and findings.
        score, low, high: of the basic part, in points; None when nothing can be scored.
        result_order: counts the frozen results of a city from 1; None for a provisional run.
        result_number: the same as it is quoted, such as 2026-001; "" for a provisional run.
        manifest_hash: names every stored row behind a frozen run.
        before, chain_hash: of the frozen result before it, and of this one.
        corrects: the frozen run that this one takes the place of; `correction` is the reason.
        corrected_by: the run that took the place of this one.
    """

    sight = Sight(by=Capability.VIEW_RUNS)
    machine: ClassVar = RUN

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default=RunState.PROVISIONAL)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
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
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    result_order = models.PositiveIntegerField(null=True)
    result_number = models.CharField(max_length=20, blank=True)
    manifest_hash = models.CharField(max_length=64, blank=True)
    before = models.CharField(max_length=64, blank=True)
    chain_hash = models.CharField(max_length=64, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    correction = models.TextField(blank=True)
    corrected_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "number"], name="run_number_once_a_city"),
            models.UniqueConstraint(fields=["city", "result_order"], name="result_order_once"),
            models.UniqueConstraint(
                fields=["city", "result_number"],
                condition=~models.Q(result_number=""),
                name="result_number_once",
            ),
            models.CheckConstraint(condition=one_of("state", RunState), name="run_state_known"),
            models.CheckConstraint(
                condition=models.Q(
                    state=RunState.PROVISIONAL, result_order__isnull=True, result_number=""
                )
                | (~models.Q(state=RunState.PROVISIONAL) & models.Q(result_order__isnull=False)),
                name="run_numbered_once_frozen",
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__gte=models.F("started_at")),
                name="run_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["city", "-number"])]

    def __str__(self) -> str:
        return self.result_number or f"{self.number}"

    @property
    def is_provisional(self) -> bool:
        """Whether it is not yet a result that may be quoted."""
        return self.state == RunState.PROVISIONAL

    @property
    def outside(self) -> Side | None:
        """On which side of its own interval the score lies; None where it lies within."""
        return side_of(self.score, self.low, self.high)


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
