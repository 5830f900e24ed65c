"""Keeps what belongs to a person's desk: ways of looking at lists, and drafts of forms.

It changes nothing in the world but the person's own desk, so the audit does not record it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import PermissionDenied, check_city
from wenming.base.models import City, Draft, SavedView, User
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

LONGEST_NAME, LONGEST_QUERY, LONGEST_KEY = 60, 2000, 200
LARGEST_DRAFT = 200_000
"""Characters of all fields of a draft together."""
MOST_DRAFTS = 50
"""Drafts that are kept for a person; the oldest go first."""
NEVER_KEPT = ("password", "csrf", "secret", "token", "otp", "code_totp")


class ViewNotKept(DomainError):
    """A way of looking at a list has no name, or one that is too long."""

    code = "view_not_kept"


class DraftTooLarge(DomainError):
    """What was typed is more than a draft holds."""

    code = "draft_too_large"


@dataclass(frozen=True, slots=True)
class ViewWish:
    """A way of looking at a list that somebody wants to keep.

    Attributes:
        query: the address behind its question mark, without the page.
    """

    table: str
    name: str
    query: str
    is_shared: bool = False
    is_default: bool = False


@transaction.atomic
def keep_view(wish: ViewWish, *, city: City, by: User) -> SavedView:
    """Keep a way of looking at a list (保存视图); the same name again replaces the old one.

    Raises:
        ViewNotKept: the name is missing or has more than 60 characters, or the query is too long.
        PermissionDenied: the person has no desk in the city.
    """
    check_city(by, Capability.USE_DESK, city)
    name = wish.name.strip()
    if not 0 < len(name) <= LONGEST_NAME or len(wish.query) > LONGEST_QUERY:
        raise ViewNotKept(most=LONGEST_NAME)
    own = SavedView.objects.for_city(city).filter(user=by, table=wish.table[:LONGEST_KEY])
    if wish.is_default:
        own.update(is_default=False)
    view: SavedView = own.update_or_create(
        user=by,
        city=city,
        table=wish.table[:LONGEST_KEY],
        name=name,
        defaults={
            "query": wish.query,
            "is_shared": wish.is_shared,
            "is_default": wish.is_default,
        },
    )[0]
    return view


def drop_view(view: SavedView, *, by: User) -> None:
    """Forget a kept way of looking at a list (删除视图).

    Raises:
        PermissionDenied: it belongs to somebody else, who only shares it.
    """
    if view.user_id != by.pk:
        raise PermissionDenied
    view.delete()


@transaction.atomic
def keep_draft(key: str, fields: Mapping[str, Sequence[str]], *, by: User) -> Draft | None:
    """Keep what a person typed into a form and has not sent yet (保存草稿).

    Passwords and the like are never kept, nor is a form in which nothing is written.

    Args:
        key: names the form and what it is about.

    Raises:
        DraftTooLarge: it has more than 200,000 characters.
    """
    kept = {
        name: list(values)
        for name, values in fields.items()
        if not any(word in name.lower() for word in NEVER_KEPT)
    }
    if len(json.dumps(kept, ensure_ascii=False)) > LARGEST_DRAFT:
        raise DraftTooLarge(most=LARGEST_DRAFT)
    if not any(value.strip() for values in kept.values() for value in values):
        drop_draft(key, by=by)
        return None
    draft, is_new = Draft.objects.update_or_create(
        user=by, key=key[:LONGEST_KEY], defaults={"fields": kept}
    )
    if is_new:
        _forget_oldest(by)
    return draft


def drop_draft(key: str, *, by: User) -> None:
    """Forget a draft (丢弃草稿): its form was accepted, or the person does not want it."""
    by.drafts.filter(key=key[:LONGEST_KEY]).delete()


def _forget_oldest(user: User) -> None:
    kept = user.drafts.order_by("-saved_at", "pk").values_list("pk", flat=True)[:MOST_DRAFTS]
    user.drafts.exclude(pk__in=list(kept)).delete()
