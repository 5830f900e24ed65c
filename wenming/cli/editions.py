"""`wenming edition check | show | convert`: an edition in words and in its two file forms."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence

from wenming.base import wording
from wenming.base.language import marked as _
from wenming.base.wording import figures
from wenming.cli.terminal import lines_out, say
from wenming.core.errors import BadInput, Place, Problem
from wenming.core.framework import Criterion, Edition, Item, edition_hash
from wenming.core.rules import ConditionsRule, GradeLimit, Limit
from wenming.core.terms import Mark, Part
from wenming.files.editions import read_edition, write_edition


def check(options: Namespace) -> int:
    """Say that an edition is in order; every mistake is told by the refusal."""
    edition = read_edition(options.file)
    lines_out([f"OK: {summary(edition, options.lang)}"])
    return 0


def show(options: Namespace) -> int:
    """Show the tree of an edition, or one item with its rules."""
    edition = read_edition(options.file)
    if options.item is None:
        lines_out([summary(edition, options.lang), *_tree(edition, options.lang)])
        return 0
    item = edition.item(options.item)
    if item is None:
        facts = {"value": options.item, "edition": edition.key}
        raise BadInput([Problem("item_unknown", Place(str(options.file)), facts)])
    lines_out(_item_lines(item, options.lang))
    return 0


def convert(options: Namespace) -> int:
    """Write an edition in the form that the ending of the target names."""
    source, target = options.file, options.target
    if target.exists() and target.samefile(source):
        raise BadInput([Problem("same_file", Place(str(target)))])
    edition = read_edition(source)
    write_edition(edition, target)
    written = say(_("{file} written: {summary}"), options.lang, file=target,
                  summary=summary(edition, options.lang))  # fmt: skip
    lines_out([written])
    return 0


def summary(edition: Edition, language: str) -> str:
    """An edition in one line: its size by part and its hash."""
    parts = [each.part for each in edition.dimensions]
    return say(
        _("{title} ({key}): {basic}+{distinctive} dimensions, {items} items, hash {hash}"),
        language,
        title=edition.title.in_language(language),
        key=edition.key,
        basic=parts.count(Part.BASIC),
        distinctive=parts.count(Part.DISTINCTIVE),
        items=sum(1 for _item in edition.items()),
        hash=edition_hash(edition),
    )


def criterion_text(criterion: Criterion, language: str) -> str:
    """The rule of a criterion in one line: shape, method, limits with their sources."""
    words = [
        wording.label("shape", criterion.shape, language),
        wording.label("method", criterion.method, language),
    ]
    words += [_limit(each, criterion, language) for each in getattr(criterion.rule, "limits", ())]
    if isinstance(criterion.rule, ConditionsRule):
        words += [
            say(
                _("grade {grade}: {conditions} ({mark})"),
                language,
                grade=test.grade,
                conditions=_asked(test.at_least, test.all_of),
                mark=_mark(test.mark, language),
            )
            for test in criterion.rule.tests
        ]
    if criterion.site_types:
        words.append(", ".join(criterion.site_types))
    return " · ".join(words)


def _tree(edition: Edition, language: str) -> Iterator[str]:
    for dimension in edition.dimensions:
        part = wording.label("part", dimension.part, language)
        yield ""
        yield (
            f"{dimension.key} {dimension.title.in_language(language)}"
            f" · {part}{_points(dimension.points, language)}"
        )
        for indicator in dimension.indicators:
            yield f"  {indicator.key} {indicator.title.in_language(language)}"
            for item in indicator.items:
                yield f"    {item.key} {_item_head(item, language)}"


def _item_head(item: Item, language: str) -> str:
    methods = "、" if language == "zh" else ", "
    named = methods.join(wording.label("method", method, language) for method in item.methods)
    return f"{item.title.in_language(language)}{_points(item.points, language)} · {named}"


def _item_lines(item: Item, language: str) -> list[str]:
    lines = [f"{item.key} {_item_head(item, language)}"]
    if item.note.zh:
        lines.append(f"  {item.note.in_language(language)}")
    for criterion in item.criteria:
        lines.append(f"  {criterion.n}. {criterion_text(criterion, language)}")
        for condition in criterion.conditions:
            text = condition.text.in_language(language)
            method = wording.label("method", condition.method, language)
            limit = f" · {_plain_limit(condition.limit, '%', language)}" if condition.limit else ""
            lines.append(f"     ({condition.n}) {text} · {method}{limit}")
    if item.sources:
        lines.append("  " + say(_("Sources: {sources}"), language, sources=", ".join(item.sources)))
    return lines


def _limit(each: GradeLimit, criterion: Criterion, language: str) -> str:
    unit = criterion.unit
    return f"{each.grade} {_plain_limit(each.limit, unit, language)}"


def _plain_limit(limit: Limit, unit: str, language: str) -> str:
    shown = figures.limit(limit.op, limit.value, unit)
    return f"{shown} ({_mark(limit.mark, language)})"


def _asked(at_least: int, all_of: Sequence[int] | frozenset[int]) -> str:
    numbers = ", ".join(f"({n})" for n in sorted(all_of))
    return " + ".join(word for word in (f"≥{at_least}" if at_least else "", numbers) if word)


def _points(points: object, language: str) -> str:
    if points is None:
        return ""
    return " · " + say(_("{points} points"), language, points=figures.printed(points))


def _mark(mark: Mark, language: str) -> str:
    return wording.label("mark", mark, language).lower()


def edition_facts(edition: Edition) -> Mapping[str, object]:
    """An edition in the few facts that a comparison names."""
    return {
        "key": edition.key,
        "title": {"zh": edition.title.zh, "en": edition.title.en},
        "items": sum(1 for _item in edition.items()),
        "hash": edition_hash(edition),
    }
