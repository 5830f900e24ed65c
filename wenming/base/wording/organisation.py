"""Sentences and words of the organisation, of people and posts, and of the audit."""

from collections.abc import Mapping

from wenming.base.language import marked as _

ORGANISATION: Mapping[str, str] = {
    "name_taken": _(
        "“{name}” is already a name of {unit}. Choose another name, or merge the two units."
    ),
    "unit_below_itself": _(
        "{unit} cannot be put below or merged with {parent}, because that is the unit itself or "
        "stands below it. Choose another unit."
    ),
    "unit_dissolved": _(
        "{unit} was dissolved and takes nothing new. Reactivate it first, or choose another unit."
    ),
    "unit_has_children": _(
        "{count} active units still stand below {unit}. Move or dissolve them first."
    ),
    "unit_has_posts": _(
        "{count} posts are still held in {unit}. Ask the security administrator to end them first."
    ),
    "row_elsewhere": _("This belongs to another city, not to {city}. Choose one of this city."),
    "unit_by_other_name": _(
        "“{name}” is a former or other name of {unit}. Write its present name, or rename the unit."
    ),
    "unit_below_itself_in_file": _(
        "{value} would stand below itself. Choose another unit above it."
    ),
    "working_group_unknown": _(
        "{value} is no working group of the city. Write the name or key of one, or set it up first."
    ),
    "not_an_email": _(
        "{value} is no e-mail address. Write it as name@example.cn, or leave it out."
    ),
    "units_import_mistakes": _(
        "The file has {count} mistakes, perhaps because the organisation was changed meanwhile. "
        "Nothing was taken over: look at the mistakes, mend the file and bring it again."
    ),
    "units_import_taken": _(
        "The file {file} was taken over already. Look at the organisation before you bring another."
    ),
    "row_gone": _("“{name}” was removed by somebody else meanwhile. Reload the page."),
    "alias_is_own_name": _("“{name}” is the unit's name already. Enter another name."),
    "ends_before_start": _(
        "The last day, {last}, lies before the first, {first}. Correct one of them."
    ),
    "group_key_taken": _(
        "A working group with the key “{key}” exists already. Choose another key."
    ),
    "group_in_use": _(
        "{units} units and {posts} posts still belong to {group}. Move them to another group first."
    ),
    "username_taken": _("“{name}” is taken by another account. Choose another user name."),
    "bad_username": _(
        "“{name}” is no user name: use 2 to 40 small letters, digits, dots, hyphens or "
        "underscores, beginning with a letter or digit."
    ),
    "post_for_oneself": _(
        "You cannot change your own posts or close your own account. Ask another administrator."
    ),
    "posts_exclude": _(
        "{person} holds the post “{held}”, which excludes “{wanted}”: whoever makes accounts, "
        "gives posts or watches both must be nothing else. End the one post first, or choose "
        "somebody else."
    ),
    "post_without_place": _(
        "The post “{post}” belongs to a unit or a working group. Choose which one."
    ),
    "post_held_already": _("{person} holds the post “{post}” there already."),
    "post_ended": _(
        "The post “{post}” of {person} ended on {day} already. Reload the page, or choose an "
        "earlier day."
    ),
    "account_closed": _("The account of {name} is closed. Have it opened again first."),
    "demo_beside_real": _(
        "This database holds {city}, where people work. The demonstration with its published "
        "passwords would endanger it: set WENMING_HOME or DATABASE_URL to another place."
    ),
    "demo_of_real_city": _(
        "{city} is not an invented city, so it gets no published passwords. Load a round that is "
        "marked as synthetic."
    ),
}
"""Sentences by code."""

ORGANISATION_LABELS: Mapping[str, Mapping[str, str]] = {
    "unit_kind": {
        "committee": _("Committee"),
        "office": _("Office of the committee"),
        "unit": _("Unit"),
        "county": _("County"),
        "street": _("Street or town"),
        "community": _("Community or village"),
    },
    "provision": {
        "bodies": _("Bodies"),
        "people": _("People"),
        "funds": _("Funds"),
    },
    "day_kind": {
        "holiday": _("Day off"),
        "workday": _("Workday"),
    },
}
"""Words by kind and code."""
