"""Sentences and words about rounds, the register of sites, and sealed draws."""

from collections.abc import Mapping

from wenming.base.language import marked as _

ROUNDS: Mapping[str, str] = {
    "collection_key_taken": _(
        "Another round has the key “{key}”; choose another one, such as its year and number."
    ),
    "collection_not_open": _(
        "“{round}” takes in no evidence now; the office opens it, or opens it again."
    ),
    "collection_closed": _("“{round}” was closed and its plan is not changed any more."),
    "collection_period_reversed": _("The last day of the round is before its first; change one."),
    "collection_calendar_outside": _("These days do not lie within the round."),
    "collection_started": _(
        "“{round}” is open: its key, edition and checklists stay. Dates and numbers may change."
    ),
    "collection_fact_unknown": _("The edition of the round has no {key}."),
    "collection_fact_bare": _("Say for {key} where this is known from."),
    "role_needs_post": _(
        "{person} holds no post with which this work can be done; the security administrator "
        "gives posts."
    ),
    "conflict_of_interest": _(
        "{person} belongs to {unit}, which is looked at here; choose somebody else."
    ),
    "register_import_mistakes": _(
        "The file has {count} mistakes now, because something was changed since it was looked at."
    ),
    "register_import_taken": _("“{file}” was taken over already."),
    "registered_key_taken": _("The register has a site with the number “{key}” already."),
    "label_font_missing": _(
        "The server has no font that draws Chinese, so no label was made; ask whoever runs it to "
        "install one."
    ),
    "draw_member_needs_post": _(
        "{person} holds no post for this; members inspect, keepers belong to the office or the "
        "assessment team."
    ),
    "draw_needs_keeper": _(
        "{person} is the last keeper of this draw; name another one first, or nobody could "
        "release it or make it public."
    ),
    "draw_not_named": _("This is not the name of the draw; write it as it stands above."),
    "draw_altered": _(
        "What is stored is not what was announced ({count} differences): somebody changed it past "
        "this program. It is not made public; tell the audit administrator."
    ),
    "draw_release_empty": _("Choose at least one unit, and somebody to whom it is released."),
    "draw_release_outside_team": _("{person} does not belong to the team of this draw."),
    "draw_pick_not_in_use": _(
        "{count} of those chosen dropped out meanwhile, or wait as replacements; look at the list "
        "again."
    ),
    "draw_drop_needs_note": _("Say in words why it dropped out."),
    "draw_frame_too_long": _("The list has {count} rows; at most {most} can be drawn from."),
    "draw_certain_unknown": _("{key} is not in the list to draw from."),
    "draw_site_lacks": _("“{title}” lacks something in the register; complete it there."),
    "draw_site_lacks.county": _("“{title}” has no county in the register; complete it there."),
    "draw_site_lacks.street": _("“{title}” has no street in the register; complete it there."),
    "draw_site_lacks.size": _("“{title}” has no size in the register; complete it there."),
    "draw_site_lacks.site_type": _("“{title}” has no type in the register; complete it there."),
}
"""Sentences by code."""

ROUND_LABELS: Mapping[str, Mapping[str, str]] = {
    "round_kind": {
        "self_test": _("Self-test"),
        "mock": _("Mock assessment"),
        "provincial": _("Provincial assessment"),
        "national": _("National assessment"),
        "look_back": _("Look-back"),
    },
    "collection_state": {
        "planned": _("In preparation"),
        "open": _("Collecting"),
        "closed": _("Collected"),
    },
    "assignment_role": {
        "inspector": _("Inspects sites"),
        "interviewer": _("Interviews"),
        "reviewer": _("Reviews documents"),
        "assessor": _("Rates in a panel"),
    },
    "draw_state": {
        "sealed": _("Sealed"),
        "revealed": _("Public"),
    },
    "draw_look": {
        "list": _("the whole list"),
        "released": _("what was released to them"),
        "file": _("the file of the list"),
    },
    "drop_reason": {
        "refused": _("Refused"),
        "no_access": _("No access"),
        "nobody_there": _("Nobody there"),
        "closed": _("Closed"),
        "gone": _("Gone or moved"),
        "wrong_kind": _("Not what the list says"),
        "unsafe": _("Not safe"),
        "other": _("Another reason"),
    },
    "draw_allocation": {
        "number": _("a number for each stratum"),
        "equal": _("a total, shared equally"),
        "proportional": _("a total, shared by the size of the strata"),
        "neyman": _("a total, shared by size and spread (Neyman)"),
    },
    "draw_method": {
        "simple": _("Simple random"),
        "systematic": _("Systematic"),
        "pps": _("By size (PPS)"),
    },
}
"""Words by kind and code."""

ROUND_ACTIONS: Mapping[str, str] = {
    "collection.plan": _("Planned the round {title}"),
    "collection.change": _("Changed the plan of the round"),
    "collection.calendar": _("Changed the calendar of the round"),
    "collection.numbers": _("Set the sites of the round: {sites}"),
    "collection.open": _("Opened the round: evidence is taken in"),
    "collection.close": _("Closed the round: no more evidence is taken in"),
    "collection.reopen": _("Opened the round again: {reopened_because}"),
    "collection.facts": _("Said what is known of the gates and which items do not apply"),
    "collection.assign": _("Assigned {person}: {roles}"),
    "registered_site.make": _("Took the site {title} into the register"),
    "registered_site.change": _("Changed the site {title} of the register"),
    "registered_site.retire": _("Took the site {title} out of the register from {day} on"),
    "registered_site.restore": _("Took the site {title} back into the register"),
    "register_import.bring": _("Brought the file {name} of the register, {problems} mistakes"),
    "register_import.take_over": _("Took sites over from {file}: {new} new, {changed} changed"),
    "draw.make": _("Made the sealed draw {title}, commitment {commitment}"),
    "draw.look": _("Looked at the list of the draw: {what}"),
    "draw.release": _("Released {picks} of the draw for {day}"),
    "draw.replace": _("Replaced a drawn one that dropped out: {because}"),
    "draw.join": _("Took {person} into the team of the draw"),
    "draw.leave": _("Took {person} out of the team of the draw"),
    "sealeddraw.reveal": _("Made the draw public"),
}
"""Sentences of the audit by action."""

ROUND_FACT_LABELS: Mapping[str, Mapping[str, str]] = {
    "collection.assign": {"roles": "assignment_role"},
    "draw.look": {"what": "draw_look"},
    "draw.replace": {"because": "drop_reason"},
}
"""Kinds of words for facts that are codes, by action."""

ROUND_SUBJECTS: Mapping[str, str] = {
    "rounds.collection": _("Round"),
    "rounds.registeredsite": _("Site"),
    "rounds.sealeddraw": _("Sealed draw"),
}
"""What the audit calls a row, by the kind of its subject."""
