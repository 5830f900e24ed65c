"""From plain rows to the evidence of a round; every mistake in every file is told at once."""

from collections.abc import Mapping
from decimal import Decimal

from wenming.core.errors import Place
from wenming.core.evidence.checks import refuse_contradictions
from wenming.core.evidence.records import (
    DocumentReview,
    Evidence,
    GateFact,
    NotApplicable,
    Observation,
    PanelMark,
    Responsibility,
    RoundPlan,
    Site,
    Statistic,
)
from wenming.core.evidence.survey import answer_table, survey_design
from wenming.core.framework import Checklists, Edition
from wenming.core.reconcile import Figure
from wenming.core.rows import LISTED, Reader, Row, Tables
from wenming.core.terms import Method, Outcome, Review, Role, Words


def build_evidence(tables: Tables, edition: Edition, checklists: Checklists) -> Evidence:
    """Build the evidence of a round from plain rows.

    Rows are put into one canonical order, so that shuffled files give the same result.

    Args:
        tables: rows by table as docs/reference/round-format.md lists them; a file that
            is absent has no key.
        edition: items that rows may refer to.
        checklists: lines that observations may refer to.

    Raises:
        BadInput: one problem for each mistake, with file, line and column.
    """
    reader = Reader()
    groups = _groups(tables) or dict(edition.groups or {})
    evidence = Evidence(
        plan=_plan(reader, tables),
        statistics=tuple(_statistic(reader, row) for row in _sorted(tables, "statistics")),
        sites=_sites(reader, tables),
        observations=_observations(reader, tables),
        documents=_documents(reader, tables),
        panel=tuple(_panel_mark(reader, row) for row in _sorted(tables, "panel")),
        responsibilities=_responsibilities(reader, tables),
        answers=answer_table(tables),
        survey=survey_design(reader, tables),
        not_applicable=tuple(
            NotApplicable(reader.text(row, "item"), row.text("reason"), row.place)
            for row in _sorted(tables, "not_applicable")
        ),
        gates=tuple(_gate(reader, row) for row in tables.get("gates", ())),
        figures=_figures(reader, tables),
        groups=groups,
        aliases=_aliases(tables, groups),
    )
    refuse_contradictions(reader, evidence, edition, checklists)
    reader.finish()
    return evidence


def _sorted(tables: Tables, table: str) -> list[Row]:
    return sorted(tables.get(table, ()), key=lambda row: sorted(row.values.items()))


def _plan(reader: Reader, tables: Tables) -> RoundPlan:
    rows = tables.get("round", ())
    row = rows[0] if rows else Row({}, Place("round.yaml"))
    methods = []
    for word in reader.words(row, "methods"):
        one = Row({"methods": word}, row.place, row.places)
        method = reader.choice(one, "methods", Method)
        methods += [method] if method else []
    return RoundPlan(
        key=reader.text(row, "key"),
        title=Words(row.text("title_zh"), row.text("title_en")),
        city=Words(reader.text(row, "city_zh"), row.text("city_en")),
        period_from=reader.day(row, "period_from"),
        period_to=reader.day(row, "period_to"),
        assessed_on=reader.day(row, "assessed_on"),
        tier=row.text("tier"),
        methods=tuple(methods),
        is_synthetic=reader.flag(row, "synthetic"),
        seed=row.text("seed"),
        note=Words(row.text("note_zh"), row.text("note_en")),
    )


def _statistic(reader: Reader, row: Row) -> Statistic:
    reader.text(row, "value")
    return Statistic(
        item=reader.text(row, "item"),
        value=reader.decimal(row, "value", percent=True) or Decimal(0),
        unit=row.text("unit"),
        period=row.text("period"),
        source=row.text("source"),
        condition=reader.count(row, "condition") or 0,
        place=row.place,
    )


def _sites(reader: Reader, tables: Tables) -> tuple[Site, ...]:
    if "sites" in tables:
        rows = _sorted(tables, "sites")
        reader.unique(tables["sites"], "site")
    else:
        first = {row.text("site"): row for row in reversed(_sorted(tables, "observations"))}
        rows = [first[key] for key in sorted(first)]
    return tuple(
        Site(
            key=reader.text(row, "site"),
            site_type=reader.text(row, "site_type"),
            title=row.text("title"),
            county=row.text("county"),
            street=row.text("street"),
            unit=row.text("unit"),
            place=row.place,
        )
        for row in rows
    )


def _observations(reader: Reader, tables: Tables) -> tuple[Observation, ...]:
    return tuple(_observation(reader, row) for row in _sorted(tables, "observations"))


