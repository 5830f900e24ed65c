"""What units handed in, each version of it, and what its review came to step by step."""

from typing import ClassVar

from django.db import models

from wenming.base.models import Attachment, CityRow, Unit, User, one_of
from wenming.base.sight import Sight
from wenming.core.lifecycle import SUBMISSION, SubmissionAction, SubmissionState
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.submission.models.requirements import Requirement

TEAM = "collection__assignments__person"


class Submission(CityRow):
    """What was handed in for a requirement (申报材料), reviewed on two levels.

    Attributes:
        number: counts what was handed in for the round.
        unit: hands it in; as the requirement named it then.
        version: number of the newest version.
        reason: of the last return, rejection or reopening; "" for none.
        reviewed_by, decided_by: who took the first and the last step of its review.
    """

    machine = SUBMISSION
    sight = Sight(by=Capability.VIEW_DOCUMENTS, unit="unit", group="unit__group__key", team=TEAM)

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="submissions")
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=20, default=SubmissionState.HANDED_IN)
    version = models.PositiveIntegerField(default=1)
    title = models.TextField()
    reason = models.TextField(blank=True)
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "number"], name="submission_number_once"),
            models.CheckConstraint(
                condition=one_of("state", SubmissionState), name="submission_state_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["collection", "state", "handed_in_at"], name="submission_queue")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """Its number as tables and files write it."""
        return f"D{self.number:04d}"


class SubmissionVersion(CityRow):
    """One version of what was handed in (材料版本): the file, and what is said of it.

    Attributes:
        number: counts the versions of a submission, from 1.
        attachment: the file; several versions may cite the same stored file.
        dated_on: the day that the document bears; None where it bears none.
        issuer: who issued the document, as it says.
        has_seal: whoever handed it in says that a page with the seal is part of it.
    """

    sight = Sight(
        by=Capability.VIEW_DOCUMENTS,
        unit="submission__unit",
        group="submission__unit__group__key",
        team="submission__collection__assignments__person",
    )

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    dated_on = models.DateField(null=True)
    issuer = models.TextField(blank=True)
    note = models.TextField(blank=True)
    has_seal = models.BooleanField(default=False)
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="submission_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class ReviewStep(CityRow):
    """One step of a submission (审核记录): who did what to which version, and why."""

    sight = SubmissionVersion.sight

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=one_of("action", SubmissionAction), name="review_step_known"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["submission", "at"], name="review_steps")]

    def __str__(self) -> str:
        return self.action
