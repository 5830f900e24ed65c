"""Links under which a questionnaire is answered on the web without an account."""

import hashlib
from datetime import datetime
from typing import ClassVar

from django.db import models

from wenming.base.models import CityRow, User
from wenming.base.sight import Sight
from wenming.core.permissions import Capability
from wenming.survey.models.fieldwork import Fieldwork


def digest_of(secret: str) -> str:
    """By what a link is found (链接摘要); the secret itself is kept nowhere."""
    return hashlib.sha256(secret.encode()).hexdigest()


class LinkBatch(CityRow):
    """Links that the office made at once for the survey of a round (答题链接批次).

    Attributes:
        is_shared: one link for everybody, answered once on each device; else each answered once.
        drawn: how the respondents were drawn, by column of the design; `#` stands for a number.
        closed_at: from then on nothing is taken in by these links.
    """

    sight = Sight(by=Capability.EDIT_QUESTIONNAIRE)

    fieldwork = models.ForeignKey(Fieldwork, on_delete=models.PROTECT, related_name="batches")
    title = models.TextField()
    is_shared = models.BooleanField()
    drawn = models.JSONField(default=dict)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title

    def is_over(self, now: datetime) -> bool:
        """Whether nothing is taken in by its links any more."""
        return self.closed_at is not None or now > self.ends_at


class AnswerLink(CityRow):
    """One link under which a questionnaire is answered (答题链接).

    Which sheet came in by which link is kept nowhere: only how many did.

    Attributes:
        digest: SHA-256 of its secret, which is kept nowhere.
        number: within its batch, from 1.
        n_answers: sheets that came in by it.
    """

    sight = Sight(by=Capability.EDIT_QUESTIONNAIRE)

    batch = models.ForeignKey(LinkBatch, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField()
    n_answers = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="answer_link_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
