"""The topic report (专题报告) as a document: what it is about, the sums, what changed."""

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from wenming.base.queries.organisation import issuer_of
from wenming.base.templatetags.figures import (
    day,
    plain,
    points,
    share,
    short_day,
    signed,
    words,
)
from wenming.base.templatetags.labels import label
from wenming.core.permissions import Capability
from wenming.core.terms import Mark, State
from wenming.files.word_out import Paper
from wenming.scoring.models import Run
from wenming.scoring.queries.changes import TotalChange, total_change
from wenming.scoring.queries.topic import Topic, TopicOf
from wenming.scoring.views.topic_tables import tables_of


def topic_paper(topic: Topic) -> Paper:
    """The report on one scope, in the language of the page."""
    return Paper(
        title=_("Topic report on gaps: %(scope)s") % {"scope": topic.scope.name},
        lines=[*_what_it_is(topic.seen.run), *_sums(topic), *_since(topic)],
        tables=tables_of(topic),
        notes=_notes(topic),
        signed=_signed(topic.seen.run),
    )


def _what_it_is(run: Run) -> list[str]:
    """City, round, run, state and digest; what is made up is said before any number."""
    facts = {
        "city": words(run.city.name),
        "round": words(run.round.title),
        "edition": words(run.summary["edition"]["title"]),
        "number": run.number,
        "result": run.result_number,
        "program": run.engine_version,
        "digest": run.digest,
        "time": short_day(localtime(run.finished_at).date()),
    }
    lines = [_("%(city)s · %(round)s · %(edition)s") % facts]
    if run.round.period_from and run.round.period_to:
        days = {"first": day(run.round.period_from), "last": day(run.round.period_to)}
        lines.append(_("Evidence of %(first)s to %(last)s.") % days)
    if run.is_provisional:
        lines.append(
            _("Run %(number)d of %(time)s, provisional: not to be quoted as a result.") % facts
        )
    else:
        state = label(run.state, "run_state")
        facts["state"] = state
        lines.append(_("Run %(number)d of %(time)s, result %(result)s (%(state)s).") % facts)
    lines.append(_("Program %(program)s, digest %(digest)s.") % facts)
    if run.round.is_synthetic:
        lines.append(_("All evidence of this round is made up for demonstration."))
    marks = run.summary["edition"]["marks"]
    if marks.get(Mark.INVENTED):
        counted = {"n": marks[Mark.INVENTED], "all": sum(marks.values())}
        lines.append(
            _("Of the %(all)d limits of this edition %(n)d are placeholders, not official.")
            % counted
        )
    return lines


def _sums(topic: Topic) -> list[str]:
    run, sums = topic.seen.run, topic.sums
    lines = []
    if topic.scope.of is TopicOf.CITY and topic.seen.user.may(Capability.VIEW_SCORE, city=run.city):
        lines += _total(run)
    states = {state.value: sums.states[state.value] for state in State}
    lines.append(
        _(
            "%(all)d items: %(met)d met, %(not_met)d not met, %(untested)d untested, "
            "%(not_applicable)d not applicable."
        )
        % {"all": sum(states.values()), **states}
    )
    if topic.scope.of is TopicOf.STREET:
        lines += [_street_line(topic), _street_meaning()]
    if sums.points is None:
        return [*lines, _("The edition states no points for these items, so none are lost.")]
    facts = {
        "points": points(sums.points),
        "lost": points(sums.lost),
        "coverage": share(sums.coverage),
    }
    if len({row.part for row in topic.rows}) > 1:
        lines.append(_("Points of the basic and the distinctive part are counted together here."))
    lines.append(
        _(
            "They offer %(points)s points, of which %(coverage)s were tested; those tested lose "
            "%(lost)s points. What is untested loses none and earns none."
        )
        % facts
    )
    if topic.scope.of is not TopicOf.CITY:
        lines.append(_("No interval is computed for a part of the score; see that of each item."))
    return lines


