"""For every view the arguments of its address on one side, and the rows it stands on.

A new view must be listed here, unless its address has no arguments: `test_walk` says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access import collecting
from tests.access.world import Side
from wenming.core.permissions import Capability


@dataclass(frozen=True)
class Address:
    """Where a view is found on one side.

    Attributes:
        args: of the address.
        rows: short names of the rows that a person must see for the view to answer.
        also: a capability without which the rows are not found, beside that of the view.
        query: the rest of the address, with its question mark.
    """

    args: Callable[[Side], tuple[object, ...]]
    rows: tuple[str, ...] = ()
    also: Capability | None = None
    query: Callable[[Side], str] = lambda _side: ""

    def seen_rows(self, side: Side) -> list[Model]:
        """The rows that must be visible."""
        return [side.rows[name] for name in self.rows]


def of(*names: str, also: Capability | None = None) -> Address:
    """An address whose arguments are the identities of these rows."""
    return Address(lambda side: tuple(side.rows[n].pk for n in names), names, also)


def at(*names: str, then: str, also: Capability | None = None) -> Address:
    """The same with a fixed text behind them."""
    return Address(lambda side: (*(side.rows[n].pk for n in names), then), names, also)


def plain(*args: str) -> Address:
    """An address with fixed texts only."""
    return Address(lambda _side: args)


def _key(name: str) -> Callable[[Side], tuple[object, ...]]:
    return lambda side: (side.rows["run"].pk, side.rows[name].key)  # type: ignore[attr-defined]


def _in_run(name: str) -> Callable[[Side], tuple[object, ...]]:
    return lambda side: (side.rows["run"].pk, side.rows[name].pk)


def _answers(side: Side) -> tuple[object, ...]:
    asked = side.rows["question"]
    return side.rows["run"].pk, asked.item, asked.column  # type: ignore[attr-defined]


def _in_collection(side: Side) -> tuple[object, ...]:
    return (side.rows["requirement"].collection_id,)  # type: ignore[attr-defined]


def _sheet_photo(side: Side) -> tuple[object, ...]:
    return side.rows["answer sheet"].pk, side.rows["sheet photo"].pk


def _two_editions(side: Side) -> str:
    return f"?before={side.rows['edition'].pk}&after={side.rows['edition draft'].pk}"


ADDRESSES: Mapping[str, Address] = {
    "base:forget_view": of("view"),
    "base:draft": plain("any-form"),
    "base:file": of("attachment"),
    "base:file_variant": at("attachment", then="thumbnail"),
    "base:job": of("job"),
    "base:end_job": of("job"),
    "base:drop_token": of("token"),
    "base:welcome": plain("no-such-secret"),
    "base:help": plain("desk"),
    "base:unit": of("unit"),
    "base:unit_edit": of("unit"),
    "base:unit_rename": of("unit"),
    "base:unit_move": of("unit"),
    "base:unit_merge": of("unit"),
    "base:unit_dissolve": of("unit"),
    "base:unit_reactivate": of("unit"),
    "base:unit_alias_new": of("unit"),
    "base:unit_alias_remove": of("alias"),
    "base:unit_liaison_new": of("unit"),
    "base:unit_liaison": of("liaison"),
    "base:unit_liaison_remove": of("liaison"),
    "base:unit_provision": at("unit", then="funds"),
    "base:group": of("group"),
    "base:group_move": of("group"),
    "base:group_remove": of("group"),
    "base:person": of("person"),
    "base:person_edit": of("person"),
    "base:person_invite": of("person"),
    "base:person_close": of("person"),
    "base:person_open": of("person"),
    "base:person_unlock": of("person"),
    "base:person_factors": of("person"),
    "base:post_new": of("person"),
    "base:post_end": of("post"),
    "base:calendar_day_remove": of("day"),
    "base:audit_session": of("session"),
    "base:audit_entry": of("entry"),
    "forms:sheet_photo": Address(_sheet_photo, ("answer sheet",)),
    "framework:edition_template": plain("edition"),
    "framework:edition_import": of("edition import"),
    "framework:edition_correct": of("edition import"),
    "framework:edition_accept": of("edition import"),
    "framework:edition_discard": of("edition import"),
    "framework:edition_copy": at("edition import", then="edition"),
    "framework:compare": Address(lambda _side: (), (), query=_two_editions),
    "framework:compare_item": Address(
        lambda _side: ("B1.1.1",),
        ("edition", "edition draft"),
        also=Capability.EDIT_FRAMEWORK,  # drafts are shown to whoever may edit them
        query=_two_editions,
    ),
    "framework:edition": of("edition"),
    "framework:edition_rename": of("edition draft"),
    "framework:edition_use": of("edition draft"),
    "framework:edition_supersede": of("edition"),
    "framework:edition_delete": of("edition draft"),
    "framework:edition_file": at("edition", then="xlsx"),
    "framework:edition_checklists": at("edition", then="xlsx"),
    "framework:checklist_form": at("edition", then="main_road"),
    "framework:item_tree": of("edition"),
    "framework:item": Address(lambda side: (side.rows["edition"].pk, "B1.1.1"), ("edition",)),
    "framework:migrate": of("edition draft"),
    "framework:migrate_plan": of("edition draft", "plan"),
    "base:check_units": of("units import"),
    "framework:undo_step": of("draft"),
    "framework:plan_changes": of("draft"),
    "framework:take_note": of("told"),
    "framework:begin_plan": of("edition"),
    "framework:matrix": of("plan"),
    "framework:assign": of("draft"),
    "framework:set_terms": of("draft"),
    "framework:plan_rows": of("plan"),
    "framework:plan_findings": of("plan"),
    "framework:issue_plan": of("draft"),
    "framework:discard_plan": of("draft"),
    "framework:import_plan": of("draft"),
    "framework:check_import": of("draft", "import"),
    "framework:plan_workbook": of("plan"),
    "framework:unit_duties": Address(lambda side: (side.rows["unit"].pk,), ("unit", "duty")),
    "framework:unit_sheet": Address(lambda side: (side.rows["unit"].pk, "docx"), ("unit", "duty")),
    "framework:objection": of("objection"),
    "framework:object": of("duty"),
    "framework:withdraw_objection": of("objection"),
    **dict.fromkeys(
        [
            "submission:coverage",
            "submission:by_unit",
            "submission:build",
            "submission:remind",
            "submission:add",
            "submission:package",
            "submission:queue",
            "submission:following",
        ],
        Address(_in_collection, ("requirement",)),
    ),
    "inspection:panel_rate": Address(lambda side: (side.rows["panel"].pk,), ("panel seat",)),
    "statistic:asked_for": Address(lambda side: (side.rows["collection"].pk,)),
    "statistic:entries": Address(lambda side: (side.rows["collection"].pk,)),
    "statistic:bring": Address(lambda side: (side.rows["collection"].pk,)),
    "statistic:workbook": Address(lambda side: (side.rows["collection"].pk,)),
    "statistic:enter": Address(lambda side: (side.rows["collection"].pk,)),
    "survey:links_file": at("collection", then="csv"),
    "survey:answer": Address(lambda side: (f"link-{side.city.pk}",)),
    "survey:answer_thanks": Address(lambda side: (f"link-{side.city.pk}",)),
    "survey:question_edit": at("instrument", then="why"),
    "survey:question_act": at("instrument", then="why"),
    "submission:version_picture": at("version", then="thumbnail"),
    "rounds:sites": of("round"),
    "rounds:map": of("round"),
    "rounds:features": of("round"),
    "rounds:site": of("round", "site"),
    "rounds:place": of("round", "site"),
    "rounds:layer": of("layer"),
    "rounds:drop_layer": of("layer"),
    "scoring:latest": plain("items"),
    "scoring:overview": of("run"),
    "scoring:record": of("run"),
    "scoring:freeze": of("run"),
    "scoring:correct": of("run"),
    "scoring:compare_latest": of("run"),
    "scoring:compare": of("run", "other_run"),
    "scoring:verification": of("verification"),
    "scoring:items": of("run"),
    "scoring:item": Address(_key("result"), ("run", "result")),
    "scoring:item_sites": Address(_key("result"), ("run", "result")),
    "scoring:question": Address(_answers, ("run", "asked")),
    # Evidence is found by whoever sees the item that it is evidence for.
    "scoring:site": Address(_in_run("site"), ("run", "result")),
    "scoring:observation": Address(_in_run("observation"), ("run", "result")),
    "scoring:document": of("run", "document"),
    "scoring:gaps": of("run"),
    "scoring:gaps_export": at("run", then="xlsx"),
    "scoring:gap_matrix": of("run"),
    "scoring:topic": of("run"),
    "scoring:gap_matrix_export": of("run"),
    "scoring:topic_report": of("run"),
    "scoring:findings": of("run"),
    "scoring:method": of("run"),
    "scoring:reconciliation": of("round"),
    "scoring:check_figures": of("round"),
    "scoring:paper_new": of("round"),
    "scoring:paper": of("paper"),
    "scoring:paper_remove": of("paper"),
    "scoring:paper_file": of("paper"),
    "scoring:paper_file_remove": of("paper", "paper file"),
    "scoring:figure_new": of("paper"),
    "scoring:figures_bring": of("paper"),
    "scoring:figures_workbook": of("paper"),
    "scoring:figures_check": of("figures import"),
    "scoring:figures_copy": of("figures import"),
    "scoring:figures_template": plain("xlsx"),
    "scoring:figure": of("figure"),
    "scoring:figure_remove": of("figure"),
    "scoring:finding": of("settlement"),
    "scoring:settle_finding": of("settlement"),
    "scoring:reopen_finding": of("settlement"),
    "rounds:public_draw": Address(lambda side: (side.rows["draw"].commitment,)),  # type: ignore[attr-defined]
    "rounds:public_draw_file": Address(
        lambda side: (side.rows["draw"].commitment, "plan.json")  # type: ignore[attr-defined]
    ),
    "rounds:collection_member": Address(
        lambda side: (side.rows["collection"].pk, side.office.pk), ("collection",)
    ),
    **{name: of(*rows) for name, rows in collecting.ROWS.items()},
}


def views() -> dict[str, URLPattern]:
    """Every view of the site by its full name."""
    return dict(_below(get_resolver(), ()))


def _below(resolver: URLResolver, space: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield ":".join([*space, each.name or str(each.pattern)]), each
        else:
            inner = (*space, each.namespace) if each.namespace else space
            yield from _below(each, inner)


def has_arguments(pattern: URLPattern) -> bool:
    """Whether the address of a view has arguments."""
    return bool(pattern.pattern.converters)
