"""The YAML files of a round as plain rows: the round, the survey's design, reported figures."""

from pathlib import Path

from wenming.core.rows import LISTED, Row, Tables
from wenming.files.layout import BELOW, NOTE, TITLE, Layout, Listed, YamlFile
from wenming.files.yaml_tree import Block, Scalar

ROUND_SCHEMA = "wenming-round/1"
DESIGN_SCHEMA = "wenming-survey/1"
REPORTED_SCHEMA = "wenming-reported/1"

_ROUND: Layout = {
    "schema": BELOW,
    "key": "key",
    "title": TITLE,
    "city": {"zh": "city_zh", "en": "city_en"},
    "edition": "edition",
    "checklists": "checklists",
    "period": {"from": "period_from", "to": "period_to"},
    "assessed_on": "assessed_on",
    "tier": "tier",
    "methods": Listed("methods"),
    "synthetic": "synthetic",
    "seed": "seed",
    "note": NOTE,
    "groups": BELOW,
    "not_applicable": BELOW,
    "gates": BELOW,
}
_GROUP: Layout = {"title": TITLE, "aliases": Listed("aliases", refused=";")}
_NOT_APPLICABLE: Layout = {"item": "item", "reason": "reason"}
_GATE: Layout = {"gate": "gate", "holds": "holds", "reason": "reason"}

_DESIGN: Layout = {
    "schema": BELOW,
    "strata": Listed("strata"),
    "clusters": Listed("clusters"),
    "fpc": Listed("fpc"),
    "weights": "weights",
    "lonely": "lonely",
    "interval": "interval",
    "missing": Listed("missing", LISTED, LISTED),
    "margins": BELOW,
    "trim": {"lower": "trim_lower", "upper": "trim_upper"},
    "questions": BELOW,
}
_MARGIN: Layout = {"source": "source", "groups": BELOW}
_QUESTION: Layout = {
    "item": "item",
    "condition": "condition",
    "text": {"zh": "text_zh", "en": "text_en"},
    "yes": Listed("yes", LISTED, LISTED),
    "no": Listed("no", LISTED, LISTED),
}

_REPORTED: Layout = {"schema": BELOW, "documents": BELOW, "figures": BELOW}
_DOCUMENT: Layout = {"title": TITLE, "as_of": "as_of"}
_FIGURE: Layout = {
    "key": "key",
    "title": TITLE,
    "document": "document",
    "value": "value",
    "unit": "unit",
    "of": "of",
    "means": "means",
    "lower_bound": "lower_bound",
    "base": "base",
    "data": "data",
    "split": BELOW,
    "split_by": "split_by",
    "members": Listed("members", LISTED, LISTED),
}
MEANINGS = ("tested",)


def round_tables(path: Path, *, name: str | None = None) -> Tables:
    """The plain rows of `round.yaml`: `round`, `groups`, `not_applicable` and `gates`.

    Args:
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake in the form of the file, with its place.

    Source:
        docs/reference/round-format.md, "round.yaml".
    """
    file = YamlFile(path, name, ROUND_SCHEMA)
    root = file.root
    tables = {
        "round": [file.row(root, _ROUND)],
        "groups": [file.row(block, _GROUP, key=key) for key, block in file.named(root, "groups")],
        "not_applicable": [
            file.row(block, _NOT_APPLICABLE) for block in file.blocks(root, "not_applicable")
        ],
        "gates": [file.row(block, _GATE) for block in file.blocks(root, "gates")],
    }
    file.finish()
    return tables


def named_files(path: Path) -> dict[str, str]:
    """The edition and checklists that `round.yaml` names, whatever else is wrong in it.

    With them the mistakes of all files can be told at once.

    Raises:
        BadInput: the file is missing, or is no `round.yaml` at all.
    """
    entries = YamlFile(path, None, ROUND_SCHEMA).root.entries
    named = {key: entries.get(key) for key in ("edition", "checklists")}
    return {key: node.text for key, node in named.items() if isinstance(node, Scalar) and node.text}


def design_tables(path: Path, *, name: str | None = None) -> Tables:
    """The plain rows of `design.yaml`: `design`, `margins` and `questions`.

    Args:
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake in the form of the file, with its place.

    Source:
        docs/reference/round-format.md, "design.yaml".
    """
    file = YamlFile(path, name, DESIGN_SCHEMA)
    tables = {
        "design": [file.row(file.root, _DESIGN)],
        "margins": [
            row
            for key, block in file.named(file.root, "margins")
            for row in _groups(file, key, block)
        ],
        "questions": [
            file.row(block, _QUESTION, column=key)
            for key, block in file.named(file.root, "questions")
        ],
    }
    file.finish()
    return tables


def _groups(file: YamlFile, key: Scalar, block: Block) -> list[Row]:
    """One row for each group of a margin."""
    margin = file.row(block, _MARGIN, column=key)
    pairs = list(file.pairs(block, "groups"))
    if not pairs:
        file.note("key_missing", block.place, key="groups")
    return [
        Row(
            values={**margin.values, "group": group.text, "total": total.text},
            place=group.place,
            places={**margin.places, "group": group.place, "total": total.place},
        )
        for group, total in pairs
    ]


def reported_tables(path: Path, *, name: str | None = None) -> Tables:
    """The plain rows of `reported.yaml`: `reported_documents`, `figures` and `splits`.

    Args:
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake in the form of the file, with its place.

    Source:
        docs/reference/round-format.md, "reported.yaml".
    """
    file = YamlFile(path, name, REPORTED_SCHEMA)
    root = file.root
    file.row(root, _REPORTED)
    documents = [file.row(b, _DOCUMENT, key=key) for key, b in file.named(root, "documents")]
    figures: list[Row] = []
    splits: list[Row] = []
    for block in file.blocks(root, "figures"):
        figure = file.row(block, _FIGURE)
        figures.append(figure)
        _refuse_other_meaning(file, figure)
        key = Scalar(figure.text("key"), figure.at("key"))
        splits += [_split(key, part, value) for part, value in file.pairs(block, "split")]
    file.finish()
    return {"reported_documents": documents, "figures": figures, "splits": splits}


def _refuse_other_meaning(file: YamlFile, figure: Row) -> None:
    means = figure.text("means")
    if means and means not in MEANINGS:
        allowed = ", ".join(MEANINGS)
        file.note("not_one_of", figure.at("means"), column="means", value=means, allowed=allowed)


def _split(figure: Scalar, part: Scalar, value: Scalar) -> Row:
    cells = {"figure": figure, "part": part, "value": value}
    return Row(
        values={column: cell.text for column, cell in cells.items()},
        place=part.place,
        places={column: cell.place for column, cell in cells.items()},
    )
