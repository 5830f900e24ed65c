"""The one door through which a `state` column is changed."""

from enum import StrEnum
from typing import Any, TypeVar, cast

from django.db import models, transaction

from wenming.base.access import check
from wenming.base.models import CityRow, User
from wenming.base.services.audit import record
from wenming.core.lifecycle import Machine

M = TypeVar("M", bound=CityRow)


@transaction.atomic
def transition(row: M, action: StrEnum, *, by: User, **facts: Any) -> M:
    """Move `row` along its lifecycle (流转), and write down who did it.

    The row is read again under a lock, so of two people who act at once the second meets the
    new state, not the old one.

    Args:
        facts: values to store with the step; names are fields of the model or, for words that
            belong only to the record, keys of the audit entry. A blank one counts as missing.

    Returns:
        The fresh row, saved.

    Raises:
        TransitionNotAllowed, FactsMissing: see `core.lifecycle.Machine.step`.
        PermissionDenied: `by` may not take this step on this row.
    """
    machine: Machine = type(row).machine  # type: ignore[attr-defined]
    fresh = cast(Any, type(row)._default_manager.select_for_update().get(pk=row.pk))
    if cast(Any, type(row)._meta.get_field("city")).is_cached(row) and row.city_id == fresh.city_id:
        fresh.city = row.city  # known already, and no state of its own is asked of it
    given = {name for name, value in facts.items() if value not in (None, "", [], {})}
    step = machine.step(fresh.state, action, given=given)
    check(by, step.who, fresh)

    stored = {each.name for each in fresh._meta.fields} & facts.keys()
    for name in stored:
        setattr(fresh, name, facts[name])
    fresh.state = step.target
    fresh.save(update_fields=[*stored, "state"])
    detail = {name: _named(value) for name, value in facts.items()}
    record(
        f"{fresh._meta.model_name}.{action}",
        by=by,
        city=fresh.city,
        subject=fresh,
        detail={"from": step.source, "to": step.target, **detail},
    )
    return cast(M, fresh)


def _named(value: object) -> object:
    """A row by its identity; anything else as it is."""
    return str(value.pk) if isinstance(value, models.Model) else value
