"""The report of an assessment on a terminal: score, parts, items, gates, findings."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wenming.base import wording
from wenming.base.language import marked as _
from wenming.base.wording import figures
from wenming.cli.terminal import say, table, wrapped
from wenming.core.sides import side_of

Plain = Mapping[str, Any]


def report(result: Plain, language: str) -> list[str]:
    """The whole report as lines.

    Args:
        result: as docs/reference/assessment.md describes it.
        language: `zh` or `en`.
    """
    blocks = (
        _head(result, language),
        _score(result, language),
        _dimensions(result, language),
        _items(result, language),
        _untested(result, language),
        _gates(result, language),
        _findings(result, language),
        [say(_("Digest {digest}"), language, digest=result["digest"])],
    )
    lines: list[str] = []
    for block in blocks:
        if block:
            lines += ["", *block] if lines else block
    return lines


def name_of(words: Plain | None, language: str) -> str:
    """A name as `{zh, en}` in a language; Chinese where there is no English."""
    if not words:
        return ""
    return str((words.get("en") if language == "en" else "") or words.get("zh") or "")


def _head(result: Plain, language: str) -> list[str]:
    edition, visit = result["edition"], result["round"]
    marks = "，" if language == "zh" else ", "
    counts = marks.join(
        f"{wording.label('mark', mark, language)} {count}"
        for mark, count in edition["marks"].items()
    )
    lines = [f"{name_of(result['city'], language)} · {name_of(visit['title'], language)}"]
    if visit["is_synthetic"]:
        warning = _("Made-up evidence: nothing here says anything about a real city.")
        lines.append(f"! {say(warning, language)}")
    if visit["from"]:
        ends = {"start": visit["from"], "end": visit["to"]}
        lines.append(say(_("Period {start} to {end}"), language, **ends))
    message = (
        _("Edition: {title} ({key}, excerpt of {items} items)")
        if edition["is_partial"]
        else _("Edition: {title} ({key}, {items} items)")
    )
    title = name_of(edition["title"], language)
    lines += wrapped(
        say(message, language, title=title, key=edition["key"], items=edition["items"])
    )
    return [*lines, say(_("Sources of the limits: {marks}"), language, marks=counts)]


def _score(result: Plain, language: str) -> list[str]:
    counts = result["counts"]
    states = "   ".join(
        f"{wording.sign(state)} {wording.label('state', state, language)} {counts[state]}"
        for state in ("met", "not_met", "untested", "not_applicable")
    )
    if result["score"] is None:
        message = _("No score: the edition gives no points. Items are judged one by one.")
        return [say(message, language), states]
    shown = {name: figures.printed(result[name]) for name in ("score", "points")}
    lines = [say(_("Score {score} of {points}"), language, **shown)]
    if result["low"] is not None:
        sure = figures.interval(result["low"], result["high"])
        test = figures.interval(*result["interval"]["repeat"])
        message = _("Had everybody and every site been asked: {ends} (probability 90 %).")
        lines += wrapped(say(message, language, ends=sure))
        ends = (Decimal(str(result[name])) for name in ("score", "low", "high"))
        if side := side_of(*ends):
            lines += wrapped(wording.label("score_outside", side, language))
        message = _("An official test of its usual size would give {ends} (probability 90 %).")
        lines += wrapped(say(message, language, ends=test))
    message = _("Coverage: items worth {coverage} of the points were tested.")
    lines.append(say(message, language, coverage=figures.share(result["coverage"])))
    for part in result["parts"]:
        if part["points"]:
            lines.append(_part(part, language))
    if counts["uncertain"]:
        uncertain = say(_("Uncertain"), language)
        states += f"   ~ {uncertain} {counts['uncertain']}"
    return [*lines, states]


def _part(part: Plain, language: str) -> str:
    return say(
        _("{part}: on what was tested {score}, worst case {worst}, of {points}"),
        language,
        part=wording.label("part", part["part"], language),
        **{name: figures.printed(part[name]) for name in ("score", "worst", "points")},
    )


def _dimensions(result: Plain, language: str) -> list[str]:
    scored = result["score"] is not None
    states = ("met", "not_met", "untested", "not_applicable")
    header = [say(_("Dimension"), language)]
    if scored:
        header += [say(m, language) for m in (_("Points"), _("Score"), _("Lost"), _("Worst case"))]
    header += [wording.label("state", state, language) for state in states]
    rows = []
    for each in result["dimensions"]:
        row = [f"{each['key']} {name_of(each['title'], language)}"]
        if scored:
            shown = ("points", "score", "lost", "worst")
            row += [figures.printed(each[name], fixed=True) for name in shown]
        rows.append([*row, *(str(each["counts"][state]) for state in states)])
    return table(header, rows, left=[0], indent=0)


def _items(result: Plain, language: str) -> list[str]:
    if result["score"] is None:
        judged = [each for each in result["items"] if each["state"] != "untested"]
        heading = say(_("Items: {count}"), language, count=len(judged))
        return [heading, *_item_table(judged, language, scored=False)] if judged else []
    missed = [each for each in result["items"] if each["state"] == "not_met"]
    missed.sort(key=lambda each: (-(each["lost"] or 0), each["key"]))
    if not missed:
        return []
    heading = say(_("Items not met: {count}, by points lost"), language, count=len(missed))
    return [heading, *_item_table(missed, language, scored=True)]


def _item_table(items: Sequence[Plain], language: str, *, scored: bool) -> list[str]:
    header = [_("Item"), _("State"), _("Value"), _("Limit"), _("Gap")]
    chances = any(each["p_true"] is not None for each in items)
    if chances:
        header += [_("p really met"), _("p met in a test")]
    if scored:
        header += [_("Lost"), _("Lead")]
    rows = [_item(each, language, scored=scored, chances=chances) for each in items]
    left = [0, 1, len(header) - 1] if scored else [0, 1]
    return table([say(heading, language) for heading in header], rows, left=left)


def _item(each: Plain, language: str, *, scored: bool, chances: bool) -> list[str]:
    unsure = wording.sign("uncertain") if each["certain"] is False else ""
    state = f"{wording.sign(each['state'])} {wording.label('state', each['state'], language)}"
    row = [
        f"{each['key']} {name_of(each['title'], language)}",
        f"{state} {each['grade']}{unsure}".rstrip(),
        value_of(each),
        limit_of(each),
        figures.signed(each["gap"]),
    ]
    if chances:
        row += [figures.probability(each["p_true"]), figures.probability(each["p_repeat"])]
    if scored:
        row += [figures.printed(each["lost"], fixed=True), each["lead"] or figures.DASH]
    return row


def value_of(item: Plain) -> str:
    """The measured value with its unit; conditions as so many of so many."""
    if item["value"] is None:
        return figures.DASH
    if is_conditions(item):
        return f"{figures.printed(item['value'])}/{item['n']}"
    return figures.amount(item["value"], str(item["unit"]))


def limit_of(item: Plain) -> str:
    """The limit that counts as met; for conditions the number of them."""
    if item["limit"]:
        return figures.limit(item["limit"]["op"], item["limit"]["value"], str(item["unit"]))
    asked = next((each["met"] for each in item["limits"] if each.get("met")), None)
    return f"≥{asked}" if asked else figures.DASH


def is_conditions(item: Plain) -> bool:
    """Whether the value of an item is a number of conditions."""
    return any(each["shape"] in ("conditions", "all_or_nothing") for each in item["criteria"])


def _untested(result: Plain, language: str) -> list[str]:
    rows = [each for each in result["items"] if each["state"] == "untested"]
    if not rows:
        return []
    message = _("Untested items: {count}; they earn nothing and lose nothing")
    heading = say(message, language, count=len(rows))
    return [heading, *(f"  – {each['key']} {name_of(each['title'], language)}" for each in rows)]


def _gates(result: Plain, language: str) -> list[str]:
    if not result["gates"]:
        return []
    return [say(_("Gates"), language), *_gate_lines(result["gates"], language)]


def _gate_lines(gates: Sequence[Plain], language: str) -> Iterator[str]:
    signs = {True: ("✓", "true"), False: ("✗", "false"), None: ("–", "unknown")}
    for gate in gates:
        sign, code = signs[gate["holds"]]
        kind = wording.label("gate", gate["kind"], language)
        holds = wording.label("holds", code, language)
        text = f"{holds} · {kind} · {name_of(gate['title'], language)}"
        if gate["limit"] is not None:
            text += (
                f" · {figures.printed(gate['value'])} {figures.limit(gate['op'], gate['limit'])}"
            )
        if gate["reason"]:
            text += f" · {gate['reason']}"
        yield from wrapped(text, first=f"  {sign} ", rest="    ")


def _findings(result: Plain, language: str) -> list[str]:
    if not result["findings"]:
        return []
    lines = [say(_("Reconciliation findings: {count}"), language, count=len(result["findings"]))]
    for number, finding in enumerate(result["findings"], start=1):
        lines += wrapped(finding_text(finding, language), first=f"{number:>3}. ", rest="     ")
    return lines


def finding_text(finding: Plain, language: str) -> str:
    """A finding of the result as its sentence."""
    facts = {name: value for name, value in finding.items() if name != "code"}
    return wording.sentence(finding["code"], facts, language)
