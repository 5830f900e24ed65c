"""The logins of the demonstration: put into the invented city and printed as a table."""

import sys
from typing import TYPE_CHECKING

from wenming.base import wording
from wenming.base.language import ENGLISH, short
from wenming.base.language import marked as _
from wenming.cli.ground import lay_out
from wenming.cli.terminal import say, table

if TYPE_CHECKING:
    from wenming.scoring.models import Run


def stage(run: "Run", language: str) -> None:
    """Give the invented city its people, and print who can log in.

    Args:
        run: that was loaded; its round names the city.

    Raises:
        DemoOfRealCity, DemoBesideReal, UsernameTaken: see `stage_demo`.
    """
    from django.db import transaction
    from django.utils.timezone import localdate

    from wenming.base.services.demonstration import refuse_beside_real, stage_demo
    from wenming.rounds.models import Site
    from wenming.rounds.services.demonstration import stage_rounds

    city = run.city
    with transaction.atomic():
        refuse_beside_real()
        if run.round.is_synthetic and not city.is_synthetic:
            city.is_synthetic = True
            city.save(update_fields=["is_synthetic"])
        areas = Site.objects.for_city(city).filter(round=run.round)
        stage_demo(city, areas.values_list("county", "street").distinct(), day=localdate())
        lay_out(run.round)
        stage_rounds(run.round, day=localdate())
    _print(language)


def _print(language: str) -> None:
    from wenming.demo.people import LOGINS, PASSWORD

    is_english = short(language) == ENGLISH
    head = [say(text, language) for text in (_("User name"), _("Who"), _("Place"), _("Sees"))]
    rows = [
        [
            login.username,
            f"{login.name} {wording.label('post', login.kind, language)}",
            login.unit or login.group or "–",
            login.sees.en if is_english else login.sees.zh,
        ]
        for login in LOGINS
    ]
    lines = [
        "",
        say(_("Logins of the demonstration, all with the password {password}"), language,
            password=PASSWORD),
        *table(head, rows, left=range(len(head))),
        say(_("Nobody is asked for a second factor here. Do not enter real names or figures."),
            language),
        "",
    ]  # fmt: skip
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