def _total(run: Run) -> list[str]:
    if run.score is None:
        return [_("Nothing can be scored: the edition states no points, or nothing was tested.")]
    facts = {
        "score": points(run.score),
        "points": plain(run.points),
        "low": points(run.low, 1),
        "high": points(run.high, 1),
        "coverage": share(run.coverage),
    }
    lines = [
        _("Total score %(score)s of %(points)s points on what was tested; coverage %(coverage)s.")
        % facts
    ]
    if run.low is None:
        return [*lines, _("No interval: chance plays no part, or nothing is known of it.")]
    facts["level"] = share((run.summary["interval"] or {}).get("level"), 0)
    lines.append(
        _(
            "Had every site and every resident been asked about what was tested, the total would "
            "lie between %(low)s and %(high)s with a probability of %(level)s. Only the chance of "
            "sampling is counted."
        )
        % facts
    )
    return [*lines, label(run.outside, "score_outside")] if run.outside else lines


def _street_line(topic: Topic) -> str:
    seen = topic.areas[0] if topic.areas else None
    facts = {
        "register": seen.register if seen else 0,
        "visited": seen.visited if seen else 0,
        "checks": seen.checks if seen else 0,
        "passed": seen.passing_checks if seen else 0,
    }
    return (
        _(
            "%(register)d sites of the register lie here, %(visited)d of them were visited; of "
            "%(checks)d lines checked %(passed)d passed."
        )
        % facts
    )


def _street_meaning() -> str:
    return _(
        "Listed are the items for which at least one site here does not pass. Their points are "
        "those of the whole city, not the share of this street."
    )


def _since(topic: Topic) -> list[str]:
    run, sums = topic.seen.run, topic.sums
    if topic.earlier is None:
        return [_("There is no earlier run to compare with.")]
    facts = {
        "number": topic.earlier.number,
        "round": words(topic.earlier.round.title),
        "n": sums.common,
        "now": points(sums.common_lost),
        "before": points(sums.common_before),
        "change": signed(sums.common_lost - sums.common_before),
    }
    lines = [
        _(
            "Compared with run %(number)d (%(round)s): on the %(n)d items whose loss is known both "
            "times, %(now)s points are lost now, %(before)s were then (%(change)s)."
        )
        % facts
    ]
    if topic.scope.of is TopicOf.CITY and topic.seen.user.may(Capability.VIEW_SCORE, city=run.city):
        lines += _total_since(total_change(run, topic.earlier))
    return lines


def _total_since(change: TotalChange) -> list[str]:
    """How far the totals lie apart, and whether that can be told from chance."""
    facts = {
        "gain": signed(change.gain),
        "low": signed(change.low, 1),
        "high": signed(change.high, 1),
    }
    lines = []
    if change.low is not None:
        lines.append(
            _("The total changed by %(gain)s points (interval %(low)s to %(high)s).") % facts
        )
    elif change.gain is not None:
        lines.append(_("The total changed by %(gain)s points.") % facts)
    return [*lines, label(change.verdict, "total_change")]


def _notes(topic: Topic) -> list[str]:
    """How the numbers are to be read, and what they do not say."""
    notes = [
        _(
            "Where an interval is given, what was found is an estimate from a sample; the interval "
            "holds the true value with a probability of 90 %. “Met next time” is the probability "
            "that another official test of its usual size finds the item met; a dash: no chance "
            "plays a part, or nothing can be said."
        ),
        _(
            "A limit marked as typical or as a placeholder is not from a public text for this very "
            "item. Lost points are rounded once, from exact values."
        ),
        _(
            "An item with several leads stands with each of them; items without a lead stand with "
            "none. An item stands in every street where a site does not pass for it, with what the "
            "whole city loses by it: columns by unit and by street are not to be added up."
        ),
        _(
            "The report tells what was found. Why an item falls short, and how much mending it "
            "would win back, the data do not say."
        ),
    ]
    if topic.scope.of is TopicOf.UNIT:
        notes.append(_("A unit is charged for the items that it leads."))
    return notes


def _signed(run: Run) -> list[str]:
    return [words(issuer_of(run.city)), short_day(localdate())]
