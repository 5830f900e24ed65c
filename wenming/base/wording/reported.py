"""What is wrong with a file of figures that a paper reports, and with taking it over."""

from collections.abc import Mapping

from wenming.base.language import marked as _

REPORTED: Mapping[str, str] = {
    "figures_missing": _("There is no figure below the headings; write one a row."),
    "figures_too_many": _("There are {count} rows, more than {most}; split the file."),
    "figure_twice": _(
        "{value} stands here a second time (first in line {first_line}). Take one out, or name "
        "the two apart."
    ),
    "part_without_number": _(
        "Part {place}, “{text}”: write its name and then its number, such as 社会事业组14项."
    ),
    "text_longer": _("The text has {length} characters; “{column}” takes {most}. Shorten it."),
    "column_alone": _(
        "“{column}” says something only together with “{other}”: fill that in too, or clear this "
        "cell."
    ),
    "figure_title_shared": _(
        "The paper has several figures called “{title}”, so it cannot be told which one is meant. "
        "Name them apart on the desk first."
    ),
    "figure_part_of_itself": _("“{name}” cannot be a part of itself; name the whole."),
    "figure_whole_unknown": _(
        "Neither the file nor the paper has a figure called “{name}”. Write it as in the first "
        "column, or add its row."
    ),
    "figure_same_unknown": _(
        "No other paper of the round reports “{name}”. Write it as it stands there, or clear this "
        "cell."
    ),
    "figure_same_shared": _(
        "“{name}” means different things in other papers. Choose the right one on the desk, and "
        "clear this cell."
    ),
    "figure_same_taken": _(
        "“{title}” of this paper counts the same as “{name}” already; a paper reports a thing once."
    ),
    "figures_import_mistakes": _(
        "The file has {count} mistakes, perhaps because the paper was changed meanwhile. Nothing "
        "was taken over; look at the mistakes below."
    ),
    "figures_import_taken": _(
        "{file} was taken over already, perhaps in another window. Look at the desk."
    ),
    "paper_gone": _(
        "The paper of this file was removed meanwhile. Add it again, and bring the file to it."
    ),
}
"""Sentences by code."""
