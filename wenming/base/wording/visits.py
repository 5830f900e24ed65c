"""Sentences and words about visits of sites, and about photographs on their way."""

from collections.abc import Mapping

from wenming.base.language import marked as _

VISITS: Mapping[str, str] = {
    "visit_pair_needed": _("A site is visited by two people; choose two."),
    "inspector_not_assigned": _(
        "{person} does not inspect in “{round}”; assign them to the round first."
    ),
    "visit_no_checklist": _(
        "The checklists of the round have nothing for {site} ({site_type}); choose other "
        "checklists or another type of the site."
    ),
    "visit_planned_already": _("{site} is planned for {day} already; choose another day."),
    "visit_drawn_no_round": _(
        "The draw belongs to no round, so that no visits can be planned from it."
    ),
    "visit_drawn_no_site": _("{unit} is no site of the register."),
    "visit_drawn_retired": _("{site} was taken out of the register."),
    "visit_drawn_planned": _("{site} is planned already, for {day}."),
    "visit_drawn_dropped": _(
        "{site} dropped out of the draw after it was planned; take its visit out of the plan."
    ),
    "visit_drawn_nothing": _(
        "Nothing can be planned like this; choose a pair for a route with drawn sites."
    ),
    "visit_drawn_changed": _(
        "This is not the plan that was shown: a pair, a release or a visit has changed. Look at "
        "it again, then plan."
    ),
    "visit_begun": _("Something was handed in for {site}; return it instead of taking it out."),
    "visit_taken": _(
        "What was seen at {site} was handed in already by {person}; nothing was taken twice. "
        "Speak with each other about what differs."
    ),
    "sheet_instance_differs": _(
        "This sheet of {site} was taken with another content before; what was taken stays. To "
        "change it, ask the office to return the visit."
    ),
    "sheet_version_unfit": _(
        "Version {wanted} of the sheet of {site} is asked for, not version {given}. Refresh and "
        "look at what is to be corrected."
    ),
    "sheet_wrong_site": _("The sheet is about site {given}, but the visit is that of {site}."),
    "sheet_line_unknown": _("The checklist has no line {line}."),
    "sheet_line_twice": _("Line {line} is answered twice."),
    "sheet_line_missing": _("Line {line} is not answered."),
    "sheet_answer_missing": _("Line {line} has neither a judgement nor a number."),
    "sheet_reason_missing": _("Line {line} was not observed, but nothing says why."),
    "sheet_value_unfit": _("The answer to line {line} does not fit how the line is judged."),
    "sheet_observed_too_short": _(
        "Line {line} was observed for {seconds} seconds; without a breach it takes {wanted}."
    ),
    "sheet_in_future": _(
        "A time of {line} lies in the future. Set the clock of the phone, then send again."
    ),
    "sheet_ends_before_start": _("The visit ends before it begins."),
    "photo_needed": _("Line {line} is not met and needs a photograph."),
    "photo_not_there": _("A photograph of line {line} has not been uploaded whole."),
    "photo_from_gallery": _(
        "Line {line} is critical: its photograph is taken on the spot, not from the gallery."
    ),
    "photo_not_one": _(
        "What was uploaded is no photograph. Remove it on the phone and take another."
    ),
    "upload_too_large": _("{bytes} bytes are more than the {most} that are taken."),
    "upload_differs": _("Another photograph is on its way under this number; take it again."),
    "upload_offset": _("The next piece begins at byte {offset} of {size}."),
    "upload_broken": _("The photograph arrived damaged; it is sent again from its beginning."),
    "remark_unknown_line": _("The sheet has no line {line} that a remark could be about."),
    "visit_returned": _("Correct what was seen at {site}: {because}"),
}
"""Sentences by code."""

VISIT_LABELS: Mapping[str, Mapping[str, str]] = {
    "visit_state": {
        "planned": _("To visit"),
        "submitted": _("Handed in"),
        "returned": _("To correct"),
        "not_possible": _("Not possible"),
        "accepted": _("Accepted"),
    },
    "visit_reason": {
        "closed": _("Not open"),
        "no_access": _("No access"),
        "weather": _("Weather"),
        "too_dark": _("Too dark"),
        "no_occasion": _("No occasion"),
        "moved": _("Moved or given up"),
        "not_found": _("Not found"),
        "unsafe": _("Unsafe"),
        "other": _("Another reason"),
    },
    "photo_source": {"camera": _("Camera"), "gallery": _("Gallery")},
}
"""Words by kind and code."""

VISIT_ACTIONS: Mapping[str, str] = {
    "sitevisit.plan": _("Planned {visits} visits for {day}: {people}"),
    "sitevisit.drop": _("Took the visit of {title} on {day} out of the plan"),
    "sitevisit.drop_drawn": _("Took the visit of a drawn site on {day} out of the plan"),
    "sitevisit.submit": _("Handed in what was seen at {title}"),
    "sitevisit.give_up": _("Reported that {title} could not be visited: {not_possible}"),
    "sitevisit.return": _("Returned the visit of {title}: {returned_because}"),
    "sitevisit.accept": _("Accepted the visit of {title} as evidence"),
}
"""Sentences of the audit by action."""

VISIT_FACT_LABELS: Mapping[str, Mapping[str, str]] = {
    "sitevisit.give_up": {"not_possible": "visit_reason"},
}
"""Kinds of words for facts that are codes, by action."""

VISIT_SUBJECTS: Mapping[str, str] = {"inspection.sitevisit": _("Visit of a site")}
"""What the audit calls a row, by the kind of its subject."""
