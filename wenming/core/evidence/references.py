"""Rows that refer to an item, a line or a site that is not there."""

from collections.abc import Iterator

from wenming.core.errors import Place
from wenming.core.evidence.records import Evidence
from wenming.core.framework import Checklists, Edition
from wenming.core.rows import Reader


def refuse_unknown(
    reader: Reader, evidence: Evidence, edition: Edition, checklists: Checklists
) -> None:
    """Refuse each row that refers to something the edition or the register does not know."""
    items = {item.key: item for _, _, item in edition.items()}
    for item, place in _item_references(evidence):
        if item and item not in items:
            reader.refuse("item_unknown", place, value=item, edition=edition.key)
    _refuse_unknown_sites(reader, evidence, checklists)
    gates = {gate.key for gate in edition.gates}
    for fact in evidence.gates:
        if fact.gate not in gates:
            reader.refuse("gate_unknown", fact.place, value=fact.gate, edition=edition.key)
    if evidence.plan.tier and evidence.plan.tier not in {tier.key for tier in edition.tiers}:
        reader.refuse("tier_unknown", Place("round.yaml", column="tier"), value=evidence.plan.tier)
    _refuse_unknown_wholes(reader, evidence)


def _refuse_unknown_sites(reader: Reader, evidence: Evidence, checklists: Checklists) -> None:
    lines = checklists.by_key()
    sites = {site.key for site in evidence.sites}
    for observation in evidence.observations:
        if observation.line and observation.line not in lines:
            reader.refuse("line_unknown", observation.place, value=observation.line)
        if observation.site and observation.site not in sites:
            reader.refuse("site_unknown", observation.place, value=observation.site)
    for site in evidence.sites:
        if checklists.by_type and site.site_type and site.site_type not in checklists.by_type:
            reader.refuse("site_type_unknown", site.place, value=site.site_type)


def _item_references(evidence: Evidence) -> Iterator[tuple[str, Place]]:
    for statistic in evidence.statistics:
        yield statistic.item, statistic.place
    for document in evidence.documents:
        yield document.item, document.place
    for mark in evidence.panel:
        yield mark.item, mark.place
    for responsibility in evidence.responsibilities or ():
        yield responsibility.item, responsibility.place
    for aside in evidence.not_applicable:
        yield aside.item, aside.place
    for question in evidence.survey.questions if evidence.survey else ():
        yield question.item, question.place


def _refuse_unknown_wholes(reader: Reader, evidence: Evidence) -> None:
    known = {(figure.document, figure.key) for figure in evidence.figures}
    for figure in evidence.figures:
        if figure.of and (figure.document, figure.of) not in known:
            reader.refuse("whole_unknown", figure.place, value=figure.of)
