"""Refusals of estimates and draws: sentences for surveys and sampling."""

from collections.abc import Mapping

from wenming.base.language import marked as _

SAMPLES: Mapping[str, str] = {
    "survey_error": _("The survey cannot be estimated; look at the columns of its design."),
    "design_without_rows": _("There is no row to estimate from; give a table with answers."),
    "columns_of_unequal_length": _(
        "The column {column} has another number of rows than the design ({rows})."
    ),
    "design_value_missing": _(
        "{column} is missing in a row; stratum, cluster, weight and population size must be "
        "complete."
    ),
    "bad_weight": _(
        "The weight {weight} cannot be used; weights must be finite and not below 0, and not all 0."
    ),
    "bad_population": _("The population sizes cannot be used; look at the fpc columns."),
    "bad_population.not_above_zero": _("A population size is not above 0; correct the fpc column."),
    "bad_population.sizes_and_fractions_mixed": _(
        "Population sizes and sampling fractions are mixed; use one of the two in all fpc columns."
    ),
    "bad_population.varies_in_stratum": _(
        "A population size varies inside one stratum; make it the same in all its rows."
    ),
    "bad_population.below_sample": _(
        "A population size is below the number of units drawn; correct it."
    ),
    "unknown_policy": _("{policy} is not known; use one of {known}."),
    "lonely_unit": _(
        "The stratum {stratum} has a single sampling unit, so that its variance is unknown; "
        "choose a policy with lonely, or join strata."
    ),
    "nothing_answered": _("Nobody answered what is asked for; look at the column and the domain."),
    "not_a_share": _(
        "A share needs answers of 0 and 1 only; use a mean, or leave the interval out."
    ),
    "bad_totals": _("The population totals cannot be used; look at the groups and their sums."),
    "bad_totals.sums_differ": _(
        "The population totals of the margins differ in their sums; make them equal."
    ),
    "bad_totals.not_reached": _(
        "The weights cannot reach the population totals; join small groups."
    ),
    "bad_totals.nothing_inside_bounds": _(
        "No weight inside the bounds reaches the totals; widen the bounds."
    ),
    "bad_totals.groups_differ": _(
        "The population totals name other groups than the sample; make them the same."
    ),
    "bad_totals.not_above_zero": _("A population total is not above 0; correct it."),
    "no_such_column": _("The table has no column {column}; correct the name."),
    "missing": _("{column} is missing here; the columns of the design must be complete."),
    "below_zero": _("The weight {value} is below 0; correct it."),
    "not_above_zero": _("The population size {value} is not above 0; correct it."),
    "below_sample": _(
        "The population size {value} is below the number of units drawn; correct it."
    ),
    "varies_in_stratum": _(
        "The population size {value} differs from another row of its stratum; make them the same."
    ),
    # Raking
    "margin_total_not_above_zero": _("The total {value} is not above 0; a group has people."),
    "margin_groups_mixed": _(
        "{value} is no range, but other groups of {column} are; write 18..29, 60.. or ..17."
    ),
    "margin_range_reversed": _("{value} ends below its start; write the lower number first."),
    "margin_groups_overlap": _(
        "The group {value} of {column} overlaps {other}; let each answer belong to one group."
    ),
    "margin_group_missing": _(
        "{value} is listed among the missing answers, and so no group; take it out of one of them."
    ),
    "margin_sums_differ": _(
        "The groups of {column} add up to {sum}, those of {other} to {whole}; make them the same."
    ),
    "margin_answer_uncovered": _(
        "The answer {value} is in no group of the margin {column}; add a group for it, or list it "
        "under missing."
    ),
    "trim_without_margins": _(
        "Weights are trimmed only after raking; give margins, or take the bounds out."
    ),
    "trim_bound_wrong": _(
        "The bound {value} leaves no room for the mean weight; the lower must be below 1, the "
        "upper above 1."
    ),
    "raking_not_trimmed": _(
        "The weights were not trimmed: none is left inside the bounds to take the difference. "
        "Widen them."
    ),
    "raking_factor_large": _(
        "The largest factor is {factor}, above {most}: a few sheets stand for many people. Ask "
        "more of them, or join groups."
    ),
    "raking_group_small": _(
        "{column}: the group {group} has only {n} sheets, fewer than {least}; what it says is "
        "uncertain."
    ),
    "raking_sheets_outside": _(
        "{column}: {n} sheets give a number that is in no group; they keep their weighted share."
    ),
    # Draws
    "draw_error": _("The draw cannot be made as asked; look at frame and plan."),
    "allocation_exceeds_frame": _(
        "{total} are to be drawn, but the frame holds only {available}; ask for fewer."
    ),
    "allocation_below_minimum": _(
        "{total} are to be drawn, but the minimum of each stratum needs {needed}; ask for more."
    ),
    "allocation_without_spread": _(
        "{left} cannot be shared out, for no stratum left has any spread; name another allocation."
    ),
    "cell_empty": _("{column} is empty; fill it in."),
    "cell_not_number": _("{value} in {column} is not a number; write digits."),
    "cell_not_positive": _("{value} in {column} must be above 0; correct it."),
    "cell_not_text": _("{column} holds something that is not text; correct it."),
    "cluster_differs": _(
        "The cluster {cluster} has several values of {column} ({values}); make them one."
    ),
    "column_repeated": _("The column {column} stands there twice; keep one."),
    "columns_differ": _(
        "This row has other columns than the first (missing {missing}, surplus {unknown})."
    ),
    "columns_missing": _(
        "The frame lacks the columns {missing} that the plan names; it has {columns}."
    ),
    "frame_empty": _("The frame has no row; give the list to draw from."),
    "key_repeated": _("The key {key} stands here a second time; each row needs its own."),
    "no_replacement_left": _(
        "The reserve of {stratum} is used up ({used} used); report the site as not visited."
    ),
    "seed_not_32_bytes": _(
        "The seed has {length} bytes, but needs 32; use the seed as it was published."
    ),
    "strata_differ": _(
        "{field} and the frame name different strata (missing {missing}, unknown {unknown})."
    ),
    "stratum_too_small": _(
        "{wanted} are to be drawn in {stratum}, but it has only {available}; ask for fewer."
    ),
    "trials_exhausted": _(
        "No sample was found in {stratum} after {trials} trials; draw fewer, or take the "
        "largest for certain."
    ),
    "plan_field_missing": _("The plan needs this field; expected is {expected}."),
    "plan_field_unknown": _("The plan does not know this field; known are {allowed}."),
    "plan_field_unused": _("This field has no meaning here ({because}); take it out."),
    "plan_field_wrong": _("{found} does not fit this field; expected is {expected}."),
    "plan_needs_one_of": _("The plan needs exactly one of {fields}."),
    "frame_differs": _(
        "The frame is not the one that was announced: {announced} was announced, {found} was found."
    ),
    "plan_differs": _(
        "The plan is not the one that was announced: {announced} was announced, {found} was found."
    ),
    "seed_differs": _(
        "The seed is not the one that was announced: {announced} was announced, {found} was found."
    ),
    "commitment_differs": _(
        "The commitment does not match: {announced} was announced, {found} follows from frame, "
        "plan and seed."
    ),
    "cannot_redraw": _("The draw cannot be made again: {sentence}"),
    "row_missing": _(
        "{key} was drawn ({stratum}, {role}, number {order}), but is not in the published list."
    ),
    "row_added": _("{key} is in the published list, but was not drawn."),
    "row_moved": _("{key}: {column} is published as {published}, but was drawn as {redrawn}."),
    "row_repeated": _("{key} stands in the published list more than once."),
    "list_without_key": _("Row {row} of the published list has no key."),
}
"""Sentences by code."""
