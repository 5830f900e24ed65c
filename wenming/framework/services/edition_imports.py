"""Imports of editions: a file is kept with all its mistakes until it is right, then taken over."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied, check, check_city
from wenming.base.models import Attachment, City, Import, User
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record
from wenming.core.errors import DomainError, Problem
from wenming.core.framework import edition_hash
from wenming.core.permissions import Capability
from wenming.files.edition_check import check_checklists, check_edition
from wenming.framework.models import Edition
from wenming.framework.services.drafts import locked_draft
from wenming.framework.services.editions import (
    Origin,
    replace_draft,
    store_checklists,
    store_draft,
)

EDIT = Capability.EDIT_FRAMEWORK
KIND = "edition"
MOST_PROBLEMS = 5_000
MOST_MENDED = 200
Plain = dict[str, Any]


class ImportHasProblems(DomainError):
    """The file still has mistakes; it is corrected first."""

    code = "import_has_problems"


class ImportTaken(DomainError):
    """The import was taken over already, perhaps by somebody else a moment ago."""

    code = "import_taken"


class EditionExists(DomainError):
    """The city has an edition of exactly this content already."""

    code = "edition_exists"


@transaction.atomic
def bring_edition(
    file: Attachment, *, city: City, by: User, checklists: Attachment | None = None
) -> Import:
    """Look through the file of an edition (导入测评体系), with its checklists where there are some.

    Args:
        file: as `by` brought it in, opened by whoever may edit the framework.

    Returns:
        The import with all mistakes; it is kept whether there are any or not.

    Raises:
        PermissionDenied: `by` may not edit the framework of the city, or see a file.
    """
    check_city(by, EDIT, city)
    _check_files(city, by, file, checklists)
    kept = Import.objects.create(
        city=city, kind=KIND, attachment=file, brought_by=by, options=_options(checklists)
    )
    _check(kept)
    _record("bring", kept, by=by)
    return kept


@transaction.atomic
def bring_again(
    kept: Import, file: Attachment | None, *, by: User, checklists: Attachment | None = None
) -> Import:
    """Look through a corrected file of an import (重新导入); what was mended is remembered.

    Args:
        file: None when only the checklists were corrected.

    Raises:
        PermissionDenied: `by` may not edit the framework of the city, or see a file.
        ImportTaken: the import became an edition already.
    """
    check(by, EDIT, kept)
    _check_files(kept.city, by, file, checklists)
    fresh = _open(kept)
    earlier = list(fresh.problems)
    fresh.attachment = file or fresh.attachment
    fresh.options = fresh.options | _options(checklists)
    _check(fresh)
    left = {_identity(problem) for problem in fresh.problems}
    known = {_identity(problem) for problem in earlier}
    mended = [problem for problem in earlier if _identity(problem) not in left]
    came = [n for n, problem in enumerate(fresh.problems) if _identity(problem) not in known]
    fresh.options |= {
        "mended": mended[:MOST_MENDED],
        "mended_count": len(mended),
        "new": came,
        "attempts": fresh.options.get("attempts", 1) + 1,
    }
    fresh.save(update_fields=["options"])
    _record("correct", fresh, by=by, mended=len(mended))
    return fresh


@transaction.atomic
def accept_edition(kept: Import, *, by: User, into: Edition | None = None) -> Edition:
    """Take an import without mistakes over as a draft (生成草稿).

    Args:
        into: the draft whose content is replaced; None for a new draft.

    Raises:
        PermissionDenied: `by` may not edit the framework of the city.
        ImportTaken: somebody took it over already.
        ImportHasProblems: there are mistakes.
        EditionExists: the city has this very content already.
        EditionNotDraft: `into` was put in use meanwhile.
    """
    check(by, EDIT, kept)
    fresh = _open(kept)
    found = check_edition(path_of(fresh.attachment.file), name=fresh.attachment.name)
    if fresh.problems or found.built is None:
        raise ImportHasProblems(count=len(fresh.problems) or len(found.problems))
    draft = locked_draft(into, by=by) if into is not None else None
    _refuse_twin(fresh, edition_hash(found.built), draft=draft)
    lists = checklist_file(fresh)
    rows = check_checklists(path_of(lists.file), name=lists.name).tables if lists else None
    checklists = store_checklists(fresh.city, rows)
    if draft is None:
        origin = Origin(fresh.attachment, by)
        edition = store_draft(
            fresh.city, found.built, found.tables, origin=origin, checklists=checklists
        )
    else:
        edition = replace_draft(
            draft, found.built, found.tables, file=fresh.attachment, checklists=checklists
        )
    fresh.subject = f"edition {edition.pk}"
    fresh.save(update_fields=["subject"])
    detail = {"import": str(fresh.pk), "hash": edition.hash, "items": edition.item_count}
    action = "edition.import" if into is None else "edition.reimport"
    record(action, by=by, city=fresh.city, subject=edition, detail=detail)
    return edition


def _refuse_twin(kept: Import, content_hash: str, *, draft: Edition | None) -> None:
    same = Edition.objects.for_city(kept.city).filter(hash=content_hash)
    twin = (same.exclude(pk=draft.pk) if draft else same).first()
    if twin is not None:
        raise EditionExists(title=twin.title_zh, key=twin.key)


@transaction.atomic
def discard_import(kept: Import, *, by: User) -> None:
    """Throw an import away (放弃导入) that did not become an edition.

    Raises:
        PermissionDenied: `by` may not edit the framework of the city.
        ImportTaken: it became an edition.
    """
    check(by, EDIT, kept)
    fresh = _open(kept)
    city, subject = fresh.city, f"import {fresh.pk}"
    fresh.delete()
    record("edition_import.discard", by=by, city=city, subject=subject)


def checklist_file(kept: Import) -> Attachment | None:
    """The checklists (检查表) that were brought with an import; None when there were none."""
    named = kept.options.get("checklists")
    if not named:
        return None
    return Attachment.objects.for_city(kept.city).select_related("file").get(pk=named)


def blamed_name(kept: Import, file: Attachment) -> str:
    """The name that the mistakes of a file (输入问题) are kept by; two files never share one."""
    is_second = file.pk != kept.attachment_id and file.name == kept.attachment.name
    return f"2/{file.name}" if is_second else file.name


def _check_files(city: City, by: User, *files: Attachment | None) -> None:
    for each in files:
        if each is not None:
            check(by, EDIT, each)
            if each.city_id != city.pk:
                raise PermissionDenied(capability=EDIT.value)


def _options(lists: Attachment | None) -> Plain:
    return {} if lists is None else {"checklists": str(lists.pk)}


def _open(kept: Import) -> Import:
    locked = Import.objects.select_for_update(of=("self",))
    fresh = locked.select_related("city", "attachment__file").get(pk=kept.pk)
    if fresh.subject:
        raise ImportTaken(file=fresh.attachment.name)
    return fresh


def _check(kept: Import) -> None:
    """Look through the files of an import and keep every mistake with it."""
    brought = kept.attachment
    problems: list[Problem] = []
    problems += check_edition(path_of(brought.file), name=brought.name).problems
    lists = checklist_file(kept)
    if lists is not None:
        problems += check_checklists(path_of(lists.file), name=blamed_name(kept, lists)).problems
    kept.problems = _plain(problems)
    kept.checked_at = timezone.now()
    kept.save()


def _plain(problems: Sequence[Problem]) -> list[Plain]:
    rows = [
        {"code": each.code, "place": asdict(each.place), "facts": each.facts}
        for each in problems[:MOST_PROBLEMS]
    ]
    found: list[Plain] = json.loads(json.dumps(rows, default=str))
    return found


def _identity(problem: Plain) -> tuple[str, ...]:
    """What makes a mistake the same in two versions of a file."""
    place, facts = problem["place"], problem["facts"]
    said = str(facts.get("value", facts.get("column", "")))
    return problem["code"], place["sheet"], place["address"] or str(place["line"]), said


def _record(action: str, kept: Import, *, by: User, **detail: object) -> None:
    facts = {"file": kept.attachment.name, "problems": len(kept.problems), **detail}
    record(f"edition_import.{action}", by=by, city=kept.city, subject=kept, detail=facts)
