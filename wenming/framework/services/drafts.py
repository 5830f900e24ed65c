"""What the office does with an edition: rename and delete a draft, put it in use, supersede it."""

from django.db import transaction
from django.utils import timezone

from wenming.base.access import check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import EditionAction, EditionState
from wenming.core.permissions import Capability
from wenming.framework.models import Edition

EDIT = Capability.EDIT_FRAMEWORK


class EditionNotDraft(DomainError):
    """An edition that was put in use is frozen."""

    code = "edition_not_draft"


class EditionInPlans(DomainError):
    """Responsibilities were assigned for the draft already."""

    code = "edition_in_plans"


class EditionSupersedesItself(DomainError):
    """An edition cannot take its own place, or that of one that is not in use."""

    code = "edition_not_replaceable"


@transaction.atomic
def rename_edition(edition: Edition, name: str, *, by: User) -> Edition:
    """Give an edition (测评体系版本) a name of the city's own; its content and title stay.

    Args:
        name: "" for the title of the edition.

    Raises:
        PermissionDenied: `by` may not edit the framework of this city.
        EditionNotDraft: it is in use or superseded.
    """
    draft = locked_draft(edition, by=by)
    before, draft.name = draft.name, name.strip()
    draft.save(update_fields=["name"])
    detail = {"before": before, "after": draft.name}
    record("edition.rename", by=by, city=draft.city, subject=draft, detail=detail)
    return draft


@transaction.atomic
def delete_draft(edition: Edition, *, by: User) -> None:
    """Throw a draft (草稿) away; the file that it came from stays.

    Raises:
        PermissionDenied: `by` may not edit the framework of this city.
        EditionNotDraft: it is in use or superseded.
        EditionInPlans: responsibilities were assigned for it.
    """
    draft = locked_draft(edition, by=by)
    if draft.plans.exists():
        raise EditionInPlans(title=draft.title_zh)
    city, detail = draft.city, {"key": draft.key, "hash": draft.hash}
    subject = f"edition {draft.pk}"
    draft.delete()
    record("edition.delete", by=by, city=city, subject=subject, detail=detail)


@transaction.atomic
def put_in_use(edition: Edition, *, by: User, instead_of: Edition | None = None) -> Edition:
    """Put a draft in use (启用); from now on it is frozen.

    Args:
        instead_of: the edition in use whose place it takes; None when both stay in use.

    Raises:
        PermissionDenied: `by` may not edit the framework of this city.
        TransitionNotAllowed: it is no draft any more, or the other is not in use.
        EditionSupersedesItself: the other is this one, or belongs to another city.
    """
    if instead_of is not None and (
        instead_of.pk == edition.pk or instead_of.city_id != edition.city_id
    ):
        raise EditionSupersedesItself(title=instead_of.title_zh)
    used = transition(edition, EditionAction.PUT_IN_USE, by=by, put_in_use_at=timezone.now())
    if instead_of is not None:
        transition(instead_of, EditionAction.SUPERSEDE, by=by, superseded_by=used)
    return used


@transaction.atomic
def supersede(edition: Edition, *, by: User, successor: Edition | None = None) -> Edition:
    """Take an edition out of use (替代); what was scored with it stays as it is.

    Args:
        successor: the edition in use that takes its place; None for none.

    Raises:
        PermissionDenied: `by` may not edit the framework of this city.
        TransitionNotAllowed: it is not in use.
        EditionSupersedesItself: the successor is this one, a draft, or of another city.
    """
    if successor is not None and (
        successor.pk == edition.pk
        or successor.city_id != edition.city_id
        or successor.state != EditionState.IN_USE
    ):
        raise EditionSupersedesItself(title=successor.title_zh)
    return transition(edition, EditionAction.SUPERSEDE, by=by, superseded_by=successor)


def locked_draft(edition: Edition, *, by: User) -> Edition:
    """The draft (草稿) read again under a lock, for a person who may edit it.

    Raises:
        PermissionDenied: `by` may not edit the framework of this city.
        EditionNotDraft: it is in use or superseded.
    """
    check(by, EDIT, edition)
    fresh = Edition.objects.select_for_update(of=("self",)).select_related("city")
    draft = fresh.get(pk=edition.pk)
    if not draft.is_draft:
        raise EditionNotDraft(title=draft.title_zh)
    return draft
