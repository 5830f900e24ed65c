"""`wenming worker`, `migrate`, `backup`, `restore`, `doctor`: what an operator runs."""

import json
import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wenming.base import wording
from wenming.base.language import marked as _
from wenming.cli.terminal import json_out, line_out, lines_out, say, tell

if TYPE_CHECKING:
    from wenming.config.doctor import Sign

MARKS = {"well": "✓", "note": "!", "bad": "✗"}

FAILED = 2
NOT_WELL = 1


def worker(options: Namespace) -> int:
    """Do long work until Ctrl-C or SIGTERM."""
    with ready(options) as trouble:
        from wenming.config.worker import work

        tell(_("Working; Ctrl-C ends it."), options.lang)
        return work()
    return trouble.code


def migrate(options: Namespace) -> int:
    """Bring the tables up to date."""
    with ready(options) as trouble:
        from django.core.management import call_command

        open_database()
        call_command("migrate", interactive=False, verbosity=0)
        tell(_("The tables are up to date."), options.lang)
        return 0
    return trouble.code


def backup(options: Namespace) -> int:
    """Write database and files into one archive."""
    with ready(options) as trouble:
        from django.conf import settings

        open_database()
        from wenming.config.backup import write_backup

        made = write_backup(options.file, with_key=options.with_key)
        size = f"{made.size / 1_000_000:,.1f}"
        told = {"file": options.file, "size": size, "files": made.files}
        tell(_("Written: {file}, {size} MB, {files} files."), options.lang, **told)
        if not options.with_key:
            message = _("The secret key is not in it: keep {file} apart from it.")
            tell(message, options.lang, file=_key_place(settings.WENMING_HOME, options.lang))
        if made.missing:
            facts = {"count": len(made.missing), "digests": [d[:12] for d in made.missing]}
            line_out("backup_incomplete", facts, options.lang)
            return NOT_WELL
        return 0
    return trouble.code


def _key_place(home: Path, language: str) -> str:
    if os.environ.get("WENMING_SECRET_KEY"):
        return say(_("The secret key of the environment variable WENMING_SECRET_KEY"), language)
    return str(home / "secret_key")


def restore(options: Namespace) -> int:
    """Bring an archive back into an empty database, or only check it."""
    with ready(options) as trouble:
        open_database()
        from wenming.config.restore import check_archive, restore_backup

        if options.check:
            whole = check_archive(options.file)
            message = _(
                "The archive is whole: of {made}, by version {program}; {cities} cities, "
                "{people} people, {files} files."
            )
            told = {"made": whole.made_at, "program": whole.program, **whole.counts}
            tell(message, options.lang, **told)
            return 0
        tell(_("Checking and restoring {file} …"), options.lang, file=options.file)
        back = restore_backup(options.file)
        message = _(
            "Restored: of {made}; {cities} cities, {people} people, {files} files. "
            "Now run wenming verify."
        )
        tell(message, options.lang, made=back.made_at, **back.counts)
        if back.missing:
            facts = {"count": len(back.missing), "digests": [d[:12] for d in back.missing]}
            line_out("backup_incomplete", facts, options.lang)
        if not back.is_key_right:
            line_out("key_differs", {}, options.lang)
        return 0 if back.is_key_right and not back.missing else NOT_WELL
    return trouble.code


def doctor(options: Namespace) -> int:
    """Say of each part whether it is well; 1 when something is to be mended."""
    with ready(options) as trouble:
        open_database()
        from wenming.config.doctor import BAD, examine

        signs = list(examine())
        if options.json:
            json_out([_told(sign, options.lang) for sign in signs])
        else:
            lines_out(_line(sign, options.lang) for sign in signs)
            is_bad = any(sign.level == BAD for sign in signs)
            last = _("There is something to mend.") if is_bad else _("All is well.")
            tell(last, options.lang)
        return NOT_WELL if any(sign.level == BAD for sign in signs) else 0
    return trouble.code


def _line(sign: "Sign", language: str) -> str:
    return f"{MARKS[sign.level]} {wording.sentence(sign.code, sign.facts, language)}"


def _told(sign: "Sign", language: str) -> dict[str, object]:
    said = wording.sentence(sign.code, sign.facts, language)
    facts = json.loads(json.dumps(sign.facts, default=str))
    return {"code": sign.code, "level": sign.level, "facts": facts, "said": said}


class Trouble:
    """What a command ends with when it was refused."""

    code = FAILED


@contextmanager
def ready(options: Namespace) -> Iterator[Trouble]:
    """Settings are named; what is wrong with them or with the database becomes one line."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from wenming.config.server_user import PostgresUnavailable

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
    os.environ.pop("WENMING_LANG", None)  # of the command; mail has a language of its own
    try:
        yield Trouble()
    except (ImproperlyConfigured, PostgresUnavailable, DatabaseError) as refused:
        problem = " ".join(str(refused).split())
        line_out("server_unavailable", {"problem": problem}, options.lang)


def open_database() -> None:
    """Have the database running and Django set up."""
    import django
    from django.conf import settings

    from wenming.config.postgres import ensure_running

    if settings.EMBEDDED_POSTGRES:
        ensure_running(settings.WENMING_HOME)
    django.setup()
