"""The folder of a round, written so that reading it gives the same evidence again."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wenming.core import evidence as records
from wenming.core.evidence import Evidence
from wenming.core.framework import Checklists, Edition
from wenming.core.reconcile import Figure
from wenming.core.terms import Words
from wenming.files.checklist_out import write_checklists
from wenming.files.edition_out import write_edition_yaml
from wenming.files.round_yaml import DESIGN_SCHEMA, REPORTED_SCHEMA, ROUND_SCHEMA
from wenming.files.rounds import CSV_FILES
from wenming.files.texts import safe_text

EDITION, CHECKLISTS = "edition.yaml", "checklists.yaml"
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WholeRound:
    """Everything that the folder of a round holds (轮次文件夹内容).

    Attributes:
        checklists: None when the round uses none.
        papers: title and day of each paper that reports figures, by key.
    """

    evidence: Evidence
    edition: Edition
    checklists: Checklists | None = None
    papers: Mapping[str, tuple[Words, str]] = field(default_factory=dict)


def write_round(whole: WholeRound, folder: Path) -> list[Path]:
    """Write the folder of a round (导出轮次), for `wenming assess`.

    Args:
        folder: made when it is absent; files of the same name are replaced.

    Returns:
        The files written.

    Source:
        docs/reference/round-format.md.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_edition_yaml(whole.edition, folder / EDITION)
    if whole.checklists is not None:
        write_checklists(whole.checklists, folder / CHECKLISTS)
    evidence = whole.evidence
    texts = {"round.yaml": _yaml(_round(whole))}
    if evidence.survey is not None:
        texts["design.yaml"] = _yaml(_design(evidence.survey))
    if evidence.figures or whole.papers:
        texts["reported.yaml"] = _yaml(_reported(whole))
    texts |= {f"{table}.csv": _csv(table, rows) for table, rows in _tables(evidence).items()}
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return sorted(folder.iterdir())


def _round(whole: WholeRound) -> Plain:
    evidence, plan = whole.evidence, whole.evidence.plan
    return {
        "schema": ROUND_SCHEMA,
        "key": plan.key,
        "title": _words(plan.title),
        "city": _words(plan.city),
        "edition": EDITION,
        "checklists": CHECKLISTS if whole.checklists is not None else "",
        "period": {"from": _day(plan.period_from), "to": _day(plan.period_to)},
        "assessed_on": _day(plan.assessed_on),
        "tier": plan.tier,
        "methods": [method.value for method in plan.methods],
        "synthetic": "true" if plan.is_synthetic else "false",
        "seed": plan.seed,
        "note": _words(plan.note),
        "groups": {
            key: {"title": _words(title), "aliases": _aliases(evidence, key, title)}
            for key, title in evidence.groups.items()
        },
        "not_applicable": [
            {"item": each.item, "reason": each.reason} for each in evidence.not_applicable
        ],
        "gates": [
            {"gate": each.gate, "holds": _holds(each.holds), "reason": each.reason}
            for each in evidence.gates
        ],
    }


def _aliases(evidence: Evidence, key: str, title: Words) -> list[str]:
    found = [alias for alias, of in evidence.aliases.items() if of == key]
    return [alias for alias in found if alias not in (key, title.zh)]


def _holds(said: bool | None) -> str:
    return "unknown" if said is None else "true" if said else "false"


def _design(design: records.SurveyDesign) -> Plain:
    return {
        "schema": DESIGN_SCHEMA,
        "strata": list(design.strata),
        "clusters": list(design.clusters),
        "fpc": list(design.fpc),
        "weights": design.weights,
        "lonely": design.lonely,
        "interval": design.interval,
        "missing": sorted(word for word in design.missing if word),
        **_raking(design.raking),
        "questions": {each.column: _question(each) for each in design.questions},
    }


def _raking(plan: records.RakingPlan | None) -> Plain:
    if plan is None:
        return {}
    trim = plan.trim or records.TrimBounds(None, None)
    return {
        "margins": {
            margin.column: {
                "source": margin.source,
                "groups": {group.name: f"{group.total:f}" for group in margin.groups},
            }
            for margin in plan.margins
        },
        "trim": {"lower": _text(trim.lower), "upper": _text(trim.upper)},
    }


def _question(question: records.Question) -> Plain:
    return {
        "item": question.item,
        "condition": str(question.condition) if question.condition else "",
        "text": _words(question.text),
        "yes": sorted(question.yes),
        "no": sorted(question.no),
    }


def _reported(whole: WholeRound) -> Plain:
    return {
        "schema": REPORTED_SCHEMA,
        "documents": {
            key: {"title": _words(title), "as_of": day}
            for key, (title, day) in whole.papers.items()
        },
        "figures": [_figure(each) for each in whole.evidence.figures],
    }


def _figure(figure: Figure) -> Plain:
    return {
        "key": figure.key,
        "title": _words(figure.title),
        "document": figure.document,
        "value": f"{figure.value:f}",
        "unit": figure.unit,
        "of": figure.of,
        "means": figure.means,
        "lower_bound": "true" if figure.lower_bound else "",
        "base": "" if figure.base is None else str(figure.base),
        "data": figure.data,
        "split": {part: f"{value:f}" for part, value in figure.split},
        "split_by": figure.split_by,
        "members": list(figure.members),
    }


def _tables(evidence: Evidence) -> Mapping[str, Iterable[Sequence[object]]]:
    """The rows of each CSV file, in the order of the columns of `CSV_FILES`."""
    tables: dict[str, Iterable[Sequence[object]]] = {
        "statistics": [
            (s.item, s.value, s.condition or "", s.unit, s.period, s.source)
            for s in evidence.statistics
        ],
        "sites": [
            (s.key, s.site_type, s.title, s.county, s.street, s.unit) for s in evidence.sites
        ],
        "observations": [
            (o.site, o.line, o.time, o.outcome or "", o.value, o.inspector, o.remark, o.photo)
            for o in evidence.observations
        ],
        "documents": [
            (
                d.key, d.item, d.outcome, d.condition or "", d.requirement, d.method, d.title,
                d.kind, d.reason, d.reviewer, d.reviewed_on, d.unit,
            )
            for d in evidence.documents
        ],
        "panel": [(p.item, p.assessor, p.mark) for p in evidence.panel],
    }  # fmt: skip
    if evidence.responsibilities is not None:
        tables["responsibility"] = [
            (r.item, r.unit, r.role, r.group, _day(r.due), r.target)
            for r in evidence.responsibilities
        ]
    if evidence.answers is not None:
        names = list(evidence.answers.columns)
        sheets = zip(*evidence.answers.columns.values(), strict=True)
        tables["answers"] = [names, *sheets]
    return {name: rows for name, rows in tables.items() if rows or name == "responsibility"}


def _csv(table: str, rows: Iterable[Sequence[object]]) -> str:
    columns = CSV_FILES[table]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not columns.is_free:
        writer.writerow([*columns.required, *columns.optional])
    writer.writerows([[_text(cell) for cell in row] for row in rows])
    return text.getvalue()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    return f"{cell:f}" if hasattr(cell, "as_tuple") else str(cell)


def _words(words: Words) -> Plain:
    return {"zh": words.zh, "en": words.en}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yaml(said: Plain) -> str:
    kept = _filled(said)
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110)


def _filled(node: Any) -> Any:
    """The same without blank entries, which say nothing."""
    if isinstance(node, dict):
        below = {key: _filled(value) for key, value in node.items()}
        return {key: value for key, value in below.items() if value not in ("", [], {})}
    return [_filled(each) for each in node] if isinstance(node, list) else node
