"""Editions for tests: a small one, drafts from files, the two research drafts of the field."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.scoring.small_round import CHECKLISTS, EDITION
from wenming.base.models import Attachment, City, Import, User
from wenming.base.services.attachments import bring_in
from wenming.core.framework import build_edition
from wenming.files.editions import checklist_tables, edition_tables
from wenming.framework.models import Edition
from wenming.framework.services.drafts import put_in_use
from wenming.framework.services.edition_imports import EDIT, accept_edition, bring_edition
from wenming.framework.services.editions import store_checklists, store_edition

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "editions"
EDITION_A = EXAMPLES / "edition_2005_a.yaml"
EDITION_B = EXAMPLES / "edition_2005_b.yaml"
CHECKLISTS_FILE = EXAMPLES / "checklists.yaml"


def upload(content: bytes | str, name: str = "edition.yaml") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    packed = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, packed)


def attached(content: bytes | str, *, city: City, by: User, name: str = "x.yaml") -> Attachment:
    """A file that was brought in."""
    return bring_in(upload(content, name), city=city, by=by, opened_by=EDIT)


def brought(
    content: bytes | str, *, city: City, by: User, name: str = "edition.yaml", lists: str = ""
) -> Import:
    """A file that was looked through."""
    file = attached(content, city=city, by=by, name=name)
    more = attached(lists, city=city, by=by, name="checklists.yaml") if lists else None
    return bring_edition(file, city=city, by=by, checklists=more)


def draft_of(content: bytes | str, *, city: City, by: User, lists: str = "") -> Edition:
    """A draft from a file."""
    return accept_edition(brought(content, city=city, by=by, lists=lists), by=by)


def small_draft(city: City, by: User) -> Edition:
    """The small edition as a draft, with its checklists."""
    return draft_of(EDITION, city=city, by=by, lists=CHECKLISTS)


def small_in_use(city: City, by: User) -> Edition:
    """The same, in use."""
    return put_in_use(small_draft(city, by), by=by)


def loaded(city: City, path: Path, *, lists: Path | None = None) -> Edition:
    """An edition as it comes with a round, in use at once."""
    rows = edition_tables(path)
    stored = store_edition(city, build_edition(rows, file=path.name), rows)
    if lists is not None:
        store_checklists(city, checklist_tables(lists), edition=stored)
    return stored


def changed(*changes: tuple[str, str], text: str = EDITION) -> str:
    """The text of the small edition with some of it replaced."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text
