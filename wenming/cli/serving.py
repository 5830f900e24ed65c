"""`wenming serve`, `load` and `demo`: the pages, and the rounds that they show."""

import os
from argparse import Namespace
from pathlib import Path

import wenming
from wenming.base.language import marked as _
from wenming.base.wording.figures import printed
from wenming.cli.assessment import blaming
from wenming.cli.cast import show_logins, stage
from wenming.cli.terminal import line_out, problem_out, tell
from wenming.core.errors import BadInput, DomainError, Place, Problem

DEMO = Path(wenming.__file__).resolve().parent.parent / "examples" / "demo"
FAILED = 2


def serve(options: Namespace) -> int:
    """Serve until Ctrl-C; the last line is the address."""
    return _run(options, folder=None, serves=True)


def load(options: Namespace) -> int:
    """Load the folder of a round into the database and score it."""
    return _run(options, folder=options.folder, serves=False)


def demo(options: Namespace) -> int:
    """Load the invented city with its logins, score it and serve it."""
    os.environ.setdefault("WENMING_SECOND_FACTOR", "False")
    staged = "plain" if options.plain else "worked"
    return _run(options, folder=DEMO, serves=not options.no_serve, staged=staged)


def _run(options: Namespace, *, folder: Path | None, serves: bool, staged: str = "") -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from wenming.config.server_user import PostgresUnavailable

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
    os.environ.pop("WENMING_LANG", None)  # of the command; pages let each visitor choose
    if serves:
        from wenming.config.serve import count_together

        count_together()
    try:
        if folder is not None:
            _load(folder, options.lang, staged=staged)
        if serves:
            _serve(options)
    except BadInput as refused:
        problem_out(refused.problems, options.lang)
        return FAILED
    except DomainError as refused:
        line_out(refused.code, refused.facts, options.lang)
        return FAILED
    except (ImproperlyConfigured, PostgresUnavailable, DatabaseError) as refused:
        problem = " ".join(str(refused).split())
        line_out("server_unavailable", {"problem": problem}, options.lang)
        return FAILED
    return 0


def _load(folder: Path, language: str, *, staged: str) -> None:
    if not folder.is_dir():
        raise BadInput([Problem("folder_missing", Place(str(folder)))])
    tell(_("Starting the database …"), language)
    import django
    from django.conf import settings
    from django.core.management import call_command

    from wenming.config.postgres import ensure_running

    if settings.EMBEDDED_POSTGRES:
        ensure_running(settings.WENMING_HOME)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    tell(_("Loading and scoring {folder} …"), language, folder=folder.resolve().name)
    from wenming.files.rounds import read_round
    from wenming.scoring.services import load_folder, load_round

    with blaming(folder):
        if staged:
            stage(load_round(read_round(folder)), language, is_worked=staged == "worked")
        run = load_folder(folder)
    tell(
        _("Ready: score {score}, digest {digest}"),
        language,
        score=printed(run.score),
        digest=run.digest,
    )
    if staged:
        show_logins(language)


def _serve(options: Namespace) -> None:
    from wenming.config.serve import NoFreePort
    from wenming.config.serve import serve as serve_pages

    tell(_("Serving; Ctrl-C ends it."), options.lang)
    try:
        serve_pages(options.host, options.port, workers=options.workers, jobs=options.jobs)
    except NoFreePort as refused:
        place = Place("wenming", column="--port")
        raise BadInput([Problem("no_free_port", place, {"port": options.port})]) from refused
