"""Sentences about responsibilities: what is refused, asked, and wrong with a plan."""

from collections.abc import Mapping

from wenming.base.language import marked as _

RESPONSIBILITY: Mapping[str, str] = {
    "plan_draft_exists": _(
        "There is a draft for this edition already; continue it, or discard it first."
    ),
    "plan_not_draft": _(
        "This plan was issued and is no longer changed; begin a new draft from it."
    ),
    "plan_changed": _(
        "{who} has changed {items} meanwhile, so your change was not stored. Look at the new "
        "state; if your change is still right, make it again."
    ),
    "plan_empty": _("There is no responsibility in this plan yet; assign at least one."),
    "plan_item_unknown": _("The edition has no item {item}."),
    "plan_nothing_to_undo": _("There is no step left that could be undone."),
    "plan_not_in_force": _(
        "This plan is not the one in force; look at your sheet again and object there."
    ),
    "objection_exists": _("An objection to {item} is open already; the office will rule on it."),
    "objection_reason_missing": _("Write down why; an objection without a reason is not ruled on."),
    "objection_to_rule": _("{unit} objects to its responsibility for {item}: rule on it."),
    "objection_upheld": _("Your objection to {item} was upheld; the next plan is changed."),
    "duty_handed_on": _(
        "After an objection of {unit}, {item} goes to you in the next plan. Reason of the ruling: "
        "{ruling}"
    ),
    "objection_dismissed": _("Your objection to {item} was dismissed; read the reason."),
    "duties_issued": _(
        "A plan of responsibilities was issued: read your sheet ({count} items) and object where "
        "it is wrong."
    ),
    "unit_unknown": _(
        "No unit is called “{name}”; mend the name, or keep it as another name of a unit."
    ),
    "due_is_past": _("The deadline {due} of {item} is past; write a day to come."),
    "second_lead": _("{item} has a second lead here; the first stands in {first}."),
    "unit_twice": _(
        "“{name}” is another name of {unit}, which has its role for {item} in {first} already."
    ),
    "import_has_problems": _("The file has {count} mistakes; it is taken over once it has none."),
    "plan_no_lead": _("Nobody leads {item}."),
    "plan_two_leads": _("{item} has several leads: {units}. Choose one."),
    "plan_nobody": _("No unit has a part in {item}."),
    "plan_past_due": _("The deadline of {item} was {due} and is past."),
    "plan_overloaded": _("{name} leads {leads} items; a unit typically leads {typical}."),
    "plan_idle_unit": _("{name} has no responsibility at all."),
    "plan_unknown_item": _("{item} is not an item of this edition."),
    "plan_gone_unit": _("{name} was dissolved and still answers for {count} items."),
    "plan_idle_group": _("No unit of the working group {group} has a part in any item."),
}
"""Sentences by code."""

RESPONSIBILITY_LABELS: Mapping[str, Mapping[str, str]] = {
    "plan_state": {
        "draft": _("Draft"),
        "issued": _("Issued"),
        "replaced": _("Replaced"),
    },
    "plan_fault": {
        "plan_no_lead": _("No lead unit"),
        "plan_two_leads": _("Several leads"),
        "plan_nobody": _("No unit at all"),
        "plan_past_due": _("Deadline past"),
        "plan_overloaded": _("Overloaded unit"),
        "plan_idle_unit": _("Unit without responsibility"),
        "plan_unknown_item": _("Unknown item"),
        "plan_gone_unit": _("Unit dissolved"),
        "plan_idle_group": _("Group without items"),
    },
    "edit_kind": {
        "assign": _("roles assigned"),
        "terms": _("deadline or target set"),
        "import": _("file taken over"),
        "ruling": _("objection upheld"),
        "undo": _("step undone"),
    },
    "objection_state": {
        "raised": _("Raised"),
        "upheld": _("Upheld"),
        "dismissed": _("Dismissed"),
        "withdrawn": _("Withdrawn"),
    },
}
"""Words by kind of code, then by code."""
