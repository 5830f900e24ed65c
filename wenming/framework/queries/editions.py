"""Editions and checklists as the engine knows them."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.db.models import QuerySet

from wenming.core.errors import Place
from wenming.core.framework import Checklists, Edition, build_checklists, build_edition
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.rows import Row, Tables
from wenming.framework import models

_KEPT = 8
"""Of editions that stay built in a process; one is known by all that is stored of it."""


def edition_of(stored: models.Edition) -> Edition:
    """The edition (测评体系版本), built again from its stored rows."""
    return _edition(json.dumps(stored.content), stored.key)


def checklists_of(stored: models.ChecklistSet | None) -> Checklists:
    """The checklists (检查表), built again from their stored rows; none when there are none."""
    return NO_CHECKLISTS if stored is None else _checklists(json.dumps(stored.content))


@lru_cache(maxsize=_KEPT)
def _edition(content: str, key: str) -> Edition:
    return build_edition(_tables(json.loads(content)), file=key)


@lru_cache(maxsize=_KEPT)
def _checklists(content: str) -> Checklists:
    return build_checklists(_tables(json.loads(content)))


def edition_before(
    stored: models.Edition, among: QuerySet[models.Edition]
) -> models.Edition | None:
    """The edition that this one followed (上一版): the one it replaced, else the one in use before.

    Args:
        among: those that the person may see.
    """
    replaced = among.filter(superseded_by=stored).order_by("-put_in_use_at").first()
    if replaced is not None:
        return replaced
    began = stored.put_in_use_at or stored.created_at
    earlier = among.exclude(pk=stored.pk).filter(put_in_use_at__lt=began)
    return earlier.order_by("-put_in_use_at").first()


def _tables(content: Mapping[str, Sequence[Mapping[str, str]]]) -> Tables:
    return {
        table: [Row(values, Place(table, line=line)) for line, values in enumerate(listed, start=1)]
        for table, listed in content.items()
    }
