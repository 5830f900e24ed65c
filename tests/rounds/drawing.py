"""A round with a dozen placed sites in two counties, and draws from them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tests.rounds.building import Field, small_field
from wenming.base.models import User
from wenming.rounds.models import RegisteredSite, SealedDraw
from wenming.rounds.queries.draw_frames import RegisterWish, register_frame
from wenming.rounds.services.draws import DrawWish, make_sealed_draw
from wenming.stats.sampling import Plan, plan_from

STREETS = ("城东街道", "城西街道", "西关街道", "北关街道")


def big_field() -> Field:
    """The small field with 12 more sites: three in each of four streets, two to a county."""
    field = small_field()
    units = [field.cast.units.streets, field.cast.units.archive, None]
    RegisteredSite.objects.bulk_create(
        RegisteredSite(
            city=field.cast.city,
            key=f"P{n:02}",
            title=f"和平路{n}段",
            site_type=("main_road", "market")[n % 2],
            county="中心区" if n < 6 else "西区",
            street=STREETS[n // 3],
            unit=units[n % 3],
            size=Decimal(n + 1) * 10,
        )
        for n in range(12)
    )
    return field


def plan_for(label: str = "第三轮实地考察", **said: Any) -> Plan:
    """A plan; one stratum and a simple draw where nothing is said."""
    return plan_from({"label": label, "key": "key", "method": "simple", **said})


def drawn_from_register(
    field: Field, *, by: User | None = None, keys: Sequence[str] = (), **said: Any
) -> SealedDraw:
    """A draw from the dozen: two of six in each county, two in reserve, unless said otherwise."""
    wanted = {"strata": "county", "n": 2, "replacements": 2, **said}
    if "allocation" in said:
        del wanted["n"]
    plan = plan_for(**wanted)
    frame = register_frame(field.cast.city, RegisterWish())
    rows = [row.values for row in frame.rows if row.text("key").startswith("P")]
    if keys:
        rows = [row for row in rows if row["key"] in keys]
    wish = DrawWish(
        plan.label, rows, plan, collection=field.collection, label="title", of_register=True
    )
    return make_sealed_draw(field.cast.city, wish, by=by or field.cast.lin)
