"""The logins of the demonstration: put into the invented city and printed as a table."""

import sys
from typing import TYPE_CHECKING

from wenming.base import wording
from wenming.base.language import ENGLISH, short
from wenming.base.language import marked as _
from wenming.cli.ground import lay_out
from wenming.cli.terminal import say, table, tell

if TYPE_CHECKING:
    from wenming.rounds.models import Round


STEPS = {
    "over": _("A round is drawn, visited, asked about, reviewed and scored …"),
    "half": _("The next round is worked through to its middle …"),
}


def stage(round_: "Round", language: str, *, is_worked: bool) -> None:
    """Give the invented city its people and rounds.

    Args:
        round_: that was loaded; it names the city.
        is_worked: two rounds are worked through by the services that people use.

    Raises:
        DemoOfRealCity, DemoBesideReal, UsernameTaken: see `stage_demo`.
    """
    from django.db import transaction
    from django.utils.timezone import localdate

    from wenming.base.services.demonstration import refuse_beside_real, stage_demo
    from wenming.config.staging import stage_work
    from wenming.rounds.models import Site
    from wenming.rounds.services.demonstration import stage_rounds

    city = round_.city
    with transaction.atomic():
        refuse_beside_real()
        if round_.is_synthetic and not city.is_synthetic:
            city.is_synthetic = True
            city.save(update_fields=["is_synthetic"])
        areas = Site.objects.for_city(city).filter(round=round_)
        stage_demo(city, areas.values_list("county", "street").distinct(), day=localdate())
        lay_out(round_)
        coming = stage_rounds(round_, day=localdate())
    if is_worked:
        with transaction.atomic():
            stage_work(round_, coming, begins=lambda step: tell(STEPS[step], language))


def show_logins(language: str) -> None:
    """Print who can log in."""
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
