"""`wenming verify`: frozen results are computed again, the chains of results and audit followed."""

import os
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from wenming.base import wording
from wenming.base.language import marked as _
from wenming.base.wording.figures import printed
from wenming.cli.terminal import json_out, line_out, lines_out, say
from wenming.core.errors import DomainError

if TYPE_CHECKING:
    from wenming.base.models import City
    from wenming.scoring.services.verifying import Verified

FOUND, FAILED = 1, 2


class CityUnknown(DomainError):
    """There is no city of this name."""

    code = "city_unknown"


def verify(options: Namespace) -> int:
    """Verify the frozen results and the audit of all cities, or of one.

    Returns:
        0 when all holds, 1 when something was found, 2 when nothing could be verified.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from wenming.config.server_user import PostgresUnavailable

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
    os.environ.pop("WENMING_LANG", None)
    try:
        _start()
        return _verified(options)
    except DomainError as refused:
        line_out(refused.code, refused.facts, options.lang)
    except (ImproperlyConfigured, PostgresUnavailable, DatabaseError) as refused:
        problem = " ".join(str(refused).split())
        line_out("server_unavailable", {"problem": problem}, options.lang)
    return FAILED


def _start() -> None:
    import django
    from django.conf import settings

    from wenming.config.postgres import ensure_running

    if settings.EMBEDDED_POSTGRES:
        ensure_running(settings.WENMING_HOME)
    django.setup()


def _verified(options: Namespace) -> int:
    from wenming.base.models import AuditHead
    from wenming.scoring.services.verifying import Verified, audit_discrepancies, verify_city

    cities = _cities(options.city)
    found = [(city, verify_city(city)) for city in cities]
    common = AuditHead.objects.filter(city=None).first()
    beside = None
    if common is not None and not options.city:
        beside = Verified(0, common.entries.count(), audit_discrepancies(common))
    everything = [each for _city, each in found] + ([beside] if beside else [])
    if options.json:
        json_out(_plain(found, beside))
    else:
        lines_out(_text(found, beside, options.lang))
    return FOUND if any(each.found for each in everything) else 0


def _cities(wished: str) -> "Sequence[City]":
    from wenming.base.models import City

    cities = list(City.objects.order_by("pinyin", "pk"))
    if not wished:
        return cities
    named = [city for city in cities if wished in (city.name_zh, city.name_en, str(city.pk))]
    if not named:
        raise CityUnknown(city=wished, known=[city.name_zh for city in cities])
    return named


def _plain(found: "Sequence[tuple[City, Verified]]", beside: "Verified | None") -> dict[str, Any]:
    rows = [{"city": city.name_zh, **_counted(each)} for city, each in found]
    rows += [{"city": "", **_counted(beside)}] if beside else []
    return {"holds": not any(row["found"] for row in rows), "cities": rows}


def _counted(verified: "Verified") -> dict[str, Any]:
    return {
        "results": verified.results,
        "entries": verified.entries,
        "found": [asdict(each) for each in verified.found],
    }


def _text(
    found: "Sequence[tuple[City, Verified]]", beside: "Verified | None", language: str
) -> list[str]:
    named = [(city.name.zh if language == "zh" else city.name.en or city.name.zh, each)
             for city, each in found]  # fmt: skip
    if beside:
        named.append((say(_("What belongs to no city"), language), beside))
    lines = []
    for name, verified in named:
        summary = _("{name}: {results} frozen results, {entries} audit entries; {verdict}")
        verdict = _("all holds") if not verified.found else _("NOT all holds")
        lines.append(
            say(
                summary,
                language,
                name=name,
                results=printed(verified.results),
                entries=printed(verified.entries),
                verdict=say(verdict, language),
            )
        )
        lines += [f"  {wording.sentence(e.code, e.facts, language)}" for e in verified.found]
    return lines
