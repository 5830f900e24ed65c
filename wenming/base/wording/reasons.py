"""Why a score is what it is: sentences for each reason (理由)."""

from collections.abc import Mapping

from wenming.base.language import marked as _

REASONS: Mapping[str, str] = {
    "not_applicable": _("Does not apply here."),
    "not_applicable.reason": _("Does not apply here: {reason}."),
    "untested": _("Untested: there is no evidence, so that nothing is earned and nothing is lost."),
    "judged_without_points": _("The edition gives no points; {verdict}."),
    "points_offered": _("Points that can be earned."),
    "points_lost": _("Points lost: {verdict}."),
    "points_lost.veto": _("Points lost: an occurrence takes all of them."),
    "nothing_lost": _("Nothing lost: {verdict}."),
    "points_stated": _("Points as the edition states them (source: {mark})."),
    "points_rescaled": _(
        "Rescaled by the factor {factor}, because the points of the part do not add up to its "
        "total."
    ),
    "points_shared": _("Share of the points of items that do not apply."),
    "item": _("Item {key}."),
    "indicator": _("Indicator {key}."),
    "dimension": _("Dimension {key}."),
    "part": _("{part_name}."),
    "measured_share": _("{base} answers: {estimate}"),
    "measured_number": _("{method}: {estimate}"),
    "measured_ratio": _("{method}: {estimate}, points in proportion"),
    "measured_shortfalls": _("{method}: shortfalls seen {estimate}"),
    "measured_occurrences": _("{method}: occurrences {estimate}"),
    "measured_sites": _(
        "Visited sites: {visited} of {register}, passing {passing}, that is {estimate}"
    ),
    "measured_rating": _("Mean of {base} assessors: {estimate}"),
    "measured_documents": _(
        "Required documents: {required}, accepted {accepted}, rejected {rejected}"
    ),
    "measured_conditions": _("Conditions met: {value} of {base}"),
    "measured_conditions.unknown": _("Conditions met: {value} of {base}, not looked at {unknown}"),
    "no_evidence": _("{method}: no evidence in this round."),
    "no_evidence.not_in_round": _("{method}: not used in this round."),
    "condition_met": _("Met: {text_in}{seen} ({method})."),
    "condition_not_met": _("Not met: {text_in}{seen} ({method})."),
    "condition_unknown.text": _("Not looked at: {text_in} ({method})."),
    "answers_raked": _("The answers are weighted to the population margins of {columns}."),
    "answers_not_raked": _(
        "The answers are not weighted to the population margins; the design weights are used."
    ),
    "answers_not_raked.group_without_sheets": _(
        "The answers are not weighted to the population margins, for no sheet came in from: "
        "{groups}. The design weights are used."
    ),
    "answers_not_raked.margins_contradict": _(
        "The answers are not weighted to the population margins, for these sheets cannot meet all "
        "of them at once. The design weights are used; join small groups."
    ),
    "measured_conditions.without_value": _("None of the conditions has been looked at"),
}
"""Sentences by the code of a reason."""
