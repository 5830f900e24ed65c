"""What was handed in for a round as the plain rows of its folder."""

from collections.abc import Mapping

from django.utils import timezone

from wenming.core.lifecycle import SubmissionState
from wenming.core.terms import EvidenceKind, Review
from wenming.rounds.models import Collection
from wenming.submission.models import Submission

KIND_WORDS: Mapping[str, str] = {
    EvidenceKind.NORMATIVE: "规范性文件",
    EvidenceKind.REPORT: "说明报告",
    EvidenceKind.PHOTO: "实景图片",
    EvidenceKind.TABLE: "统计表",
}
"""The kinds as the folder of a round writes them."""

OUTCOMES: Mapping[str, Review] = {
    SubmissionState.HANDED_IN: Review.PENDING,
    SubmissionState.PASSED: Review.PENDING,
    SubmissionState.RETURNED: Review.PENDING,
    SubmissionState.ACCEPTED: Review.ACCEPTED,
    SubmissionState.REJECTED: Review.REJECTED,
}
"""What the engine is told of each state; what was withdrawn is not told at all."""


def rows_of(collection: Collection) -> dict[str, list[dict[str, str]]]:
    """The documents of a round (申报材料) as the table `documents`, in the order of their keys.

    Source:
        docs/methods/documents.md.
    """
    found = Submission.objects.filter(collection=collection, state__in=list(OUTCOMES))
    rows = found.select_related("requirement", "unit", "decided_by").order_by("number")
    return {"documents": [_row(each) for each in rows]}


def _row(each: Submission) -> dict[str, str]:
    asked, outcome = each.requirement, OUTCOMES[each.state]
    is_decided = outcome is not Review.PENDING
    day = timezone.localtime(each.decided_at).date().isoformat() if each.decided_at else ""
    return {
        "document": each.key,
        "item": asked.item,
        "condition": str(asked.condition or ""),
        "requirement": asked.title,
        "method": asked.method,
        "title": each.title,
        "kind": KIND_WORDS[asked.kind],
        "outcome": outcome.value,
        "reason": each.reason if outcome is Review.REJECTED else "",
        "reviewer": each.decided_by.name if is_decided and each.decided_by else "",
        "date": day if is_decided else "",
        "unit": each.unit.name if each.unit else "",
    }
