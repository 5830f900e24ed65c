"""Keeps files that bring rows in, with every mistake until they are right."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from django.utils import timezone

from wenming.base.models import Attachment, Import
from wenming.base.services.audit import subject_of
from wenming.core.errors import Problem


def keep_problems(brought: Import, problems: Iterable[Problem]) -> None:
    """Remember what is wrong with a file (保存核查结果), and that it belongs to its import."""
    brought.problems = [_plain(problem) for problem in problems]
    brought.checked_at = timezone.now()
    brought.save(update_fields=["problems", "checked_at"])
    Attachment.objects.filter(pk=brought.attachment_id).update(subject=subject_of(brought))


def _plain(problem: Problem) -> dict[str, object]:
    row = {"code": problem.code, "place": asdict(problem.place), "facts": problem.facts}
    plain: dict[str, object] = json.loads(json.dumps(row, default=str))
    return plain