def _observation(reader: Reader, row: Row) -> Observation:
    value = reader.decimal(row, "value")
    if value is None and not row.text("outcome"):
        reader.refuse("outcome_or_value", row.at("outcome"))
    reader.moment(row, "time")
    return Observation(
        site=reader.text(row, "site"),
        line=reader.text(row, "line"),
        time=row.text("time"),
        outcome=reader.choice(row, "outcome", Outcome) if row.text("outcome") else None,
        value=value,
        inspector=row.text("inspector"),
        remark=row.text("remark"),
        photo=row.text("photo"),
        place=row.place,
    )


def _documents(reader: Reader, tables: Tables) -> tuple[DocumentReview, ...]:
    reader.unique(tables.get("documents", ()), "document")
    return tuple(_document(reader, row) for row in _sorted(tables, "documents"))


def _document(reader: Reader, row: Row) -> DocumentReview:
    reader.day(row, "date")
    return DocumentReview(
        key=reader.text(row, "document"),
        item=reader.text(row, "item"),
        condition=reader.count(row, "condition") or 0,
        requirement=row.text("requirement"),
        method=reader.choice(row, "method", Method, Method.DOCUMENTS) or Method.DOCUMENTS,
        title=row.text("title"),
        kind=row.text("kind"),
        outcome=reader.choice(row, "outcome", Review) or Review.PENDING,
        reason=row.text("reason"),
        reviewer=row.text("reviewer"),
        reviewed_on=row.text("date"),
        unit=row.text("unit"),
        place=row.place,
    )


def _panel_mark(reader: Reader, row: Row) -> PanelMark:
    reader.text(row, "mark")
    mark = reader.decimal(row, "mark", least=Decimal(0))
    return PanelMark(
        item=reader.text(row, "item"),
        assessor=reader.text(row, "assessor"),
        mark=mark or Decimal(0),
        place=row.place,
    )


def _responsibilities(reader: Reader, tables: Tables) -> tuple[Responsibility, ...] | None:
    if "responsibility" not in tables:
        return None
    return tuple(
        Responsibility(
            item=reader.text(row, "item"),
            unit=reader.text(row, "unit"),
            role=reader.choice(row, "role", Role) or Role.SUPPORTING,
            group=row.text("group"),
            due=reader.day(row, "due"),
            target=row.text("target"),
            place=row.place,
        )
        for row in _sorted(tables, "responsibility")
    )


def _gate(reader: Reader, row: Row) -> GateFact:
    known = row.text("holds").lower() not in ("", "unknown", "不详")
    return GateFact(
        gate=reader.text(row, "gate"),
        holds=reader.flag(row, "holds") if known else None,
        reason=row.text("reason"),
        place=row.place,
    )


def _figures(reader: Reader, tables: Tables) -> tuple[Figure, ...]:
    splits: dict[str, list[tuple[str, Decimal]]] = {}
    for row in tables.get("splits", ()):
        value = reader.decimal(row, "value")
        parts = splits.setdefault(row.text("figure"), [])
        parts.append((reader.text(row, "part"), value or Decimal(0)))
    figures = []
    for row in tables.get("figures", ()):
        reader.text(row, "value")
        members = [word for word in row.text("members").split(LISTED) if word]
        figures.append(
            Figure(
                key=reader.text(row, "key"),
                title=Words(row.text("title_zh"), row.text("title_en")),
                document=row.text("document"),
                value=reader.decimal(row, "value", percent=True) or Decimal(0),
                unit=row.text("unit"),
                of=row.text("of"),
                means=row.text("means"),
                lower_bound=reader.flag(row, "lower_bound"),
                base=reader.count(row, "base", least=1),
                data=row.text("data"),
                split=tuple(splits.get(row.text("key"), ())),
                split_by=row.text("split_by"),
                members=tuple(members),
                place=row.place,
            )
        )
    return tuple(figures)


def _groups(tables: Tables) -> dict[str, Words]:
    return {
        row.text("key"): Words(row.text("title_zh") or row.text("key"), row.text("title_en"))
        for row in tables.get("groups", ())
    }


def _aliases(tables: Tables, groups: Mapping[str, Words]) -> dict[str, str]:
    aliases = {title.zh: key for key, title in groups.items()} | {key: key for key in groups}
    for row in tables.get("groups", ()):
        for alias in row.text("aliases").split(";"):
            if alias.strip():
                aliases[alias.strip()] = row.text("key")
    return aliases
