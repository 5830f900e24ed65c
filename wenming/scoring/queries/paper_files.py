"""The files of papers: the paper itself as it was brought, and what stood in its place before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from wenming.base.models import Attachment, User
from wenming.base.services.audit import subject_of
from wenming.scoring.models import ReportedDocument


def files_of_papers(
    papers: Sequence[ReportedDocument], *, user: User
) -> Mapping[UUID, Sequence[Attachment]]:
    """The files of papers (材料原件) that a person may open, the latest first, by paper."""
    named = {subject_of(paper): paper.pk for paper in papers}
    seen = Attachment.objects.visible_to(user).filter(subject__in=named).select_related("file")
    found: dict[UUID, list[Attachment]] = defaultdict(list)
    for each in seen.order_by("-brought_at", "pk"):
        found[named[each.subject]].append(each)
    return found
