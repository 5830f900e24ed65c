"""What does not fit in reported figures: sentences for each finding (核对发现)."""

from collections.abc import Mapping

from wenming.base.language import marked as _

FINDINGS: Mapping[str, str] = {
    "split_differs": _(
        "{title}: {reported} reported, but the parts {sum_of} make {sum}; the difference is "
        "{difference}. Ask for the right split."
    ),
    "part_exceeds_whole": _(
        "{title}: the part {part} ({value}) exceeds the whole ({whole}). One of the two is wrong."
    ),
    "differs_from_data": _(
        "{title}: {reported} reported, but {data} in the system is {own}; the difference is "
        "{difference}. Settle which is right."
    ),
    "differs_between_documents": _(
        "{title} differs between documents: {documents}. Settle which is right."
    ),
    "not_integer": _("{title}: {value} is a count, but not a whole number. Correct it."),
    "not_integer.part": _(
        "{title}: {value} for {part} is a count, but not a whole number. Correct it."
    ),
    "percent_without_base": _(
        "{title}: {value} is given without the number behind it. Ask how many were counted."
    ),
    "lower_bound_not_a_count": _(
        "{title}: “{number}{unit} and more” is a lower bound, not a count. Ask for the exact "
        "number."
    ),
    "list_differs": _(
        "{title}: {reported} reported, but {listed} are listed. Complete the list or correct "
        "the number."
    ),
    "group_without_figure": _(
        "{title}: the split by groups has no figure for {group}. Ask that group."
    ),
    "untested_items": _(
        "Untested items: {count}. Their points are neither earned nor lost; test them."
    ),
    "untested_items.document": _(
        "{title}: {tested} of {total} were tested, so that {count} are untested. Say what they are."
    ),
    "untested_items.data": _(
        "Untested items: {count} ({items}). Their points are neither earned nor lost; test them."
    ),
    "items_without_lead": _("Items that no unit leads: {count} ({items}). Name a lead for each."),
    "items_with_two_leads": _(
        "Items with more than one lead: {count} ({items}). Keep one lead for each."
    ),
}
"""Sentences by the code of a finding; facts decide between forms of one code."""

FINDING_LABELS: Mapping[str, Mapping[str, str]] = {
    "finding": {
        "split_differs": _("Parts do not make the whole"),
        "part_exceeds_whole": _("Part exceeds the whole"),
        "differs_from_data": _("Differs from our own records"),
        "differs_between_documents": _("Papers differ"),
        "not_integer": _("Count with a fraction"),
        "percent_without_base": _("Percentage without its base"),
        "lower_bound_not_a_count": _("Lower bound, not a count"),
        "list_differs": _("List and number differ"),
        "group_without_figure": _("Group without a figure"),
        "untested_items": _("Items not tested"),
        "items_without_lead": _("Items without a lead"),
        "items_with_two_leads": _("Items with two leads"),
    },
}
"""Words by kind and code."""
